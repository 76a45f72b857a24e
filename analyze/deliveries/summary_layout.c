/* Where what is written of a summary stands: see summary_layout.h. */
#include "analyze/deliveries/summary_layout.h"

struct hash_table *summary_map(struct totals *t, enum summary_map map) {
    struct hash_table *const maps[] = {&t->by_domain, &t->by_sender, &t->matrix, &t->timeline, &t->rejects};
    return maps[map];
}

uint64_t *summary_counter(struct log_summary *s, size_t i) {
    struct totals *t = &s->totals;
    uint64_t *const counters[] = {&s->bytes,
                                  &s->lines,
                                  &s->unparsed,
                                  &s->cut,
                                  &s->forgotten,
                                  &s->late,
                                  &s->mixed,
                                  &t->messages,
                                  &t->bytes,
                                  &t->bytes_delivered,
                                  &t->forwarded,
                                  &t->rejected,
                                  &t->logins,
                                  &t->lost,
                                  &t->tls,
                                  &t->handed_on,
                                  &t->maybe_twice,
                                  &t->reached,
                                  &t->untold,
                                  &t->open,
                                  &t->done,
                                  &s->pieces.events.written,
                                  &s->pieces.events.written_sum,
                                  &s->pieces.events.read,
                                  &s->pieces.events.read_sum};
    if (i < G_N_ELEMENTS(counters))
        return counters[i];
    i -= G_N_ELEMENTS(counters);
    if (i < RECIPIENT_OUTCOMES)
        return &t->outcomes.of[i];
    i -= RECIPIENT_OUTCOMES;
    return i < LOG_STATUSES ? &t->attempts[i] : NULL;
}
