/* Encoded words, counted: which values are decoded as a whole, and where decoding stops. */
#include "parsers/base/encoded_words.h"
#include "tests/table.h"

#include <glib.h>

static void counting(void **state) {
    static const struct {
        const char *name, *repeated;
        unsigned times, words; /* words: that are decoded */
    } rows[] = {
        {"none", "a b=c ", 40000, 40000},
        {"whole words", "=?utf-8?Q?a?= ", 10000, 10000},
        {"too many", "=?utf-8?Q?a?= ", 10001, 10000},
        {"empty", "=?utf-8?b?\?= ", 10000, 10000},
        {"no encoding", "=?utf-8?x?a ", 10000, 10000},
        {"open", "=?utf-8?q?a", 32, 32},
        {"too many open", "=?utf-8?q?a", 33, 32},
        {"the text begins as an end does", "=?utf-8?q?=41 ", 33, 33},
        {"a carriage return in the mark", "=\r?utf-8?q?a", 33, 32},
        {"folded in the character set", "=?utf-8\n ?q?a", 33, 32},
        {"a carriage return before the encoding", "=?utf-8?\rq\r?a", 33, 32},
        {"a folded end", "=?utf-8?q?a?\r\n= ", 100, 100},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (unsigned k = 0; k < rows[i].times; k++)
            g_string_append(text, rows[i].repeated);
        size_t within = encoded_words_within((struct slice){text->str, text->len});
        expect_number(rows[i].name, within, rows[i].words * strlen(rows[i].repeated));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(counting)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
