/* What was counted, sorted. */
#include "analyze/deliveries/counting.h"
#include "analyze/deliveries/tables.h"
#include "tests/table.h"

static const struct cause full = {.id = "recipient.full", .title = "full"};
static const struct cause spam = {.id = "content.spam", .title = "spam", .hits = "sender"};
static const struct reply_class is_full = {.cause = &full};
static const struct reply_class is_spam = {.cause = &spam};

static void count(struct totals *t, const char *from, const char *to, enum outcome outcome,
                  const struct reply_class *class, int64_t time, int times) {
    for (int i = 0; i < times; i++) {
        struct delivery d = {.outcome = outcome,
                             .class = class,
                             .first = time,
                             .last = time,
                             .attempts = 1,
                             .reply = class ? slice_of(class->cause->title) : SLICE_EMPTY};
        d.sender_domain = totals_domain(t, slice_of(from));
        d.domain = totals_domain(t, slice_of(to));
        totals_count(t, &d, NULL);
    }
}

struct built {
    struct log_summary summary;
    struct log_tables tables;
    struct arena arena;
};

static void build(struct built *b) {
    log_tables_build(&b->tables, &b->summary, &b->arena);
}

static void begin(struct built *b) {
    *b = (struct built){.tables.top = 10};
    totals_init(&b->summary.totals);
}

static void end(struct built *b) {
    totals_free(&b->summary.totals);
    arena_free(&b->arena);
}

static void sorts_by_what_failed(void **state) {
    struct built b;
    (void)state;
    begin(&b);
    struct totals *t = &b.summary.totals;
    count(t, "a.example", "one.example", OUTCOME_BOUNCED, &is_full, 1, 2);
    count(t, "a.example", "two.example", OUTCOME_BOUNCED, &is_full, 1, 3);
    count(t, "b.example", "two.example", OUTCOME_DEFERRED, &is_spam, 1, 7);
    count(t, "b.example", "three.example", OUTCOME_SENT, NULL, 1, 9);
    build(&b);
    expect_number("causes", (long long)b.tables.cause_count, 2);
    expect_text("first cause", slice_of(b.tables.causes[0].cause->cause->id), "content.spam");
    expect_text("second cause", slice_of(b.tables.causes[1].cause->cause->id), "recipient.full");
    expect_number("domains of full", (long long)b.tables.causes[1].domain_count, 2);
    expect_text("most of full", t->domains[b.tables.causes[1].domains[0].b].name, "two.example");
    static const struct {
        const char *name;
        long long failed;
        const char *cause;
    } rows[] = {
        {"two.example", 10, "content.spam"}, {"one.example", 2, "recipient.full"}, {"three.example", 0, ""}};
    expect_number("destinations", (long long)b.tables.destination_count, ROWS(rows));
    for (size_t i = 0; i < ROWS(rows); i++) {
        const struct log_domain_row *d = &b.tables.destinations[i];
        expect_text("destination", d->name, rows[i].name);
        expect_number(rows[i].name, (long long)counts_failed(&d->counts), rows[i].failed);
        expect_text(rows[i].name, slice_of(d->top_cause ? d->top_cause->id : ""), rows[i].cause);
    }
    expect_number("causes of two", (long long)b.tables.destinations[0].cause_count, 2);
    expect_number("senders", (long long)b.tables.sender_count, 2);
    expect_text("first sender", b.tables.senders[0].name, "b.example");
    expect_number("providers", (long long)b.tables.provider_count, 0);
    end(&b);
}

static void finds_differences(void **state) {
    struct built b;
    (void)state;
    begin(&b);
    struct totals *t = &b.summary.totals;
    count(t, "good.example", "mx.example", OUTCOME_SENT, NULL, 1, 20);
    count(t, "good.example", "mx.example", OUTCOME_BOUNCED, &is_full, 1, 1);
    count(t, "bad.example", "mx.example", OUTCOME_BOUNCED, &is_spam, 1, 3);
    count(t, "worse.example", "mx.example", OUTCOME_BOUNCED, &is_spam, 1, 5);
    count(t, "same.example", "mx.example", OUTCOME_BOUNCED, &is_full, 1, 4); /* as the good one fails too */
    count(t, "few.example", "mx.example", OUTCOME_BOUNCED, &is_spam, 1, 1);
    count(t, "worst.example", "alone.example", OUTCOME_BOUNCED, &is_spam, 1,
          9); /* nobody gets through there */
    build(&b);
    static const struct {
        const char *sender;
        bool is_different;
    } rows[] = {{"worse.example", true}, {"bad.example", true},   {"worst.example", false},
                {"same.example", false}, {"good.example", false}, {"few.example", false}};
    expect_number("pairs", (long long)b.tables.pair_count, ROWS(rows));
    for (size_t i = 0; i < ROWS(rows); i++) {
        const struct log_pair_row *p = &b.tables.pairs[i];
        expect_text("sender", p->sender, rows[i].sender);
        expect_number(rows[i].sender, p->is_different, rows[i].is_different);
        if (!p->is_different)
            continue;
        expect_text(rows[i].sender, p->better.sender, "good.example");
        expect_number(rows[i].sender, (long long)p->better.sent, 20);
        expect_number(rows[i].sender, (long long)p->better.failed, 1);
        expect_text(rows[i].sender, slice_of(p->top_cause->id), "content.spam");
        expect_text(rows[i].sender, p->sample, "spam");
    }
    end(&b);
}

static void sorts_what_was_refused_here(void **state) {
    struct built b;
    struct delivery few = {.attempts = 2, .outcome = OUTCOME_REJECTED, .class = &is_full, .last = -1};
    struct delivery many = {.attempts = 5, .outcome = OUTCOME_REJECTED, .class = &is_spam, .last = -1};
    (void)state;
    begin(&b);
    totals_count_reject(&b.summary.totals, &few);
    totals_count_reject(&b.summary.totals, &many);
    build(&b);
    expect_number("inbound", (long long)b.tables.inbound_count, 2);
    expect_text("first", slice_of(b.tables.inbound[0]->cause->id), "content.spam");
    expect_number("causes", (long long)b.tables.cause_count, 0);
    expect_number("bars", (long long)b.tables.bar_count, 0);
    end(&b);
}

static void makes_bars(void **state) {
    static const struct {
        const char *what;
        int64_t first, last;
        long long seconds, bars;
    } rows[] = {
        {"one moment", 6000, 6000, 600, 1},
        {"half an hour", 6000, 7800, 600, 4},
        {"an hour, most of it without mail", 6000, 9600, 600, 2},
        {"a day", 0, 86399, 1800, 2},
        {"a week", 0, 7 * 86400 - 1, 21600, 2},
        {"a thousand years", 0, 365000LL * 86400, 2592000, 2},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct built b;
        begin(&b);
        count(&b.summary.totals, "a.example", "b.example", OUTCOME_SENT, NULL, rows[i].first, 1);
        count(&b.summary.totals, "a.example", "b.example", OUTCOME_BOUNCED, &is_full, rows[i].last, 1);
        build(&b);
        expect_number(rows[i].what, b.tables.bar_seconds, rows[i].seconds);
        expect_number(rows[i].what, (long long)b.tables.bar_count, rows[i].bars);
        if (b.tables.bar_count) {
            const struct log_bar *last = &b.tables.bars[b.tables.bar_count - 1];
            expect_number(rows[i].what, (long long)b.tables.bars[0].counts.of[OUTCOME_SENT], 1);
            expect_number(rows[i].what, (long long)last->counts.of[OUTCOME_BOUNCED], 1);
        }
        end(&b);
    }
}

/* Providers gather the domains whose mail they take. */
static void gathers_providers(void **state) {
    struct ruleset *rules = ruleset_new(&builtin_rules);
    struct matcher *matcher = matcher_new(rules);
    struct built b;
    (void)state;
    begin(&b);
    static const char *const domains[] = {"gmail.com", "customer.example"};
    for (size_t i = 0; i < ROWS(domains); i++) {
        struct delivery d = {.outcome = OUTCOME_BOUNCED,
                             .class = &is_spam,
                             .last = 1,
                             .attempts = 1,
                             .reply = SLICE("550 no"),
                             .relay = SLICE("gmail-smtp-in.l.google.com")};
        d.sender_domain = totals_domain(&b.summary.totals, SLICE("a.example"));
        d.domain = totals_domain(&b.summary.totals, slice_of(domains[i]));
        totals_count(&b.summary.totals, &d, matcher);
    }
    build(&b);
    expect_number("providers", (long long)b.tables.provider_count, 1);
    expect_number("failed", (long long)counts_failed(&b.tables.providers[0].counts), 2);
    expect_number("pairs", (long long)b.tables.pair_count, 1);
    expect_text("provider", b.tables.pairs[0].provider, b.tables.providers[0].provider->id);
    expect_text("sample", b.tables.pairs[0].sample, "550 no");
    end(&b);
    matcher_free(matcher);
    ruleset_free(rules);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(sorts_by_what_failed),
                                       cmocka_unit_test(finds_differences),
                                       cmocka_unit_test(sorts_what_was_refused_here),
                                       cmocka_unit_test(makes_bars), cmocka_unit_test(gathers_providers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
