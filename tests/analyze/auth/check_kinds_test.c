/* The table of checks, and what rules say of them. */
#include "analyze/auth/check_kinds.h"
#include "analyze/auth/mx_check.h"
#include "parsers/base/file_errors.h"
#include "tests/table.h"

#include <glib.h>
#include <stdio.h>

static void has_each_once(void **state) {
    (void)state;
    for (size_t i = 0; i < check_kind_count; i++) {
        assert_ptr_equal(check_kind_find(check_kinds[i]->id), check_kinds[i]);
        assert_non_null(check_kinds[i]->label);
        assert_non_null(check_kinds[i]->run);
    }
    assert_ptr_equal(check_kind_find("mx"), &mx_check);
    assert_null(check_kind_find("moon"));
}

static void knows_the_checks_of_rules(void **state) {
    static const struct cause_check known = {.place = {.file = "f", .line = 3, .column = 5}, .check = "mx"};
    static const struct cause_check unknown = {.place = {.file = "f", .line = 4, .column = 5},
                                               .check = "moon"};
    static const struct cause_check *const checks[] = {&known, &unknown, NULL};
    static const struct cause cause = {.id = "a.b", .checked_by = checks};
    static const struct cause plain = {.id = "a.c"};
    static const void *const items[] = {&cause, &plain};
    static const struct rulebase rules = {.lists = {[RULES_CAUSES] = {.items = items, .count = 2}}};
    g_autofree char *text = NULL;
    size_t size;
    struct file_errors errors = {.out = open_memstream(&text, &size)};
    (void)state;
    check_kinds_verify_rules(&rules, &errors);
    fclose(errors.out);
    expect_text("own", slice_of(text),
                "f:4:5: unknown check `moon`; expected one of: ptr, helo, spf, dkim, arc, dmarc, mx, tls, "
                "bimi, blocklist, unsubscribe\n");
    expect_number("own", errors.count, 1);
    errors = (struct file_errors){.out = stderr};
    check_kinds_verify_rules(&builtin_rules, &errors);
    expect_number("built-in", errors.count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(has_each_once),
                                       cmocka_unit_test(knows_the_checks_of_rules)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
