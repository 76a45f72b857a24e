/* Time stamps of logs: RFC 3164 (without a year, in any language of month.h), RFC 3339 and its forms with a
 * blank, what strftime and journalctl make of a date with its weekday, tai64n, seconds since the epoch. The
 * last stamp is remembered, for most lines repeat it. */
#ifndef MAILWHY_LOG_STAMP_H
#define MAILWHY_LOG_STAMP_H

#include "parsers/base/slice.h"
#include "parsers/base/zone.h"

#include <stdint.h>

/* What holds for stamps that do not say it themselves. */
struct log_clock {
    const struct zone *zone; /* NULL: UTC */
    int year;                /* in which a file's first line stands; 0: the latest that fits */
};

struct stamps {
    int64_t now;   /* seconds since the epoch; no line is younger: gives years to stamps without one */
    char last[32]; /* the last stamp that was read */
    size_t len;    /* of it; 0: none */
    char behind;   /* the byte behind it */
    int64_t time;  /* that it says */
    const struct log_clock *clock; /* NULL: UTC, and the latest year that fits */
    int64_t first;                 /* of the file's first line, where the clock has a year; 0: not known */
    bool has_local;                /* a stamp was read that names no zone */
    bool has_offset;               /* of those that name one, the last named this: */
    int offset;
    int64_t quarter; /* of an hour, of the local clock, in which the last such stamp was; 0: none */
    int quarter_offset;
};

/* Take a time stamp off the start of `rest`: seconds since the epoch. False, and nothing taken: there is
 * none. */
bool stamp_take(struct stamps *stamps, struct slice *rest, int64_t *time);

#endif
