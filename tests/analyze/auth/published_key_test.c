/* Keys as the snapshot holds them, and the signatures that they are for. */
#include "analyze/auth/published_key.h"
#include "tests/analyze/auth/on_zone.h"

#define AT "s._domainkey.d.example. 1 IN TXT "

static const struct {
    const char *zone, *algorithm, *expected; /* status, usable, records; the misfit */
} rows[] = {
    {AT "\"v=DKIM1; p=YWJj\"\n", "rsa-sha256", "found 1 1"},
    {AT "\"v=DKIM1; p=YWJj\"\n", "ed25519-sha256",
     "found 1 1: the type of the key (k=) does not match that of the signature (a=)"},
    {AT "\"v=DKIM1; h=sha1; p=YWJj\"\n", "rsa-sha256",
     "found 1 1: the key does not allow the hash that the signature uses (h= of the key)"},
    {AT "\"v=DKIM1; h=sha1 : sha256; p=YWJj\"\n", "rsa-sha256", "found 1 1"},
    {AT "\"nothing\"\n" AT "\"v=DKIM1; p=YWJj\"\n", "rsa-sha256", "found 1 2"},
    {AT "\"v=DKIM1; p=YWJj\"\n" AT "\"nothing\"\n", "rsa-sha256", "found 1 2"},
    {";! complete\n", "rsa-sha256", "there is no such name 0 0"},
    {"", "rsa-sha256", "the snapshot does not say 0 0"},
};

static void test_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct resolver resolver;
        struct published_key p;
        struct signature s = {.algorithm = slice_of(rows[i].algorithm)};
        struct snapshot *snapshot = snapshot_of(rows[i].zone);
        resolver_init(&resolver, snapshot, &arena);
        key_find(&p, SLICE("s"), SLICE("d.example"), &resolver);
        const char *misfit = p.is_usable ? key_misfit(&p.key, &s) : NULL;
        expect_text(rows[i].zone,
                    arena_printf(&arena, "%s %d %u%s%s", dns_status_words(p.status), p.is_usable, p.records,
                                 misfit ? ": " : "", misfit ? misfit : ""),
                    rows[i].expected);
        resolver_close(&resolver);
        arena_free(&arena);
        snapshot_free(snapshot);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
