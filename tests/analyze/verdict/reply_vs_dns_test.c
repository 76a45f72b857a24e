/* What a reply says, held against what the checks found: rows of cause, results and agreement. The rules are
 * the built-in ones (checked_by in rules/causes.yaml). */
#include "analyze/verdict/reply_vs_dns.h"

#include "analyze/auth/check_kinds.h"
#include "analyze/classify/lookup.h"
#include "tests/analyze/auth/on_zone.h"

/* A result: "kind outcome result subject". Recipient: bob@r.example; sender: alice@s.example. */
static const struct {
    const char *cause, *results[3];
    const char *expected; /* check:agreement, in their order */
} rows[] = {
    {"auth.spf", {"spf fail fail s.example"}, "spf:supports"},
    {"auth.spf", {"spf pass pass s.example"}, "spf:contradicts"},
    {"auth.spf", {"spf warning softfail s.example"}, "spf:supports"},
    {"auth.spf", {"spf unchecked unchecked s.example"}, "spf:neutral"},
    {"auth.spf",
     {"spf pass pass s.example", "spf fail fail helo.example"},
     "spf:contradicts"}, /* the first */
    {"auth.spf", {NULL}, ""},
    {"auth.spf", {"mx pass pass r.example"}, ""},
    {"auth.dkim",
     {"dkim fail fail a.example", "dkim pass pass b.example"},
     "dkim:contradicts"},                                               /* the best */
    {"auth.dkim", {"dkim warning pass a.example"}, "dkim:contradicts"}, /* it passes, with a note */
    {"auth.dkim", {"dkim fail none s.example"}, "dkim:supports"},
    {"auth.dmarc",
     {"spf pass pass x.example", "dkim fail none x.example", "dmarc fail fail s.example"},
     "dmarc:supports spf:neutral dkim:neutral"},
    {"auth.dmarc", {"dmarc warning none s.example"}, "dmarc:supports"},
    {"auth.arc", {"arc fail fail -"}, "arc:supports"},
    {"auth.required", {"spf fail fail s.example", "dkim fail none s.example"}, "spf:supports dkim:supports"},
    {"auth.required",
     {"spf fail fail s.example", "dkim pass pass s.example"},
     "spf:neutral dkim:contradicts"},
    {"auth.required",
     {"spf pass pass s.example", "dkim fail none s.example"},
     "spf:contradicts dkim:neutral"},
    {"auth.required",
     {"spf pass pass s.example", "dmarc pass pass s.example"},
     "spf:contradicts dmarc:neutral"},
    {"sender.spoofed",
     {"spf fail fail s.example", "dmarc fail fail s.example"},
     "spf:supports dmarc:neutral"},
    {"identity.ptr-missing", {"ptr fail none 192.0.2.1"}, "ptr:supports"},
    {"identity.ptr-missing", {"ptr warning generic 192.0.2.1"}, "ptr:contradicts"},
    {"identity.ptr-generic", {"ptr warning generic 192.0.2.1"}, "ptr:supports"},
    {"identity.helo", {"helo pass pass mail.s.example"}, "helo:contradicts"},
    {"domain.not-found", {"mx fail nxdomain r.example"}, "mx:supports"},
    {"domain.not-found", {"mx fail nxdomain s.example"}, ""}, /* of another domain */
    {"domain.not-found", {"mx warning implicit R.example"}, "mx:contradicts"},
    {"domain.null-mx", {"mx fail null-mx r.example"}, "mx:supports"},
    {"domain.no-mail-host", {"mx warning partly r.example"}, "mx:supports"},
    {"sender.domain-not-found", {"mx fail nxdomain s.example", "mx pass pass r.example"}, "mx:supports"},
    {"sender.unverified", {"mx pass pass s.example"}, "mx:contradicts"},
    {"tls.required", {"tls pass mta-sts r.example"}, "tls:supports"},
    {"tls.failed", {"tls pass dane r.example"}, "tls:supports"},
    {"tls.certificate", {"tls pass none r.example"}, "tls:neutral"},
    {"tls.required", {"tls unchecked unchecked r.example"}, "tls:neutral"},
    {"recipient.unknown", {"spf fail fail s.example"}, ""},
};

struct fixture {
    struct auth auth;
    struct arena arena;
    struct snapshot *snapshot;
    struct verdict v;
};

static void begin(struct fixture *f, const char *zone, const char *cause) {
    *f = (struct fixture){.snapshot = snapshot_of(zone)};
    struct auth_tools tools = {.snapshot = f->snapshot};
    auth_open(&f->auth, &tools, &f->arena);
    f->auth.transaction = (struct transaction){
        .sender = SLICE("alice@s.example"), .time = 1795511647, .ip = ip_of("192.0.2.1")};
    f->v = (struct verdict){.recipient = SLICE("bob@r.example"),
                            .cause = rulebase_cause(&builtin_rules, cause),
                            .host = SLICE("mx.r.example")};
    assert_non_null(f->v.cause);
}

static void end(struct fixture *f) {
    auth_close(&f->auth);
    arena_free(&f->arena);
    snapshot_free(f->snapshot);
}

static void add_result(struct fixture *f, const char *result) {
    g_auto(GStrv) words = g_strsplit(result, " ", 4);
    enum check_outcome outcome = CHECK_PASS;
    while (strcmp(check_outcome_name(outcome), words[1]) != 0)
        outcome++;
    check_add(&f->auth.checks, check_kind_find(words[0]), outcome,
              arena_string(&f->arena, slice_of(words[2])), arena_copy(&f->arena, slice_of(words[3])),
              SLICE("what was found"));
}

static struct slice findings(struct fixture *f) {
    struct slice text = SLICE_EMPTY;
    for (const struct finding *s = f->v.checks; s; s = s->next)
        text = arena_printf(&f->arena, "%.*s%s%s:%s", S(text), text.len ? " " : "", s->check->id,
                            agreement_name(s->agreement));
    return text;
}

static void test_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct fixture f;
        begin(&f, "", rows[i].cause);
        for (size_t k = 0; k < ROWS(rows[i].results) && rows[i].results[k]; k++)
            add_result(&f, rows[i].results[k]);
        verdict_compare_with_dns(&f.v, &f.auth);
        expect_text(arena_printf(&f.arena, "%s %s", rows[i].cause, rows[i].results[0]).ptr, findings(&f),
                    rows[i].expected);
        end(&f);
    }
}

/* The whole sentence: who says what, what the snapshot shows, and what follows. */
static void sentences(void **state) {
    static const struct {
        const char *zone, *result, *expected;
    } said[] = {
        {"", "spf fail fail s.example",
         "mx.r.example says that SPF fails; the snapshot shows: what was found: mx.r.example is right"},
        {";! taken 2026-11-24T08:00:00Z\n", "spf pass pass s.example",
         "mx.r.example says that SPF fails; the snapshot of 2026-11-24 shows: what was found: the "
         "snapshot does not confirm that"},
        {";! taken 2026-11-25T08:00:00Z\n", "spf pass pass s.example",
         "mx.r.example says that SPF fails; the snapshot of 2026-11-25 shows: what was found: the "
         "snapshot does not confirm that; it is newer than the refusal: has this been fixed since?"},
        {"", "spf unchecked unchecked s.example",
         "mx.r.example says that SPF fails; the snapshot shows: what was found: it is unclear who is "
         "right"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(said); i++) {
        struct fixture f;
        begin(&f, said[i].zone, "auth.spf");
        add_result(&f, said[i].result);
        verdict_compare_with_dns(&f.v, &f.auth);
        expect_text(said[i].result, f.v.checks->text, said[i].expected);
        end(&f);
    }
}

/* The cause that an expired message had before. */
static void underlying(void **state) {
    struct fixture f;
    (void)state;
    begin(&f, "", "queue.expired");
    assert_false(verdict_is_testable(&f.v));
    f.v.underlying = rulebase_cause(&builtin_rules, "auth.spf");
    assert_true(verdict_is_testable(&f.v));
    add_result(&f, "spf fail fail s.example");
    verdict_compare_with_dns(&f.v, &f.auth);
    expect_text("underlying", findings(&f), "spf:supports");
    end(&f);
}

static void blocklists(void **state) {
    static const struct {
        const char *list, *zone, *result, *domain, *expected;
    } lists[] = {
        {"zen.spamhaus.org", "", "blocklist fail listed spamhaus-zen", NULL, "blocklist:supports"},
        {"zen.spamhaus.org", ";! complete\n", NULL, NULL, "blocklist:contradicts"},
        {"zen.spamhaus.org", "", NULL, NULL, "blocklist:neutral"},
        {"dbl.spamhaus.org", ";! complete\n", NULL, "bad.example", "blocklist:contradicts"},
        {"dbl.spamhaus.org", ";! complete\n", NULL, NULL, ""}, /* neither a domain in it nor in From */
    };
    (void)state;
    for (size_t i = 0; i < ROWS(lists); i++) {
        struct fixture f;
        struct entity domain = {.name = "domain", .value = slice_of(lists[i].domain ? lists[i].domain : "")};
        begin(&f, lists[i].zone, "blocklist.spamhaus");
        f.v.blocklist = blocklist_find(&builtin_rules, slice_of(lists[i].list));
        assert_non_null(f.v.blocklist);
        f.v.entities = lists[i].domain ? &domain : NULL;
        assert_true(verdict_is_testable(&f.v));
        if (lists[i].result)
            check_add(&f.auth.checks, check_kind_find("blocklist"), CHECK_FAIL, "listed",
                      slice_of(f.v.blocklist->id), SLICE("listed"));
        verdict_compare_with_dns(&f.v, &f.auth);
        expect_text(lists[i].list, findings(&f), lists[i].expected);
        f.v.blocklist = NULL;
        assert_false(verdict_is_testable(&f.v));
        verdict_compare_with_dns(&f.v, &f.auth); /* no list is named: nothing to compare */
        end(&f);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(sentences),
                                       cmocka_unit_test(underlying), cmocka_unit_test(blocklists)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
