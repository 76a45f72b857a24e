/* DMARC: policies, alignment, organisational domains by list and by tree walk. */
#include "analyze/auth/dmarc.h"
#include "parsers/base/file_errors.h"
#include "parsers/dns/read.h"
#include "tests/table.h"

#include <stdio.h>

static const char zone[] =
    ";! complete\n"
    "_dmarc.example.com. 1 IN TXT \"v=DMARC1; p=reject; sp=quarantine; np=none\"\n"
    "exists.example.com. 1 IN A 192.0.2.1\n"
    "_dmarc.own.example.com. 1 IN TXT \"v=DMARC1; p=none\"\n"
    "_dmarc.strict.example. 1 IN TXT \"v=DMARC1; p=reject; adkim=s; aspf=s\"\n"
    "_dmarc.two.example. 1 IN TXT \"v=DMARC1; p=reject\"\n"
    "_dmarc.two.example. 1 IN TXT \"v=DMARC1; p=none\"\n"
    "_dmarc.wrong.example. 1 IN TXT \"v=DMARC1; p=bogus; rua=mailto:a@wrong.example\"\n"
    "_dmarc.bare.example. 1 IN TXT \"v=DMARC1; p=bogus\"\n"
    "_dmarc.psd.example. 1 IN TXT \"v=DMARC1; p=reject; psd=y\"\n"
    "_dmarc.cut.big.example. 1 IN TXT \"v=DMARC1; p=reject; psd=n\"\n"
    "_dmarc.big.example. 1 IN TXT \"v=DMARC1; p=none\"\n"
    ";! TIMEOUT _dmarc.late.example. TXT\n";

static const struct {
    const char *from, *spf, *dkim; /* domains that pass; "": none */
    const char
        *expected; /* result, policy, alignment of SPF and DKIM; what DMARCbis says, where it differs */
} rows[] = {
    {"example.com", "", "", "fail reject none none"},
    {"example.com", "example.com", "", "pass reject strict none"},
    {"example.com", "bounce.example.com", "", "pass reject relaxed none"},
    {"example.com", "example.org", "mail.example.com", "pass reject none relaxed"},
    {"example.com", "example.org", "example.net", "fail reject none none"},
    {"exists.example.com", "", "", "fail quarantine none none"},
    {"missing.example.com", "", "", "fail quarantine none none; fail none"},
    {"own.example.com", "", "", "fail none none none"},
    {"own.example.com", "", "example.com", "pass none none relaxed"},
    {"strict.example", "a.strict.example", "", "fail reject relaxed none"},
    {"strict.example", "", "strict.example", "pass reject none strict"},
    {"two.example", "", "", "none none none none"},
    {"wrong.example", "", "", "fail none none none"},
    {"bare.example", "", "", "none none none none; fail none"},
    {"nothing.example", "", "", "none none none none"},
    {"late.example", "", "", "temperror none none none"},
    /* the tree walk: a registry that is not in the list of suffixes; a part of a domain that stands alone */
    {"a.psd.example", "b.psd.example", "", "pass reject relaxed none; fail reject"},
    {"a.cut.big.example", "big.example", "", "pass none relaxed none; fail reject"},
};

static struct slice words(struct arena *arena, const struct dmarc_verdict *v) {
    struct slice differs = v->differs;
    size_t at = slice_find(differs, SLICE("it would be "));
    differs = slice_from(differs, at + 12);
    size_t with = slice_find(differs, SLICE(" with policy "));
    struct slice result = slice_upto(differs, with);
    struct slice policy = slice_from(differs, with + 13);
    struct slice ours =
        arena_printf(arena, "%s %s %s %s", dmarc_result_name(v->result), dmarc_policy_name(v->policy),
                     alignment_name(v->spf), alignment_name(v->dkim));
    return v->differs.len ? arena_printf(arena, "%.*s; %.*s %.*s", S(ours), S(result), S(policy)) : ours;
}

static void test_rows(void **state) {
    struct file_errors errors = {.out = stderr};
    struct snapshot *s = snapshot_new();
    (void)state;
    dns_file_read(snapshot_add(s, "zone"), slice_of(zone), &errors);
    assert_int_equal(errors.count, 0);
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct resolver resolver;
        struct dmarc_verdict v;
        struct spf_verdict spf = {.result = rows[i].spf[0] ? SPF_VERDICT_PASS : SPF_VERDICT_FAIL,
                                  .domain = slice_of(rows[i].spf)};
        struct dkim_verdict dkim = {.result = DKIM_PASS, .domain = slice_of(rows[i].dkim)};
        resolver_init(&resolver, s, &arena);
        dmarc_evaluate(slice_of(rows[i].from), &spf, rows[i].dkim[0] ? &dkim : NULL, true, &resolver, &v);
        expect_text(arena_printf(&arena, "%s spf=%s dkim=%s: %.*s %.*s", rows[i].from, rows[i].spf,
                                 rows[i].dkim, S(v.reason), S(v.differs))
                        .ptr,
                    words(&arena, &v), rows[i].expected);
        resolver_close(&resolver);
        arena_free(&arena);
    }
    snapshot_free(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
