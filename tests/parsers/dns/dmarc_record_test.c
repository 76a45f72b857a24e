/* DMARC records (RFC 9989 sections 4.7 and 4.8). */
#include "parsers/dns/dmarc_record.h"
#include "tests/table.h"

static const struct {
    const char *text;
    const char *expected; /* p/sp/np, alignment, pct, psd, t; faults; or "-": no record, "void" */
} rows[] = {
    {"v=DMARC1; p=reject", "reject/-/- dkim=r spf=r 100 u"},
    {"v=DMARC1;p=quarantine;sp=none;np=reject;adkim=s;aspf=s;pct=20;psd=y;t=y",
     "quarantine/none/reject dkim=s spf=s 20 y testing"},
    {"v = DMARC1 ; p = NONE ; rua=mailto:a@example.com", "none/-/- dkim=r spf=r 100 u address"},
    {"v=DMARC1; p=none; rua=a@example.com, ftp", "none/-/- dkim=r spf=r 100 u"},
    {"v=DMARC1; p=none; pct=101", "none/-/- dkim=r spf=r 100 u pct"},
    {"v=DMARC1; p=none; nonsense", "none/-/- dkim=r spf=r 100 u no-tag"},
    {"v=DMARC1; p=none; adkim=x; aspf=; psd=yes; t=2; fo=9",
     "none/-/- dkim=r spf=r 100 u adkim aspf psd t fo"},
    {"v=DMARC1; p=none; fo=1:d:s", "none/-/- dkim=r spf=r 100 u"},
    {"v=DMARC1; p=bogus", "-/-/- dkim=r spf=r 100 u p"},
    {"v=DMARC1; p=none; sp=bogus; np=", "none/-/- dkim=r spf=r 100 u sp np"},
    {"v=DMARC1; rua=mailto:a@example.com", "-/-/- dkim=r spf=r 100 u address no-p"},
    {"v=DMARC1; p=none; p=none", "void"},
    {"v=DMARC1; p=none; X=1; x=2", "void"},
    {"v=DMARC1; p=none; v=DMARC1", "void"},
    {"V=DMARC1; p=none", "none/-/- dkim=r spf=r 100 u"},
    {"v=DMARC1 p=none", "-"},
    {"v=dmarc1; p=reject", "-"},
    {"p=reject; v=DMARC1", "-"},
    {"v=DMARC2; p=reject", "-"},
    {"", "-"},
};

static const char *const faults[] = {"twice", "no-tag", "no-p", "p", "sp",  "np",
                                     "adkim", "aspf",   "psd",  "t", "pct", "fo"};
_Static_assert(ROWS(faults) == DMARC_FAULTS, "a word for each");

static const char *name(enum dmarc_policy p) {
    return p == DMARC_NOT_GIVEN ? "-" : dmarc_policy_name(p);
}

static struct slice words(struct arena *arena, struct slice text) {
    struct dmarc_record r;
    if (!dmarc_record_is(text))
        return SLICE("-");
    if (!dmarc_record_parse(text, &r))
        return SLICE("void");
    struct slice shown =
        arena_printf(arena, "%s/%s/%s dkim=%c spf=%c %d %c%s%s", name(r.policy), name(r.subdomains),
                     name(r.nonexistent), r.is_strict_dkim ? 's' : 'r', r.is_strict_spf ? 's' : 'r',
                     r.percent, r.psd, r.is_testing ? " testing" : "", r.has_address ? " address" : "");
    for (enum dmarc_fault f = 0; f < DMARC_FAULTS; f++)
        if (dmarc_has_fault(&r, f))
            shown = arena_printf(arena, "%.*s %s", S(shown), faults[f]);
    assert_int_equal(r.odd.len > 0, r.faults != 0);
    return shown;
}

static void test_records(void **state) {
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].text, words(&arena, slice_of(rows[i].text)), rows[i].expected);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_records)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
