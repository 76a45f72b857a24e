/* Where reports go: standard output, a file that is written whole or not at all, or a device or pipe. */
#ifndef MAILWHY_OUTPUT_H
#define MAILWHY_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct output {
    FILE *file;
    char *path;      /* NULL for standard output */
    char *temporary; /* becomes the file when all is written; NULL for what is no file */
};

/* `path`: NULL or "-" for standard output. What goes wrong is said on standard error. */
bool output_open(struct output *output, const char *path);
void output_write(void *output, const char *bytes, size_t length); /* a mailwhy_sink */
bool output_close(struct output *output); /* false: nothing, or not all, could be written */

/* Open, write, close: false as above. */
bool output_whole(const char *path, const char *bytes, size_t length);

#endif
