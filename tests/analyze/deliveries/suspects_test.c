/* Who of ours is named as the one who may have caused it: by what was sent before the first refusal. */
#include "analyze/deliveries/suspects.h"

#include "analyze/deliveries/counting.h"
#include "analyze/deliveries/tables.h"
#include "tests/table.h"

static const struct cause listed = {.id = "blocklist.spamhaus", .title = "l", .hits = "sender"};
static const struct cause spam = {.id = "content.spam", .title = "s", .hits = "sender"};
static const struct cause no_name = {.id = "identity.ptr-missing", .title = "p", .hits = "sender"};
static const struct cause unknown = {.id = "recipient.unknown", .title = "u"};

/* What an account sent, one message a second. */
struct sent {
    const char *account;
    int64_t since;
    int messages, unknown, clients; /* the last are recipients that there are not */
    const struct cause *refused;    /* all of them; NULL: none */
};

static const struct row {
    const char *name;
    struct sent sent[3];
    const char *cause, *suspect;
} rows[] = {
    {"who was hit did not cause it",
     {{"shop", 0, 60, 20, 60, NULL}, {"info", 1000, 10, 0, 1, &listed}},
     "blocklist.spamhaus",
     "shop"},
    {"many unknown recipients alone",
     {{"shop", 0, 40, 12, 1, NULL}, {"info", 1000, 30, 0, 1, &listed}},
     "blocklist.spamhaus",
     "shop"},
    {"many addresses alone",
     {{"shop", 0, 40, 0, 40, NULL}, {"info", 1000, 30, 0, 1, &listed}},
     "blocklist.spamhaus",
     "shop"},
    {"most of the mail",
     {{"shop", 0, 100, 0, 1, NULL}, {"info", 1000, 20, 0, 1, &listed}},
     "blocklist.spamhaus",
     "shop"},
    {"not five times the next",
     {{"shop", 0, 100, 0, 1, NULL}, {"info", 1000, 21, 0, 1, &listed}},
     "blocklist.spamhaus",
     NULL},
    {"nobody stands out, though all refusals are of one",
     {{"info", 0, 10, 0, 1, &listed}},
     "blocklist.spamhaus",
     NULL},
    {"what came after the first refusal did not cause it",
     {{"info", 0, 10, 0, 1, &listed}, {"shop", 1000, 100, 40, 90, NULL}},
     "blocklist.spamhaus",
     NULL},
    {"two of whom one shows more signs",
     {{"shop", 0, 90, 30, 80, NULL}, {"news", 0, 95, 10, 1, NULL}, {"info", 1000, 10, 0, 1, &listed}},
     "blocklist.spamhaus",
     "shop"},
    {"a message that is spam is of who sent it",
     {{"shop", 0, 100, 0, 1, NULL}, {"info", 1000, 10, 0, 1, &spam}},
     "content.spam",
     "info"},
    {"a missing reverse name is of no account",
     {{"info", 0, 100, 0, 1, &no_name}},
     "identity.ptr-missing",
     NULL},
    {"unknown recipients of one",
     {{"shop", 0, 60, 20, 1, NULL}, {"info", 0, 9, 1, 1, NULL}},
     "recipient.unknown",
     "shop"},
    {"unknown recipients of many",
     {{"shop", 0, 90, 9, 1, NULL}, {"info", 0, 90, 9, 1, NULL}},
     "recipient.unknown",
     NULL},
    {"few unknown ones of very many", {{"list", 0, 200, 15, 1, NULL}}, "recipient.unknown", NULL},
};

static void send(struct totals *t, const struct sent *s, uint64_t *message) {
    for (int i = 0; i < s->messages; i++) {
        struct reply_class class = {.cause = i < s->unknown ? &unknown : s->refused};
        char client[24];
        g_snprintf(client, sizeof client, "192.0.2.%d", i % s->clients);
        struct delivery d = {.outcome = class.cause ? OUTCOME_BOUNCED : OUTCOME_SENT,
                             .class = class.cause ? &class : NULL,
                             .user = slice_of(s->account),
                             .client_ip = slice_of(client),
                             .uid = -1,
                             .message = (*message)++,
                             .first = s->since + i,
                             .last = s->since + i,
                             .attempts = 1};
        totals_count(t, &d, NULL);
    }
}

static void test_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct log_summary summary = {.bytes = 0};
        struct log_tables tables = {.top = 10};
        struct arena arena = {0};
        uint64_t message = 0;
        enum rankings kind;
        const struct ranked *suspect = NULL;
        totals_init(&summary.totals);
        for (size_t k = 0; k < ROWS(rows[i].sent) && rows[i].sent[k].account; k++)
            send(&summary.totals, &rows[i].sent[k], &message);
        totals_sort(&summary.totals, 1);
        log_tables_build(&tables, &summary, &arena);
        for (size_t k = 0; k < tables.cause_count; k++)
            if (strcmp(tables.causes[k].cause->cause->id, rows[i].cause) == 0)
                suspect = suspect_of(&tables, tables.causes[k].cause, &kind);
        expect_text(rows[i].name, suspect ? suspect->name : SLICE("nobody"),
                    rows[i].suspect ? rows[i].suspect : "nobody");
        totals_free(&summary.totals);
        arena_free(&arena);
    }
}

/* As many addresses as there were, nearly, and the same where they are counted in two halves. */
static void counts_clients(void **state) {
    static const struct {
        int clients;
        unsigned least, most;
    } counts[] = {{1, 1, 1}, {10, 8, 12}, {50, 35, 70}, {1000, MOST_CLIENTS, MOST_CLIENTS}};
    (void)state;
    for (size_t i = 0; i < ROWS(counts); i++) {
        struct ranked halves[2] = {{.clients = 0}, {.clients = 0}};
        for (int k = 0; k < counts[i].clients; k++) {
            char client[24];
            g_snprintf(client, sizeof client, "198.51.%d.%d", k / 250, k % 250);
            ranked_note_client(&halves[k & 1], slice_of(client));
        }
        ranked_add(&halves[0], &halves[1]);
        expect_number("few enough", ranked_clients(&halves[0]) <= counts[i].most, true);
        expect_number("enough", ranked_clients(&halves[0]) >= counts[i].least, true);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(counts_clients)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
