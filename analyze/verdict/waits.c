/* The time between hops: see waits.h. */
#include "analyze/verdict/waits.h"

#include "analyze/chain/duration.h"

#define HALF_HOUR 1800

/* The first hop behind hop `i` that another host wrote: a host that writes several fields in a row has one
 * clock. */
static size_t next_host(const struct chain *chain, size_t i) {
    size_t next = i + 1;
    while (next < chain->count && hop_writer(chain->hops[i].hop).len &&
           slice_equal_nocase(hop_writer(chain->hops[next].hop), hop_writer(chain->hops[i].hop)))
        next++;
    return next;
}

/* Is the clock of the host of hop `i` off, as the hosts on both sides show? Hop `next` is the one behind. */
static bool has_wrong_clock(const struct chain *chain, size_t i, size_t next) {
    if (next >= chain->count || !chain->hops[i].has_delay || !chain->hops[next].has_delay)
        return false;
    int64_t to = chain->hops[i].delay;
    int64_t on = chain->hops[next].delay;
    return (to > CLOCK_SKEW && on < -CLOCK_SKEW) || (to < -CLOCK_SKEW && on > CLOCK_SKEW);
}

bool waits_is_zone(int64_t off) {
    int64_t rest = off % HALF_HOUR;
    return off >= HALF_HOUR - 60 && (rest < 60 || rest > HALF_HOUR - 60);
}

static void tell_wrong_clock(struct answering *a, const struct chain_hop *hop, int64_t on) {
    int64_t to = hop->delay;
    int64_t off = MIN(ABS(on), ABS(to));
    struct slice much = duration_words(a->arena, off);
    BECAUSE(a, hop->hop->line, "the clock of %.*s is %.*s %s, or more%s: that is no wait",
            S(hop_writer_words(hop->hop)), S(much), to > 0 ? "fast" : "slow",
            waits_is_zone(off) ? " (the wrong time zone)" : "");
}

/* A clock is off, and nothing shows which of the two. */
static void tell_backwards(struct answering *a, const struct chain_hop *hop) {
    struct slice much = duration_words(a->arena, -hop->delay);
    BECAUSE(a, hop->hop->line,
            "%.*s noted a time %.*s before that of %.*s, which had the mail first: one of the two clocks is "
            "off%s%s, "
            "and what it waited between them is not known",
            S(hop_writer_words(hop->hop)), S(much), S(hop_writer_words(hop[-1].hop)),
            waits_is_zone(-hop->delay) ? " (as with the wrong time zone)" : "",
            hop[-1].trust == HOP_UNVERIFIED ? ", or a field is forged" : "");
}

size_t waits_of_other(const struct answering *a) {
    const struct chain *chain = &a->report->mail.chain;
    unsigned from = a->report->mail.trace.from_position;
    int64_t date = a->report->message.date;
    size_t count = 0;
    while (from && date != -1 && count < chain->count && chain->hops[count].hop->position > from &&
           chain->hops[count].hop->time != -1 && chain->hops[count].hop->time + HALF_HOUR < date)
        count++;
    return count < chain->count ? count : 0;
}

size_t waits_find(struct answering *a, struct wait *waits) {
    const struct chain *chain = &a->report->mail.chain;
    size_t count = 0;
    for (size_t i = waits_of_other(a) + 1; i < chain->count; i++) {
        const struct chain_hop *hop = &chain->hops[i];
        if (!hop->has_delay)
            continue;
        struct wait w = {hop, hop - 1, hop->delay, false};
        size_t next = next_host(chain, i);
        if (has_wrong_clock(chain, i, next)) {
            int64_t on = chain->hops[next].delay;
            tell_wrong_clock(a, hop, on);
            w.seconds += on;
            w.hop = next == i + 1 ? &chain->hops[next] : hop;
            while (++i < next)
                w.seconds += chain->hops[i].has_delay ? chain->hops[i].delay : 0;
        } else if (hop->delay < -CLOCK_SKEW) {
            tell_backwards(a, hop);
            w.is_unknown = true;
        }
        w.seconds = MAX(w.seconds, 0);
        waits[count++] = w;
        if (i >
            (size_t)(w.hop - chain->hops)) /* it waited before the host with the wrong clock, not behind it */
            waits[count++] = (struct wait){&chain->hops[i], &chain->hops[i - 1], 0, false};
    }
    return count;
}
