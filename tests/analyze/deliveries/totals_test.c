/* Counting deliveries. */
#include "analyze/deliveries/counting.h"
#include "analyze/deliveries/totals.h"
#include "tests/table.h"

#include <assert.h>
#include <stdio.h>

static const struct cause full = {.id = "recipient.full", .hits = "sender"};
static const struct cause spam = {.id = "content.spam"};
static const struct reply_class is_full = {.cause = &full};
static const struct reply_class is_spam = {.cause = &spam};

static void numbers_domains(void **state) {
    static const struct {
        const char *name;
        long long number;
    } rows[] = {{"", 0},
                {"example.org", 1},
                {"Example.ORG", 1},
                {"example.com", 2},
                {"example.org", 1},
                {"EXAMPLE.com", 2},
                {"", 0}};
    struct totals t;
    (void)state;
    totals_init(&t);
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].name, totals_domain(&t, slice_of(rows[i].name)), rows[i].number);
    expect_number("domains", t.domain_count, 3);
    expect_text("name", t.domains[1].name, "example.org");
    totals_free(&t);
}

static void numbers_many_domains(void **state) {
    struct totals t;
    (void)state;
    totals_init(&t);
    for (int round = 0; round < 2; round++)
        for (unsigned i = 1; i <= 20000; i++) {
            char name[32];
            snprintf(name, sizeof name, "d%u.example", i);
            expect_number(name, totals_domain(&t, slice_of(name)), i);
        }
    expect_number("domains", t.domain_count, 20001);
    totals_free(&t);
}

static void folds_names(void **state) {
    struct totals t;
    (void)state;
    totals_init(&t);
    uint32_t n = totals_domain(&t, SLICE("a\n\xff.example.org"));
    expect_text("name", t.domains[n].name, "a \xef\xbf\xbd.example.org");
    expect_number("again", totals_domain(&t, SLICE("a\n\xff.example.org")), n);
    expect_number("looks the same", totals_domain(&t, SLICE("A\t\xfe.example.\0org")), n);
    char many[400];
    memset(many, '\xff', sizeof many);
    n = totals_domain(&t, (struct slice){many, sizeof many});
    expect_number("long, looks the same", totals_domain(&t, (struct slice){many, sizeof many - 1}), n);
    expect_number("domains", t.domain_count, 3);
    totals_free(&t);
}

static struct delivery delivery(struct totals *t, enum outcome outcome, const struct reply_class *class) {
    struct delivery d = {.queue_id = SLICE("9C1D02B4"),
                         .reply = SLICE("452 4.2.2 full"),
                         .first = 6000,
                         .last = 6100,
                         .attempts = 3,
                         .outcome = outcome,
                         .class = class};
    d.sender_domain = totals_domain(t, SLICE("example.com"));
    d.domain = totals_domain(t, SLICE("example.org"));
    static const enum log_status statuses[] = {LOG_SENT,     LOG_BOUNCED,   LOG_GIVEN_UP,
                                               LOG_DEFERRED, LOG_DISCARDED, LOG_HELD};
    static_assert(ROWS(statuses) == RECIPIENT_OUTCOMES, "a status for each outcome");
    d.tries[LOG_DEFERRED] = 2;
    d.tries[statuses[outcome]] = 1;
    return d;
}

static void counts(void **state) {
    struct totals t;
    (void)state;
    totals_init(&t);
    struct delivery sent = delivery(&t, OUTCOME_SENT, &is_full); /* taken in the end */
    struct delivery bounced = delivery(&t, OUTCOME_BOUNCED, &is_full);
    struct delivery expired = delivery(&t, OUTCOME_EXPIRED, &is_spam);
    struct delivery unjudged = delivery(&t, OUTCOME_DEFERRED, NULL);
    struct delivery discarded = delivery(&t, OUTCOME_DISCARDED, NULL);
    struct delivery held = delivery(&t, OUTCOME_HELD, NULL);
    totals_count(&t, &sent, NULL);
    totals_count(&t, &bounced, NULL);
    totals_count(&t, &expired, NULL);
    totals_count(&t, &unjudged, NULL);
    totals_count(&t, &discarded, NULL);
    totals_count(&t, &held, NULL);
    const uint32_t from = sent.sender_domain;
    const uint32_t to = sent.domain;
    for (int i = 0; i < OUTCOME_REJECTED; i++) {
        expect_number(outcome_name(i), (long long)t.outcomes.of[i], 1);
        expect_number(outcome_name(i), (long long)t.domains[to].received.of[i], 1);
        expect_number(outcome_name(i), (long long)t.domains[from].sent.of[i], 1);
        expect_number(outcome_name(i), (long long)tally_find(&t, &t.matrix, from, to, 0)->counts.of[i], 1);
        expect_number(outcome_name(i), (long long)tally_find(&t, &t.timeline, 10, 0, 0)->counts.of[i], 1);
    }
    expect_number("tries sent", (long long)t.attempts[LOG_SENT], 1);
    expect_number("tries deferred", (long long)t.attempts[LOG_DEFERRED], 11);
    expect_number("tries refused, given up too", (long long)t.attempts[LOG_BOUNCED], 2);
    expect_number("tries discarded", (long long)t.attempts[LOG_DISCARDED], 1);
    expect_number("causes", (long long)t.cause_count, 2);
    expect_number("full: recipients", (long long)t.causes[0].recipients, 1);
    expect_number("full: attempts", (long long)t.causes[0].attempts, 2 + 3);
    expect_text("full: sample", t.causes[0].sample.reply, "452 4.2.2 full");
    expect_number("full: time", t.causes[0].sample.time, 6100);
    expect_number("by domain", (long long)tally_find(&t, &t.by_domain, 0, to, 0)->counts.of[OUTCOME_BOUNCED],
                  1);
    expect_number("by sender",
                  (long long)tally_find(&t, &t.by_sender, 1, from, 0)->counts.of[OUTCOME_EXPIRED], 1);
    assert_null(tally_find(&t, &t.by_domain, 7, 7, 7));
    totals_free(&t);
}

static void counts_rejects(void **state) {
    struct totals t;
    struct delivery d = {.attempts = 4, .outcome = OUTCOME_REJECTED, .last = -1, .reply = SLICE("554 no")};
    (void)state;
    totals_init(&t);
    totals_count_reject(&t, &d);
    d.class = &is_spam;
    d.last = 700;
    totals_count_reject(&t, &d);
    expect_number("rejected", (long long)t.rejected, 8);
    expect_number("inbound", (long long)t.causes[0].inbound, 4);
    expect_text("sample", t.causes[0].inbound_sample.reply, "554 no");
    expect_number("recipients", (long long)t.causes[0].recipients, 0);
    expect_number("timeline", (long long)tally_find(&t, &t.rejects, 1, 0, 0)->times, 4);
    totals_free(&t);
}

/* The sample is the same for any order of the input. */
static void samples_the_smallest(void **state) {
    static const struct {
        const char *host, *queue_id, *recipient, *reply;
        int64_t time;
    } rows[] = {{"b", "2", "x@y", "550 later", 50}, {"b", "2", "x@y", "550 no time", -1},
                {"b", "2", "x@y", "550 b2x", 40},   {"b", "2", "w@y", "550 b2w, longer than all others", 40},
                {"b", "1", "x@y", "550 b1x", 40},   {"a", "9", "z@y", "550 smallest", 40},
                {"a", "8", "a@y", "", 10},          {"c", "1", "a@y", "550 c1a", 40}};
    (void)state;
    for (size_t first = 0; first < ROWS(rows); first++)
        for (size_t step = 1; step < ROWS(rows); step += 2) {
            struct totals t;
            totals_init(&t);
            for (size_t i = 0; i < ROWS(rows); i++) {
                size_t at = (first + i * step) % ROWS(rows);
                struct delivery d = delivery(&t, OUTCOME_BOUNCED, &is_full);
                d.host = slice_of(rows[at].host);
                d.queue_id = slice_of(rows[at].queue_id);
                d.recipient = slice_of(rows[at].recipient);
                d.reply = slice_of(rows[at].reply);
                d.last = rows[at].time;
                totals_count(&t, &d, NULL);
            }
            expect_text("of the cause", t.causes[0].sample.reply, "550 smallest");
            expect_text("its queue id", t.causes[0].sample.queue_id, "9");
            uint32_t from = totals_domain(&t, SLICE("example.com"));
            uint32_t to = totals_domain(&t, SLICE("example.org"));
            const struct tally *tally = tally_find(&t, &t.matrix, from, to, 1);
            expect_text("of the sender there", totals_sample(&t, tally)->reply, "550 smallest");
            totals_free(&t);
        }
}

static void keeps_the_last_cause_for_all_others(void **state) {
    static struct cause causes[LIMIT_CAUSES + 10];
    struct totals t;
    (void)state;
    totals_init(&t);
    for (size_t i = 0; i < ROWS(causes); i++) {
        struct reply_class class = {.cause = &causes[i]};
        causes[i].id = "receiver.error";
        struct delivery d = delivery(&t, OUTCOME_BOUNCED, &class);
        totals_count(&t, &d, NULL);
    }
    expect_number("causes", (long long)t.cause_count, LIMIT_CAUSES);
    expect_number("last", (long long)t.causes[LIMIT_CAUSES - 1].recipients, 11);
    totals_free(&t);
}

/* Who answers that nobody logged in is one's own relay, not who takes the recipient's mail. */
static void provider_of_domain(void **state) {
    static const struct provider relay = {.id = "relay"};
    static const struct cause login = {.id = "access.login-required"};
    static const struct {
        const struct cause *cause;
        const struct provider *expected;
    } rows[] = {{&login, NULL}, {&full, &relay}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct totals t;
        totals_init(&t);
        struct reply_class class = {.cause = rows[i].cause};
        struct delivery d = delivery(&t, OUTCOME_BOUNCED, &class);
        d.provider = &relay;
        totals_count(&t, &d, NULL);
        assert_ptr_equal(t.domains[d.domain].provider, rows[i].expected);
        totals_free(&t);
    }
}

static void goes_through_tallies(void **state) {
    struct totals t;
    size_t at = 0;
    long long sum = 0;
    (void)state;
    totals_init(&t);
    for (int64_t i = 0; i < 3000; i++) {
        struct delivery d = {.outcome = OUTCOME_SENT, .last = i * TIMELINE_SECONDS};
        totals_count(&t, &d, NULL);
    }
    for (const struct tally *each; (each = tally_next(&t.timeline, &at)) != NULL;)
        sum += each->a;
    expect_number("sum", sum, 2999 * 3000 / 2);
    totals_free(&t);
}

static long long sum_of(const struct hash_table *map) {
    size_t at = 0;
    long long sum = 0;
    for (const struct tally *each; (each = tally_next(map, &at)) != NULL;)
        for (int i = 0; i < RECIPIENT_OUTCOMES; i++)
            sum += (long long)each->counts.of[i];
    return sum;
}

/* Beyond their limits maps grow no more, and their sums are those of all. */
static void bounds_tallies(void **state) {
    struct totals t;
    (void)state;
    totals_init(&t);
    t.most_tallies = 50;
    t.most_steps = 30;
    for (int i = 0; i < 1000; i++) {
        char name[24];
        g_snprintf(name, sizeof name, "d%d.example", i);
        uint32_t domain = totals_domain(&t, slice_of(name));
        struct delivery d = {.outcome = OUTCOME_SENT,
                             .domain = domain,
                             .sender_domain = domain,
                             .last = (int64_t)i * TIMELINE_SECONDS};
        totals_count(&t, &d, NULL);
    }
    expect_number("matrix", (long long)t.matrix.count, 51);
    expect_number("timeline", (long long)t.timeline.count, 30); /* the first stands for all behind */
    expect_number("sum of the matrix", sum_of(&t.matrix), 1000);
    expect_number("sum of the timeline", sum_of(&t.timeline), 1000);
    expect_number("of the last domain", (long long)t.domains[t.domain_count - 1].sent.of[OUTCOME_SENT], 1);
    totals_free(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(numbers_domains),
                                       cmocka_unit_test(numbers_many_domains),
                                       cmocka_unit_test(folds_names),
                                       cmocka_unit_test(counts),
                                       cmocka_unit_test(counts_rejects),
                                       cmocka_unit_test(samples_the_smallest),
                                       cmocka_unit_test(keeps_the_last_cause_for_all_others),
                                       cmocka_unit_test(provider_of_domain),
                                       cmocka_unit_test(goes_through_tallies),
                                       cmocka_unit_test(bounds_tallies)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
