/* Times as exports write them. */
#ifndef MAILWHY_LOG_EXPORT_TIME_H
#define MAILWHY_LOG_EXPORT_TIME_H

#include "parsers/base/slice.h"

#include <stdint.h>

/* Seconds since the epoch, UTC where no zone is said; -1: it is no time. Read are seconds, milliseconds and
 * microseconds since the epoch, RFC 3339 and its forms with a blank, "/Date(1795511647123)/", what date.h
 * reads, "11/24/2026 9:14:07 AM" and "24.11.2026 09:14". `is_day_first`: between slashes stands the day
 * first; a number that can be no month is the day whatever is said. */
int64_t export_time(struct slice text, bool is_day_first);

/* Does a date with slashes stand in the text whose first number can be no month, and none whose second one
 * cannot? */
bool export_time_is_day_first(struct slice text);

#endif
