/* Who sent, who was refused, how long it took: see present_who.h. */
#include "analyze/report/present_who.h"

#include "analyze/deliveries/suspects.h"
#include "parsers/base/text.h"

#include <assert.h>

#define MOST_OF_NAME 200

static struct value time_words(int64_t time) {
    return time == -1 ? word(SAY_NOT_APPLICABLE) : as_time(time);
}

/* What a name of a ranking is. */
static struct value name_of(struct page *p, enum rankings ranking, struct slice name) {
    name = name.len ? text_clean_line(p->outlet.arena, name) : SLICE("<>");
    switch (ranking) {
    case RANKING_ACCOUNTS:
    case RANKING_LOGIN_USERS:
    case RANKING_UIDS:
        return upto(as_user(name), MOST_OF_NAME);
    case RANKING_SCRIPTS:
        return upto(as_script(name), MOST_OF_NAME);
    case RANKING_SENDERS:
    case RANKING_RECIPIENTS:
        return upto(as_address(name), MOST_OF_NAME);
    case RANKING_TLS_IN:
    case RANKING_TLS_OUT:
        return upto(as_stranger(name), MOST_OF_NAME);
    default:
        return upto(as_network(name), MOST_OF_NAME);
    }
}

static size_t rows_of(const struct log_tables *t, enum rankings ranking) {
    const GPtrArray *rows = t->summary->totals.rankings[ranking].rows;
    return rows ? rows->len : 0;
}

static const struct ranked *row_of(const struct log_tables *t, enum rankings ranking, size_t i) {
    return t->summary->totals.rankings[ranking].rows->pdata[i];
}

/* --- which of ours --- */

static const enum words origins[] = {[RANKING_ACCOUNTS] = SAY_ORIGIN_ACCOUNT,
                                     [RANKING_UIDS] = SAY_ORIGIN_UID,
                                     [RANKING_SCRIPTS] = SAY_ORIGIN_SCRIPT,
                                     [RANKING_ADDRESSES] = SAY_ORIGIN_ADDRESS};
static_assert(G_N_ELEMENTS(origins) == ORIGINS, "words for each origin");

/* By what it stands out; nothing: no value. */
static struct value sign_words(struct page *p, const struct log_tables *t, enum rankings kind,
                               const struct ranked *row) {
    struct suspicion s;
    struct value signs = NO_LABEL;
    suspicion_of(t, kind, row, &s);
    if (s.unknown)
        signs = page_say(p, SAY_SIGN_UNKNOWN, as_count(s.unknown), as_count(s.recipients));
    if (s.clients)
        signs = page_join(p, signs, "; ",
                          page_say(p, s.clients == MOST_CLIENTS ? SAY_SIGN_MANY_CLIENTS : SAY_SIGN_CLIENTS,
                                   as_count((s.clients + 5) / 10 * 10)));
    if (s.messages)
        signs =
            page_join(p, signs, "; ", page_say(p, SAY_SIGN_MESSAGES, as_count(s.messages), as_count(s.all)));
    return signs;
}

static void add_origin(struct page *p, struct table *table, const struct log_tables *t, enum rankings kind,
                       const struct ranked *row) {
    struct value signs = kind < RANKING_ADDRESSES ? sign_words(p, t, kind, row) : NO_LABEL;
    struct value name = page_say(p, origins[kind], name_of(p, kind, row->name));
    if (row->top_hit)
        name = page_say(p, SAY_NAME_AND_TEXT, name, as_ours(row->top_hit->id));
    name = page_join(p, name, "; ", signs);
    page_cell(p, table, as_count(row->messages));
    page_cell(p, table, as_count(row->of[OUTCOME_SENT]));
    page_cell(p, table, as_count(row->hit));
    page_cell(p, table, time_words(row->first));
    page_cell(p, table, time_words(row->first_hit));
    page_cell(p, table, name);
}

struct value suspect_words(struct page *p, const struct log_tables *t, const struct cause_count *c) {
    enum rankings kind = RANKING_ACCOUNTS;
    const struct ranked *row = suspect_of(t, c, &kind);
    if (!row)
        return NO_LABEL;
    struct value name = page_say(p, origins[kind], name_of(p, kind, row->name));
    enum blame blame = cause_blame(c->cause);
    if (blame == BLAME_SHARED)
        return page_say(p, SAY_SUSPECT_OF_SHARED, name, sign_words(p, t, kind, row));
    uint64_t of_it = MIN(blame == BLAME_OWN ? row->hit : row->unknown, c->recipients);
    return blame == BLAME_OWN
               ? page_say(p, SAY_SUSPECT_OF_OWN, as_count(of_it), as_count(c->recipients), name)
               : page_say(p, SAY_SUSPECT_OF_UNKNOWN, as_count(of_it), as_count(c->recipients), name,
                          sign_words(p, t, kind, row));
}

/* Was anybody refused for what the server, or the domain, sent before, and does nobody stand out who did? */
struct shared_refusals {
    bool is_any, is_suspect;
};

static struct shared_refusals shared_refusals(const struct log_tables *t) {
    struct shared_refusals found = {.is_any = false};
    enum rankings kind;
    for (size_t i = 0; i < t->cause_count; i++)
        if (cause_blame(t->causes[i].cause->cause) == BLAME_SHARED) {
            found.is_any = true;
            found.is_suspect |= suspect_of(t, t->causes[i].cause, &kind) != NULL;
        }
    return found;
}

static bool is_any_hit(const struct log_tables *t) {
    for (int kind = 0; kind < ORIGINS; kind++)
        for (size_t i = 0; i < rows_of(t, kind); i++)
            if (row_of(t, kind, i)->hit)
                return true;
    return false;
}

/* Who sends most comes first: whoever was refused for a listing need not be who caused it. */
void present_origins(struct page *p, const struct log_tables *t) {
    static const enum words heads[] = {HEAD_MESSAGES,   LABEL_SENT,         HEAD_REFUSED_AS_SENDER,
                                       HEAD_FIRST_MAIL, HEAD_FIRST_REFUSED, HEAD_NAME};
    struct table table = page_table(p, heads, G_N_ELEMENTS(heads), 5, (size_t)t->top * ORIGINS);
    table.names = 5;
    for (int kind = 0; kind < ORIGINS; kind++)
        for (size_t i = 0; i < MIN(rows_of(t, kind), t->top); i++)
            add_origin(p, &table, t, kind, row_of(t, kind, i));
    if (!table.rows || !(p->style.verbose || is_any_hit(t)))
        return;
    page_section(p, word(SECTION_ORIGINS));
    page_table_end(p, &table);
    struct shared_refusals shared = shared_refusals(t);
    if (shared.is_any)
        page_row(p, NO_LABEL,
                 page_join(p, word(SAY_ORIGINS_CAUTION), " ",
                           shared.is_suspect ? NO_LABEL : word(SAY_NOBODY_STANDS_OUT)));
}

/* --- delays --- */

/* With the unit in which it is short. */
static struct value seconds(struct page *p, uint32_t hundredths) {
    static const struct {
        uint32_t up_to, unit;
        const char *name;
    } units[] = {{60000, 100, "s"}, {3600000, 6000, "min"}, {UINT32_MAX, 360000, "h"}};
    size_t i = 0;
    while (hundredths >= units[i].up_to && i + 1 < G_N_ELEMENTS(units))
        i++;
    double shown = (double)hundredths / units[i].unit;
    return as_type(VALUE_OURS,
                   arena_printf(p->outlet.arena, "%.*f %s", shown < 10 ? 2 : 0, shown, units[i].name));
}

void present_delay(struct page *p, const struct log_tables *t) {
    const struct delays *d = t->summary->totals.delays[DELAY_ALL];
    if (d)
        page_row(p, word(LABEL_DELAY),
                 page_say(p, SAY_DELAY, seconds(p, delays_percentile(d, 500)),
                          seconds(p, delays_percentile(d, 900)), seconds(p, d->most)));
}

static void add_delays(struct page *p, struct table *table, struct value name, const struct delays *d) {
    if (!d || !d->count)
        return;
    page_cell(p, table, as_count(d->count));
    page_cell(p, table, seconds(p, delays_percentile(d, 500)));
    page_cell(p, table, seconds(p, delays_percentile(d, 900)));
    page_cell(p, table, seconds(p, delays_percentile(d, 990)));
    page_cell(p, table, seconds(p, d->most));
    page_cell(p, table, name);
}

static void present_delays(struct page *p, const struct log_tables *t) {
    static const enum words heads[] = {LABEL_SENT, HEAD_HALF, HEAD_90, HEAD_99, HEAD_LONGEST, HEAD_NAME};
    static const enum words parts[] = {[DELAY_ALL] = SAY_DELAY_ALL,
                                       [DELAY_QUEUE] = SAY_DELAY_QUEUE,
                                       [DELAY_CONNECTING] = SAY_DELAY_CONNECTING,
                                       [DELAY_SENDING] = SAY_DELAY_SENDING};
    static_assert(G_N_ELEMENTS(parts) == DELAY_PARTS, "words for each part");
    const struct totals *totals = &t->summary->totals;
    size_t providers = MIN(totals->provider_count, t->top);
    if (!totals->delays[DELAY_ALL])
        return;
    struct table table = page_table(p, heads, G_N_ELEMENTS(heads), 5, DELAY_PARTS + providers);
    table.names = 5;
    page_section(p, word(SECTION_DELAYS));
    for (int i = 0; i < DELAY_PARTS; i++)
        add_delays(p, &table, word(parts[i]), totals->delays[i]);
    for (size_t i = 0; i < providers; i++)
        add_delays(p, &table, as_ours(totals->providers[i].provider->name), totals->providers[i].delays);
    page_table_end(p, &table);
}

/* --- the busiest --- */

static void present_busiest(struct page *p, const struct log_tables *t, enum rankings ranking,
                            enum words title) {
    static const enum words heads[] = {HEAD_MESSAGES, HEAD_BYTES,     LABEL_SENT,
                                       LABEL_BOUNCED, LABEL_DEFERRED, HEAD_NAME};
    size_t rows = MIN(rows_of(t, ranking), t->top);
    if (!rows)
        return;
    struct table table = page_table(p, heads, G_N_ELEMENTS(heads), 5, rows);
    table.names = 5;
    page_section(p, word(title));
    for (size_t i = 0; i < rows; i++) {
        const struct ranked *row = row_of(t, ranking, i);
        page_cell(p, &table, as_count(row->messages));
        page_cell(p, &table, as_count(row->bytes));
        page_cell(p, &table, as_count(row->of[OUTCOME_SENT]));
        page_cell(p, &table, as_count(row->of[OUTCOME_BOUNCED] + row->of[OUTCOME_EXPIRED]));
        page_cell(p, &table, as_count(row->of[OUTCOME_DEFERRED]));
        page_cell(p, &table, name_of(p, ranking, row->name));
    }
    page_table_end(p, &table);
    if (t->summary->totals.rankings[ranking].is_pruned)
        page_row(p, NO_LABEL, word(SAY_NEARLY));
}

/* Rows of what is counted by times. */
static const struct {
    enum rankings ranking;
    enum words label;
} counted[] = {{RANKING_REJECTED, LABEL_REJECTED_CLIENTS},
               {RANKING_LOGIN_CLIENTS, LABEL_LOGIN_CLIENTS},
               {RANKING_LOGIN_USERS, LABEL_LOGIN_USERS},
               {RANKING_TLS_IN, LABEL_TLS_IN},
               {RANKING_TLS_OUT, LABEL_TLS_OUT}};
#define LOGINS    1 /* the first of those of failed logins */
#define OF_LOGINS 2

/* So many of these rankings, from one on. */
static void present_counted(struct page *p, const struct log_tables *t, size_t first, size_t count) {
    bool is_first = true;
    for (size_t k = first; k < first + count; k++) {
        size_t rows = MIN(rows_of(t, counted[k].ranking), t->top);
        if (rows && is_first)
            page_section(p, word(SECTION_CLIENTS));
        is_first &= !rows;
        for (size_t i = 0; i < rows; i++) {
            const struct ranked *row = row_of(t, counted[k].ranking, i);
            page_row(p, i ? NO_LABEL : word(counted[k].label),
                     page_say(p, SAY_DOMAIN_COUNT, name_of(p, counted[k].ranking, row->name),
                              as_count(row->times)));
        }
    }
}

static void present_volume(struct page *p, const struct log_tables *t) {
    const struct totals *totals = &t->summary->totals;
    page_section(p, word(SECTION_VOLUME));
    page_row(p, word(HEAD_MESSAGES),
             page_say(p, SAY_VOLUME, as_count(totals->messages), as_count(totals->bytes),
                      as_count(totals->bytes_delivered)));
    if (totals->forwarded)
        page_row(p, word(LABEL_FORWARDED), page_say(p, SAY_FORWARDED, as_count(totals->forwarded)));
}

static void present_hours(struct page *p, const struct log_tables *t) {
    static const enum words heads[] = {HEAD_HOUR, LABEL_SENT, HEAD_NOT_SENT, LABEL_REJECTED_INBOUND};
    struct table table = page_table(p, heads, G_N_ELEMENTS(heads), G_N_ELEMENTS(heads), 24);
    table.names = 0;
    for (size_t h = 0; h < 24; h++) {
        const struct log_bar *hour = &t->hours[h];
        if (!counts_all(&hour->counts) && !hour->rejected)
            continue;
        page_cell(p, &table, as_type(VALUE_OURS, arena_printf(p->outlet.arena, "%02zu:00", h)));
        page_cell(p, &table, as_count(hour->counts.of[OUTCOME_SENT]));
        page_cell(p, &table, as_count(counts_failed(&hour->counts)));
        page_cell(p, &table, as_count(hour->rejected));
    }
    if (!table.rows)
        return;
    page_section(p, word(SECTION_HOURS));
    page_table_end(p, &table);
}

void present_failed_logins(struct page *p, const struct log_tables *t) {
    present_counted(p, t, LOGINS, OF_LOGINS);
}

void present_statistics(struct page *p, const struct log_tables *t) {
    if (!p->style.verbose) { /* where it is all that the log tells */
        if (t->summary->lines && !counts_all(&t->summary->totals.outcomes))
            present_counted(p, t, 0, t->is_filtered ? LOGINS : G_N_ELEMENTS(counted)); /* logins are of all */
        return;
    }
    present_volume(p, t);
    present_delays(p, t);
    present_busiest(p, t, RANKING_SENDERS, SECTION_SENDERS);
    present_busiest(p, t, RANKING_RECIPIENTS, SECTION_RECIPIENTS);
    present_counted(p, t, 0, G_N_ELEMENTS(counted));
    present_hours(p, t);
}
