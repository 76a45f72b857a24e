/* Whether port 25 is closed on the way out, by who timed out and who took mail. */
#include "analyze/deliveries/port_25.h"

#include "analyze/deliveries/counting.h"
#include "analyze/deliveries/tables.h"
#include "parsers/rules/matcher.h"
#include "tests/table.h"

static const struct cause timeout = {.id = "network.timeout", .title = "t"};
static const struct cause unknown = {.id = "recipient.unknown", .title = "u"};
static const struct cause lost = {.id = "network.lost", .title = "l"};

static const struct row {
    const char *name, *to, *reply;
    const struct cause *cause;
    const char *took, *took_at; /* whose domain took mail, by which provider's host; NULL: nobody's did */
    bool closed;
    enum { TOOK, REFUSED, UNASKED } how; /* what it did; of UNASKED: it took mail that nobody asked for */
} rows[] = {
    {"all hosts of a large provider", "gmail.com", "connect to mx[192.0.2.1]:25: Operation timed out",
     &timeout, NULL, NULL, true, TOOK},
    {"of Exim", "outlook.com", "H=outlook-com.olc.protection.outlook.com [192.0.2.1] Connection timed out",
     &timeout, NULL, NULL, true, TOOK},
    {"of a host of no provider", "moon.example", "connect to mx[192.0.2.1]:25: Operation timed out", &timeout,
     NULL, NULL, false, TOOK},
    {"another provider took mail", "gmail.com", "connect to mx[192.0.2.1]:25: Operation timed out", &timeout,
     "yahoo.com", "yahoo", false, TOOK},
    {"somebody here took mail", "gmail.com", "connect to mx[192.0.2.1]:25: Operation timed out", &timeout,
     "moon.example", NULL, true, TOOK},
    {"a provider refused mail", "gmail.com", "connect to mx[192.0.2.1]:25: Operation timed out", &timeout,
     "gmail.com", "gmail", false, REFUSED},
    {"somebody refused mail", "gmail.com", "connect to mx[192.0.2.1]:25: Operation timed out", &timeout,
     "moon.example", NULL, true, REFUSED},
    {"somebody whose mail was not asked for took it", "gmail.com",
     "connect to mx[192.0.2.1]:25: Operation timed out", &timeout, "moon.example", NULL, false, UNASKED},
    {"it answered first", "gmail.com", "timed out while receiving the initial server greeting", &timeout,
     NULL, NULL, false, TOOK},
    {"it broke", "gmail.com", "lost connection", &lost, NULL, NULL, false, TOOK},
};

static void count(struct totals *t, const char *to, enum outcome outcome, const struct cause *cause,
                  const char *reply, bool is_unasked) {
    struct reply_class class = {.cause = cause};
    struct delivery d = {.outcome = outcome,
                         .direction = DIRECTION_OUT,
                         .class = cause ? &class : NULL,
                         .first = 1,
                         .last = 1,
                         .attempts = 1,
                         .reply = slice_of(reply)};
    d.domain = totals_domain(t, slice_of(to));
    if (is_unasked)
        totals_note_unasked(t, &d);
    else
        totals_count(t, &d, NULL);
}

static void test_rows(void **state) {
    (void)state;
    struct ruleset *set = ruleset_new(&builtin_rules);
    struct matcher *matcher = matcher_new(set);
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct log_summary summary = {.bytes = 0};
        struct log_tables tables = {.top = 10, .matcher = matcher, .is_filtered = rows[i].how == UNASKED};
        struct arena arena = {0};
        struct totals *t = &summary.totals;
        totals_init(t);
        count(t, rows[i].to, OUTCOME_DEFERRED, rows[i].cause, rows[i].reply, false);
        if (rows[i].took) {
            bool is_refused = rows[i].how == REFUSED;
            count(t, rows[i].took, is_refused ? OUTCOME_BOUNCED : OUTCOME_SENT, is_refused ? &unknown : NULL,
                  is_refused ? "550 no" : "", rows[i].how == UNASKED);
            t->domains[totals_domain(t, slice_of(rows[i].took))].provider =
                rulebase_provider(&builtin_rules, rows[i].took_at);
        }
        log_tables_build(&tables, &summary, &arena);
        const struct log_cause_row *row = tables.causes;
        row += row->cause->cause != rows[i].cause;
        expect_number(rows[i].name, log_port_25_closed(&tables, row), rows[i].closed);
        totals_free(t);
        arena_free(&arena);
    }
    matcher_free(matcher);
    ruleset_free(set);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
