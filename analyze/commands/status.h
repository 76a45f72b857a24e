/* Exit statuses, after sysexits.h, because mail systems read them when mail is piped in. */
#ifndef MAILWHY_STATUS_H
#define MAILWHY_STATUS_H

enum status {
    STATUS_OK = 0,
    STATUS_USAGE = 64,
    STATUS_DATA = 65,
    STATUS_NO_INPUT = 66,
    STATUS_BUG = 70,
    STATUS_UNFINISHED =
        71, /* of a process to its parent alone: what was written is whole, and says why not more */
    STATUS_OUTPUT = 74,
    STATUS_TEMPORARY = 75, /* only with --pipe */
    STATUS_CONFIG = 78
};

#endif
