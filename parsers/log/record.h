/* Records of exports: names and values, whatever they were written as (JSON, a row of a table, a list). All
 * are nodes as json_nodes.h has them: an object whose members are strings, or more than that. */
#ifndef MAILWHY_LOG_RECORD_H
#define MAILWHY_LOG_RECORD_H

#include "parsers/base/json_nodes.h"

#define LIMIT_NAME_STEPS 6 /* names inside each other */

/* A name as rules write it: "a.b", or "a[].b", which is b of each element of the list a. */
struct record_name {
    struct slice steps[LIMIT_NAME_STEPS];
    unsigned count;
    unsigned list;   /* "[]" stands behind that many of the steps; 0: nowhere */
    bool has_second; /* the name behind it in its list is the second of "a+b", whose values stand side by side
                      */
};

/* Returns false when it has more steps than LIMIT_NAME_STEPS, or an empty one. */
bool record_name_parse(struct record_name *name, const char *text);

/* Are these the same name? Case, '-', '_' and blanks do not count. */
bool record_names_agree(struct slice a, struct slice b);

/* The node under the steps `from` to `to` of a name inside of the node `base`; 0: there is none. */
size_t record_find(const struct json_nodes *nodes, size_t base, const struct record_name *name, unsigned from,
                   unsigned to);

/* What stands in the braces that are around the whole text; the text, where there are none. */
struct slice record_unbraced(struct slice text);

/* The pieces of a value: of a list its elements, of a text what is parted by ';', in braces (as PowerShell
 * shows lists) also by ',', outside of brackets, braces and
 * quotes; of a text that is nothing but addresses each. */
struct record_pieces {
    struct slice *items; /* in the arena */
    size_t count;
};
struct record_pieces record_split(const struct json_nodes *nodes, size_t value, struct arena *arena);

#endif
