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

struct slice header_value(const struct header_fields *all, const char *name) {
    for (size_t i = 0; i < all->count; i++)
        if (slice_equal_nocase(all->fields[i].name, slice_of(name)))
            return slice_trim(all->fields[i].raw);
    return SLICE_EMPTY;
}
