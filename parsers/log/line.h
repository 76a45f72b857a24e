/* A line of a log, with what its frame says taken off. */
#ifndef MAILWHY_LOG_LINE_H
#define MAILWHY_LOG_LINE_H

#include "parsers/base/slice.h"

#include <stdint.h>

struct log_line {
    struct slice text; /* the whole line, of one byte or more */
    int64_t time;      /* seconds since the epoch; -1: none */
    struct slice host;
    struct slice program; /* as "postfix/smtp", without pid; empty: no syslog frame */
    struct slice message;
};

#endif
