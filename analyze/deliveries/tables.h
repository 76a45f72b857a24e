/* The tables of a log's report: what was counted, sorted by what matters most. */
#ifndef MAILWHY_TABLES_H
#define MAILWHY_TABLES_H

#include "analyze/deliveries/table_rows.h"

/* Sort what was counted; names, problems, notes, matcher, zones and top are the caller's. Everything is
 * allocated from `arena`. */
void log_tables_build(struct log_tables *tables, const struct log_summary *summary, struct arena *arena);

#endif
