/* A header as an array of its fields, for what looks at them from below and again and again. */
#ifndef MAILWHY_HEADER_FIELDS_H
#define MAILWHY_HEADER_FIELDS_H

#include "parsers/message/field.h"
#include "parsers/message/message.h"

#define MOST_OF_FIELDS 20000 /* of one header; nobody signs those below */

struct header_fields {
    struct field *fields; /* in their order; there is room for one more */
    size_t count;
};

/* The slices point into `header`. */
void header_split(struct header_fields *all, struct slice header, struct arena *arena);

/* The value of the first of that name, in any case; empty: there is none. */
struct slice header_value(const struct header_fields *all, const char *name);

#endif
