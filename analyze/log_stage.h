/* Which steps of reading logs run: all of them in one process, or some, whose input and output others carry
 * (docs/decisions/0011-stages.md). */
#ifndef MAILWHY_LOG_STAGE_H
#define MAILWHY_LOG_STAGE_H

#include <stdbool.h>

enum stage { STAGE_ALL, STAGE_EVENTS, STAGE_KEYS };

struct log_stage {       /* all zero: all steps */
    unsigned from, emit; /* enum stage: what is read in place of logs, and written in place of a report */
    bool merge;          /* what was counted is read in place of logs */
    bool partial;        /* and written in place of a report */
    const char *open;    /* a file of keys that are left to others; NULL: none */
    const char *name;    /* of a log that comes through a pipe; NULL: it has none */
    const char *same_as, *start_of; /* another log that says all of that one, which is left out; NULL: none */
    unsigned place;   /* of these logs among the pieces of all, in whose order their events stand */
    unsigned after;   /* the time of the latest line of the pieces before it, since the epoch */
    unsigned written; /* when logs that come through a pipe were last written, since the epoch; 0: now */
};

#endif
