/* Pictures of a log: see present_chart.h. */
#include "analyze/report/present_chart.h"

#include <inttypes.h>

#define MOST_ROWS    8 /* of the matrix */
#define MOST_COLUMNS 5

/* What becomes of recipients, from good to bad: the parts of a bar. */
enum part { PART_SENT, PART_WAITING, PART_LOST, PARTS };

static const struct {
    enum words name;
    enum emphasis state;
} parts[] = {[PART_SENT] = {LABEL_SENT, EMPHASIS_GOOD},
             [PART_WAITING] = {LABEL_DEFERRED, EMPHASIS_WARN},
             [PART_LOST] = {HEAD_FAILED, EMPHASIS_BAD}};
_Static_assert(G_N_ELEMENTS(parts) == PARTS, "words for each part");

static uint64_t part_of(const struct counts *c, enum part part) {
    uint64_t waiting = c->of[OUTCOME_DEFERRED];
    return part == PART_SENT      ? c->of[OUTCOME_SENT]
           : part == PART_WAITING ? waiting
                                  : counts_failed(c) - waiting;
}

static struct chart new_chart(struct page *p, enum part first, size_t most, enum words about) {
    struct chart c = page_chart(p, PARTS - first, most);
    for (size_t k = 0; k < c.series_count; k++) {
        c.series[k] = page_text(p, word(parts[first + k].name));
        c.states[k] = parts[first + k].state;
    }
    c.about = page_text(p, word(about));
    return c;
}

static void add_bar(struct page *p, struct chart *c, struct value label, const struct counts *counts) {
    size_t first = PARTS - c->series_count;
    for (size_t k = 0; k < c->series_count; k++)
        c->values[c->count * c->series_count + k] = part_of(counts, (enum part)(first + k));
    c->labels[c->count++] = page_text(p, label);
}

void chart_timeline(struct page *p, const struct log_tables *t) {
    if (!page_has_pictures(p))
        return;
    struct chart c = new_chart(p, PART_SENT, t->bar_count, PICTURE_TIMELINE);
    for (size_t i = 0; i < t->bar_count; i++)
        add_bar(p, &c, as_time(t->bars[i].start), &t->bars[i].counts);
    page_chart_end(p, &c);
}

void chart_causes(struct page *p, const struct log_tables *t) {
    size_t count = MIN(t->cause_count, t->top);
    if (!page_has_pictures(p) || count < 2)
        return;
    struct chart c = new_chart(p, PART_WAITING, count, PICTURE_CAUSES);
    c.kind = CHART_RANKED;
    for (size_t i = 0; i < count; i++)
        add_bar(p, &c, as_ours(t->causes[i].cause->cause->title), &t->causes[i].counts);
    page_chart_end(p, &c);
}

void chart_providers(struct page *p, const struct log_tables *t) {
    size_t count = MIN(t->provider_count, t->top);
    if (!page_has_pictures(p) || count < 2)
        return;
    struct chart c = new_chart(p, PART_SENT, count, PICTURE_PROVIDERS);
    c.kind = CHART_RANKED;
    for (size_t i = 0; i < count; i++)
        add_bar(p, &c, as_host(t->providers[i].name), &t->providers[i].counts);
    page_chart_end(p, &c);
}

/* --- who gets through where --- */

struct matrix {
    size_t senders, providers;
    struct {
        uint64_t sent, failed;
    } of[MOST_ROWS][MOST_COLUMNS];
};

static size_t find_sender(const struct log_tables *t, size_t count, struct slice name) {
    size_t i = 0;
    while (i < count && !slice_equal(t->senders[i].name, name))
        i++;
    return i;
}

/* As pairs name it: by its id. */
static size_t find_provider(const struct log_tables *t, size_t count, struct slice id) {
    size_t i = 0;
    while (i < count && !slice_equal(slice_of(t->providers[i].provider->id), id))
        i++;
    return i;
}

static void fill(struct matrix *m, const struct log_tables *t) {
    for (size_t i = 0; i < t->pair_count; i++) {
        const struct log_pair_row *pair = &t->pairs[i];
        size_t sender = find_sender(t, m->senders, pair->sender);
        size_t provider = sender < m->senders ? find_provider(t, m->providers, pair->provider) : m->providers;
        if (provider == m->providers)
            continue;
        m->of[sender][provider].sent += pair->sent;
        m->of[sender][provider].failed += pair->failed;
    }
}

static void add_share(struct page *p, struct table *table, uint64_t sent, uint64_t failed) {
    uint64_t all = sent + failed;
    unsigned share = all ? (unsigned)((double)sent / (double)all * 100) : 0;
    enum emphasis e = share >= 95 ? EMPHASIS_GOOD : share >= 60 ? EMPHASIS_WARN : EMPHASIS_BAD;
    if (all)
        page_cell_in(p, table, page_say(p, SAY_MATRIX_CELL, as_number(share), as_count(all)), e);
    else
        page_cell(p, table, word(SAY_NOT_APPLICABLE));
}

void present_matrix(struct page *p, const struct log_tables *t) {
    struct matrix m = {.senders = MIN(t->sender_count, MOST_ROWS),
                       .providers = MIN(t->provider_count, MOST_COLUMNS)};
    if (m.senders < 2 || m.providers < 2)
        return;
    fill(&m, t);
    struct table table = page_table(p, NULL, m.providers + 1, m.providers + 1, m.senders);
    table.names = 0;
    page_cell(p, &table, word(HEAD_SENDER));
    for (size_t k = 0; k < m.providers; k++)
        page_cell(p, &table, upto(as_host(t->providers[k].name), 40));
    for (size_t i = 0; i < m.senders; i++) {
        struct slice name = t->senders[i].name;
        page_cell(p, &table, name.len ? upto(as_host(name), 60) : word(SAY_NO_DOMAIN));
        for (size_t k = 0; k < m.providers; k++)
            add_share(p, &table, m.of[i][k].sent, m.of[i][k].failed);
    }
    page_section(p, word(SECTION_MATRIX));
    page_table_end(p, &table);
}
