/* Spans of time in words: see duration.h. */
#include "analyze/chain/duration.h"

struct slice duration_words(struct arena *arena, int64_t seconds) {
    long long s = seconds < 0 ? -seconds : seconds;
    if (s < 120)
        return arena_printf(arena, "%lld s", s);
    if (s < 7200)
        return arena_printf(arena, "%lld min", s / 60);
    if (s < 172800)
        return arena_printf(arena, "%lld h %lld min", s / 3600, s / 60 % 60);
    long long days = s / 86400;
    return days < 1000      ? arena_printf(arena, "%lld days", days)
           : days < 1000000 ? arena_printf(arena, "%lld,%03lld days", days / 1000, days % 1000)
                            : arena_printf(arena, "more than 999,999 days");
}
