/* A report verified on a snapshot: what is looked up for whom. */
#include "analyze/verdict/verify.h"

#include "analyze/auth/key_cache.h"
#include "tests/analyze/auth/on_zone.h"

static const char zone[] = ";! complete\n"
                           "s.example. 1 IN TXT \"v=spf1 -all\"\n";

#define RETURNED "From: alice@s.example\r\nSubject: x\r\n"

/* Verdicts on a@one.example, b@two.example, c@two.example. */
static const struct {
    enum input_kind kind;
    bool is_about_another;
    const char *cause, *whole;
    const char *expected; /* kind:result of each check, then the verdict's findings */
} rows[] = {
    {KIND_BOUNCE, true, "domain.not-found", NULL,
     "ptr:none spf:fail dkim:none dmarc:none mx:none mx:nxdomain tls:none mx:nxdomain / mx bounce-genuine"},
    {KIND_BOUNCE, true, "tls.required", RETURNED "\r\nbody\r\n",
     "ptr:none spf:fail dkim:none dmarc:none mx:none mx:nxdomain tls:none tls:none / tls bounce-genuine"},
    {KIND_BOUNCE, true, "auth.spf", NULL,
     "ptr:none spf:fail dkim:none dmarc:none mx:none mx:nxdomain tls:none / spf bounce-genuine"},
    {KIND_COMPLAINT, true, "notice.complaint", NULL,
     "ptr:none spf:fail dkim:none dmarc:none mx:none mx:nxdomain tls:none / "},
    {KIND_AUTO_REPLY, false, "notice.auto-reply", NULL, "-"},
};

static void test_rows(void **state) {
    struct snapshot *snapshot = snapshot_of(zone);
    struct dkim_checker *checker = dkim_checker_new();
    static const struct rulebase no_rules;
    struct auth_tools tools = {.snapshot = snapshot, .rules = &no_rules, .dkim = checker};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct entity ip = {.name = "ip", .value = SLICE("192.0.2.1")};
        const struct cause *cause = rulebase_cause(&builtin_rules, rows[i].cause);
        struct verdict third = {.recipient = SLICE("c@two.example"), .cause = cause};
        struct verdict second = {.next = &third, .recipient = SLICE("b@two.example"), .cause = cause};
        struct verdict first = {
            .next = &second, .recipient = SLICE("a@one.example"), .cause = cause, .entities = &ip};
        struct report report = {.kind = rows[i].kind,
                                .is_about_another = rows[i].is_about_another,
                                .verdicts = &first,
                                .mail = {.trace = {.from = SLICE("alice@s.example")}}};
        struct bounce bounce = {.addressee = SLICE("alice@s.example"), .arrival = 1800000000};
        struct slice found = SLICE_EMPTY;
        bounce.returned_header = SLICE(RETURNED);
        bounce.returned_whole = slice_of(rows[i].whole ? rows[i].whole : "");
        if (rows[i].whole)
            bounce.returned_header = slice_upto(bounce.returned_whole, sizeof RETURNED - 1);
        report_verify(&report, &bounce, &tools, NULL, &arena);
        for (const struct check *c = report.verification ? report.verification->auth.checks.first : NULL; c;
             c = c->next)
            found = arena_printf(&arena, "%.*s%s:%.*s ", S(found), c->kind->id, S(c->result));
        found = report.verification ? arena_printf(&arena, "%.*s/ ", S(found)) : SLICE("-");
        for (const struct finding *f = first.checks; f; f = f->next)
            found = arena_printf(&arena, "%.*s%s%s", S(found), f == first.checks ? "" : " ", f->check->id);
        expect_text(rows[i].cause, found, rows[i].expected);
        report_verification_close(&report);
        arena_free(&arena);
    }
    dkim_checker_free(checker);
    snapshot_free(snapshot);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
