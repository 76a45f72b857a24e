/* DMARC: every rule of RFC 9989 by its section, and where RFC 7489 would decide otherwise. The revision that
 * was read is draft-ietf-dmarc-dmarcbis-41, whose sections are those of the RFC. */
#include "analyze/auth/dmarc.h"
#include "tests/analyze/auth/on_zone.h"

#define AT(name, record) "_dmarc." name ". 1 IN TXT \"" record "\"\n"
#define IS(name)         name ". 1 IN A 192.0.2.1\n"

static const struct {
    const char *section, *zone, *from, *spf,
        *dkim;            /* spf, dkim: domains that pass; "": none; "?…": temperror */
    const char *expected; /* result policy@where organisation spf dkim[; result policy by RFC 7489] */
} rows[] = {
    /* alignment */
    {"4.4", AT("example.com", "v=DMARC1; p=reject"), "example.com", "", "",
     "fail reject@example.com example.com none none"},
    {"4.4", AT("example.com", "v=DMARC1; p=reject"), "example.com", "example.com", "",
     "pass reject@example.com example.com strict none"},
    {"4.4", AT("example.com", "v=DMARC1; p=reject"), "example.com", "bounce.example.com", "",
     "pass reject@example.com example.com relaxed none"},
    {"4.4", AT("example.com", "v=DMARC1; p=reject"), "news.example.com", "", "foo.example.com",
     "pass reject@example.com example.com none relaxed"},
    {"4.4", AT("example.com", "v=DMARC1; p=reject"), "example.com", "example.org", "example.net",
     "fail reject@example.com example.com none none"},
    {"4.4 letters", AT("example.com", "v=DMARC1; p=reject"), "Example.COM", "", "EXAMPLE.com",
     "pass reject@example.com example.com none strict"},
    {"4.4.1 any signature", AT("example.com", "v=DMARC1; p=reject"), "example.com", "example.net",
     "example.com", "pass reject@example.com example.com none strict"},
    {"4.7 adkim", AT("example.com", "v=DMARC1; p=reject; adkim=s"), "example.com", "", "a.example.com",
     "fail reject@example.com example.com none relaxed"},
    {"4.7 aspf", AT("example.com", "v=DMARC1; p=reject; aspf=s"), "example.com", "a.example.com", "",
     "fail reject@example.com example.com relaxed none"},
    {"4.7 aspf", AT("example.com", "v=DMARC1; p=reject; aspf=s"), "example.com", "a.example.com",
     "b.example.com", "pass reject@example.com example.com relaxed relaxed"},
    {"4.8 invalid adkim is the default", AT("example.com", "v=DMARC1; p=reject; adkim=strict"), "example.com",
     "", "a.example.com", "pass reject@example.com example.com none relaxed"},
    /* internationalised names: RFC 9989 section 5.3.1, RFC 8616 section 4 */
    {"5.3.1", AT("xn--bcher-kva.example", "v=DMARC1; p=reject"), "bücher.example", "",
     "xn--bcher-kva.example", "pass reject@xn--bcher-kva.example xn--bcher-kva.example none strict"},
    {"5.3.1", AT("xn--bcher-kva.example", "v=DMARC1; p=reject"), "BÜCHER.example", "",
     "mail.xn--bcher-kva.example", "pass reject@xn--bcher-kva.example xn--bcher-kva.example none relaxed"},
    {"5.3.1", AT("xn--bcher-kva.example", "v=DMARC1; p=reject"), "xn--bcher-kva.example", "bücher.example",
     "", "pass reject@xn--bcher-kva.example xn--bcher-kva.example strict none"},
    {"5.3.1 IDNA2008", AT("xn--strae-oqa.example", "v=DMARC1; p=reject"), "straße.example", "",
     "xn--strae-oqa.example", "pass reject@xn--strae-oqa.example xn--strae-oqa.example none strict"},
    {"5.3.1", AT("xn--bcher-kva.example", "v=DMARC1; p=reject"), "bücher.example", "", "bucher.example",
     "fail reject@xn--bcher-kva.example xn--bcher-kva.example none none"},
    /* which record: its own, the organisation's, the public suffix's */
    {"4.10.1 its own", AT("example.com", "v=DMARC1; p=reject") AT("a.example.com", "v=DMARC1; p=none"),
     "a.example.com", "", "", "fail none@a.example.com example.com none none"},
    {"4.10.1 its own, the other aligns",
     AT("example.com", "v=DMARC1; p=reject") AT("a.example.com", "v=DMARC1; p=none"), "a.example.com", "",
     "example.com", "pass none@a.example.com example.com none relaxed"},
    {"4.10.1 sp of its own does not count", AT("a.example.com", "v=DMARC1; p=none; sp=reject"),
     "a.example.com", "", "", "fail none@a.example.com a.example.com none none"},
    {"4.10.1 the organisation's",
     AT("example.com", "v=DMARC1; p=reject") AT("b.example.com", "v=DMARC1; p=none"), "a.b.example.com", "",
     "", "fail reject@example.com example.com none none"},
    {"4.10.1 nothing", "", "a.example.com", "a.example.com", "", "none none@ a.example.com none none"},
    {"4.10.1 sp", AT("example.com", "v=DMARC1; p=none; sp=reject") IS("a.example.com"), "a.example.com", "",
     "", "fail reject@example.com example.com none none"},
    {"4.7 sp is not for the domain itself", AT("example.com", "v=DMARC1; p=none; sp=reject"), "example.com",
     "", "", "fail none@example.com example.com none none"},
    {"4.7 np", AT("example.com", "v=DMARC1; p=none; sp=quarantine; np=reject") IS("a.example.com"),
     "b.example.com", "", "", "fail reject@example.com example.com none none; fail quarantine"},
    {"4.7 np, of what exists",
     AT("example.com", "v=DMARC1; p=none; sp=quarantine; np=reject") IS("a.example.com"), "a.example.com", "",
     "", "fail quarantine@example.com example.com none none"},
    {"3.2.13 an empty name with names below it exists",
     AT("example.com", "v=DMARC1; p=none; np=reject") IS("x.a.example.com"), "a.example.com", "", "",
     "fail none@example.com example.com none none"},
    {"3.2.13 other records are enough",
     AT("example.com", "v=DMARC1; p=none; np=reject") "a.example.com. 1 IN TXT \"x\"\n", "a.example.com", "",
     "", "fail none@example.com example.com none none"},
    {"4.7 np without sp", AT("example.com", "v=DMARC1; p=reject; np=none"), "b.example.com", "", "",
     "fail none@example.com example.com none none; fail reject"},
    {"4.7 no np: sp", AT("example.com", "v=DMARC1; p=none; sp=reject"), "b.example.com", "", "",
     "fail reject@example.com example.com none none"},
    {"4.7 np is not for the domain itself", AT("example.com", "v=DMARC1; p=none; np=reject"), "example.com",
     "", "", "fail none@example.com example.com none none"},
    /* psd */
    {"4.10.2 psd=y above",
     AT("psd.example", "v=DMARC1; p=none; psd=y") AT("a.psd.example", "v=DMARC1; p=reject"), "a.psd.example",
     "", "", "fail reject@a.psd.example a.psd.example none none"},
    {"4.10.2 two below a suffix are strangers",
     AT("psd.example", "v=DMARC1; p=none; psd=y") AT("a.psd.example", "v=DMARC1; p=reject"), "a.psd.example",
     "", "b.psd.example", "fail reject@a.psd.example a.psd.example none none; pass"},
    {"4.10.1 the suffix's record is not the organisation's",
     AT("psd.example", "v=DMARC1; p=reject; psd=y") AT("a.psd.example", "v=DMARC1; p=none; sp=quarantine"),
     "x.a.psd.example", "", "", "fail quarantine@a.psd.example a.psd.example none none; fail reject"},
    {"4.10.1 the suffix's record, where the organisation has none",
     AT("psd.example", "v=DMARC1; p=none; sp=reject; psd=y") IS("a.psd.example"), "a.psd.example", "", "",
     "fail reject@psd.example a.psd.example none none"},
    {"4.10.1 a record between does not count",
     AT("psd.example", "v=DMARC1; p=reject; psd=y") AT("b.a.psd.example", "v=DMARC1; p=none"),
     "x.b.a.psd.example", "", "a.psd.example", "pass reject@psd.example a.psd.example none relaxed"},
    {"4.10.1 np of the suffix", AT("com", "v=DMARC1; p=none; sp=none; np=reject; psd=y"), "gone.com", "", "",
     "fail reject@com gone.com none none; none"},
    {"4.10.2 the suffix in the list", AT("com", "v=DMARC1; p=reject; psd=y"), "a.example.com", "",
     "example.com", "pass reject@com example.com none relaxed; none"},
    {"4.10 psd=y at the start stops",
     AT("psd.example", "v=DMARC1; p=quarantine; psd=y") AT("example", "v=DMARC1; p=reject"), "psd.example",
     "", "", "fail quarantine@psd.example psd.example none none"},
    {"4.10.2 psd=y at the start is its own organisation",
     AT("psd.example", "v=DMARC1; p=quarantine; psd=y") AT("example", "v=DMARC1; p=reject"), "psd.example",
     "", "other.example", "fail quarantine@psd.example psd.example none none"},
    {"4.10.2 psd=y at the start, mail of one below", AT("psd.example", "v=DMARC1; p=quarantine; psd=y"),
     "psd.example", "", "a.psd.example", "fail quarantine@psd.example psd.example none none; pass"},
    {"4.10.2 psd=n cuts",
     AT("cut.example.com", "v=DMARC1; p=reject; psd=n") AT("example.com", "v=DMARC1; p=none"),
     "a.cut.example.com", "example.com", "", "fail reject@cut.example.com cut.example.com none none; pass"},
    {"4.10.2 psd=n at the start",
     AT("cut.example.com", "v=DMARC1; p=reject; psd=n") AT("example.com", "v=DMARC1; p=none"),
     "cut.example.com", "", "a.cut.example.com", "pass reject@cut.example.com cut.example.com none relaxed"},
    {"4.10.2 psd=n of the signer",
     AT("cut.example.com", "v=DMARC1; p=reject; psd=n") AT("example.com", "v=DMARC1; p=reject"),
     "example.com", "", "cut.example.com", "fail reject@example.com example.com none none; pass"},
    {"4.7 psd=u is the default",
     AT("b.example.com", "v=DMARC1; p=none; psd=u") AT("example.com", "v=DMARC1; p=reject"),
     "a.b.example.com", "", "example.com", "pass reject@example.com example.com none relaxed"},
    {"4.8 invalid psd is the default",
     AT("b.example.com", "v=DMARC1; p=none; psd=x") AT("example.com", "v=DMARC1; p=reject"),
     "a.b.example.com", "", "example.com", "pass reject@example.com example.com none relaxed"},
    {"4.10.2 fewest labels, though a suffix of the list", AT("example", "v=DMARC1; p=reject"), "a.example",
     "", "b.example", "pass reject@example example none relaxed; none"},
    {"4.10.2 only the start has one", AT("a.example.com", "v=DMARC1; p=reject"), "a.example.com", "",
     "example.com", "fail reject@a.example.com a.example.com none none; pass"},
    /* eight steps */
    {"4.10 eight labels", AT("example.com", "v=DMARC1; p=reject"), "a.b.c.d.e.f.example.com", "", "",
     "fail reject@example.com example.com none none"},
    {"4.10 thirteen labels", AT("example.com", "v=DMARC1; p=reject"), "a.b.c.d.e.f.g.h.i.j.mail.example.com",
     "", "", "fail reject@example.com example.com none none"},
    {"4.10 the ninth is asked",
     AT("d.e.f.g.h.example.com", "v=DMARC1; p=none; psd=n") AT("example.com", "v=DMARC1; p=reject"),
     "a.b.c.d.e.f.g.h.example.com", "", "",
     "fail none@d.e.f.g.h.example.com d.e.f.g.h.example.com none none; fail reject"},
    {"5.1.8 a cut that is never asked",
     AT("b.c.d.e.f.g.example.com", "v=DMARC1; p=none; psd=n") AT("example.com", "v=DMARC1; p=reject"),
     "mail.a.b.c.d.e.f.g.example.com", "", "", "fail reject@example.com example.com none none"},
    {"5.1.8 its own is",
     AT("mail.a.b.c.d.e.f.g.example.com", "v=DMARC1; p=none") AT("example.com", "v=DMARC1; p=reject"),
     "mail.a.b.c.d.e.f.g.example.com", "", "",
     "fail none@mail.a.b.c.d.e.f.g.example.com example.com none none"},
    {"4.10.2 psd=y at the first name behind the gap",
     AT("d.e.f.g.h.example.com", "v=DMARC1; p=reject; psd=y"), "a.b.c.d.e.f.g.h.example.com", "",
     "c.d.e.f.g.h.example.com",
     "pass reject@d.e.f.g.h.example.com c.d.e.f.g.h.example.com none relaxed; none"},
    /* t, pct */
    {"4.7 t", AT("example.com", "v=DMARC1; p=reject; t=y"), "example.com", "", "",
     "fail quarantine@example.com example.com none none; fail reject"},
    {"4.7 t", AT("example.com", "v=DMARC1; p=quarantine; t=y"), "example.com", "", "",
     "fail none@example.com example.com none none; fail quarantine"},
    {"4.7 t", AT("example.com", "v=DMARC1; p=none; sp=reject; t=y"), "a.example.com", "", "",
     "fail quarantine@example.com example.com none none; fail reject"},
    {"4.7 t of none", AT("example.com", "v=DMARC1; p=none; t=y"), "example.com", "", "",
     "fail none@example.com example.com none none"},
    {"4.8 invalid t", AT("example.com", "v=DMARC1; p=reject; t=1"), "example.com", "", "",
     "fail reject@example.com example.com none none"},
    {"9.3 pct", AT("example.com", "v=DMARC1; p=reject; pct=20"), "example.com", "", "",
     "fail reject@example.com example.com none none; fail reject"},
    {"9.3 pct", AT("example.com", "v=DMARC1; p=reject; pct=0"), "example.com", "example.com", "",
     "pass reject@example.com example.com strict none"},
    {"9.3 pct=100", AT("example.com", "v=DMARC1; p=reject; pct=100"), "example.com", "", "",
     "fail reject@example.com example.com none none"},
    /* several records */
    {"4.10 step 2", AT("example.com", "v=DMARC1; p=reject") AT("example.com", "v=DMARC1; p=none"),
     "example.com", "", "", "none none@ example.com none none"},
    {"4.10 step 2, and on upwards",
     AT("a.example.com", "v=DMARC1; p=reject") AT("a.example.com", "v=DMARC1; p=none")
         AT("example.com", "v=DMARC1; p=quarantine"),
     "a.example.com", "", "", "fail quarantine@example.com example.com none none; none"},
    {"4.10 step 6", AT("example.com", "v=DMARC1; p=reject; psd=n") AT("example.com", "v=DMARC1; p=none"),
     "a.example.com", "", "", "none none@ a.example.com none none"},
    {"4.10 others are discarded first",
     AT("example.com", "v=spf1 -all") AT("example.com", "v=DMARC1; p=reject"), "example.com", "", "",
     "fail reject@example.com example.com none none"},
    {"4.7 v", AT("example.com", "v=DMARC2; p=none") AT("example.com", "v=DMARC1; p=reject"), "example.com",
     "", "", "fail reject@example.com example.com none none"},
    {"4.7 v comes first", AT("example.com", "p=reject; v=DMARC1"), "example.com", "", "",
     "none none@ example.com none none"},
    {"4.7 v is case-sensitive", AT("example.com", "v=dmarc1; p=reject"), "example.com", "", "",
     "none none@ example.com none none"},
    {"4.8 strings are joined", "_dmarc.example.com. 1 IN TXT \"v=DMARC1; p=rej\" \"ect\"\n", "example.com",
     "", "", "fail reject@example.com example.com none none"},
    /* p, sp and np that are missing or invalid */
    {"4.10.1 no p, rua", AT("example.com", "v=DMARC1; rua=mailto:a@example.com"), "example.com", "", "",
     "fail none@example.com example.com none none"},
    {"4.10.1 no p, no rua", AT("example.com", "v=DMARC1; sp=reject"), "example.com", "", "",
     "none none@example.com example.com none none"},
    {"4.10.1 invalid p, rua", AT("example.com", "v=DMARC1; p=rejct; rua=mailto:a@example.com"), "example.com",
     "", "", "fail none@example.com example.com none none"},
    {"4.10.1 invalid p, rua, aligned", AT("example.com", "v=DMARC1; p=rejct; rua=mailto:a@example.com"),
     "example.com", "example.com", "", "pass none@example.com example.com strict none"},
    {"4.10.1 invalid p, no rua", AT("example.com", "v=DMARC1; p=rejct"), "example.com", "example.com", "",
     "none none@example.com example.com strict none"},
    {"4.10.1 invalid p, rua that is no URI", AT("example.com", "v=DMARC1; p=rejct; rua=a@example.com"),
     "example.com", "", "", "none none@example.com example.com none none"},
    {"4.10.1 one of several is enough",
     AT("example.com", "v=DMARC1; p=rejct; rua=x,mailto:a@example.com!10m"), "example.com", "", "",
     "fail none@example.com example.com none none"},
    {"4.10.1 invalid sp, rua", AT("example.com", "v=DMARC1; p=reject; sp=all; rua=mailto:a@example.com"),
     "example.com", "", "", "fail none@example.com example.com none none"},
    {"4.10.1 invalid sp, no rua", AT("example.com", "v=DMARC1; p=reject; sp=all"), "example.com", "", "",
     "none none@example.com example.com none none"},
    {"4.10.1 invalid np, rua", AT("example.com", "v=DMARC1; p=reject; np=all; rua=mailto:a@example.com"),
     "example.com", "", "", "fail none@example.com example.com none none; fail reject"},
    {"4.10.1 invalid np, no rua", AT("example.com", "v=DMARC1; p=reject; np=all"), "example.com", "", "",
     "none none@example.com example.com none none; fail reject"},
    {"4.8 values in any case", AT("example.com", "v=DMARC1; P=Reject"), "example.com", "", "",
     "fail reject@example.com example.com none none"},
    {"4.8 unknown tags", AT("example.com", "v=DMARC1; x=1; p=reject; rf=afrf; ri=1"), "example.com", "", "",
     "fail reject@example.com example.com none none"},
    {"4.8 order is free", AT("example.com", "v=DMARC1; rua=mailto:a@example.com; p=reject"), "example.com",
     "", "", "fail reject@example.com example.com none none"},
    {"4.8 what is no tag", AT("example.com", "v=DMARC1; p=reject; nonsense"), "example.com", "", "",
     "fail reject@example.com example.com none none"},
    /* RFC 6376 section 3.2, which section 4.7 follows */
    {"4.7 a tag twice", AT("example.com", "v=DMARC1; p=reject; p=none"), "example.com", "", "",
     "none none@ example.com none none"},
    {"4.7 a tag twice, and on upwards",
     AT("a.example.com", "v=DMARC1; p=none; p=none") AT("example.com", "v=DMARC1; p=reject"), "a.example.com",
     "", "", "fail reject@example.com example.com none none; none"},
    {"4.7 another tag twice",
     AT("example.com", "v=DMARC1; p=reject; rua=mailto:a@example.com; rua=mailto:b@example.com"),
     "example.com", "", "", "none none@ example.com none none"},
    /* the DNS fails */
    {"5.3.6", ";! TIMEOUT _dmarc.late.example. TXT\n", "late.example", "late.example", "",
     "temperror none@ late.example none none"},
    {"5.3.6 above", ";! SERVFAIL _dmarc.late.example. TXT\n", "a.late.example", "", "",
     "temperror none@ a.late.example none none"},
    {"5.3.6 its own is there",
     AT("a.late.example", "v=DMARC1; p=reject") ";! SERVFAIL _dmarc.late.example. TXT\n", "a.late.example",
     "a.late.example", "", "pass reject@a.late.example a.late.example strict none"},
    {"5.3.6 alignment needs it",
     AT("a.late.example", "v=DMARC1; p=reject") ";! SERVFAIL _dmarc.late.example. TXT\n", "a.late.example",
     "late.example", "", "temperror reject@a.late.example a.late.example none none"},
    {"5.3.6 a stranger does not",
     AT("a.late.example", "v=DMARC1; p=reject") ";! SERVFAIL _dmarc.late.example. TXT\n", "a.late.example",
     "example.net", "", "fail reject@a.late.example a.late.example none none"},
    {"5.3.6 SPF that would align", AT("example.com", "v=DMARC1; p=reject"), "example.com", "?example.com", "",
     "temperror reject@example.com example.com none none"},
    {"5.3.6 a key that would align", AT("example.com", "v=DMARC1; p=reject"), "example.com", "example.net",
     "?a.example.com", "temperror reject@example.com example.com none none"},
    {"5.3.6 the other passes", AT("example.com", "v=DMARC1; p=reject"), "example.com", "?example.com",
     "example.com", "pass reject@example.com example.com none strict"},
    {"5.3.6 of a stranger", AT("example.com", "v=DMARC1; p=reject"), "example.com", "?example.org",
     "?example.net", "fail reject@example.com example.com none none"},
    {"5.3.6 not as near as is asked for", AT("example.com", "v=DMARC1; p=reject; aspf=s; adkim=s"),
     "example.com", "?a.example.com", "?b.example.com", "fail reject@example.com example.com none none"},
};

static struct slice words(struct arena *arena, const struct dmarc_verdict *v) {
    static const struct slice mark = {" comes to ", 10};
    struct slice differs = slice_from(v->differs, slice_find(v->differs, mark) + mark.len);
    differs = slice_upto(differs, slice_find(differs, SLICE(": ")));
    size_t with = slice_find(differs, SLICE(" with policy "));
    struct slice result = slice_upto(differs, with);
    struct slice policy = slice_from(differs, with + 13);
    return arena_printf(arena, "%s %s@%.*s %.*s %s %s%s%.*s%s%.*s", dmarc_result_name(v->result),
                        dmarc_policy_name(v->policy), S(v->found_at), S(v->organisation),
                        alignment_name(v->spf), alignment_name(v->dkim), v->differs.len ? "; " : "",
                        S(result), policy.len ? " " : "", S(policy));
}

static void evaluate(size_t row, struct resolver *resolver, struct dmarc_verdict *v) {
    bool is_spf_late = *rows[row].spf == '?';
    bool is_dkim_late = *rows[row].dkim == '?';
    struct spf_verdict spf = {.result = is_spf_late      ? SPF_VERDICT_TEMPERROR
                                        : *rows[row].spf ? SPF_VERDICT_PASS
                                                         : SPF_VERDICT_FAIL,
                              .domain = slice_of(rows[row].spf + is_spf_late)};
    struct dkim_verdict dkim = {.result = is_dkim_late ? DKIM_TEMPERROR : DKIM_PASS,
                                .domain = slice_of(rows[row].dkim + is_dkim_late)};
    dmarc_evaluate(slice_of(rows[row].from), &spf, rows[row].dkim[0] ? &dkim : NULL, true, resolver, v);
}

static void test_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct resolver resolver;
        struct dmarc_verdict v;
        g_autofree char *zone = g_strconcat(";! complete\n", rows[i].zone, NULL);
        struct snapshot *s = snapshot_of(zone);
        resolver_init(&resolver, s, &arena);
        evaluate(i, &resolver, &v);
        expect_text(arena_printf(&arena, "%s: %s spf=%s dkim=%s\n%s%.*s; %.*s; %.*s", rows[i].section,
                                 rows[i].from, rows[i].spf, rows[i].dkim, zone, S(v.reason), S(v.note),
                                 S(v.differs))
                        .ptr,
                    words(&arena, &v), rows[i].expected);
        assert_true(v.reason.len > 0);
        resolver_close(&resolver);
        arena_free(&arena);
        snapshot_free(s);
    }
}

/* What the tree walk asks for where a snapshot says nothing: eight names at most, the signer's where it
 * matters. */
static const struct {
    const char *zone, *from, *spf, *expected; /* result; names that are missing */
} needs[] = {
    {"", "a.example.com", "", "unchecked; _dmarc.a.example.com _dmarc.example.com _dmarc.com"},
    {AT("example.com", "v=DMARC1; p=reject"), "example.com", "", "fail; _dmarc.com"},
    {AT("example.com", "v=DMARC1; p=reject"), "example.com", "example.com", "pass; _dmarc.com"},
    {AT("example.com", "v=DMARC1; p=reject"), "example.com", "example.net", "fail; _dmarc.com"},
    {AT("example.com", "v=DMARC1; p=reject"), "example.com", "a.example.com",
     "unchecked; _dmarc.com _dmarc.a.example.com"},
    {AT("example.com", "v=DMARC1; p=reject; np=none"), "a.example.com", "",
     "unchecked; _dmarc.a.example.com _dmarc.com"},
    {AT("example.com", "v=DMARC1; p=reject; np=none") ";! NODATA _dmarc.a.example.com. TXT\n",
     "a.example.com", "", "fail; _dmarc.com a.example.com"},
    {AT("example.com", "v=DMARC1; p=reject; psd=n"), "example.com", "", "fail;"},
    {"", "a.b.c.d.e.f.g.h.i.j.example.com", "",
     "unchecked; _dmarc.a.b.c.d.e.f.g.h.i.j.example.com _dmarc.f.g.h.i.j.example.com "
     "_dmarc.g.h.i.j.example.com "
     "_dmarc.h.i.j.example.com _dmarc.i.j.example.com _dmarc.j.example.com _dmarc.example.com _dmarc.com"},
};

static void test_needs(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(needs); i++) {
        struct arena arena = {0};
        struct resolver resolver;
        struct dmarc_verdict v;
        struct snapshot *s = snapshot_of(needs[i].zone);
        struct spf_verdict spf = {.result = needs[i].spf[0] ? SPF_VERDICT_PASS : SPF_VERDICT_FAIL,
                                  .domain = slice_of(needs[i].spf)};
        resolver_init(&resolver, s, &arena);
        dmarc_evaluate(slice_of(needs[i].from), &spf, NULL, true, &resolver, &v);
        struct slice text = arena_printf(&arena, "%s;", dmarc_result_name(v.result));
        for (const struct question *q = resolver.missing; q; q = q->next)
            text = arena_printf(&arena, "%.*s %.*s", S(text), S(q->of.name));
        expect_text(needs[i].from, text, needs[i].expected);
        resolver_close(&resolver);
        arena_free(&arena);
        snapshot_free(s);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_needs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
