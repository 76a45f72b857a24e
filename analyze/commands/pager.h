/* A pager for what goes to a terminal, as git starts one. */
#ifndef MAILWHY_PAGER_H
#define MAILWHY_PAGER_H

#include "analyze/commands/options.h"

/* Where a pager is wanted: fork, and let the child go on with a pipe as its standard output. The parent,
 * which reads no input and enters no sandbox, starts the pager when there is something to be shown, waits for
 * both, and returns true with the exit status. False: go on. */
bool pager_stands_between(const struct options *options, int *status);

#endif
