/* Steps of reading logs that stand alone (docs/decisions/0011-stages.md): what they read and write in place
 * of logs and reports. */
#ifndef MAILWHY_LOG_STAGES_H
#define MAILWHY_LOG_STAGES_H

#include "analyze/log_writing.h"

/* Read the logs, or the pieces of them that are asked for, one behind the other; and write what these steps
 * write of each. */
void log_read_all(struct writing_log *writing, const struct log_options *log);

/* Some events are there: log_options.emitted. */
void log_pass_events(void *writing);

/* Read what was counted. */
void log_read_counted(struct writing_log *writing);

/* Write what the next step takes in place of a report, behind all that was written already. */
void log_write_counted(struct writing_log *writing);

#endif
