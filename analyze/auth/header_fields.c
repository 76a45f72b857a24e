/* A header as an array: see header_fields.h. */
#include "analyze/auth/header_fields.h"
#include "parsers/message/field.h"

void header_split(struct header_fields *all, struct slice header, struct arena *arena) {
    struct field field;
    struct slice rest = header;
    size_t count = 0;
    while (count < MOST_OF_FIELDS && field_next(&rest, &field))
        count++;
    *all = (struct header_fields){arena_alloc(arena, (count + 1) * sizeof(struct field)), 0};
    while (all->count < count && field_next(&header, &field))
        all->fields[all->count++] = field;
}
