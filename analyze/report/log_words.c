/* Sentences about logs: see log_words.h. */
#include "analyze/report/log_words.h"

#include <inttypes.h>

struct slice log_why_different(const struct log_pair_row *pair, struct arena *arena) {
    if (!pair->is_different)
        return SLICE_EMPTY;
    return arena_printf(arena, "%.*s gets through to %.*s (%" PRIu64 " of %" PRIu64 "), %.*s does not: %s",
                        S(pair->better.sender), S(pair->provider), pair->better.sent,
                        pair->better.sent + pair->better.failed, S(pair->sender), pair->top_hit->title);
}
