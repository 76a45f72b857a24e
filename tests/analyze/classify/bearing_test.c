/* A code is borne by replies that have exactly it: not a longer number, not another class. */
#define _GNU_SOURCE
#include "analyze/classify/bearing.h"

#include "tests/analyze/rules.h"

static const char rules_text[] = "replies:\n"
                                 "- id: one\n  cause: auth.spf\n  text: spf\n  examples:\n"
                                 "    - '550 5.7.1 spf failed (Q3150)'\n    - '550-5.7.1 spf is wrong'\n"
                                 "- id: two\n  cause: auth.dkim\n  text: dkim\n  examples:\n"
                                 "    - '550 5.7.13 dkim failed (Q31501), see 15.7.1.2 and 5.7.1.3'\n"
                                 "- id: three\n  cause: rate.limited\n  text: rate\n  examples:\n"
                                 "    - '450 4.7.1 rate Q3150, spf'\n";

static void test_borne(void **state) {
    static const struct {
        const char *code, *causes; /* with how many replies, most frequent first */
    } table[] = {
        {"5.7.1", "auth.spf 2;"},
        {"550 5.7.1", "auth.spf 2;"},
        {"550", "auth.spf 2;auth.dkim 1;"},
        {"450", "rate.limited 1;"},
        {"5.7.13", "auth.dkim 1;"},
        {"q3150", "auth.spf 1;rate.limited 1;"},
        {"Q315", ""},
        {"5.9.9", ""},
        {"", ""},
    };
    struct loaded_rules rules;
    struct arena arena = {0};
    (void)state;
    rules_open(&rules, rules_text);
    for (size_t i = 0; i < ROWS(table); i++) {
        struct slice said = SLICE_EMPTY;
        for (struct bearing *b = bearing_find(rules.matcher, slice_of(table[i].code), &arena); b; b = b->next)
            said = arena_printf(&arena, "%.*s%s %u;", (int)said.len, said.ptr ? said.ptr : "", b->cause->id,
                                b->count);
        expect_text(table[i].code, said, table[i].causes);
    }
    arena_free(&arena);
    rules_close(&rules);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_borne)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
