/* Who of ours may have caused it: see suspects.h. The thresholds are a choice, on the side of saying nothing.
 */
#include "analyze/deliveries/suspects.h"

#define FEWEST_OF_ONE     5  /* refusals of one that tell something */
#define SHARE_OF_ONE      80 /* percent of a cause's recipients */
#define FEWEST_UNKNOWN    10 /* recipients that do not exist, */
#define SHARE_UNKNOWN     10 /* percent of one's own */
#define MOST_OF_UNKNOWN   50 /* percent of all such recipients that one must have written to */
#define FEWEST_CLIENTS    20 /* addresses that a person does not come from in the days of a log, */
#define MESSAGES_A_CLIENT 10 /* where each sent no more */
#define FEWEST_MESSAGES   50
#define TIMES_THE_NEXT    5

static const GPtrArray *rows_of(const struct log_tables *t, enum rankings kind) {
    return t->summary->totals.rankings[kind].rows;
}

static uint64_t recipients_of(const struct ranked *row) {
    return ranked_weight(row) - row->times;
}

/* Many more messages than any other of its kind sent, or all that there are. */
static bool is_most(const struct log_tables *t, enum rankings kind, const struct ranked *row) {
    return row->messages >= FEWEST_MESSAGES && row->messages == t->sent_by[kind].most &&
           row->messages >= t->sent_by[kind].next * TIMES_THE_NEXT;
}

bool suspicion_of(const struct log_tables *t, enum rankings kind, const struct ranked *row,
                  struct suspicion *s) {
    *s = (struct suspicion){.unknown = row->unknown, .recipients = recipients_of(row)};
    if (s->unknown < FEWEST_UNKNOWN || s->unknown * 100 < s->recipients * SHARE_UNKNOWN)
        s->unknown = 0;
    s->clients = ranked_clients(row);
    bool is_each_few =
        s->clients == MOST_CLIENTS || (uint64_t)s->clients * MESSAGES_A_CLIENT >= row->messages;
    if (kind != RANKING_ACCOUNTS || s->clients < FEWEST_CLIENTS || !is_each_few)
        s->clients = 0;
    s->messages = is_most(t, kind, row) ? row->messages : 0;
    s->all = t->sent_by[kind].all;
    return s->unknown || s->clients || s->messages;
}

enum blame cause_blame(const struct cause *cause) {
    static const struct {
        const char *cause;
        enum blame blame;
    } rows[] = {{"blocklist", BLAME_SHARED},         {"reputation.ip", BLAME_SHARED},
                {"reputation.domain", BLAME_SHARED}, {"rate.limited", BLAME_SHARED},
                {"rate.connections", BLAME_SHARED},  {"sender-system.refused", BLAME_SHARED},
                {"content.spam", BLAME_OWN},         {"content.phishing", BLAME_OWN}};
    for (size_t i = 0; cause->hits && i < G_N_ELEMENTS(rows); i++)
        if (cause_is_of(cause->id, rows[i].cause))
            return rows[i].blame;
    return BLAME_NONE;
}

/* More signs first, then more messages. */
static uint64_t weight_of(const struct suspicion *s, const struct ranked *row) {
    uint64_t signs = (s->unknown > 0) + (s->clients > 0) + (s->messages > 0);
    return signs << 48 | MIN(row->messages, ((uint64_t)1 << 48) - 1);
}

/* What it adds up to in this case; 0: nothing. */
static uint64_t suspected(const struct log_tables *t, enum rankings kind, const struct ranked *row,
                          const struct cause_count *c) {
    struct suspicion s;
    bool is_any = suspicion_of(t, kind, row, &s);
    if (strcmp(c->cause->id, "recipient.unknown") == 0)
        return s.unknown && row->unknown * 100 >= c->recipients * MOST_OF_UNKNOWN ? weight_of(&s, row) : 0;
    enum blame blame = cause_blame(c->cause);
    if (blame == BLAME_OWN)
        return row->top_hit == c->cause && row->hit >= FEWEST_OF_ONE &&
                       row->hit * 100 >= c->recipients * SHARE_OF_ONE
                   ? row->hit
                   : 0;
    bool was_before = c->first == -1 || (row->first != -1 && row->first < c->first);
    return blame == BLAME_SHARED && is_any && was_before ? weight_of(&s, row) : 0;
}

const struct ranked *suspect_of(const struct log_tables *t, const struct cause_count *c,
                                enum rankings *kind) {
    const struct ranked *suspect = NULL;
    uint64_t most = 0;
    for (int k = 0; k < RANKING_ADDRESSES; k++) {
        const GPtrArray *rows = rows_of(t, (enum rankings)k);
        for (guint i = 0; rows && i < rows->len; i++) {
            uint64_t weight = suspected(t, (enum rankings)k, rows->pdata[i], c);
            if (weight <= most)
                continue;
            most = weight;
            suspect = rows->pdata[i];
            *kind = (enum rankings)k;
        }
    }
    return suspect;
}
