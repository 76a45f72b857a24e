/* Who refused it, and from what that is known, by the built-in rules. */
#define _GNU_SOURCE
#include "analyze/verdict/refuser.h"

#include "analyze/verdict/build.h"
#include "analyze/verdict/build_pasted.h"
#include "tests/analyze/built_in_rules.h"

static const struct {
    const char *reporter, *recipient, *diagnostic, *sentence, *human;
    const char *host, *ip; /* named with the recipient */
    const char *software;
    bool is_own_reason, names_others;
    size_t count;         /* recipients that the report names */
    const char *expected; /* from what it is known, and the host */
} rows[] = {
    {"a.example", "u@b.example", "550 5.1.1 user unknown", "", "", "mx.b.example", "", "postfix", false, true,
     1, "named mx.b.example"},
    {"a.example", "u@b.example", "550 5.1.1 user unknown", "", "", "", "192.0.2.1", NULL, false, false, 1,
     "named -"},
    /* a filter of its own */
    {"a.example", "u@b.example", "550 5.1.1 user unknown", "", "", "", "127.0.0.1", "postfix", false, true, 1,
     "loopback a.example"},
    {"a.example", "u@b.example", "550 5.1.1 user unknown", "", "", "localhost", "::1", NULL, false, false, 1,
     "loopback a.example"},
    {"", "u@b.example", "550 5.1.1 user unknown", "", "", "", "127.0.0.1", NULL, false, false, 1, "named -"},
    /* the type of the reason */
    {"a.example", "u@b.example", "unknown user: \"u\"", "", "", "", "", "postfix", true, false, 1,
     "reason a.example"},
    {"a.example", "u@b.example", "host moon said: user unknown", "host moon said: user unknown", "", "", "",
     "postfix", true, false, 1, "- -"},
    {"a.example", "u@b.example", "RESOLVER.ADR.RecipNotFound; not found", "", "Remote Server returned", "",
     "", "exchange", false, false, 1, "reason a.example"},
    {"a.example", "u@b.example", "RESOLVER.ADR.RecipNotFound; not found", "", "", "", "", "postfix", false,
     false, 1, "- -"},
    /* the habit of the program; a code is of who is left out */
    {"a.example", "u@b.example", "Sorry, no mailbox here by that name. (#5.1.1)", "", "", "", "", "qmail",
     false, true, 1, "program a.example"},
    {"a.example", "u@b.example", "550 5.1.1 user unknown", "", "", "", "", "postfix", false, true, 1, "- -"},
    {"a.example", "u@b.example", "Sorry, no mailbox here by that name. (#5.1.1)", "", "Remote host said: 550",
     "", "", "qmail", false, true, 1, "- -"},
    {"a.example", "u@b.example", "Sorry, no mailbox here by that name. (#5.1.1)", "", "Remote host said: 550",
     "", "", "qmail", false, true, 2, "- -"},
    /* a host of the recipient's domain */
    {"mx.b.example", "u@b.example", "550 5.1.1 user unknown", "", "", "", "", NULL, false, false, 1,
     "same-side mx.b.example"},
    {"a.example", "u", "user unknown", "", "", "", "", NULL, false, false, 1, "same-side a.example"},
    {"a.example", "u@b.example", "550 5.1.1 user unknown", "", "", "", "", NULL, false, false, 1, "- -"},
    {"mx.b.example", "u@b.example", "550 5.1.1 user unknown, says mx.b.example", "", "", "", "", NULL, false,
     false, 1, "- -"},
    /* nobody refused it */
    {"b.example", "u@b.example", "connection timed out", "", "", "", "", "postfix", true, true, 1, "- -"},
    /* a provider's words */
    {"a.example", "u@gmail.com",
     "550 5.1.1 The email account that you tried to reach does not exist. "
     "https://support.google.com/mail/?p=NoSuchUser x - gsmtp",
     "", "", "", "", NULL, false, false, 1, "words -"},
    {"mx.b.example", "u@b.example",
     "451 4.4.4 Temporary server error. Please try again later ATTR5 "
     "[VE1EUR02FT049.eop-EUR02.prod.protection.outlook.com]",
     "", "", "", "", "mimecast", false, false, 1, "words -"},
};

static void refusers(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct recipient told = {.address = slice_of(rows[i].recipient),
                                 .diagnostic = slice_of(rows[i].diagnostic),
                                 .sentence = slice_of(rows[i].sentence),
                                 .host = slice_of(rows[i].host),
                                 .ip = slice_of(rows[i].ip),
                                 .is_own_reason = rows[i].is_own_reason,
                                 .action = ACTION_FAILED,
                                 .last_attempt = -1,
                                 .retry_until = -1};
        struct bounce bounce = {.kind = KIND_BOUNCE,
                                .reporter = slice_of(rows[i].reporter),
                                .software = rows[i].software,
                                .names_others = rows[i].names_others,
                                .human = slice_of(rows[i].human),
                                .recipients = &told,
                                .count = rows[i].count};
        struct report report = {0};
        report.problems.end = &report.problems.first;
        report_build(&report, &bounce, loaded.matcher, NULL, &arena);
        const struct verdict *v = report.verdicts;
        const char *known = refuser_name(v->refuser);
        struct slice found =
            arena_printf(&arena, "%s %.*s", known ? known : "-", S(v->host.len ? v->host : SLICE("-")));
        expect_text(rows[i].diagnostic, found, rows[i].expected);
        arena_free(&arena);
    }
}

/* What was pasted; a session names who answered. */
static const struct {
    const char *what, *text, *host;
} pasted[] = {
    {"by its banner",
     "220 mx.b.example ESMTP\nEHLO a.example\n250 mx.b.example\nRCPT TO:<u@b.example>\n550 no\n",
     "mx.b.example"},
    {"as it was called",
     "Connected to mx.b.example.\n220 ready\nEHLO a.example\n250 ok\nRCPT TO:<u@b.example>\n550 no\n",
     "mx.b.example"},
    {"the reply itself names another",
     "220 mx.b.example ESMTP\nEHLO a.example\n250 ok\nRCPT TO:<u@b.example>\n"
     "550 host mx.c.example[192.0.2.1] said: 550 5.1.1 user unknown\n",
     "mx.c.example"},
    {"a banner that is no host",
     "220 localhost ESMTP\nEHLO a.example\n250 ok\nRCPT TO:<u@b.example>\n550 no\n", "-"},
    {"no session", "550 5.1.1 user unknown", "-"},
    {"a line that lost its beginning", "host mx.b.example [192.0.2.1]: 550 5.1.1 user unknown",
     "mx.b.example"},
};

static void sessions(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(pasted); i++) {
        struct arena arena = {0};
        struct verdict v;
        verdict_of_reply(&v, slice_of(pasted[i].text), loaded.matcher, &arena);
        expect_text(pasted[i].what, v.host.len ? v.host : SLICE("-"), pasted[i].host);
        arena_free(&arena);
    }
}

/* Who words its replies so; where several do, whose host it is. */
static const struct {
    const char *text, *provider;
} worded[] = {
    {"550 5.7.509 Access denied, sending domain example.org does not pass DMARC verification and has a DMARC "
     "policy of reject.",
     "microsoft"},
    {"host b-example.mail.protection.outlook.com[192.0.2.1] said: 550 5.7.509 Access denied, sending domain "
     "example.org does not pass DMARC verification and has a DMARC policy of reject.",
     "microsoft365"},
    {"host hotmail-com.olc.protection.outlook.com[192.0.2.1] said: 451 4.7.500 Server busy. Please try again "
     "later from [192.0.2.5]. (S77719)",
     "outlook.com"},
    {"550 5.7.708 Access denied, traffic not accepted from this IP", "microsoft365"},
    {"550 5.7.520 Message blocked because it contains content identified as spam. AS(4810)", "microsoft"},
    {"550 5.7.1 Unauthenticated email is not accepted from this domain. u12si37691121ibe.45", "gmail"},
    {"421 4.7.0 Messages from 192.0.2.17 temporarily deferred due to user complaints - 4.16.55", "yahoo"},
    {"554 RTR:BB", "yahoo"},
    {"550 5.7.1 no, see http://go.microsoft.com/fwlink/?LinkID=526655 AS(1430)", "microsoft365"},
    {"550 5.7.1 blocked by policy", "-"},
};

static void wordings(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(worded); i++) {
        struct arena arena = {0};
        struct verdict v;
        verdict_of_reply(&v, slice_of(worded[i].text), loaded.matcher, &arena);
        expect_text(worded[i].text, slice_of(v.provider ? v.provider->id : "-"), worded[i].provider);
        arena_free(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(refusers), cmocka_unit_test(sessions),
                                       cmocka_unit_test(wordings)};
    return cmocka_run_group_tests(tests, load, unload);
}
