/* When it was: the bars of a log's timeline, and the hours of the day. */
#ifndef MAILWHY_BAR_TABLE_H
#define MAILWHY_BAR_TABLE_H

#include "analyze/deliveries/table_rows.h"

/* Make `bars` and `hours` of the tables, by the clock of their zone. */
void log_bars_build(struct log_tables *tables, const struct totals *totals, struct arena *arena);

#endif
