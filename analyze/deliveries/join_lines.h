/* Lines of events (event_lines.h), joined in the order in which they stand: whoever carried them brought them
 * into it. */
#ifndef MAILWHY_JOIN_LINES_H
#define MAILWHY_JOIN_LINES_H

#include "analyze/deliveries/join.h"
#include "analyze/deliveries/log_options.h"
#include "analyze/deliveries/log_summary.h"

/* Join what stands in these files, to its end (join_end), and note in the summary what was read. */
void join_lines(struct join *join, struct log_summary *summary, GPtrArray *paths,
                const struct log_options *options);

#endif
