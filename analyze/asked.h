/* What callers ask for, before it is done: what would be of no use, or cannot be. The program's options have
 * the same limits. */
#ifndef MAILWHY_ASKED_H
#define MAILWHY_ASKED_H

#include "parsers/base/slice.h"

#include <stddef.h>

#define MOST_JOBS   1024
#define MOST_ROWS   100000
#define LEAST_WIDTH 40
#define MOST_WIDTH  400
#define FIRST_YEAR  1970
#define LAST_YEAR   9998

#define LACKS_AN_ENTRY "a list has fewer entries than was said"
#define LACKS_BYTES    "a length stands beside no bytes"

/* Has a list all entries that it is said to have? */
bool asked_list_is_whole(const char *const *list, size_t count);
/* Are there bytes where there is a length? */
bool asked_bytes_are_whole(struct slice bytes);

/* "what: text", the text clean; to be freed. */
char *asked_about(const char *what, const char *text);
/* The same of the first entry that is not valid; NULL: all are. */
char *asked_entry_fault(const char *what, const char *const *list, size_t count,
                        bool (*is_valid)(const char *entry));

#endif
