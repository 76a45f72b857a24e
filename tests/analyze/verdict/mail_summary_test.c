/* What many reports say is the same after it was bytes, is counted once for each recipient, and damaged bytes
 * are read as far as they make sense. */
#include "analyze/verdict/mail_summary.h"

#include "parsers/rules/load.h"
#include "tests/table.h"

#include <glib.h>
#include <string.h>

struct told {
    const char *id, *queue, *recipient;
    enum action action;
    const char *cause, *reply;
};

static const struct {
    const char *name;
    struct told told[3]; /* one report each */
    struct {
        const char *id, *recipient;
        enum outcome outcome;
    } log; /* id NULL: there is none */
    const char
        *expected; /* sent bounced expired deferred; repeated outdated in_logs; is the log's counted? */
} rows[] = {
    {"one",
     {{"a@x", "Q1", "bob@example.org", ACTION_FAILED, "recipient.unknown", "no"}},
     {NULL, NULL, 0},
     "0 1 0 0; 0 0 0; 0"},
    {"two recipients of a message",
     {{"a@x", "Q1", "bob@example.org", ACTION_FAILED, "recipient.unknown", "no"},
      {"a@x", "Q1", "carl@example.org", ACTION_FAILED, "queue.expired", "no"}},
     {NULL, NULL, 0},
     "0 1 1 0; 0 0 0; 0"},
    {"a copy",
     {{"a@x", "Q1", "bob@example.org", ACTION_FAILED, "recipient.unknown", "no"},
      {"A@x", "Q1", "Bob@example.org", ACTION_FAILED, "recipient.unknown", "no"}},
     {NULL, NULL, 0},
     "0 1 0 0; 1 0 0; 0"},
    {"without ids none is a copy",
     {{"", "", "bob@example.org", ACTION_FAILED, "recipient.unknown", "no"},
      {"", "", "bob@example.org", ACTION_FAILED, "recipient.unknown", "no"}},
     {NULL, NULL, 0},
     "0 2 0 0; 0 0 0; 0"},
    {"other words are another report",
     {{"a@x", "Q1", "bob@example.org", ACTION_FAILED, "recipient.unknown", "no"},
      {"a@x", "Q1", "bob@example.org", ACTION_FAILED, "recipient.unknown", "not here"}},
     {NULL, NULL, 0},
     "0 2 0 0; 0 0 0; 0"},
    {"a delay, and its end",
     {{"a@x", "Q1", "bob@example.org", ACTION_DELAYED, "rate.limited", "wait"},
      {"<a@x>", "Q1", "bob@example.org", ACTION_FAILED, "queue.expired", "wait"}},
     {NULL, NULL, 0},
     "0 0 1 0; 0 1 0; 0"},
    {"in the log, too",
     {{"a@x", "Q1", "bob@example.org", ACTION_FAILED, "recipient.unknown", "no"}},
     {"A@x", "bob@EXAMPLE.org", OUTCOME_BOUNCED},
     "0 0 0 0; 0 0 1; 1"},
    {"sent by the log, and it came back",
     {{"a@x", "Q1", "bob@example.org", ACTION_FAILED, "recipient.unknown", "no"}},
     {"a@x", "bob@example.org", OUTCOME_SENT},
     "0 1 0 0; 0 0 0; 0"},
    {"delayed by a report, sent by the log",
     {{"a@x", "Q1", "bob@example.org", ACTION_DELAYED, "rate.limited", "wait"}},
     {"a@x", "bob@example.org", OUTCOME_SENT},
     "0 0 0 0; 0 0 1; 1"},
    {"another recipient in the log",
     {{"a@x", "Q1", "bob@example.org", ACTION_FAILED, "recipient.unknown", "no"}},
     {"a@x", "carl@example.org", OUTCOME_SENT},
     "0 1 0 0; 0 0 0; 1"},
    {"what is no delivery",
     {{"a@x", "Q1", "bob@example.org", ACTION_UNKNOWN, "notice.complaint", ""}},
     {NULL, NULL, 0},
     "0 0 0 0; 0 0 0; 0"},
    {"what arrived",
     {{"a@x", "Q1", "bob@example.org", ACTION_DELIVERED, "notice.delivered", "ok"}},
     {NULL, NULL, 0},
     "1 0 0 0; 0 0 0; 0"},
};

static void put_report(GString *facts, const struct told *told, uint64_t input) {
    g_autoptr(GString) bytes = g_string_new(NULL);
    struct arena arena = {0};
    struct verdict v = {.recipient = slice_of(told->recipient),
                        .outcome = told->action,
                        .cause = rulebase_cause(&builtin_rules, told->cause),
                        .reply = {.code = 550, .text = slice_of(told->reply)},
                        .last_attempt = -1};
    struct report report = {.kind = KIND_BOUNCE,
                            .queue_id = slice_of(told->queue),
                            .message = {.message_id = slice_of(told->id),
                                        .sender = SLICE("shop@example.com"),
                                        .date = 1764000000},
                            .verdicts = &v};
    mail_facts_write(bytes, &report, (struct mail_report){.line = 1}, &builtin_rules, &arena);
    arena_free(&arena);
    struct mail_block block = {input, bytes->len};
    g_string_append_len(facts, (const char *)&block, sizeof block);
    g_string_append_len(facts, bytes->str, (gssize)bytes->len);
}

static GString *facts_of(const struct told *told, size_t count) {
    GString *facts = g_string_new(NULL);
    for (size_t i = 0; i < count && told[i].id; i++)
        put_report(facts, &told[i], i);
    return facts;
}

static void test_counts(void **state) {
    static const struct log_filters all = {.since = -1, .until = -1};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct mail_summary summary = {.inputs = 1};
        struct totals totals;
        g_autoptr(GString) facts = facts_of(rows[i].told, ROWS(rows[i].told));
        struct delivery logged = {.message_id = slice_of(rows[i].log.id),
                                  .recipient = slice_of(rows[i].log.recipient),
                                  .outcome = rows[i].log.outcome};
        totals_init(&totals);
        mail_summary_read(&summary, (struct slice){facts->str, facts->len}, &builtin_rules);
        bool counts = rows[i].log.id && mail_summary_passes(&summary, &logged);
        mail_summary_count(&summary, &totals, &all, NULL);
        const uint64_t *of = totals.outcomes.of;
        g_autofree char *found =
            g_strdup_printf("%d %d %d %d; %d %d %d; %d", (int)of[OUTCOME_SENT], (int)of[OUTCOME_BOUNCED],
                            (int)of[OUTCOME_EXPIRED], (int)of[OUTCOME_DEFERRED], (int)summary.repeated,
                            (int)summary.outdated, (int)summary.in_logs, counts);
        if (strcmp(found, rows[i].expected) != 0)
            fail_msg("%s: %s, not %s", rows[i].name, found, rows[i].expected);
        totals_free(&totals);
        mail_summary_free(&summary);
    }
}

/* Cut anywhere, and with each byte changed: it is read to an end. */
static void test_damage(void **state) {
    g_autoptr(GString) facts = facts_of(rows[1].told, 2);
    (void)state;
    for (size_t i = 0; i < 2 * facts->len; i++) {
        static const struct log_filters all = {.since = -1, .until = -1};
        g_autofree char *bytes = g_memdup2(facts->str, facts->len);
        size_t length = i < facts->len ? i : facts->len;
        struct mail_summary summary = {.inputs = 2};
        struct totals totals;
        if (i >= facts->len)
            bytes[i - facts->len] = (char)(bytes[i - facts->len] ^ 0x81);
        totals_init(&totals);
        mail_summary_read(&summary, (struct slice){bytes, length}, &builtin_rules);
        mail_summary_count(&summary, &totals, &all, NULL);
        assert_true(summary.reports <= length);
        totals_free(&totals);
        mail_summary_free(&summary);
    }
}

static void test_labels(void **state) {
    static const struct {
        uint64_t input;
        uint32_t place;
        bool has_inputs;
        const char *expected;
    } labels[] = {{0, 0, true, "1"}, {6, 0, true, "7"}, {6, 2, true, "7.2"}, {0, 2, false, "2"}};
    (void)state;
    for (size_t i = 0; i < ROWS(labels); i++) {
        char label[32];
        struct mail_report report = {.place = labels[i].place, .is_one_of_several = labels[i].place > 0};
        mail_label(label, sizeof label, labels[i].input, &report, labels[i].has_inputs);
        assert_string_equal(label, labels[i].expected);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_counts), cmocka_unit_test(test_damage),
                                       cmocka_unit_test(test_labels)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
