/* Logs that are tables: CSV (RFC 4180) parted by ',', ';', tabs or '|', W3C's extended log file format,
 * parted by blanks, and tables of PowerShell, whose columns stand below dashes. The first lines of the file
 * name the columns. */
#ifndef MAILWHY_LOG_TABLE_H
#define MAILWHY_LOG_TABLE_H

#include "parsers/base/json_nodes.h"

#define LIMIT_COLUMNS 96 /* that are read */

struct table {
    char separator; /* '\0': the columns begin at `starts`; ' ': W3C's, where '-' is empty and '+' a blank */
    size_t count;
    struct slice names[LIMIT_COLUMNS];
    size_t starts[LIMIT_COLUMNS]; /* in characters */
    unsigned unclosed;            /* rows of the chunk whose quotes were not closed */
};

/* The columns that a line names, parted by `separator`. */
void table_read_names(struct table *table, struct slice line, char separator, struct arena *arena);

/* The columns that a line names above another one of dashes; false: it is none. */
bool table_read_dashes(struct table *table, struct slice line, struct slice dashes);

/* A row as an object of strings, of which each has the name of its column; cells without quotes inside point
 * into `text`, the others into `arena`. W3C's: a '+' in angle brackets is one, and quotes are nothing. */
void table_row(const struct table *table, struct slice text, struct json_nodes *nodes, struct arena *arena);

/* The length of a row whose first line has `len` bytes, without its last line end: cells in quotes may hold
 * line ends. Where quotes are not closed in LIMIT_ROW bytes, or in none, it is that line. */
#define LIMIT_ROW ((size_t)256 << 10)
size_t table_row_length(struct table *table, struct slice rest, size_t len);

#endif
