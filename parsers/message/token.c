/* Tokens: see token.h. */
#include "parsers/message/token.h"

#define MOST_QUOTED                                                                                          \
    1024 /* inside a comment, a quote that is not closed within so many bytes is an ordinary character */

/* Behind the > that closes what begins at `i`, outside quoted strings; i + 1 when there is none. */
static size_t bracket_end(struct slice s, size_t i) {
    bool is_quoted = false;
    for (size_t j = i + 1; j < s.len; j++) {
        if (s.ptr[j] == '\\')
            j++;
        else if (s.ptr[j] == '"')
            is_quoted = !is_quoted;
        else if (s.ptr[j] == '>' && !is_quoted)
            return j + 1;
    }
    return i + 1;
}

/* The length of "(envelope-from <…>)", in which quoted strings hold parentheses; 0: it is no such comment. */
static size_t sender_comment_length(struct slice s) {
    const struct slice start = SLICE("(envelope-from <");
    if (!slice_starts_nocase(s, start))
        return 0;
    size_t end = bracket_end(s, start.len - 1);
    return end > start.len && end < s.len && s.ptr[end] == ')' ? end + 1 : 0;
}

/* The length of the comment at the start of `s`, with both parentheses; 0: it is never closed. */
static size_t comment_length(struct slice s) {
    size_t depth = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '\\' && i + 1 < s.len)
            i++;
        else if (s.ptr[i] == '(')
            depth++;
        else if (s.ptr[i] == ')' && --depth == 0)
            return i + 1;
    }
    return 0;
}

/* Up to the next ), once nesting has proved broken; 0 when there is none before a semicolon. `bare_until`
 * keeps where the last search without a result ended, so that all searches together stay linear. */
static size_t flat_length(struct tokens *t) {
    size_t i = 0;
    if (t->rest.ptr < t->bare_until)
        return 0;
    while (i < t->rest.len && t->rest.ptr[i] != ')' && t->rest.ptr[i] != ';')
        i++;
    if (i < t->rest.len && t->rest.ptr[i] == ')')
        return i + 1;
    t->bare_until = t->rest.ptr + i;
    return 0;
}

static struct token comment_token(struct tokens *t, size_t len) {
    struct slice inside = slice_from(slice_upto(t->rest, len - 1), 1);
    t->rest = slice_from(t->rest, len);
    return (struct token){TOKEN_COMMENT, inside};
}

/* The length of a comment that begins here; 0: the parenthesis opens none. */
static size_t opens_comment(struct tokens *t) {
    size_t len = t->is_angle_open ? 0 : sender_comment_length(t->rest);
    t->is_angle_open |= !len && slice_starts_nocase(t->rest, SLICE("(envelope-from <"));
    if (!len && !t->is_unbalanced)
        len = comment_length(t->rest);
    t->is_unbalanced |= len == 0;
    return len ? len : flat_length(t);
}

/* Behind the closing character of what begins at `i`; i + 1 when there is none within `most` bytes. */
static size_t closed_end(struct slice s, size_t i, char close, size_t most) {
    for (size_t j = i + 1; j < s.len && j - i < most; j++) {
        if (s.ptr[j] == '\\')
            j++;
        else if (s.ptr[j] == close)
            return j + 1;
    }
    return i + 1;
}

/* One < that is never closed makes all that follow ordinary: else many would cost as many searches. */
static size_t angle_end(struct tokens *t, size_t i) {
    size_t end = t->is_angle_open ? i + 1 : bracket_end(t->rest, i);
    t->is_angle_open |= end == i + 1;
    return end;
}

/* The same of a quote. */
static size_t quote_end(struct tokens *t, size_t i) {
    size_t end = t->is_quote_open ? i + 1 : closed_end(t->rest, i, '"', t->rest.len);
    t->is_quote_open |= end == i + 1;
    return end;
}

enum in_word { GOES_ON, ENDS, QUOTES, ENCLOSES };

static const unsigned char in_words[256] = {
    ['\t' ... '\r'] = ENDS, [' '] = ENDS, [';'] = ENDS, ['('] = ENDS, ['"'] = QUOTES, ['<'] = ENCLOSES};

static size_t word_length(struct tokens *t) {
    struct slice s = t->rest;
    size_t i = 0;
    while (i < s.len) {
        enum in_word one = in_words[(unsigned char)s.ptr[i]];
        if (one == ENDS)
            return i;
        i = one == QUOTES ? quote_end(t, i) : one == ENCLOSES ? angle_end(t, i) : i + 1;
    }
    return s.len;
}

struct token token_next(struct tokens *t) {
    for (; t->rest.len; t->rest = slice_from(t->rest, 1)) {
        char c = t->rest.ptr[0];
        size_t comment = c == '(' ? opens_comment(t) : 0;
        if (comment)
            return comment_token(t, comment);
        if (!ascii_is_space(c) && c != '(' && c != ')')
            break;
    }
    if (!t->rest.len)
        return (struct token){TOKEN_END, SLICE_EMPTY};
    bool is_semicolon = t->rest.ptr[0] == ';';
    size_t len = is_semicolon ? 1 : word_length(t);
    struct token token = {is_semicolon ? TOKEN_SEMICOLON : TOKEN_WORD, slice_upto(t->rest, len)};
    t->rest = slice_from(t->rest, len);
    return token;
}

static bool is_between(char c) {
    return ascii_is_space(c) || c == ',' || c == '(' || c == ')' || c == ';';
}

bool token_comment_word(struct slice *rest, struct slice *word) {
    size_t i = 0;
    while (i < rest->len && is_between(rest->ptr[i]))
        i++;
    *rest = slice_from(*rest, i);
    for (i = 0; i < rest->len && !is_between(rest->ptr[i]);)
        i = rest->ptr[i] == '"' ? closed_end(*rest, i, '"', MOST_QUOTED) : i + 1;
    if (i > rest->len)
        i = rest->len;
    *word = slice_upto(*rest, i);
    *rest = slice_from(*rest, i);
    return word->len > 0;
}

struct slice token_unquote(struct slice s) {
    if (s.len >= 2 && s.ptr[0] == '"' && s.ptr[s.len - 1] == '"')
        return slice_from(slice_upto(s, s.len - 1), 1);
    return s;
}
