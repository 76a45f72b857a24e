/* The time that a reply asks to wait. */
#ifndef MAILWHY_ASKED_WAIT_H
#define MAILWHY_ASKED_WAIT_H

#include "parsers/base/slice.h"

/* After how many seconds the reply says to come back: "in 15 minutes", "300 seconds", "00:05:00", "2h30m",
 * "half an hour", "in 10 Minuten", "5分後"; -1: it does not. At most a month. */
int64_t reply_retry_after(struct slice words);

#endif
