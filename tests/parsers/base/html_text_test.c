#include "parsers/base/html_text.h"
#include "tests/table.h"

static struct arena arena;

static void reads(void **state) {
    static const struct {
        const char *input, *expected;
    } rows[] = {
        {"<p>one</p><p>two", "\none\n\ntwo"},
        {"a<br>b", "a\nb"},
        {"&lt;bob@example.org&gt; &amp; co", "<bob@example.org> & co"},
        {"<script>alert(1)</script>text", "text"},
        {"<style>x{}</style>text", "text"},
        {"<b class=\"x\">bold</b>", "bold"},
        {"1 < 2", "1 < 2"},
        {"<unclosed", ""},
        {"<script>never closed", ""},
        {"&unknown;", "&unknown;"},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].input, html_to_text(&arena, slice_of(rows[i].input)), rows[i].expected);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failures;
}
