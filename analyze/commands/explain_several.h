/* Several inputs, or a mailbox, which a crew of processes reads. */
#ifndef MAILWHY_EXPLAIN_SEVERAL_H
#define MAILWHY_EXPLAIN_SEVERAL_H

#include "analyze/commands/explain_run.h"

/* Returns the exit status. */
int explain_several(struct explain_run *run);

#endif
