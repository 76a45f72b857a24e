/* Where the errors of a file that somebody wrote go (rules, DNS snapshots), for people: file:line:column,
 * what is wrong, the line itself. */
#ifndef MAILWHY_FILE_ERRORS_H
#define MAILWHY_FILE_ERRORS_H

#include <stdbool.h>
#include <stdio.h>

#define LIMIT_FILE_ERRORS 100 /* that are shown */

struct file_errors {
    FILE *out; /* NULL: they are only counted (by the reader of snapshots; the loader of rules wants one) */
    unsigned count;
};

/* Counts an error. Is it to be shown? Of the first that is not, it is told that more follow. */
bool file_errors_add(struct file_errors *errors);

#endif
