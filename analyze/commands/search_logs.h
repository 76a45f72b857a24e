/* `--log FILE`: what the inputs are about, looked up in logs. */
#ifndef MAILWHY_SEARCH_LOGS_H
#define MAILWHY_SEARCH_LOGS_H

#include "analyze/commands/inputs.h"

/* Look up in the logs of --log what the inputs are about, and append to `stories` what was found, for
 * stories_read. Inputs and logs are read by processes in a sandbox; inputs that come through a pipe are kept
 * for another reading. Returns an exit status. */
int search_logs(const struct options *options, struct mailwhy *why, struct inputs *inputs, GString *stories);

#endif
