/* Reading logs on several threads: lines to events, events to deliveries, deliveries to totals. The result is
 * the same for any number of threads. */
#ifndef MAILWHY_RUN_H
#define MAILWHY_RUN_H

#include "analyze/deliveries/log_options.h"
#include "analyze/deliveries/log_summary.h"

/* Read the logs (`paths` may hold "-"). The judge is asked from several threads. */
void log_run(struct log_summary *summary, GPtrArray *paths, const struct log_options *options);

/* The same in steps: logs are read into one summary one behind the other, each as if it was read alone. */
void log_run_begin(struct log_summary *summary, const struct log_options *options);
void log_run_read(struct log_summary *summary, GPtrArray *paths, const struct log_options *options);
void log_run_end(struct log_summary *summary, const struct log_options *options);

#endif
