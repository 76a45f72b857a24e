/* Kinds of lines that are no event. */
#include "parsers/log/line_kinds.h"
#include "tests/table.h"

#include <glib.h>

static struct log_line line_of(const char *program, const char *message) {
    return (struct log_line){
        .text = slice_of(message), .time = -1, .program = slice_of(program), .message = slice_of(message)};
}

/* Nothing is shown behind the words after which a password may stand. */
static void hides_secrets(void **state) {
    static const struct {
        const char *message, *sample;
    } rows[] = {{"error,msg=\"502\",cmd: AUTH PLAIN AGtpbQBzZWNyZXQ=", "error,msg=\"502\",cmd: AUTH PLAIN"},
                {"sql(kim): Password mismatch (given password: secret)", "sql(kim): Password"},
                {"protocol error in \"auth login dXNlcg==\"", "protocol error in \"auth login"},
                {"authentication of a user", "authentication of a user"}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct line_kinds kinds = {.first = NULL};
        struct log_line line = line_of("p", rows[i].message);
        line_kinds_add_unknown(&kinds, &line, i);
        expect_text(rows[i].message, kinds.first->sample, rows[i].sample);
        line_kinds_free(&kinds);
    }
}

static void names_unknown_lines(void **state) {
    static const struct {
        const char *program, *message, *name;
    } rows[] = {
        {"moonmail", "took mail 4711 from bob@example.org today at noon", "moonmail took mail from today"},
        {"moonmail", "4711 10.0.0.1", "moonmail"},
        {"", "a line of words that-are-many", "a line of words"},
        {"", "", ""},
        {"a-program-with-a-name-that-is-very-long", "x", "a-program-with-a-name-that-is- x"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct line_kinds kinds = {.first = NULL};
        struct log_line line = line_of(rows[i].program, rows[i].message);
        line_kinds_add_unknown(&kinds, &line, i);
        expect_text(rows[i].message, kinds.first->name, rows[i].name);
        expect_text(rows[i].message, kinds.first->sample, rows[i].message);
        assert_string_equal(kinds.first->dialect, "?");
        line_kinds_free(&kinds);
    }
}

/* What a program says of itself stands beside the kind as which the line was passed over. */
static void gathers_troubles(void **state) {
    struct line_kinds kinds = {.first = NULL};
    const struct log_line lines[] = {line_of("postfix/smtpd", "fatal: no SASL authentication mechanisms"),
                                     line_of("postfix/smtpd", "fatal: no SASL authentication mechanisms"),
                                     line_of("postfix/smtpd", "warning: hostname x does not resolve"),
                                     line_of("postfix/smtpd", "fatally: x"),
                                     line_of("postfix/smtpd", "fatal"),
                                     line_of("postfix/smtpd", "connect from x")};
    (void)state;
    for (size_t i = 0; i < ROWS(lines); i++)
        line_kinds_add_trouble(&kinds, &lines[i], i);
    line_kinds_sort(&kinds);
    expect_number("kinds", (long long)kinds.count, 2);
    assert_string_equal(kinds.first->trouble, "fatal");
    expect_number("lines", (long long)kinds.first->count, 2);
    expect_text("the first", kinds.first->sample, "fatal: no SASL authentication mechanisms");
    assert_string_equal(kinds.first->next->trouble, "warning");
    line_kinds_free(&kinds);
}

static const char a_warning[] = "a warning";
static const char a_notice[] = "a notice";

static void counts_merges_and_sorts(void **state) {
    struct line_kinds one = {.first = NULL};
    struct line_kinds two = {.first = NULL};
    struct line_kinds all = {.first = NULL};
    struct log_line line = line_of("x", "first");
    struct log_line later = line_of("x", "first again");
    (void)state;
    line_kinds_pass(&one, "postfix", a_warning, &later, 20);
    line_kinds_pass(&one, "postfix", a_notice, &line, 21);
    line_kinds_pass(&one, "postfix", a_notice, &line, 22);
    line_kinds_pass(&one, "exim", a_notice, &line, 22);
    line_kinds_pass(&two, "postfix", a_warning, &line, 3);
    line_kinds_pass(&two, "postfix", a_warning, &line, 4);
    line_kinds_add_unknown(&two, &line, 5);
    line_kinds_add_unknown(&two, &line, 6);
    expect_number("one", (long long)one.count, 3);
    expect_number("two", (long long)two.count, 2);
    line_kinds_merge(&all, &one);
    line_kinds_merge(&all, &two);
    line_kinds_free(&one);
    line_kinds_free(&two);
    line_kinds_sort(&all);
    static const struct {
        const char *dialect, *name, *sample;
        long long count, first;
    } rows[] = {{"?", "x first", "first", 2, 5},
                {"postfix", "a warning", "first", 3, 3},
                {"postfix", "a notice", "first", 2, 21},
                {"exim", "a notice", "first", 1, 22}};
    const struct line_kind *kind = all.first;
    for (size_t i = 0; i < ROWS(rows); i++, kind = kind->next) {
        expect_text(rows[i].name, slice_of(kind->dialect), rows[i].dialect);
        expect_text(rows[i].name, kind->name, rows[i].name);
        expect_text(rows[i].name, kind->sample, rows[i].sample);
        expect_number(rows[i].name, (long long)kind->count, rows[i].count);
        expect_number(rows[i].name, (long long)kind->first, rows[i].first);
    }
    assert_null(kind);
    line_kinds_free(&all);
}

static void keeps_few(void **state) {
    struct line_kinds kinds = {.first = NULL};
    (void)state;
    for (char a = 'a'; a <= 'z'; a++)
        for (char b = 'a'; b <= 'z'; b++) {
            char text[] = {a, b, '\0'};
            struct log_line line = line_of("", text);
            line_kinds_add_unknown(&kinds, &line, 0);
        }
    expect_number("kinds", (long long)kinds.count, LIMIT_KINDS);
    line_kinds_free(&kinds);
}

static void cleans_and_cuts_samples(void **state) {
    struct line_kinds kinds = {.first = NULL};
    char text[1000];
    (void)state;
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    text[0] = '\n';
    struct log_line line = line_of("", text);
    line_kinds_pass(&kinds, "postfix", a_notice, &line, 0);
    assert_true(kinds.first->sample.len <= 300);
    assert_null(memchr(kinds.first->sample.ptr, '\n', kinds.first->sample.len));
    line_kinds_free(&kinds);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gathers_troubles),    cmocka_unit_test(hides_secrets),
        cmocka_unit_test(names_unknown_lines), cmocka_unit_test(counts_merges_and_sorts),
        cmocka_unit_test(keeps_few),           cmocka_unit_test(cleans_and_cuts_samples)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
