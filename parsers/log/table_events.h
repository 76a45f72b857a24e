/* Events of a row of a table. */
#ifndef MAILWHY_LOG_TABLE_EVENTS_H
#define MAILWHY_LOG_TABLE_EVENTS_H

#include "parsers/log/log_facts.h"

/* A message with one try for each recipient of a row (they are parted by ';'); a try that is final closes it.
 * The queue id is made of the row's id and the recipient. */
void table_attempt(struct log_facts *facts, const struct log_line *line, const struct slice cells[COLUMNS],
                   enum log_status status);

#endif
