/* Messages at their limits, and one beyond them: what is read, and what is told. */
#include "parsers/message/limits.h"

#include "parsers/base/encoded_words.h"
#include "parsers/message/field_limits.h"
#include "parsers/message/problem.h"
#include "tests/table.h"

#include <glib.h>

static struct arena arena;

struct row {
    const char *name, *start, *repeated, *end;
    unsigned times;
    const char *problem; /* how it begins; NULL: none */
    unsigned line;
    bool is_cut;
};

static void limits(void **state) {
    static const struct row rows[] = {
        {"nothing", "", "", "", 0, NULL, 0, false},
        {"header lines", "", "X: y\n", "\nbody\n", LIMIT_HEADER_LINES, NULL, 0, false},
        {"too many header lines", "", "X: y\n", "\nbody\n", LIMIT_HEADER_LINES + 1,
         "more than 100000 header lines", LIMIT_HEADER_LINES + 1, true},
        {"lines of a body", "X: y\n\n", "X: y\n", "", LIMIT_HEADER_LINES + 1, NULL, 0, false},
        {"lines of a returned header", "Content-Type: message/rfc822\n\n", "X: y\n", "", LIMIT_HEADER_LINES,
         "more than 100000 header lines", LIMIT_HEADER_LINES + 2, true},
        {"parts", "X: y\n\n", "--b\n\n", "", LIMIT_PARTS, NULL, 0, false},
        {"too many parts", "X: y\n\n", "--b\n\n", "", LIMIT_PARTS + 1, "more than 10000 MIME parts",
         2 * LIMIT_PARTS + 3, true},
        {"a long line", "X: y\nX: ", "0123456789abcdef", "\n\nbody\n", (unsigned)(LIMIT_HEADER_LINE / 16),
         "a header line is longer than 256 KiB", 2, true},
        {"a long line of a body", "X: y\n\n", "0123456789abcdef", "\n",
         (unsigned)(LIMIT_HEADER_LINE / 16) + 1, NULL, 0, false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        g_autoptr(GString) text = g_string_new(rows[i].start);
        struct problem_list problems = {0};
        for (unsigned k = 0; k < rows[i].times; k++)
            g_string_append(text, rows[i].repeated);
        g_string_append(text, rows[i].end);
        struct slice bytes = {text->str, text->len};
        struct slice kept = message_within_limits(bytes, &arena, &problems).bytes;
        expect_number(rows[i].name, problems.first != NULL, rows[i].problem != NULL);
        if (rows[i].problem) {
            expect_text(rows[i].name, slice_upto(problems.first->text, strlen(rows[i].problem)),
                        rows[i].problem);
            expect_number(rows[i].name, problems.first->line, rows[i].line);
        }
        expect_number(rows[i].name, kept.len < bytes.len, rows[i].is_cut);
        expect_number(rows[i].name, kept.ptr == bytes.ptr && kept.len == bytes.len, !rows[i].is_cut);
    }
}

/* Fields at their limits, and beyond: what the MIME parser gets instead of the rest, and which line is told.
 */
static void fields(void **state) {
    static const struct {
        const char *name, *start, *repeated, *end;
        unsigned times;
        const char *problem; /* how it begins; NULL: none */
        unsigned line;
    } rows[] = {
        {"groups", "A: b\nTo: ", "a:", "\n\nbody\n", LIMIT_GROUPS - 1, NULL, 0},
        {"too many groups", "A: b\nTo: ", "a:", "\n\nbody\n", 45000, "more than 4096 address groups", 2},
        {"folded", "A: b\nTo: ", "a:\n ", "c\n\nbody\n", 5000, "more than 4096 address groups", 2},
        {"parameters", "Content-Type: text/plain", "; a=b", "\n\nbody\n", 5000, "more than 4096 parameters",
         1},
        {"words", "Subject: ", "=?utf-8?q?abc?=\n ", "c\n\nbody\n", LIMIT_ENCODED_WORDS, NULL, 0},
        {"too many words", "Subject: ", "=?utf-8?q?abc?=\n ", "c\n\nbody\n", LIMIT_ENCODED_WORDS + 1,
         "more than 10000 encoded words", 1},
        {"words without an end", "Subject: ", "=?utf-8?q?abc", "\n\nbody\n", 8000, "more than 10000 encoded",
         1},
        {"in a boundary's part", "A: b\n\n--b\nContent-Description: ", "=?utf-8?q?abc\n ", "c\n\nbody\n",
         8000, "more than 10000 encoded words", 4},
        {"in a message of a digest", "A: b\n\n--b\n\nhello\nSubject: ", "=?utf-8?q?abc\n ", "c\n\nbody\n",
         8000, "more than 10000 encoded words", 6},
        {"a long field", "Subject: ", "abcdefghijklmnop\n ", "c\n\nbody\n", LIMIT_FIELD / 16,
         "a field is longer than 1 MiB", 1},
        {"a field that GMime does not read", "X-To: ", "a:", "\n\nbody\n", 45000, NULL, 0},
        {"text behind a header", "A: b\n\n<style>a{", "color:red;", "\n\nbody\n", 45000, NULL, 0},
        {"a body", "A: b\n\nbody\n\nTo: ", "a:", "\n", 45000, NULL, 0},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        g_autoptr(GString) text = g_string_new(rows[i].start);
        struct problem_list problems = {0};
        for (unsigned k = 0; k < rows[i].times; k++)
            g_string_append(text, rows[i].repeated);
        g_string_append(text, rows[i].end);
        struct slice bytes = {text->str, text->len};
        struct bounded_message bounded = message_within_limits(bytes, &arena, &problems);
        expect_number(rows[i].name, problems.first != NULL, rows[i].problem != NULL);
        expect_number(rows[i].name, bounded.bytes.ptr == bytes.ptr, true);
        expect_number(rows[i].name, bounded.for_mime.len, bytes.len);
        expect_number(rows[i].name, bounded.for_mime.ptr == bytes.ptr, !rows[i].problem);
        if (!rows[i].problem)
            continue;
        expect_text(rows[i].name, slice_upto(problems.first->text, strlen(rows[i].problem)), rows[i].problem);
        expect_number(rows[i].name, problems.first->line, rows[i].line);
        expect_text(rows[i].name, slice_from(bounded.for_mime, bytes.len - 7), "\n\nbody\n");
    }
}

static void lists_problems(void **state) {
    struct problem_list list = {0};
    (void)state;
    problem_add(&list, &arena, true, 7, "first");
    problem_add(&list, &arena, false, 0, "second");
    expect_text("first", list.first->text, "first");
    expect_number("its line", list.first->line, 7);
    expect_number("an error", list.first->is_error, true);
    expect_text("second", list.first->next->text, "second");
    assert_null(list.first->next->next);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(limits), cmocka_unit_test(fields),
                                       cmocka_unit_test(lists_problems)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failures;
}
