/* Time stamps of logs: RFC 3164 (without a year), RFC 3339 and its forms with a blank, tai64n, seconds since
 * the epoch. The last stamp is remembered, for most lines repeat it. */
#ifndef MAILWHY_LOG_STAMP_H
#define MAILWHY_LOG_STAMP_H

#include "parsers/base/slice.h"

#include <stdint.h>

struct stamps {
    int64_t now;   /* seconds since the epoch; no line is younger: gives years to stamps without one */
    char last[32]; /* the last stamp that was read */
    size_t len;    /* of it; 0: none */
    int64_t time;  /* that it says */
};

/* Take a time stamp off the start of `rest`: seconds since the epoch. False, and nothing taken: there is
 * none. */
bool stamp_take(struct stamps *stamps, struct slice *rest, int64_t *time);

#endif
