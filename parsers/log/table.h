/* Logs that are tables: CSV (RFC 4180, but a cell holds no line end), whose first lines name the columns. */
#ifndef MAILWHY_LOG_TABLE_H
#define MAILWHY_LOG_TABLE_H

#include "parsers/base/arena.h"

enum column {
    COLUMN_NONE,
    COLUMN_TIME,
    COLUMN_EVENT,
    COLUMN_SENDER,
    COLUMN_RECIPIENT,
    COLUMN_STATUS,
    COLUMN_REPLY,
    COLUMN_RELAY,
    COLUMN_RELAY_IP,
    COLUMN_MESSAGE_ID,
    COLUMN_ID,
    COLUMN_SIZE,
    COLUMNS
};

/* How a kind of table names its columns. A list of these ends with a NULL name; the table is known by the
 * first of them. */
struct column_name {
    const char *name;
    enum column column;
};

struct table {
    struct slice header;       /* the first lines of the file */
    unsigned char columns[64]; /* what each column holds: enum column */
    const struct column_name
        *names; /* of the kind of table that the file is; NULL: none that was asked for */
    const struct column_name *asked[16]; /* kinds that the header was held against; it is, once each */
    unsigned asked_count;
};

/* Another chunk begins: find out anew what table the file is. */
void table_begin(struct table *table);

/* Does the header say that the file is this kind of table? Then the line's cells; those without quotes inside
 * point into `text`, the others into `arena`. */
bool table_row(struct table *table, const struct column_name *names, struct slice text, struct arena *arena,
               struct slice cells[COLUMNS]);

#endif
