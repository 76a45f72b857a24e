/* The keys of a domain that has not written yet. */
#include "analyze/auth/dkim_check.h"
#include "analyze/auth/selector_check.h"
#include "tests/analyze/auth/signer.h"

static const struct {
    const char *selector; /* NULL: those that are often used */
    const char *zone;     /* {key}: a record */
    const char *expected;
} rows[] = {
    {"s", ";! complete\ns._domainkey.d.example. 1 IN TXT {key}\n",
     "pass key d.example: a DKIM key is published under the selector s (ed25519, 256 bits)\n"
     "warning ed25519-only d.example!: only Ed25519 keys are found: many receivers cannot verify those "
     "signatures (RFC "
     "8463)"},
    {NULL, ";! complete\ns1._domainkey.d.example. 1 IN TXT {key}\n",
     "pass key d.example: a DKIM key is published under the selector s1 (ed25519, 256 bits)\n"
     "warning ed25519-only d.example!: only Ed25519 keys are found: many receivers cannot verify those "
     "signatures (RFC "
     "8463)"},
    {"s", ";! complete\ns._domainkey.d.example.d.example. 1 IN TXT {key}\n",
     "fail misplaced d.example!: the DKIM key of the selector s stands at s._domainkey.d.example.d.example, "
     "where "
     "no receiver looks for it (the domain was appended twice): it belongs at s._domainkey.d.example"},
    {"s", ";! complete\n_domainkey.s.d.example. 1 IN TXT {key}\n",
     "fail misplaced d.example!: the DKIM key of the selector s stands at _domainkey.s.d.example, where no "
     "receiver looks for it (the order is wrong): it belongs at s._domainkey.d.example"},
    {"s", ";! complete\ns._domainkey.d.example. 1 IN TXT \"v=DKIM1; k=rsa1; p=YWJj\"\n",
     "fail bad-key d.example!: the record under the selector s is not a usable key: the type of its key (k=) "
     "is "
     "not known (k=rsa1, where rsa or ed25519 belongs)"},
    {"s", ";! complete\n",
     "fail no-key d.example!: no DKIM key is published under the selectors given for "
     "d.example"},
    {NULL, ";! complete\n", "fail no-key d.example!: no DKIM key is published by d.example"},
    {NULL, ";! complete\nx._domainkey.d.example. 1 IN A 192.0.2.1\n",
     "unchecked unknown d.example: no DKIM key is published under the usual selectors of d.example; name the "
     "one that is used with --selector"},
    {NULL, "",
     "unchecked unchecked d.example: no DKIM key is published under the usual selectors of d.example that "
     "the "
     "snapshot contains; name the one that is used with --selector"},
    {"s", "",
     "unchecked unchecked d.example: the DKIM key under the selector s is not known: the snapshot "
     "does not say"},
    {"s", "s._domainkey.d.example. 1 IN TXT \"v=DKIM1; p=\"\n",
     "fail bad-key d.example!: the record under the selector s is not a usable key: was revoked (p= is "
     "empty)"},
    {"s", "s._domainkey.d.example. 1 IN TXT \"v=DKIM1; k=ed25519; p=YWJj\"\n",
     "fail bad-key d.example!: the DKIM key under the selector s cannot be read"},
};

static void test_rows(void **state) {
    EVP_PKEY *key = signer_key(0);
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct auth auth;
        struct slice zone = slice_of(rows[i].zone);
        size_t at = slice_find(zone, SLICE("{key}"));
        if (at < zone.len)
            zone = arena_printf(&arena, "%.*s%.*s%.*s", S(slice_upto(zone, at)),
                                S(signer_record(key, "", &arena)), S(slice_from(zone, at + 5)));
        struct snapshot *snapshot = snapshot_of(arena_string(&arena, zone));
        struct auth_tools tools = {.snapshot = snapshot};
        auth_open(&auth, &tools, &arena);
        auth.transaction.from_domain = SLICE("d.example");
        auth_check_selectors(&auth, &dkim_check, &rows[i].selector, rows[i].selector != NULL);
        expect_text(rows[i].zone, checks_text(&auth.checks, &arena), rows[i].expected);
        auth_close(&auth);
        arena_free(&arena);
        snapshot_free(snapshot);
    }
    EVP_PKEY_free(key);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
