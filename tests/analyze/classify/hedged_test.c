/* What a reply leaves open is known by the words around those that a rule won by. */
#include "analyze/classify/hedged.h"

#include "tests/table.h"

static const struct {
    const char *text, *match, *regex;
    bool is_hedged;
    const char *alternative; /* the first */
} rows[] = {
    {"user unknown", "user unknown", "user unknown", false, ""},
    {"it may be listed at a list", "listed at", "listed at", true, ""},
    {"it may be listed at a list", "may be listed at", "may be listed at", false, ""},
    {"the mailbox might be over quota", "mailbox might be over quota", "mailbox.*over quota", true, ""},
    {"you may not send: no such user", "no such user", "no such user", false, ""},
    {"it could only be that", "that", "that", false, ""},
    {"mail refused. If you are listed, write", "listed", "listed", true, ""},
    {"If it is so, write. The user is unknown", "unknown", "unknown", false, ""},
    {"if it is so; unknown", "unknown", "unknown", false, ""},
    {"unavailable (e.g. not found, no access)", "not found", "not found", true, ""},
    {"Possible reasons: spam, no PTR", "spam", "spam", true, ""},
    {"for one of the following reasons: full", "full", "full", true, ""},
    {"for one of the following reasons: full", "one of the following reasons: full",
     "one of the following reasons: full", false, ""},
    {"for one of the following reasons: 1. It is full. 2. It is spam.", "spam", "spam", true, ""},
    {"It is spam. For one of the following reasons: 1. It is full.", "spam", "spam", false, ""},
    {"peut-\u00eatre inconnu", "inconnu", "inconnu", true, ""},
    {"vielleicht unbekannt", "unbekannt", "unbekannt", true, ""},
    {"disabled or over quota, sorry", "over quota", "over quota", false, "disabled "},
    {"disabled or over quota. Or not", "disabled", "disabled", false, " over quota"},
    {"SPF or DKIM failed", "SPF or DKIM", "SPF or DKIM", false, ""},
    {"empf unbekannt oder Postfach voll", "unbekannt oder Postfach", "unbekannt.*postfach", false,
     " Postfach voll"},
    {"5.7.1 unknown", "unknown", "unknown", false, ""},
    {"it is spam perhaps", "spam", "spam", true, ""},
    {"blocked as spam (maybe)", "spam", "spam", true, ""},
    {"a full mailbox may be the reason", "full mailbox", "full mailbox", true, ""},
    {"a full mailbox may not be written to", "full mailbox", "full mailbox", false, ""},
    {"full mailbox, may we ask you to wait", "full mailbox", "full mailbox", false, ""},
    {"rejected as spam if it scores 7", "spam", "spam", true, ""},
    {"no such user, if you doubt it, write", "no such user", "no such user", false, ""},
    {"no such user here? Ask them", "no such user here", "no such user", true, ""},
    {"no such user? here", "no such user", "no such user", true, ""},
    {"no such user, sorry? yes", "no such user", "no such user", false, ""},
    {"unbekannt vielleicht", "unbekannt", "unbekannt", true, ""},
    {"unknown may be", "unknown may be", "unknown may be", false, ""},
    {"", "", "x", false, ""},
};

static void reads_around(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        const struct rule_pattern patterns[] = {{.regex = rows[i].regex}, {0}};
        struct reply_rule rule = {.text = patterns};
        struct slice text = slice_of(rows[i].text);
        size_t at = slice_find(text, slice_of(rows[i].match));
        struct won won = {text, {text.ptr + at, strlen(rows[i].match)}, &rule};
        size_t from = 0;
        expect_number(rows[i].text, is_hedged(&won), rows[i].is_hedged);
        expect_text(rows[i].text, next_alternative(&won, &from), rows[i].alternative);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads_around)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
