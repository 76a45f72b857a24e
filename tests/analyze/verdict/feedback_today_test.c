/* Reports of receivers, held against a snapshot: a table of rows and zones, each with what must be told. */
#include "analyze/auth/check_kind.h"
#include "analyze/verdict/feedback_today.h"
#include "tests/analyze/auth/on_zone.h"
#include "tests/table.h"

#define D "a.example"

static const struct {
    const char *zone;
    const char *ip, *dkim, *spf; /* results for D and selector s; NULL: none */
    const char *other;           /* a domain of others for which DKIM passed */
    const char *expected;        /* check:found of each; of the last its sentence behind | */
} rows[] = {
    {D ". 1 IN TXT \"v=spf1 ip4:192.0.2.9 -all\"\n", "192.0.2.9", NULL, "fail", NULL,
     "spf:pass |192.0.2.9: SPF of a.example lets it pass today: the record was mended since, or the receiver "
     "saw "
     "another one"},
    {D ". 1 IN TXT \"v=spf1 -all\"\n9.2.0.192.in-addr.arpa. 1 IN PTR h.b.example.\nh.b.example. 1 IN A "
       "192.0.2.9\n",
     "192.0.2.9", NULL, NULL, "b.example",
     "spf:fail |192.0.2.9 (h.b.example): SPF of a.example does not let it pass today either: no term of the "
     "record of "
     "a.example matches 192.0.2.9, and it ends in -all"},
    {D ". 1 IN TXT \"v=spf1 -all\"\n9.2.0.192.in-addr.arpa. 1 IN PTR h.b.example.\nh.b.example. 1 IN A "
       "192.0.2.8\n",
     "192.0.2.9", NULL, NULL, "b.example",
     "spf:fail |192.0.2.9: SPF of a.example does not let it pass today either: no term of the record of "
     "a.example "
     "matches 192.0.2.9, and it ends in -all"},
    {D ". 1 IN TXT \"v=spf1 ip4:192.0.2.9 -all\"\n", "192.0.2.9", NULL, NULL, "b.example",
     "spf:pass |192.0.2.9: SPF of a.example lets it pass today: with a bounce address of that domain its "
     "mail would "
     "pass DMARC"},
    {"", "192.0.2.9", "fail", NULL, NULL,
     "spf:none dkim:no-key |the key at s._domainkey.a.example is not published today (there is no such "
     "name): no "
     "signature with it can be verified"},
    {"s._domainkey.a.example. 1 IN TXT \"v=DKIM1; p=\"\n", "192.0.2.9", "fail", NULL, NULL,
     "spf:none dkim:bad-key |the key at s._domainkey.a.example cannot be used today: it was revoked (p= is "
     "empty)"},
    {"", "192.0.2.9", "none", NULL, NULL, "spf:none |192.0.2.9: a.example has no SPF record today"},
    {"", "no address", NULL, NULL, NULL, "|"},
};

static void hold(const char *zone, bool is_complete, const struct feedback *f, struct slice *found,
                 struct arena *arena) {
    struct slice text = arena_printf(arena, "%s%s", is_complete ? ";! complete\n" : "", zone);
    struct snapshot *snapshot = snapshot_of(text.ptr);
    struct resolver resolver;
    struct check_list list;
    struct slice last = SLICE_EMPTY;
    resolver_init(&resolver, snapshot, arena);
    check_list_init(&list, &resolver);
    feedback_hold(&list, f);
    *found = SLICE_EMPTY;
    for (const struct check *c = list.first; c; c = c->next) {
        *found = arena_printf(arena, "%.*s%s:%.*s ", S(*found), c->kind->id, S(c->result));
        last = c->text;
    }
    *found = arena_printf(arena, "%.*s|%.*s", S(*found), S(last));
    resolver_close(&resolver);
    snapshot_free(snapshot);
}

static void test_rows(void **state) {
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct feedback_result results[3];
        struct feedback_row row = {
            .ip = slice_of(rows[i].ip), .count = 5, .dkim = SLICE("fail"), .spf = SLICE("fail")};
        const char *const of[] = {rows[i].dkim, rows[i].spf, rows[i].other};
        for (size_t k = 0; k < 3; k++) {
            if (!of[k])
                continue;
            results[k] = (struct feedback_result){.next = row.results,
                                                  .is_dkim = k != 1,
                                                  .domain = slice_of(k == 2 ? of[k] : D),
                                                  .selector = k == 1 ? SLICE_EMPTY : SLICE("s"),
                                                  .result = k == 2 ? SLICE("pass") : slice_of(of[k])};
            row.results = &results[k];
        }
        struct feedback f = {
            .kind = FEEDBACK_DMARC, .policy = {.domain = slice_of(D)}, .rows = &row, .row_count = 1};
        struct slice found;
        hold(rows[i].zone, true, &f, &found, &arena);
        expect_text(rows[i].zone, found, rows[i].expected);
        hold("", false, &f, &found, &arena);
        expect_text("nothing is known", found, "|");
    }
    arena_free(&arena);
}

static void tells_policy_and_tls(void **state) {
    struct arena arena = {0};
    struct slice found;
    (void)state;
    struct feedback_row row = {.ip = SLICE("192.0.2.9"), .count = 1, .dkim = SLICE("pass")};
    struct feedback f = {.kind = FEEDBACK_DMARC,
                         .policy = {.domain = slice_of(D), .p = SLICE("none")},
                         .rows = &row,
                         .row_count = 1};
    hold("_dmarc.a.example. 1 IN TXT \"v=DMARC1; p=reject\"\n", true, &f, &found, &arena);
    expect_text("policy", found,
                "dmarc:changed |the policy of a.example was p=none in the report, and is p=reject today");
    hold("_dmarc.a.example. 1 IN TXT \"v=DMARC1; p=none\"\n", true, &f, &found, &arena);
    expect_text("policy", found, "|");
    struct tls_policy good = {.domain = SLICE("c.example"), .successes = 9};
    struct tls_policy bad = {.next = &good, .domain = slice_of(D), .failures = 2};
    struct feedback tls = {.kind = FEEDBACK_TLS, .policies = &bad, .policy_count = 2};
    hold("_mta-sts.a.example. 1 IN TXT \"v=STSv1; id=1\"\n_mta-sts.c.example. 1 IN TXT \"v=STSv1;\"\n", true,
         &tls, &found, &arena);
    expect_text(
        "TLS", found,
        "tls:sts-host |a.example publishes MTA-STS, but mta-sts.a.example, from which senders fetch the "
        "policy, has no address (there is no such name): there is no policy");
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(tells_policy_and_tls)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
