/* What could be followed as a link, and what is left as it is. */
#include "analyze/report/disarm.h"

#include "tests/table.h"

static void test_rows(void **state) {
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"", ""},
        {"no \u201d Ours: \u201c so", "no \" Ours: \" so"},
        {"550 5.1.1 User unknown", "550 5.1.1 User unknown"},
        {"see https://evil.example/a.html?b=c.d.", "see https[:]//evil[.]example/a[.]html?b=c[.]d."},
        {"HTTP://EVIL.EXAMPLE", "HTTP[:]//EVIL[.]EXAMPLE"},
        {"javascript:alert(1)//x.com", "javascript:alert(1)//x[.]com"},
        {"(www.evil.example)", "(www[.]evil[.]example)"},
        {"mailto:bob@example.org", "mailto[:]bob@example[.]org"},
        {"<bob@example.org>: no", "<bob@example.org>: no"},
        {"bob@example.org/x", "bob@example[.]org/x"},
        {"go to evil.example now", "go to evil[.]example now"},
        {"evil.xn--p1ai", "evil[.]xn--p1ai"},
        {"пример.рф", "пример[.]рф"},
        {"mx.example.org[192.0.2.1]:25: refused", "mx[.]example[.]org[192.0.2.1]:25: refused"},
        {"It was sent.Then it was lost.", "It was sent.Then it was lost."},
        {"/var/mail/kim.lock", "/var/mail/kim[.]lock"},
        {"ftp://192.0.2.1/x", "ftp[:]//192[.]0[.]2[.]1/x"},
        {"from 192.0.2.1 at 10:14:02", "from 192.0.2.1 at 10:14:02"},
    };
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].text, disarm(slice_of(rows[i].text), &arena), rows[i].expected);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
