/* Words, comments and semicolons; what is damaged is read as far as it goes. */
#include "parsers/message/token.h"
#include "tests/table.h"

#include <glib.h>

static void takes(void **state) {
    static const struct {
        const char *input, *expected; /* comments in parentheses, each token followed by a | */
    } rows[] = {
        {"from a (b) by c; d", "from|a|(b)|by|c|;|d|"},
        {"a(b(c)d)e", "a|(b(c)d)|e|"},
        {"a (b\\)c) d", "a|(b\\)c)|d|"},
        {"\"a b;(c)\" d", "\"a b;(c)\"|d|"},
        {"<a b;c> d", "<a b;c>|d|"},
        {"\"never closed a", "\"never|closed|a|"},
        {"<never closed <a b>", "<never closed <a b>|"},
        {"a (never closed; b (c) d", "a|never|closed|;|b|(c)|d|"},
        {"a (b c) d (e (f) g", "a|(b c)|d|(e (f)|g|"},
        {") a )", "a|"},
        {"a) b", "a)|b|"},
        {";;", ";|;|"},
        {"", ""},
        {" \t", ""},
        {"\"\\\"\" a", "\"\\\"\"|a|"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        struct tokens tokens = {.rest = slice_of(rows[i].input)};
        for (struct token t = token_next(&tokens); t.kind != TOKEN_END; t = token_next(&tokens))
            g_string_append_printf(out, t.kind == TOKEN_COMMENT ? "(%.*s)|" : "%.*s|", S(t.text));
        expect_text(rows[i].input, slice_of(out->str), rows[i].expected);
    }
}

static void comment_words(void **state) {
    static const struct {
        const char *input, *expected;
    } rows[] = {
        {"a, b (c) d", "a|b|c|d|"}, {"\"a b\" c", "\"a b\"|c|"}, {"a;b", "a|b|"}, {" ,", ""}, {"", ""}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        struct slice rest = slice_of(rows[i].input);
        struct slice word;
        while (token_comment_word(&rest, &word))
            g_string_append_printf(out, "%.*s|", S(word));
        expect_text(rows[i].input, slice_of(out->str), rows[i].expected);
    }
}

static void unquotes(void **state) {
    (void)state;
    expect_text("quoted", token_unquote(SLICE("\"a\"")), "a");
    expect_text("one quote", token_unquote(SLICE("\"")), "\"");
    expect_text("none", token_unquote(SLICE("a")), "a");
    expect_text("empty", token_unquote(SLICE("\"\"")), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(takes), cmocka_unit_test(comment_words),
                                       cmocka_unit_test(unquotes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
