/* Who sent, who was refused, how long it took: see structure_who.h. The keys are documented in docs/json.md.
 */
#include "analyze/report/structure_who.h"

#define MOST_ROWS 100 /* of a list, where --top asks for no more */

static void write_count(struct writer *w, const char *key, uint64_t n) {
    write_value(w, key, as_number((int64_t)n));
}

static struct value value_of(const struct writer *w, enum rankings ranking, const struct ranked *row) {
    struct slice name = writer_line(w, row->name);
    switch (ranking) {
    case RANKING_ACCOUNTS:
    case RANKING_LOGIN_USERS:
    case RANKING_UIDS:
        return as_user(name);
    case RANKING_SCRIPTS:
        return as_script(name);
    case RANKING_SENDERS:
    case RANKING_RECIPIENTS:
        return as_address(name);
    case RANKING_TLS_IN:
    case RANKING_TLS_OUT:
        return as_stranger(name);
    default:
        return as_network(name);
    }
}

static void write_recipients(struct writer *w, const struct ranked *row) {
    write_count(w, "messages", row->messages);
    write_count(w, "bytes", row->bytes);
    for (int i = 0; i < RECIPIENT_OUTCOMES; i++)
        write_count(w, outcome_name((enum outcome)i), row->of[i]);
    write_count(w, "refused_as_sender", row->hit);
    write_known(w, "first", as_time(row->first));
    write_known(w, "first_refused", as_time(row->first_hit));
    write_known(w, "cause", as_ours(row->top_hit ? row->top_hit->id : NULL));
}

static void write_ranking(struct writer *w, const char *key, const struct log_tables *t,
                          enum rankings ranking) {
    const GPtrArray *rows = t->summary->totals.rankings[ranking].rows;
    write_list(w, key);
    for (guint i = 0; rows && i < MIN(rows->len, MAX(t->top, MOST_ROWS)); i++) {
        const struct ranked *row = rows->pdata[i];
        write_object(w, NULL);
        write_value(w, "name", value_of(w, ranking, row));
        if (ranking <= RANKING_RECIPIENTS) {
            write_recipients(w, row);
        } else {
            write_count(w, "times", row->times);
            write_known(w, "first", as_time(row->first));
        }
        write_object_end(w);
    }
    write_list_end(w);
}

static void write_delays(struct writer *w, const struct delays *d) {
    write_count(w, "count", d->count);
    write_count(w, "p50_ms", (uint64_t)delays_percentile(d, 500) * 10);
    write_count(w, "p90_ms", (uint64_t)delays_percentile(d, 900) * 10);
    write_count(w, "p99_ms", (uint64_t)delays_percentile(d, 990) * 10);
    write_count(w, "longest_ms", (uint64_t)d->most * 10);
}

static void write_all_delays(struct writer *w, const struct totals *totals) {
    static const char *const parts[] = {[DELAY_ALL] = "all",
                                        [DELAY_QUEUE] = "queue",
                                        [DELAY_CONNECTING] = "connecting",
                                        [DELAY_SENDING] = "sending"};
    _Static_assert(G_N_ELEMENTS(parts) == DELAY_PARTS, "a key for each part");
    write_object(w, "delays");
    for (int i = 0; i < DELAY_PARTS; i++) {
        if (!totals->delays[i])
            continue;
        write_object(w, parts[i]);
        write_delays(w, totals->delays[i]);
        write_object_end(w);
    }
    write_list(w, "providers");
    for (size_t i = 0; i < totals->provider_count; i++) {
        if (!totals->providers[i].delays->count)
            continue;
        write_object(w, NULL);
        write_known(w, "provider", as_ours(totals->providers[i].provider->id));
        write_delays(w, totals->providers[i].delays);
        write_object_end(w);
    }
    write_list_end(w);
    write_object_end(w);
}

static void write_hours(struct writer *w, const struct log_tables *t) {
    write_list(w, "hours");
    for (size_t h = 0; h < 24; h++) {
        const struct log_bar *hour = &t->hours[h];
        if (!counts_all(&hour->counts) && !hour->rejected)
            continue;
        write_object(w, NULL);
        write_count(w, "hour", h);
        for (int i = 0; i < RECIPIENT_OUTCOMES; i++)
            write_count(w, outcome_name((enum outcome)i), hour->counts.of[i]);
        write_count(w, "inbound_rejects", hour->rejected);
        write_object_end(w);
    }
    write_list_end(w);
}

void structure_who(struct writer *w, const struct log_tables *t) {
    const struct totals *totals = &t->summary->totals;
    write_object(w, "volume");
    write_count(w, "messages", totals->messages);
    write_count(w, "bytes", totals->bytes);
    write_count(w, "delivered_bytes", totals->bytes_delivered);
    write_count(w, "forwarded", totals->forwarded);
    write_count(w, "handed_on", totals->handed_on);
    if (totals->untold)
        write_count(w, "untold", totals->untold);
    if (totals_open(totals))
        write_count(w, "open", totals_open(totals));
    write_object_end(w);
    write_all_delays(w, totals);
    write_object(w, "origins");
    write_ranking(w, "accounts", t, RANKING_ACCOUNTS);
    write_ranking(w, "uids", t, RANKING_UIDS);
    write_ranking(w, "scripts", t, RANKING_SCRIPTS);
    write_ranking(w, "addresses", t, RANKING_ADDRESSES);
    write_object_end(w);
    write_object(w, "busiest");
    write_ranking(w, "senders", t, RANKING_SENDERS);
    write_ranking(w, "recipients", t, RANKING_RECIPIENTS);
    write_object_end(w);
    write_object(w, "clients");
    write_ranking(w, "rejected", t, RANKING_REJECTED);
    write_ranking(w, "failed_logins", t, RANKING_LOGIN_CLIENTS);
    write_ranking(w, "failed_login_users", t, RANKING_LOGIN_USERS);
    write_ranking(w, "tls_in", t, RANKING_TLS_IN);
    write_ranking(w, "tls_out", t, RANKING_TLS_OUT);
    write_object_end(w);
    write_hours(w, t);
}
