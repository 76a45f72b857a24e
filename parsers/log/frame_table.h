/* Tables (CSV) of which a column holds the lines: what Splunk and others export. */
#ifndef MAILWHY_LOG_FRAME_TABLE_H
#define MAILWHY_LOG_FRAME_TABLE_H

#include "parsers/log/frame_kind.h"

/* What the first line of the file says; the header must stand as long as the columns are used. */
void frame_columns_find(struct frame_columns *columns, struct slice header, struct arena *arena);

frame_take_one frame_table_take;

#endif
