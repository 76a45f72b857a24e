/* One input, which this process reads itself: it enters the sandbox for it. */
#ifndef MAILWHY_EXPLAIN_SINGLE_H
#define MAILWHY_EXPLAIN_SINGLE_H

#include "analyze/commands/explain_run.h"

/* `run` is a struct explain_run; returns the exit status. */
int explain_single(void *run);

#endif
