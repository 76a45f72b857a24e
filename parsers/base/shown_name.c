/* Names in messages: see shown_name.h. */
#include "parsers/base/shown_name.h"

#include "parsers/base/visible.h"

#include <glib.h>

char *shown_name(const char *name) {
    struct arena arena = {0};
    struct slice clean = text_visible(&arena, slice_trim(slice_of(name)), VISIBLE_LINE);
    char *copy = g_strndup(clean.len ? clean.ptr : "", clean.len);
    arena_free(&arena);
    return copy;
}
