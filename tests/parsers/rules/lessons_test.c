/* What is learned from: rows of a table and examples of rules; what is wrong is told by file and line. */
#define _GNU_SOURCE
#include "parsers/rules/lessons.h"

#include "tests/analyze/rules.h"

static size_t load(const char *rows, struct lessons *lessons, const struct rulebase *base) {
    struct file_errors errors = {.out = fopen("/dev/null", "w")};
    char path[32];
    int file = memfd_create("rows", 0);
    dprintf(file, "%s", rows);
    snprintf(path, sizeof path, "/dev/fd/%d", file);
    lessons_load(lessons, base, (const char *const[]){path}, 1, &errors);
    close(file);
    fclose(errors.out);
    return errors.count;
}

static void reads_rows(void **state) {
    static const struct {
        const char *row;
        size_t errors, lessons, causes;
        int step;
        const char *source;
    } rows[] = {
        {"550 no such user\trecipient.unknown\tgoogle\ten\texample/x y.txt\treal-reply\t2026-11-25\n", 0, 1,
         1, 2, "google"},
        {"550 no\trecipient.unknown|access.denied\t?\ten\texample/x y.txt\tsource-code\t2026-11-25\n", 0, 1,
         2, 1, "example/x y.txt"},
        {"# a remark\n\n", 0, 0, 0, 0, NULL},
        {"away\tnotice.auto-reply\t?\ten\tx\tthread\t2026\n", 0, 0, 0, 0, NULL}, /* no reply says that */
        {"550 no\tmoon.full\t?\ten\tx\tthread\t2026\n", 1, 0, 0, 0, NULL},
        {"550 no\trecipient.unknown\n", 1, 0, 0, 0, NULL},
        {"550 no\trecipient.unknown\t?\ten\t\tthread\t2026\n", 1, 0, 0, 0, NULL}, /* seen where? */
        {"550 no\trecipient.unknown\t?\ten\tx\tthread\t2026\tmore\n", 1, 0, 0, 0, NULL},
    };
    struct rulebase base = {0};
    (void)state;
    base.lists[RULES_CAUSES] = builtin_rules.lists[RULES_CAUSES];
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct lessons lessons;
        expect_number(rows[i].row, (long long)load(rows[i].row, &lessons, &base), (long long)rows[i].errors);
        expect_number(rows[i].row, (long long)lessons.count, (long long)rows[i].lessons);
        if (lessons.count) {
            expect_number(rows[i].row, (long long)lessons.list[0].cause_count, (long long)rows[i].causes);
            expect_number(rows[i].row, lessons.list[0].step, rows[i].step);
            expect_text(rows[i].row, slice_of(lessons.list[0].source), rows[i].source);
            assert_true(lessons.list[0].feature_count > 0);
        }
        lessons_free(&lessons);
    }
}

static void reads_examples_of_rules(void **state) {
    struct loaded_rules r;
    struct lessons lessons;
    (void)state;
    rules_open(&r,
               "replies:\n"
               "- {id: full, cause: recipient.full, text: garlic, examples: [one garlic, two garlic]}\n"
               "- {id: tested, cause: recipient.full, text: onion, taught: 'no', examples: [an onion]}\n");
    assert_int_equal(load("", &lessons, &r.base), 0);
    assert_int_equal(lessons.count, 2);
    assert_true(lessons.list[0].is_untried);
    expect_text("source", slice_of(lessons.list[0].source), "full");
    lessons_free(&lessons);
    rules_close(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_rows),
        cmocka_unit_test(reads_examples_of_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
