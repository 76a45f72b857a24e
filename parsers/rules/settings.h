/* A file of settings: `name: value` lines, or lists of values, as the configuration has them. What names and
 * values mean is up to who asked. */
#ifndef MAILWHY_SETTINGS_H
#define MAILWHY_SETTINGS_H

#include "parsers/base/arena.h"
#include "parsers/base/file_errors.h"
#include "parsers/base/module.h"

/* A name or a value, and where it stands. */
struct setting_text {
    const char *text;
    struct file_place place;
};

struct setting {
    struct setting_text name;
    const struct setting_text *values;
    size_t count;
    bool is_list; /* it was written as one */
};

struct settings {
    const struct setting *items;
    size_t count;
};

/* Read a file's bytes; names and texts are in the arena. What is wrong goes to the errors: no YAML, no
 * `name: value` lines, a name that stands twice, a value that is neither a text nor a list of texts, or
 * empty. The settings are those that are right. */
void settings_read(struct settings *settings, const char *file, struct slice bytes, struct arena *arena,
                   struct file_errors *errors) IN_MODULE;

#endif
