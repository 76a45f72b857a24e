/* Where the errors of a file that somebody wrote go (rules, configuration, DNS snapshots), for people:
 * file:line:column, what is wrong, the line itself. */
#ifndef MAILWHY_FILE_ERRORS_H
#define MAILWHY_FILE_ERRORS_H

#include "parsers/base/slice.h"

#include <stdbool.h>
#include <stdio.h>

#define LIMIT_FILE_ERRORS 100 /* that are shown */

struct file_errors {
    FILE *out; /* NULL: they are only counted (by the reader of snapshots; the loader of rules wants one) */
    unsigned count;
};

/* Where something stands in a file; both are counted from 1. */
struct file_place {
    size_t line, column;
};

/* Counts an error. Is it to be shown? Of the first that is not, it is told that more follow. */
bool file_errors_add(struct file_errors *errors);

/* Counts and shows an error at a place of a file with these bytes, and that line with a mark below. */
void file_errors_at(struct file_errors *errors, const char *name, struct slice bytes, struct file_place place,
                    const char *what);

#endif
