/* Texts behind their lengths: see packed.h. */
#include "parsers/base/packed.h"

#include <stdint.h>
#include <string.h>

void packed_put(GString *out, struct slice text) {
    uint64_t length = text.len;
    g_string_append_len(out, (const char *)&length, sizeof length);
    if (text.len)
        g_string_append_len(out, text.ptr, (gssize)text.len);
}

bool packed_take_bytes(struct slice *bytes, void *into, size_t length) {
    if (bytes->len < length)
        return false;
    memcpy(into, bytes->ptr, length);
    *bytes = slice_from(*bytes, length);
    return true;
}

bool packed_take(struct slice *bytes, struct slice *text) {
    uint64_t length;
    struct slice rest = *bytes;
    if (!packed_take_bytes(&rest, &length, sizeof length) || length > rest.len)
        return false;
    *text = slice_upto(rest, length);
    *bytes = slice_from(rest, length);
    return true;
}

bool packed_take_all(struct slice *bytes, struct slice *texts, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!packed_take(bytes, &texts[i]))
            return false;
    return true;
}
