/* Texts in the normal form KC: see redact_plain.h. GLib puts a letter and its mark together by moving all
 * that stands behind them, so a text is given to it in pieces. */
#include "analyze/report/redact_plain.h"

#include <glib.h>

#define PIECE                                                                                                \
    1024 /* bytes, from which on it ends before the next letter that nothing joins to what is before */
#define MOST 4096 /* and from which on before any */

/* Does it begin with a mark, or with a vowel or the end of a Korean syllable (Unicode 3.12), which become one
 * with what stands before? */
static bool may_join(gunichar c) {
    gunichar first;
    g_unichar_fully_decompose(c, TRUE, &first, 1);
    return g_unichar_ismark(first) || g_unichar_combining_class(first) ||
           (first >= 0x1160 && first <= 0x11ff);
}

static struct slice take_piece(struct slice *text) {
    const char *end = text->ptr + text->len;
    const char *at = text->ptr;
    while (at < end) {
        size_t length = (size_t)(at - text->ptr);
        if (length >= MOST || (length >= PIECE && !may_join(g_utf8_get_char(at))))
            break;
        at = g_utf8_next_char(at);
    }
    struct slice piece = slice_upto(*text, (size_t)(at - text->ptr));
    *text = slice_from(*text, piece.len);
    return piece;
}

struct slice redact_plain(struct slice text, struct arena *arena) {
    if (slice_is_ascii(text))
        return text;
    g_autoptr(GString) plain = g_string_sized_new(text.len);
    while (text.len) {
        struct slice piece = take_piece(&text);
        g_autofree char *normal = g_utf8_normalize(piece.ptr, (gssize)piece.len, G_NORMALIZE_NFKC);
        if (normal)
            g_string_append(plain, normal);
        else
            g_string_append_len(plain, piece.ptr, (gssize)piece.len);
    }
    return arena_copy(arena, (struct slice){plain->str, plain->len});
}
