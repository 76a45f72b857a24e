/* The fields of header blocks (RFC 5322 section 2.2), and of groups of fields as in message/delivery-status
 * (RFC 3464). */
#ifndef MAILWHY_FIELD_H
#define MAILWHY_FIELD_H

#include "parsers/base/arena.h"

struct field {
    struct slice name;
    struct slice raw; /* with its folding */
};

/* Take the next field off `rest`. Lines that are no field are passed over; at a blank line it
 * returns false and leaves `rest` behind that line. */
bool field_next(struct slice *rest, struct field *field);

/* The unfolded, trimmed value; cleaned of control characters. */
struct slice field_value(struct arena *arena, struct field field);

/* The first field of that name in a header block; an empty raw slice when there is none. */
struct field field_find(struct slice header, struct slice name);

/* A header block that is asked for more than one field, or read more than once: the first ones, which may be
 * none, and what is behind them. */
struct listed_field {
    struct field field;
    const struct listed_field *next;
};
struct field_list {
    const struct listed_field *first;
    struct slice rest;
};
struct field_list field_list_read(struct arena *arena, struct slice header);

/* Take the next field off what is left of it, as field_next does. */
bool field_list_next(struct field_list *left, struct field *field);
struct field field_list_find(const struct field_list *list, struct slice name);

#endif
