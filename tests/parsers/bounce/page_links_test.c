/* Links around addresses in pasted texts. */
#include "parsers/bounce/page_links.h"

#include "tests/table.h"

static void removes(void **state) {
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"[<a@b.example>](mailto:a@b.example): host [mx.b.example](http://mx.b.example)[192.0.2.1] said: 550",
         "<a@b.example>: host mx.b.example[192.0.2.1] said: 550"},
        {"[a@b.example](mailto:a@b.example)", "a@b.example"},
        {"<a@b.example<mailto:a@b.example>>: host mx<http://mx/>[192.0.2.1]",
         "<a@b.example>: host mx[192.0.2.1]"},
        {"From: Ann [mailto:a@b.example]", "From: Ann [mailto:a@b.example]"},
        {"To: a@b.example [mailto:a@b.example]\nx", "To: a@b.example \nx"},
        {"See https://a.example/x<https://a.example/x>.", "See https://a.example/x."},
        {"[here](http://evil.example/)", "[here](http://evil.example/)"}, /* leads elsewhere */
        {"[a@b.example](mailto:c@d.example)", "[a@b.example](mailto:c@d.example)"},
        {"<mailto:a@b.example>", "<mailto:a@b.example>"},
        {"[a\nb](http://a\nb)", "[a\nb](http://a\nb)"},
        {"[](http://a)", "[](http://a)"},
        {"a<http://a", "a<http://a"},
        {"[a](http", "[a](http"},
        {"[1.2.3.4] no link at all", "[1.2.3.4] no link at all"},
        {"", ""},
    };
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].text, page_links_removed(slice_of(rows[i].text), &arena), rows[i].expected);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(removes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
