/* DKIM keys (RFC 6376 section 3.6.1, RFC 8463). */
#include "parsers/dns/dkim_key.h"
#include "tests/table.h"

static const struct {
    const char *text, *expected; /* kind, bytes, flags; or what is wrong */
} rows[] = {
    {"v=DKIM1; k=rsa; p=AAAA", "rsa 3"},
    {"p=AAAA", "rsa 3"},
    {"k=ed25519; p=AAAA AAAA;", "ed25519 6"},
    {"v=DKIM1; p=", "rsa 0 revoked"},
    {"v=DKIM1; t=y:s; p=AAAA", "rsa 3 testing strict"},
    {"v=DKIM1; h=sha1:sha256; s=email; n=note; x=unknown; p=AA==", "rsa 1"},
    {"v=DKIM1; s=*; p=AAA=", "rsa 2"},
    {"v=DKIM1; p=AAAA; p=AAAA", "a tag stands in it twice, which makes the whole record void"},
    {"v=DKIM2; p=AAAA", "its version (v=) is not DKIM1"},
    {"p=AAAA; v=DKIM1", "v= does not come first"},
    {"v=DKIM1; s=tlsrpt; p=AAAA", "it is not meant for mail (s=)"},
    {"v=DKIM1; k=rsa", "it has no public key (p=)"},
    {"v=DKIM1; k=dsa; p=AAAA", "the type of its key (k=) is not known"},
    {"v=DKIM1; p=A", "its public key (p=) is damaged: it is not base64"},
    {"v=DKIM1; p=A*AA", "its public key (p=) is damaged: it is not base64"},
    {"v=DKIM1; p=AA=A", "its public key (p=) is damaged: it is not base64"},
    {"", "it has no public key (p=)"},
};

static void test_keys(void **state) {
    struct arena arena = {0};
    struct dkim_key key;
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        bool is_ok = dkim_key_parse(slice_of(rows[i].text), &arena, &key);
        struct slice shown =
            is_ok ? arena_printf(&arena, "%.*s %zu%s%s%s", S(key.type), key.bytes.len,
                                 key.is_revoked ? " revoked" : "", key.is_testing ? " testing" : "",
                                 key.is_strict ? " strict" : "")
                  : slice_of(key.error);
        expect_text(rows[i].text, shown, rows[i].expected);
    }
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_keys)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
