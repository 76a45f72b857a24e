/* Dates of mail (RFC 5322 section 3.3, obsolete forms too, and what programs really write). */
#ifndef MAILWHY_DATE_H
#define MAILWHY_DATE_H

#include "parsers/base/slice.h"

#include <stdint.h>

/* Seconds since the epoch, UTC; -1 when `text` holds no date. A missing zone counts as UTC. */
int64_t date_parse(struct slice text);

/* Minutes east of UTC that a zone's name ("CET", in any case) or offset ("+0100") says. */
bool date_zone(struct slice word, int *minutes);

/* Days from 1970-01-01 to a date of the Gregorian calendar. */
int64_t date_days(int year, int month, int day);

/* RFC 3339, UTC: 2026-11-24T15:00:00Z. `out` takes 21 bytes. */
void date_format(int64_t seconds, char out[24]);

#endif
