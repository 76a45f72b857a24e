/* The timeline of a log: see bar_table.h. */
#include "analyze/deliveries/bar_table.h"

#include "parsers/base/zone.h"

#include <stdlib.h>

#define MOST_BARS 48 /* where the longest step allows it */
#define SHORT_GAP 2  /* bars without mail that are shown; more in a row are left out */

/* Bars in the zone's own hours and days. A number counts steps of its clock. */
static int64_t bar_of(const struct log_tables *t, uint32_t step) {
    int64_t time = (int64_t)step * TIMELINE_SECONDS;
    return (time + (t->zone ? zone_offset_at(t->zone, time) : 0)) / t->bar_seconds;
}

static int64_t start_of_bar(const struct log_tables *t, int64_t number) {
    int64_t local = number * t->bar_seconds;
    return local - (t->zone ? zone_offset_of_local(t->zone, local) : 0);
}

/* What was counted in one step of the timeline. */
struct moment {
    uint32_t step;
    struct counts counts;
    uint64_t rejected;
};

static int by_time(const void *a, const void *b) {
    uint32_t x = ((const struct moment *)a)->step;
    uint32_t y = ((const struct moment *)b)->step;
    return (x > y) - (x < y);
}

/* All of the timeline, in order. */
static struct moment *collect_times(const struct totals *totals, size_t *count, struct arena *arena) {
    size_t most = totals->timeline.count + totals->rejects.count + 1;
    struct moment *times = arena_alloc(arena, most * sizeof *times);
    size_t at = 0;
    *count = 0;
    for (const struct tally *c; (c = tally_next(&totals->timeline, &at)) != NULL;)
        times[(*count)++] = (struct moment){.step = c->a, .counts = c->counts};
    at = 0;
    for (const struct tally *c; (c = tally_next(&totals->rejects, &at)) != NULL;)
        times[(*count)++] = (struct moment){.step = c->a, .rejected = c->times};
    qsort(times, *count, sizeof *times, by_time);
    return times;
}

static uint64_t moment_sum(const struct moment *m) {
    return counts_all(&m->counts) + m->rejected;
}

/* Seconds in which all but the first and last hundredth of it was, so that one wrong stamp does not stretch
 * the chart over years. */
static int64_t span_of(const struct moment *times, size_t count) {
    uint64_t all = 0;
    uint64_t before = 0;
    size_t first = 0;
    size_t last = count ? count - 1 : 0;
    for (size_t i = 0; i < count; i++)
        all += moment_sum(&times[i]);
    while (first < last && (before += moment_sum(&times[first])) <= all / 100)
        first++;
    for (before = 0; last > first && (before += moment_sum(&times[last])) <= all / 100;)
        last--;
    return count ? ((int64_t)times[last].step - times[first].step) * TIMELINE_SECONDS : 0;
}

static void add_bar(struct log_tables *t, int64_t number) {
    t->bars[t->bar_count++].start = start_of_bar(t, number);
}

static void add_to_hour(struct log_tables *t, const struct moment *moment) {
    int64_t time = (int64_t)moment->step * TIMELINE_SECONDS;
    struct log_bar *hour = &t->hours[(time + (t->zone ? zone_offset_at(t->zone, time) : 0)) / 3600 % 24];
    counts_add(&hour->counts, &moment->counts);
    hour->rejected += moment->rejected;
}

/* The step is the shortest of which there are not too many with mail in them, so that one wrong stamp does
 * not stretch the chart over years. Of times without mail only a short one has bars. */
void log_bars_build(struct log_tables *t, const struct totals *totals, struct arena *arena) {
    static const int64_t steps[] = {TIMELINE_SECONDS, 1800, 3600, 7200, 21600, 43200, 86400, 604800, 2592000};
    size_t step = 0;
    size_t count;
    const struct moment *times = collect_times(totals, &count, arena);
    int64_t span = span_of(times, count);
    while (step + 1 < G_N_ELEMENTS(steps) && span / steps[step] >= MOST_BARS)
        step++;
    t->bar_seconds = steps[step];
    t->bars = arena_alloc(arena, (count * (SHORT_GAP + 1) + 1) * sizeof *t->bars);
    memset(t->bars, 0, (count * (SHORT_GAP + 1) + 1) * sizeof *t->bars);
    for (size_t i = 0; i < count; i++) {
        int64_t bar = bar_of(t, times[i].step);
        int64_t last = i ? bar_of(t, times[i - 1].step) : bar - 1;
        for (int64_t empty = last + 1; bar - last <= SHORT_GAP + 1 && empty < bar; empty++)
            add_bar(t, empty);
        if (bar != last)
            add_bar(t, bar);
        counts_add(&t->bars[t->bar_count - 1].counts, &times[i].counts);
        t->bars[t->bar_count - 1].rejected += times[i].rejected;
        add_to_hour(t, &times[i]);
    }
}
