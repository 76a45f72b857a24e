/* The values of which the records of a summary are made (summary_layout.h), each taken off the bytes with
 * which they begin. What makes no sense sets `is_bad`, and is 0, empty or NULL. */
#ifndef MAILWHY_SUMMARY_VALUES_H
#define MAILWHY_SUMMARY_VALUES_H

#include "analyze/deliveries/summary_layout.h"

struct summary_reading {
    struct log_summary *summary; /* to which it is added */
    const struct summary_notes *notes;
    struct slice rest; /* not taken yet */
    bool is_bad;
    GArray *domains, *causes; /* uint32_t: the numbers here of those that were named */
    GHashTable *by_id;        /* rules of replies; NULL: not needed yet */
};

uint64_t summary_take_number(struct summary_reading *reading);
uint64_t summary_take_upto(struct summary_reading *reading, uint64_t most);
int64_t summary_take_time(struct summary_reading *reading); /* -1: unknown */
struct slice summary_take_text(struct summary_reading *reading);
void summary_add_counts(struct summary_reading *reading, uint64_t *of, size_t count);

/* The number here of a domain or cause that was named. */
uint32_t summary_take_named(struct summary_reading *reading, const GArray *named);

/* NULL: none was named. */
const struct cause *summary_take_cause(struct summary_reading *reading);
const struct provider *summary_take_provider(struct summary_reading *reading);

/* False: there is none. */
bool summary_take_sample(struct summary_reading *reading, struct log_sample *sample);

#endif
