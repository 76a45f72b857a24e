/* The prefilter must never lose a match: what it requires of a text is in every text that matches. */
#include "parsers/base/text.h"
#include "parsers/rules/literal.h"
#include "parsers/rules/literal_index.h"
#include "parsers/rules/literal_scan.h"
#include "parsers/rules/pattern.h"
#include "tests/table.h"

static struct arena arena;

static void note(void *context, size_t pattern) {
    (void)pattern;
    ++*(int *)context;
}

static int count_of(const struct literal_need *needs, size_t patterns, const char *text) {
    struct literal_index *index = literal_index_build(needs, patterns, SLICE_EMPTY);
    struct literal_scan *scan = literal_scan_new(index);
    int found = 0;
    literal_scan_text(scan, text_fold_case(&arena, slice_of(text)), note, &found);
    literal_scan_free(scan);
    literal_index_free(index);
    return found;
}

static int count_candidates(const char *regex, const char *text) {
    struct literal_need need = literal_extract(&arena, regex);
    return count_of(&need, 1, text);
}

static void keeps_what_matches(void **state) {
    static const struct {
        const char *regex, *text;
    } rows[] = {
        {"user unknown", "550 USER UNKNOWN"},
        {"(?:user|mailbox) (?:unknown|full)", "mailbox full"},
        {"quota|no such (?:user|box)", "no such box"},
        {"abc?d", "abd"},
        {"ab+c", "abbbc"},
        {"a(?:bcd)?e", "ae"},
        {"x{0,3}long literal", "long literal"},
        {"(?<ip>[\\d.]+) listed", "192.0.2.5 listed"},
        {"(?!never)always", "always"},
        {"(?<!not )listed", "it is listed"},
        {"(?=ahead)ahead now", "ahead now"},
        {"\\bword\\b", "a word here"},
        {"a\\.b\\(c", "a.b(c"},
        {"[abc]def", "bdef"},
        {"(?s:.)*tail", "head\ntail"},
        {"\\x41lpha", "Alpha"},
        {"\\p{Lu}pper", "Upper"},
        {"one(?:two(?:three|four)|five)six", "onefivesix"},
        {"^line$", "line"},
        {"a|b", "b"},
        {"(?i:Case)sensitive", "casesensitive"},
        {"gr[ea]y-?list", "graylist"},
        {"caf\xc3\xa9 ferm\xc3\xa9", "CAF\xc3\x89 FERM\xc3\xa9"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct pattern p = {0};
        struct pattern_match match;
        expect_number(rows[i].regex, pattern_match(&p, rows[i].regex, slice_of(rows[i].text), 0, &match),
                      PATTERN_MATCH);
        expect_number(rows[i].regex, count_candidates(rows[i].regex, rows[i].text), 1);
        pattern_free(&p);
    }
}

static void leaves_others_out(void **state) {
    static const struct {
        const char *regex, *text;
    } rows[] = {
        {"user unknown", "mailbox full"},
        {"(?:user|mailbox) (?:unknown|full)", "the user is here"},
        {"(?:user|mailbox)[^.]{0,40}(?:unknown|full)", "mailbox is fine"},
        {"quota|no such (?:user|box)", "no such thing"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].regex, count_candidates(rows[i].regex, rows[i].text), 0);
}

/* More than 16 bits number, of literals and of patterns that one leads to. */
static void takes_many(void **state) {
    static struct literal_need needs[70000];
    (void)state;
    for (unsigned i = 0; i < ROWS(needs); i++)
        needs[i] = literal_extract(&arena, arena_printf(&arena, "number %u is wrong", i).ptr);
    expect_number("each its own", count_of(needs, ROWS(needs), "number 69999 is wrong"), 1);
    for (unsigned i = 0; i < ROWS(needs); i++)
        needs[i] = literal_extract(&arena, "all alike");
    expect_number("all the same", count_of(needs, ROWS(needs), "all alike"), ROWS(needs));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(keeps_what_matches),
                                       cmocka_unit_test(leaves_others_out), cmocka_unit_test(takes_many)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    pattern_thread_end();
    arena_free(&arena);
    return failures;
}
