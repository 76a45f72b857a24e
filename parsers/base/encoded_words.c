/* Counting encoded words: see encoded_words.h. Line ends within a word are passed over, as GMime removes them
 * before it looks for words. */
#include "parsers/base/encoded_words.h"

static bool is_line_end(char c) {
    return c == '\r' || c == '\n';
}

/* The offset of the next byte at or behind `at` that is no line end. */
static size_t past_line_ends(struct slice s, size_t at) {
    while (at < s.len && is_line_end(s.ptr[at]))
        at++;
    return at;
}

static bool is_encoding(char c) {
    return c == 'b' || c == 'B' || c == 'q' || c == 'Q';
}

/* Does the word whose character set begins here end, or prove to be none, within the limit? */
static bool has_end(struct slice s) {
    s = slice_upto(s, LIMIT_WORD);
    size_t mark = slice_find_char(s, '?');
    size_t encoding = past_line_ends(s, mark + 1);
    size_t second = past_line_ends(s, encoding + 1);
    if (second >= s.len)
        return false;
    if (!is_encoding(s.ptr[encoding]) || s.ptr[second] != '?')
        return true;
    for (size_t i = second + 1; i < s.len; i++)
        if (s.ptr[i] == '?') {
            size_t next = past_line_ends(s, i + 1);
            if (next < s.len && s.ptr[next] == '=')
                return true;
        }
    return false;
}

size_t encoded_words_within(struct slice value) {
    size_t words = 0;
    size_t broken = 0;
    for (size_t at = 0; at < value.len; at++) {
        at += slice_find_char(slice_from(value, at), '=');
        size_t mark = past_line_ends(value, at + 1);
        if (mark >= value.len || value.ptr[mark] != '?')
            continue;
        words++;
        broken += !has_end(slice_from(value, mark + 1));
        if (words > LIMIT_ENCODED_WORDS || broken > LIMIT_BROKEN_WORDS)
            return at;
    }
    return value.len;
}
