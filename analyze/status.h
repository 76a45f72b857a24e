/* Exit statuses, after sysexits.h, because mail systems read them when mail is piped in. */
#ifndef MAILWHY_STATUS_H
#define MAILWHY_STATUS_H

#include "analyze/mailwhy.h"

enum status {
    STATUS_OK = MAILWHY_OK,
    STATUS_USAGE = MAILWHY_USAGE,
    STATUS_DATA = MAILWHY_DATA,
    STATUS_NO_INPUT = MAILWHY_NO_INPUT,
    STATUS_BUG = 70,
    STATUS_UNFINISHED =
        71, /* of a process to its parent alone: what was written is whole, and says why not more */
    STATUS_OUTPUT = 74,
    STATUS_TEMPORARY = 75, /* only with --pipe */
    STATUS_CONFIG = 78
};

#endif
