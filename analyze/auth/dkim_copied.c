/* Copies of fields in a signature: see dkim_copied.h. */
#include "analyze/auth/dkim_copied.h"

#include "parsers/base/text.h"
#include "parsers/dns/tags.h"

#include <glib.h>

/* dkim-quoted-printable (RFC 6376 section 2.11): blanks stand for nothing. */
static struct slice decoded(struct slice text, struct arena *arena) {
    char *out = arena_alloc(arena, text.len + 1);
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        int high = text.ptr[i] == '=' && i + 2 < text.len ? g_ascii_xdigit_value(text.ptr[i + 1]) : -1;
        int low = high >= 0 ? g_ascii_xdigit_value(text.ptr[i + 2]) : -1;
        if (low >= 0) {
            out[count++] = (char)(unsigned char)(high * 16 + low);
            i += 2;
        } else if (!ascii_is_space(text.ptr[i])) {
            out[count++] = text.ptr[i];
        }
    }
    return (struct slice){out, count};
}

struct slice dkim_copied(struct slice signature, struct slice name, struct arena *arena) {
    struct slice rest = tag_find(signature, SLICE("z"));
    while (rest.len) {
        struct slice one = slice_upto(rest, slice_find_char(rest, '|'));
        size_t colon = slice_find_char(one, ':');
        rest = slice_from(rest, one.len + 1);
        if (colon < one.len && slice_equal_nocase(slice_trim(slice_upto(one, colon)), name))
            return slice_trim(decoded(slice_from(one, colon + 1), arena));
    }
    return SLICE_EMPTY;
}
