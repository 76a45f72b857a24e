/* Marks around what is filled into a sentence: see filled.h. */
#include "parsers/base/filled.h"

#include <string.h>

static bool is_mark(char c) {
    return c == FILLED_OPEN || c == FILLED_CLOSE;
}

static enum filled kind_at(struct slice text, size_t at) {
    static const char kinds[] = {FILLED_STRANGER, FILLED_USER, FILLED_SCRIPT};
    bool is_open = at + 1 < text.len && text.ptr[at] == FILLED_OPEN;
    return is_open && memchr(kinds, text.ptr[at + 1], sizeof kinds) ? (enum filled)text.ptr[at + 1]
                                                                    : FILLED_NOTHING;
}

struct slice filled_mark(struct arena *arena, enum filled kind, struct slice text) {
    if (!text.len)
        return text;
    char *marked = arena_alloc(arena, text.len + 3);
    size_t length = 0;
    marked[length++] = FILLED_OPEN;
    marked[length++] = (char)kind;
    for (size_t i = 0; i < text.len; i++)
        if (!is_mark(text.ptr[i]))
            marked[length++] = text.ptr[i];
    marked[length++] = FILLED_CLOSE;
    return (struct slice){marked, length};
}

bool filled_next(struct slice *rest, struct slice *piece, enum filled *kind) {
    size_t end = 0;
    if (!rest->len)
        return false;
    if ((*kind = kind_at(*rest, 0))) {
        *piece = slice_from(*rest, 2);
        *piece = slice_upto(*piece, slice_find_char(*piece, FILLED_CLOSE));
        *rest = slice_from(*rest, piece->len + 3);
        return true;
    }
    while (end < rest->len && !kind_at(*rest, end))
        end++;
    *piece = slice_upto(*rest, end);
    *rest = slice_from(*rest, end);
    return true;
}

struct slice filled_plain(struct arena *arena, struct slice text) {
    if (slice_find_char(text, FILLED_OPEN) == text.len)
        return text;
    char *plain = arena_alloc(arena, text.len);
    struct slice piece;
    enum filled kind;
    size_t length = 0;
    while (filled_next(&text, &piece, &kind)) {
        if (piece.len)
            memcpy(plain + length, piece.ptr, piece.len);
        length += piece.len;
    }
    return (struct slice){plain, length};
}
