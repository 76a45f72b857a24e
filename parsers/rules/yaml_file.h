/* A file that people write (rules, the configuration) as a tree of YAML, with errors that say where. For
 * units of MODULE_YAML (module.h): libyaml's types are those of its interface. */
#ifndef MAILWHY_YAML_FILE_H
#define MAILWHY_YAML_FILE_H

#include "parsers/base/arena.h"
#include "parsers/base/file_errors.h"

#include <yaml.h>

#define LIMIT_ALIASES 16 /* times the length of a file, with what its aliases name */

struct yaml_file {
    struct arena *arena; /* takes the texts */
    struct file_errors *errors;
    const char *name;   /* of the file that is read, in the arena; this and the rest: by yaml_file_read */
    struct slice bytes; /* until yaml_file_read returns */
    yaml_document_t document; /* the same */
    size_t left;              /* bytes that may still be loaded: aliases load what they name anew */
    bool is_too_large;
};

/* Read the first document and hand over its root, if it has one. What is wrong goes to the errors. */
void yaml_file_read(struct yaml_file *file, const char *name, struct slice bytes,
                    void (*take)(void *context, yaml_node_t *root), void *context);

/* Say what is wrong, and where. */
void yaml_file_error(struct yaml_file *file, yaml_mark_t mark, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Is there room for `size` more bytes of this file? */
bool yaml_file_takes(struct yaml_file *file, yaml_node_t *node, size_t size);

/* The text of a scalar; of anything else an error, and "". */
const char *yaml_file_string(struct yaml_file *file, yaml_node_t *node);

/* How many items a list has, and each of them; a single value counts as a list of one. 0 once the file has
 * become too large. */
size_t yaml_file_length(const struct yaml_file *file, yaml_node_t *node);
yaml_node_t *yaml_file_item(struct yaml_file *file, yaml_node_t *node, size_t i);

#endif
