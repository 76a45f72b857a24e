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
    const char *pieces;  /* a file that says which pieces of logs are read; NULL: the inputs are */
    const char *open;    /* a file of keys that are left to others; NULL: none */
    unsigned place;      /* of these logs among the pieces of all, in whose order their events stand */
    unsigned written;    /* when logs that come through a pipe were last written, since the epoch; 0: now */
};

#endif
