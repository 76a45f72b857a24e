/* How long something took: see delays.h. */
#include "analyze/deliveries/delays.h"

#include <glib.h>

#define SHORT 4096 /* whose buckets stand in a table */

struct buckets {
    uint32_t from[DELAY_BUCKETS + 1]; /* of each the least time; behind the last of all UINT32_MAX */
    uint16_t of_short[SHORT];
};

static unsigned search_bucket(const struct buckets *b, uint32_t time) {
    unsigned from = 0;
    unsigned to = DELAY_BUCKETS;
    while (to - from > 1) {
        unsigned middle = from + (to - from) / 2;
        *(time < b->from[middle] ? &to : &from) = middle;
    }
    return from;
}

/* A bucket is one hundredth of its times wide, and at least one time. */
static void make_buckets(struct buckets *b) {
    uint64_t from = 0;
    for (unsigned i = 0; i <= DELAY_BUCKETS; i++, from += MAX(from / 100, 1))
        b->from[i] = (uint32_t)MIN(from, UINT32_MAX);
    for (uint32_t time = 0; time < SHORT; time++)
        b->of_short[time] = (uint16_t)search_bucket(b, time);
}

static inline const struct buckets *all_buckets(void) {
    static struct buckets buckets;
    static gsize is_ready;
    if (g_once_init_enter(&is_ready)) {
        make_buckets(&buckets);
        g_once_init_leave(&is_ready, 1);
    }
    return &buckets;
}

void delays_count(struct delays *d, uint32_t time) {
    const struct buckets *b = all_buckets();
    d->of[time < SHORT ? b->of_short[time] : search_bucket(b, time)]++;
    d->count++;
    d->most = MAX(d->most, time);
}

uint32_t delays_percentile(const struct delays *d, unsigned of_1000) {
    const struct buckets *b = all_buckets();
    uint64_t wanted = (d->count * of_1000 + 999) / 1000;
    uint64_t seen = 0;
    for (unsigned i = 0; wanted && i < DELAY_BUCKETS; i++)
        if ((seen += d->of[i]) >= wanted)
            return MIN(b->from[i] + (b->from[i + 1] - b->from[i]) / 2, d->most);
    return 0;
}
