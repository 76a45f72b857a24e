/* Times as people write them in --since and --until. */
#ifndef MAILWHY_WHEN_H
#define MAILWHY_WHEN_H

#include "parsers/base/zone.h"

/* In words, what a time may be. */
#define WHEN_EXPECTED "a time such as yesterday, 2h, 09:20, 2026-11-24 or 2026-11-24T09:00:00"

/* "today", "yesterday"; "90m", "2h", "3d", "1w": so long before `now`; "09:20": the latest such time; a date,
 * with or without a time, which may name its zone. What names none is of `zone`. `is_end`: a day ends the
 * period, and belongs to it. Returns false where it is none of these. */
bool when_parse(const char *text, const struct zone *zone, int64_t now, bool is_end, int64_t *time);

#endif
