/* `--log FILE`: what the inputs are about, looked up in logs. */
#ifndef MAILWHY_SEARCH_LOGS_H
#define MAILWHY_SEARCH_LOGS_H

#include "analyze/commands/inputs.h"
#include "analyze/deliveries/search.h"

/* Look up in the logs of --log what the inputs are about, and tell `why` of it. Returns an exit status;
 * *search is to be freed when the inputs have been explained. */
int search_logs(const struct options *options, struct mailwhy *why, const struct inputs *inputs,
                struct log_search *search);

#endif
