/* How long something took, counted in fixed logarithmic buckets of 1 %, which merge. */
#ifndef MAILWHY_DELAYS_H
#define MAILWHY_DELAYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DELAY_BUCKETS 2240 /* up to 2^32 hundredths of a second */

struct delays {
    uint64_t count;
    uint32_t most; /* the longest */
    uint32_t of[DELAY_BUCKETS];
};

/* Times are hundredths of a second. */
void delays_count(struct delays *delays, uint32_t time);

/* The time within which that many of 1000 were done, to 1 %. 0: nothing was counted. */
uint32_t delays_percentile(const struct delays *delays, unsigned of_1000);

#endif
