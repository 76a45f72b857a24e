/* Addresses of DMARC reports (RFC 9989 sections 4.6 and 4.8). */
#include "parsers/base/arena.h"
#include "parsers/dns/dmarc_uri.h"
#include "tests/table.h"

static const struct {
    const char *list, *expected; /* of each: mail, uri, bare or wrong, and the domain; "size" */
} rows[] = {
    {"mailto:a@example.com", "mail example.com"},
    {"mailto:a@example.com!10m , MAILTO:b@example.org", "mail example.com size; mail example.org"},
    {"mailto:a@example.com?subject=x", "mail example.com"},
    {"a@example.com", "bare example.com"},
    {"mailto:", "wrong "},
    {"mailto:a@", "wrong "},
    {"mailto: a@example.com", "wrong example.com"},
    {"mailto://a@example.com", "mail example.com"},
    {"https://example.com:8443/x", "uri example.com"},
    {"x", "wrong "},
    {"ftp:", "wrong "},
    {"example.com/path", "wrong "},
    {" , ", "wrong "},
    {"", ""},
};

static void test_rows(void **state) {
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct slice list = slice_of(rows[i].list);
        struct slice text = SLICE_EMPTY;
        struct dmarc_uri u;
        while (dmarc_uri_next(&list, &u)) {
            const char *kind = !u.is_valid ? u.is_bare_address ? "bare" : "wrong"
                               : u.is_mail ? "mail"
                                           : "uri";
            text = arena_printf(&arena, "%.*s%s%s %.*s%s", S(text), text.len ? "; " : "", kind, S(u.domain),
                                u.has_size ? " size" : "");
        }
        expect_text(rows[i].list, text, rows[i].expected);
    }
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
