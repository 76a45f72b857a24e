/* Lists of tags: see tags.h. */
#include "parsers/dns/tags.h"

bool tag_next(struct slice *rest, struct tag *tag, bool *is_wrong) {
    while (rest->len) {
        struct slice piece = slice_upto(*rest, slice_find_char(*rest, ';'));
        *rest = slice_from(*rest, piece.len + 1);
        size_t equals = slice_find_char(piece, '=');
        if (equals < piece.len) {
            tag->name = slice_trim(slice_upto(piece, equals));
            tag->value = slice_trim(slice_from(piece, equals + 1));
            return true;
        }
        *is_wrong |= slice_trim(piece).len > 0;
    }
    return false;
}

struct slice tag_find(struct slice text, struct slice name) {
    struct tag tag;
    bool is_wrong = false;
    while (tag_next(&text, &tag, &is_wrong))
        if (slice_equal(tag.name, name))
            return tag.value.len ? tag.value : SLICE("");
    return SLICE_EMPTY;
}

bool tag_holds(struct slice list, char separator, struct slice word) {
    while (list.len) {
        struct slice item = slice_upto(list, slice_find_char(list, separator));
        list = slice_from(list, item.len + 1);
        if (slice_equal_nocase(slice_trim(item), word))
            return true;
    }
    return false;
}

static int digit_of(char c) {
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (ascii_is_digit(c))
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool tag_base64(struct arena *arena, struct slice value, struct slice *bytes) {
    unsigned char *out = arena_alloc(arena, value.len + 1);
    size_t used = 0;
    size_t digits = 0;
    size_t signs = 0;
    unsigned held = 0;
    bool is_ok = true;
    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];
        int digit = digit_of(c);
        signs += c == '=';
        if (ascii_is_space(c) || c == '=')
            continue;
        is_ok &= digit >= 0 && signs == 0;
        held = held << 6 | (unsigned)(digit & 63);
        if (++digits % 4 != 1)
            out[used++] = (unsigned char)(held >> (6 - 2 * ((digits - 1) % 4)));
    }
    *bytes = (struct slice){(const char *)out, used};
    return is_ok && digits % 4 != 1 && signs <= 2;
}
