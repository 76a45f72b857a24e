/* What finders write: see redact_scan.h. */
#include "analyze/report/redact_scan.h"

#include <glib.h>

/* Also "mail-rejects": each of its words is one. */
static bool is_readable(const struct scan *s, struct slice word) {
    if (names_is_readable(s->names, word))
        return true;
    for (size_t at = 0; at < word.len;) {
        size_t end = at;
        while (end < word.len && !strchr("-_.+", word.ptr[end]))
            end++;
        struct slice piece = slice_upto(slice_from(word, at), end - at);
        if (piece.len && !names_is_number(piece) && !names_is_readable(s->names, piece))
            return false;
        at = end + 1;
    }
    return true;
}

bool scan_is_peculiar(const struct scan *s, struct slice text) {
    for (size_t at = 0; at < text.len;) {
        size_t length = word_length(slice_from(text, at));
        struct slice word = slice_upto(slice_from(text, at), length);
        if (length && !is_readable(s, word))
            return true;
        at += length ? length : 1;
    }
    return false;
}

void scan_hide(const struct scan *s, enum name_kind kind, struct slice text) {
    char pseudonym[PSEUDONYM_SIZE];
    if (!s->out)
        return;
    names_pseudonym(s->names, kind, text, pseudonym);
    g_string_append(s->out, pseudonym);
}

void scan_hide_name(const struct scan *s, enum name_kind kind, struct slice text) {
    if (!s->out)
        names_add(s->names, kind, text, false);
    scan_hide(s, kind, text);
}

void scan_keep(const struct scan *s, size_t from, size_t to) {
    if (s->out)
        g_string_append_len(s->out, s->text.ptr + from, (gssize)(to - from));
}

bool scan_ends_with(struct slice text, struct slice words) {
    return slice_ends_nocase(text, words) &&
           (text.len == words.len || !is_word_char(text.ptr[text.len - words.len - 1]));
}

bool scan_ends_with_one(struct slice text, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (scan_ends_with(text, slice_of(words[i])))
            return true;
    return false;
}
