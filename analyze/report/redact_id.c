/* Tokens and ids under --redact: see redact_id.h. */
#include "analyze/report/redact_id.h"

#include "analyze/report/redact_token.h"

#include <glib.h>

#define ID_LEAST         5 /* of what is announced as an id */
#define LEAST_REFERENCES 4
#define QUEUE_ID_LEAST   8 /* of what stands where logs write one */

static bool is_token_char(char c) {
    return ascii_is_alnum(c) || (c && strchr("+/=_-", c));
}

/* The ids of whoever wrote a reply stay for them to be found by: see struct redaction. Links are left to
 * others. */
static bool is_kept(const struct scan *s) {
    return s->names->redaction->keeps_reply_ids && (s->is_reply || !s->out);
}

/* What a client sends to log in: a name or password in base64. */
static bool is_login(const struct scan *s, size_t at) {
    struct slice before = slice_upto(s->text, at);
    return slice_ends_nocase(before, SLICE("AUTH LOGIN ")) ||
           slice_ends_nocase(before, SLICE("AUTH PLAIN ")) || (slice_ends_nocase(before, SLICE("334 ")));
}

size_t scan_take_token(const struct scan *s, size_t at) {
    size_t end = at;
    if (at < s->url_end || !is_token_char(scan_char_at(s, at)) || is_token_char(scan_char_before(s, at)))
        return 0;
    while (is_token_char(scan_char_at(s, end)))
        end++;
    struct slice word = scan_part(s, at, end);
    bool is_coded = token_has_mixed_case(word) || word.ptr[word.len - 1] == '=';
    if (token_holds_address(word) ||
        (is_coded && is_login(s, at))) { /* also of those who may read their own ids */
        scan_hide(s, NAME_TOKEN, word);
        return end - at;
    }
    if (is_kept(s))
        return 0;
    bool is_reference =
        scan_char_before(s, at) == '[' && token_has_mixed_case(word); /* [zgXM4kKhM2qPKdWn0jz8Zg.uk10] */
    if (!(token_is_random(word, TOKEN_LEAST, TOKEN_LEAST_DIGITS) || token_is_hexadecimal(word)) ||
        (scan_char_at(s, end) == '.' && word_length(slice_from(s->text, end + 1)) && !is_reference))
        return 0;
    scan_hide(s, NAME_TOKEN, scan_part(s, at, end));
    return end - at;
}

/* "&#107;&#105;&#109;": nobody writes letters so but to hide them. */
size_t scan_take_references(const struct scan *s, size_t at) {
    size_t end = at;
    unsigned count = 0;
    while (scan_char_at(s, end) == '&' && scan_char_at(s, end + 1) == '#') {
        size_t digits = end + 2;
        while (digits < end + 9 && ascii_is_alnum(scan_char_at(s, digits)))
            digits++;
        if (scan_char_at(s, digits) != ';')
            break;
        end = digits + 1;
        count++;
    }
    if (count < LEAST_REFERENCES)
        return 0;
    scan_hide(s, NAME_TOKEN, scan_part(s, at, end));
    return end - at;
}

size_t scan_take_encoded_word(const struct scan *s, size_t at) {
    struct slice rest = slice_from(s->text, at);
    if (scan_char_at(s, at) != '=' || scan_char_at(s, at + 1) != '?')
        return 0;
    size_t end = 2;
    for (unsigned marks = 0; marks < 2 && end < rest.len && !ascii_is_space(rest.ptr[end]); end++)
        marks += rest.ptr[end] == '?';
    while (end < rest.len && rest.ptr[end] != '?' && !ascii_is_space(rest.ptr[end]))
        end++;
    if (scan_char_at(s, at + end) != '?' || scan_char_at(s, at + end + 1) != '=')
        return 0;
    scan_hide(s, NAME_TOKEN, slice_upto(rest, end + 2));
    return end + 2;
}

/* --- ids --- */

static bool has_digit(struct slice word) {
    for (size_t i = 0; i < word.len; i++)
        if (ascii_is_digit(word.ptr[i]))
            return true;
    return false;
}

/* 4Fq2xR6hLmz9rJ: or 1abCde-0003Xy-5T: letters and digits, and upper case, as no ordinary word has them. */
static bool looks_like_queue_id(struct slice word) {
    bool has_letter = false;
    for (size_t i = 0; i < word.len; i++) {
        if (!ascii_is_alnum(word.ptr[i]) && word.ptr[i] != '-')
            return false;
        has_letter |= ascii_is_alpha(word.ptr[i]);
    }
    return word.len >= QUEUE_ID_LEAST && has_letter && has_digit(word);
}

size_t scan_take_id(const struct scan *s, size_t at) {
    static const char *const words[] = {
        "queued as ",   "queued as: ", "queue id ",    "queue id: ", "queue-id ",  "queue-id: ",
        "queueid=",     "qid=",        "qid ",         "mid=",       "ticket ",    "session id: ",
        "session id=",  "queue ",      "transaction ", "msgid:",     "messageid=", "msgid=",
        "message-id: ", "message-id=", "message id ",  "msg id ",    " id ",       " id=",
        "queued mail ", "internalid=", "trace id ",    "reference ", "envid="};
    size_t length = word_length(slice_from(s->text, at));
    struct slice word = scan_part(s, at, at + length);
    bool is_id;
    bool is_google = slice_starts_nocase(slice_from(s->text, at + length), SLICE(" - gsmtp")) ||
                     slice_starts_nocase(slice_from(s->text, at + length), SLICE(" - gcdp"));
    if (is_kept(s) || at < s->url_end || length < ID_LEAST || !has_digit(word) ||
        (!is_google && slice_find_char(word, '.') < length))
        return 0;
    is_id = is_google;
    struct slice before = slice_upto(s->text, at);
    while (before.len && strchr("<(\"'#", before.ptr[before.len - 1]))
        before.len--;
    for (size_t i = 0; i < G_N_ELEMENTS(words) && !is_id; i++)
        is_id = slice_ends_nocase(before, slice_of(words[i])) ||
                (words[i][0] == ' ' && slice_equal_nocase(before, slice_of(words[i] + 1)));
    size_t line = at;
    while (line && ascii_is_space(s->text.ptr[line - 1]))
        line--;
    bool begins = !line || s->text.ptr[line - 1] == ':';
    is_id |= begins && scan_char_at(s, at + length) == ':' && scan_char_at(s, at + length + 1) == ' ' &&
             looks_like_queue_id(word);
    if (!is_id)
        return 0;
    if (!s->out)
        names_add(s->names, NAME_IDENTIFIER, word, true);
    scan_hide(s, NAME_IDENTIFIER, word);
    return length;
}
