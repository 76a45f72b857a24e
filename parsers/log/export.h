/* Records of exports in the lines of a log, whose kinds are rules: JSON, rows of tables, lists. */
#ifndef MAILWHY_LOG_EXPORT_H
#define MAILWHY_LOG_EXPORT_H

#include "parsers/log/log_facts.h"

void export_free(struct log_facts *facts);

/* Another chunk begins: what do the first lines of the file say that it is? */
void export_begin(struct log_facts *facts);

/* May it be longer than its first line, which begins with this byte? */
static inline bool export_may_go_on(const struct log_facts *facts, char first) {
    return facts->has_rows || first == '{' || first == '[' || first == ' ';
}

/* How long the record is that begins with a line of `len` bytes at the start of `rest`: longer than the line,
 * where it is JSON of several lines, or a row of a table with line ends between quotes. */
size_t export_record_length(struct log_facts *facts, struct slice rest, size_t len);

/* The chunk ends: what a list said last becomes events. */
void export_end(struct log_facts *facts);

#endif
