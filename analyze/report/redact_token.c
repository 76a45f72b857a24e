/* Words that no person chose: see redact_token.h. */
#include "analyze/report/redact_token.h"

#include <glib.h>

#define LEAST_HEXADECIMAL 12
#define LEAST_DIGITS      4 /* of these */
#define LEAST_WORD        3 /* letters: fewer are no word */

static bool is_joint(char c) {
    return c && strchr("-_.+/=~", c);
}

/* From lower to upper; InternalId has one. */
static size_t case_changes(struct slice word) {
    size_t changes = 0;
    for (size_t i = 1; i < word.len; i++)
        changes += g_ascii_islower(word.ptr[i - 1]) && g_ascii_isupper(word.ptr[i]);
    return changes;
}

bool token_has_mixed_case(struct slice word) {
    return case_changes(word) > 0;
}

/* Letters alone, not all of them hexadecimal digits. */
static bool is_word(struct slice part) {
    bool is_hexadecimal = true;
    for (size_t i = 0; i < part.len; i++) {
        if (!ascii_is_alpha(part.ptr[i]))
            return false;
        is_hexadecimal &= g_ascii_isxdigit(part.ptr[i]) != 0;
    }
    return part.len >= LEAST_WORD && !is_hexadecimal && case_changes(part) < 2;
}

bool token_is_random(struct slice word, size_t least, size_t digits) {
    size_t found = 0;
    size_t in_words = 0;
    for (size_t at = 0; at < word.len;) {
        size_t end = at;
        while (end < word.len && !is_joint(word.ptr[end]))
            found += ascii_is_digit(word.ptr[end++]);
        struct slice part = slice_upto(slice_from(word, at), end - at);
        in_words += is_word(part) ? part.len : 0;
        at = end + 1;
    }
    return word.len >= least && found >= digits && in_words * 3 <= word.len;
}

bool token_is_hexadecimal(struct slice word) {
    size_t digits = 0;
    for (size_t i = 0; i < word.len; i++) {
        if (!g_ascii_isxdigit(word.ptr[i]))
            return false;
        digits += ascii_is_digit(word.ptr[i]);
    }
    return word.len >= LEAST_HEXADECIMAL && digits >= LEAST_DIGITS && digits < word.len;
}

#define LEAST_BASE64   8
#define LONGEST_BASE64 512

bool token_holds_address(struct slice word) {
    char text[LONGEST_BASE64];
    gint state = 0;
    guint save = 0;
    bool holds = false;
    if (word.len < LEAST_BASE64 || word.len > sizeof text)
        return false;
    for (size_t i = 0; i < word.len; i++)
        text[i] = word.ptr[i] == '-' ? '+' : word.ptr[i] == '_' ? '/' : word.ptr[i];
    gsize length = g_base64_decode_step(text, word.len, (guchar *)text, &state, &save);
    for (gsize i = 0; i < length; i++) {
        if (text[i] && !g_ascii_isprint(text[i])) /* NUL: between the names of a login (RFC 4616) */
            return false;
        holds |= text[i] == '@' && i && i + 1 < length && ascii_is_alnum(text[i - 1]) &&
                 ascii_is_alnum(text[i + 1]);
    }
    return holds;
}
