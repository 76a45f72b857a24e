/* DMARC records (RFC 7489 section 6.3, DMARCbis). */
#include "parsers/dns/dmarc_record.h"
#include "tests/table.h"

static const struct {
    const char *text, *expected; /* p/sp/np, alignment, pct, psd, t; or "-": no record; "!": no policy */
} rows[] = {
    {"v=DMARC1; p=reject", "reject/-/- dkim=r spf=r 100 u"},
    {"v=DMARC1;p=quarantine;sp=none;np=reject;adkim=s;aspf=s;pct=20;psd=y;t=y",
     "quarantine/none/reject dkim=s spf=s 20 y testing"},
    {"v = DMARC1 ; p = NONE ; rua=mailto:a@example.com", "none/-/- dkim=r spf=r 100 u"},
    {"v=DMARC1; p=none; pct=101", "none/-/- dkim=r spf=r 100 u odd"},
    {"v=DMARC1; p=none; nonsense", "none/-/- dkim=r spf=r 100 u odd"},
    {"v=DMARC1; p=bogus", "!"},
    {"v=DMARC1; rua=mailto:a@example.com", "!"},
    {"v=dmarc1; p=reject", "-"},
    {"p=reject; v=DMARC1", "-"},
    {"v=DMARC2; p=reject", "-"},
    {"", "-"},
};

static const char *name(enum dmarc_policy p) {
    return p == DMARC_NOT_GIVEN ? "-" : dmarc_policy_name(p);
}

static void test_records(void **state) {
    struct arena arena = {0};
    struct dmarc_record r;
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct slice text = slice_of(rows[i].text);
        struct slice shown = SLICE("-");
        if (dmarc_record_is(text))
            shown = dmarc_record_parse(text, &r)
                        ? arena_printf(&arena, "%s/%s/%s dkim=%c spf=%c %d %c%s%s", name(r.policy),
                                       name(r.subdomains), name(r.nonexistent), r.is_strict_dkim ? 's' : 'r',
                                       r.is_strict_spf ? 's' : 'r', r.percent, r.psd,
                                       r.is_testing ? " testing" : "", r.odd.len ? " odd" : "")
                        : SLICE("!");
        expect_text(rows[i].text, shown, rows[i].expected);
    }
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_records)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
