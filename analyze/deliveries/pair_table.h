/* Which sender gets through to which provider, and which does not: the pairs of a log's tables. */
#ifndef MAILWHY_PAIR_TABLE_H
#define MAILWHY_PAIR_TABLE_H

#include "analyze/deliveries/table_rows.h"

/* Make `pairs` of the tables, those first whose sender meets what another does not. */
void log_pairs_build(struct log_tables *tables, const struct totals *totals, struct arena *arena);

#endif
