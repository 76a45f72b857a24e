/* Where the errors of a file that somebody wrote go (rules, DNS snapshots), for people: file:line:column,
 * what is wrong, the line itself. */
#ifndef MAILWHY_FILE_ERRORS_H
#define MAILWHY_FILE_ERRORS_H

#include <stdio.h>

struct file_errors {
    FILE *out; /* NULL: they are only counted (by the reader of snapshots; the loader of rules wants one) */
    unsigned count;
};

#endif
