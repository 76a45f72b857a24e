/* Time zones: those of the system's zone files (IANA names), and fixed offsets. A zone is read whole when it
 * is made, so that it serves in a sandbox too, and never changes: threads share it. */
#ifndef MAILWHY_ZONE_H
#define MAILWHY_ZONE_H

#include "parsers/base/slice.h"

#include <stdint.h>

struct zone;

/* "Europe/Berlin", "UTC", "+01:00"; NULL: the system's (TZ, else /etc/localtime). Returns NULL where there is
 * no such zone; of the system there is always one, UTC where it names none. To be freed with zone_free. */
struct zone *zone_new(const char *name);
struct zone *zone_new_fixed(int offset); /* seconds east of UTC */
void zone_free(struct zone *zone);

const char *zone_name(const struct zone *zone);

/* Seconds east of UTC: at a time, and at a time of the zone's own clock ("local": as if its clock showed
 * UTC). An hour that the clock shows twice is the first of the two; one that it skips is taken by the offset
 * behind it. */
int zone_offset_at(const struct zone *zone, int64_t time);
int zone_offset_of_local(const struct zone *zone, int64_t local);

/* RFC 3339 with the zone's offset, 2026-11-24T16:00:00+01:00; Z for none. `out` takes 26 bytes. */
void zone_format(const struct zone *zone, int64_t time, char out[32]);

#endif
