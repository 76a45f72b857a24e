/* The inputs that a command line names. */
#ifndef MAILWHY_EXPLAIN_INPUTS_H
#define MAILWHY_EXPLAIN_INPUTS_H

#include "analyze/commands/options.h"

/* All files, with folders opened; "-" for standard input, also when nothing is named. */
int inputs_list(const struct options *options, GPtrArray *paths);

#endif
