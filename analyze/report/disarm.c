/* Links that are none any more: see disarm.h. */
#include "analyze/report/disarm.h"

#include "analyze/report/quotes.h"

#include <glib.h>

/* What may stand in a link, as programs find them in text. */
static bool is_link_char(char c) {
    return ascii_is_alnum(c) || (unsigned char)c >= 0x80 || (c && strchr("-._~:/?#@!$&*+;=%,", c));
}

static bool is_dot(struct slice s, size_t i) {
    return s.ptr[i] == '.' && i && i + 1 < s.len && !ascii_is_space(s.ptr[i - 1]);
}

static bool is_name_char(char c) {
    return ascii_is_alnum(c) || c == '-' || (unsigned char)c >= 0x80;
}

/* Does a top-level domain stand behind the dot at `at`: letters of one case, two or more, or ones beyond
 * ASCII? What ends a sentence without a blank behind it (sent.The) is none. */
static bool begins_top(struct slice s, size_t at) {
    size_t lower = 0;
    size_t upper = 0;
    size_t other = 0;
    size_t i = at + 1;
    for (; i < s.len && is_name_char(s.ptr[i]); i++) {
        lower += g_ascii_islower(s.ptr[i]) != 0;
        upper += g_ascii_isupper(s.ptr[i]) != 0;
        other += (unsigned char)s.ptr[i] >= 0x80;
    }
    size_t length = i - at - 1;
    return length >= 2 && (other || lower == length || upper == length ||
                           (lower && slice_starts_nocase(slice_from(s, at + 1), SLICE("xn--"))));
}

/* Is it something that a program could take for a link? An address of a mailbox, and no more, is left. */
static bool is_like_link(struct slice word) {
    size_t slash = slice_find(word, SLICE("://"));
    bool has_scheme = slash < word.len;
    bool has_at = slice_find_char(word, '@') < word.len;
    bool has_path = slice_find_char(word, '/') < word.len;
    if (has_scheme || slice_starts_nocase(word, SLICE("www.")) || slice_starts_nocase(word, SLICE("mailto:")))
        return true;
    for (size_t i = 1; i < word.len && (!has_at || has_path); i++)
        if (is_dot(word, i) && is_name_char(word.ptr[i - 1]) && begins_top(word, i))
            return true;
    return false;
}

static void append_disarmed(GString *out, struct slice word) {
    for (size_t i = 0; i < word.len; i++)
        if (is_dot(word, i) || (word.ptr[i] == ':' && i + 1 < word.len && !ascii_is_digit(word.ptr[i + 1])))
            g_string_append_printf(out, "[%c]", word.ptr[i]);
        else
            g_string_append_c(out, word.ptr[i]);
}

static struct slice disarm_links(struct slice text, struct arena *arena) {
    g_autoptr(GString) out = g_string_sized_new(text.len);
    bool is_changed = false;
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (end < text.len && is_link_char(text.ptr[end]))
            end++;
        struct slice word = slice_upto(slice_from(text, at), end - at);
        if (word.len && is_like_link(word)) {
            append_disarmed(out, word);
            is_changed = true;
        } else {
            g_string_append_len(out, word.ptr, (gssize)word.len);
        }
        if (end < text.len)
            g_string_append_c(out, text.ptr[end++]);
        at = end;
    }
    return is_changed ? arena_copy(arena, (struct slice){out->str, out->len}) : text;
}

/* “ and ” stand around what a stranger said: within it they would seem to end it. */
struct slice disarm(struct slice text, struct arena *arena) {
    return disarm_links(quotes_plain(text, arena), arena);
}
