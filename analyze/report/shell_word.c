/* Words for a shell: see shell_word.h. */
#include "analyze/report/shell_word.h"

#include <string.h>

static bool is_plain(char c) {
    return ascii_is_alnum(c) || strchr("._/+-@,:=%#", c);
}

bool shell_word(GString *out, struct slice word) {
    bool needs_quotes = word.len && word.ptr[0] == '#';
    for (size_t i = 0; i < word.len; i++) {
        unsigned char c = (unsigned char)word.ptr[i];
        if (c < 0x20 || c == 0x7f)
            return false;
        needs_quotes |= !is_plain(word.ptr[i]);
    }
    if (!word.len || word.ptr[0] == '-' || slice_find(word, SLICE("<U+")) < word.len)
        return false;
    if (!needs_quotes) {
        g_string_append_len(out, word.ptr, (gssize)word.len);
        return true;
    }
    g_autofree char *text = g_strndup(word.ptr, word.len);
    g_autofree char *quoted = g_shell_quote(text);
    g_string_append(out, quoted);
    return true;
}
