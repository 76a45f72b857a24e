/* The inputs that a command line names. */
#ifndef MAILWHY_INPUTS_H
#define MAILWHY_INPUTS_H

#include "analyze/commands/options.h"

/* Append all files (char *, owned by the list), with folders opened; "-" for standard input, also when
 * nothing is named. A file that is not there is listed too: who opens it says so. */
void inputs_list(const struct options *options, GPtrArray *paths);

/* Does each of them (at least one) begin as a mail log does? */
bool inputs_are_logs(const GPtrArray *paths);

#endif
