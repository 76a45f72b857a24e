/* Skeletons of rules: see rule_skeleton.h. */
#include "analyze/commands/rule_skeleton.h"

void reply_append_codes(GString *out, const struct reply *reply) {
    char status[ENHANCED_TEXT_SIZE];
    if (reply->code)
        g_string_append_printf(out, "%d ", reply->code);
    if (reply->enhanced[0])
        g_string_append_printf(out, "%.*s ", S(enhanced_write(reply->enhanced, status)));
}

static bool is_name_char(char c) {
    return ascii_is_alnum(c) || (c && strchr("._-@+=%", c));
}

/* What varies in a word: addresses, host names, numbers, ids. */
static const char *variable_kind(struct slice word) {
    size_t digits = 0;
    for (size_t i = 0; i < word.len; i++)
        digits += ascii_is_digit(word.ptr[i]);
    if (slice_find_char(word, '@') < word.len)
        return "ADDRESS";
    if (slice_starts_nocase(word, SLICE("http")))
        return "URL";
    if (digits * 2 > word.len || (digits >= 3 && word.len > 8))
        return "ID";
    size_t dot = slice_find_char(word, '.');
    return dot > 0 && dot + 2 < word.len && ascii_is_alpha(word.ptr[dot + 1]) ? "HOST" : NULL;
}

char *reply_shape(struct slice text) {
    GString *out = g_string_new(NULL);
    while (text.len) {
        size_t n = 0;
        while (n < text.len && is_name_char(text.ptr[n]))
            n++;
        const char *kind = variable_kind(slice_upto(text, n));
        if (kind)
            g_string_append(out, kind);
        else
            g_string_append_len(out, text.ptr, (gssize)MAX(n, 1));
        text = slice_from(text, MAX(n, 1));
    }
    return g_string_free(out, FALSE);
}

void yaml_quote(GString *out, const char *text) {
    g_string_append_c(out, '\'');
    for (; *text; text++)
        g_string_append_len(out, *text == '\'' ? "''" : text, *text == '\'' ? 2 : 1);
    g_string_append_c(out, '\'');
}

/* Does something in a word vary? */
static bool varies(struct slice word) {
    while (word.len) {
        size_t n = 0;
        while (n < word.len && is_name_char(word.ptr[n]))
            n++;
        if (variable_kind(slice_upto(word, n)))
            return true;
        word = slice_from(word, MAX(n, 1));
    }
    return false;
}

/* Blanks stay as they are. */
char *reply_pattern(struct slice words) {
    GString *out = g_string_new(NULL);
    for (size_t end; words.len; words = slice_from(words, end + 1)) {
        end = slice_find_char(words, ' ');
        struct slice word = slice_upto(words, end);
        g_autofree char *escaped = g_regex_escape_string(word.len ? word.ptr : "", (gint)word.len);
        g_string_append(out, varies(word) ? "\\S+" : escaped);
        if (end < words.len)
            g_string_append_c(out, ' ');
    }
    return g_string_free(out, FALSE);
}
