/* The values that the command line and the files of the configuration gave, and where each came from. */
#ifndef MAILWHY_CONFIG_VALUES_H
#define MAILWHY_CONFIG_VALUES_H

#include "parsers/base/arena.h"

#include <glib.h>
#include <stdbool.h>

struct option_row;

/* A value that counts. */
struct config_value {
    const struct option_row *row;
    const char *text; /* NULL: an option that takes none was given */
    const char *file; /* NULL: the command line */
    size_t line;
};

/* A file that was looked for. */
struct config_file {
    const char *path;
    bool is_there;
};

struct configuration {
    struct arena arena; /* texts of values and paths: the options point into it */
    GArray *values;     /* struct config_value, those that count more first */
    GArray *files;      /* struct config_file, in the same order */
};

struct configuration *configuration_new(void);
void configuration_free(struct configuration *configuration); /* NULL: nothing */

/* Note what an option of the command line set; before the files are read. */
void configuration_note(struct configuration *configuration, const struct option_row *row, const char *text);

#endif
