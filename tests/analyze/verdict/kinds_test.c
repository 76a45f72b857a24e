/* Kinds of replies that were judged wrongly, and certain of it: their cause by the built-in rules and the
 * second opinion. `!` before the cause: it must not be called certain. */
#define _GNU_SOURCE
#include "analyze/verdict/build.h"

#include "tests/analyze/rules.h"

static struct loaded_rules loaded;

static int load(void **state) {
    (void)state;
    rules_open(&loaded, NULL);
    return 0;
}

static int unload(void **state) {
    (void)state;
    rules_close(&loaded);
    return 0;
}

static const struct {
    const char *cause, *text;
} rows[] = {
    /* a list's error answer is no listing, nor is one that could not be asked */
    {"receiver.error", "550 Rejected: 192.0.2.1 listed at bl.example.org (127.255.255.252)"},
    {"receiver.error",
     "554 Sender address [a@b.example] blocked using dbl.spamhaus.org; Error: open resolver"},
    {"receiver.error", "550 zen.spamhaus.org is not reachable, mail refused; you are not listed"},
    {"receiver.error", "451 4.7.1 Blacklist lookup failed, try later"},
    {"blocklist.spamhaus", "554 5.7.1 Sender domain example.org listed on dbl.spamhaus.org"},
    {"content.url-blocklist", "554 5.7.1 URL http://bad.example/x listed on dbl.spamhaus.org"},
    /* what a program writes around the reply says nothing beside it */
    {"blocklist.spamhaus",
     "The following From address failed: a@b.example : MAIL FROM command failed,5.7.1 Client "
     "host [192.0.2.1] blocked using zen.spamhaus.org,554"},
    {"rate.limited",
     "The following From address failed: a@b.example : MAIL FROM command failed,4.7.0 Too many "
     "messages sent, try again later,421"},
    {"content.virus",
     "SMTP ERROR: DATA END command failed: 550 5.7.1 Message contains a virus SMTP Error: data not "
     "accepted."},
    {"!unknown.unclassified", "SMTP Error: data not accepted."},
    {"!unknown.unclassified", "554 5.5.1 Error: no valid recipients"},
};

static void kinds(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct verdict v;
        bool may_be_certain = rows[i].cause[0] != '!';
        verdict_of_reply(&v, slice_of(rows[i].text), loaded.matcher, &arena);
        expect_text(rows[i].text, slice_of(v.cause->id), rows[i].cause + !may_be_certain);
        if (!may_be_certain && v.confidence == CONFIDENCE_CERTAIN)
            fail_msg("certain: %s", rows[i].text);
        arena_free(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(kinds)};
    return cmocka_run_group_tests(tests, load, unload);
}
