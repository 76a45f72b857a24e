/* Addresses: see address.h. */
#include "parsers/base/address.h"

#include <arpa/inet.h>

struct slice address_unbracket(struct slice s) {
    if (s.len >= 2 && s.ptr[0] == '<' && s.ptr[s.len - 1] == '>')
        return (struct slice){s.ptr + 1, s.len - 2};
    return s;
}

struct slice address_in_brackets(struct slice text) {
    size_t open = slice_find_char(text, '<');
    if (open == text.len)
        return SLICE_EMPTY;
    struct slice inside = {text.ptr + open + 1, text.len - open - 1};
    return slice_upto(inside, slice_find_char(inside, '>'));
}

static bool has_at(struct slice s) {
    return slice_find_char(s, '@') < s.len;
}

struct slice address_strip(struct slice s) {
    s = slice_trim(s);
    struct slice inside = address_in_brackets(s);
    if (inside.ptr && s.ptr[0] != '"')
        s = inside;
    s = slice_trim(address_unbracket(slice_trim(s)));
    if (s.len > 2 && s.ptr[0] == '"' && s.ptr[s.len - 1] == '"' && has_at(s))
        s = slice_from(slice_upto(s, s.len - 1), 1);
    if (slice_starts_nocase(s, SLICE("mailto:")))
        s = slice_from(s, 7);
    if (s.len && s.ptr[0] == '@' && slice_find_char(s, ':') < s.len) /* RFC 5321: source route */
        s = slice_from(s, slice_find_char(s, ':') + 1);
    return slice_trim(s);
}

static bool is_local_char(char c) {
    return ascii_is_alnum(c) || (unsigned char)c >= 0x80 || (c && strchr("!#$%&'*+-/=?^_`{|}~.", c));
}

static bool is_domain_char(char c) {
    return ascii_is_alnum(c) || c == '-' || c == '.' || c == '_' || (unsigned char)c >= 0x80;
}

bool address_is_valid(struct slice s) {
    size_t at = s.len;
    while (at > 0 && s.ptr[at - 1] != '@')
        at--;
    if (at < 2 || at == s.len)
        return false;
    struct slice local = slice_upto(s, at - 1);
    if (local.ptr[0] != '"')
        for (size_t i = 0; i < local.len; i++)
            if (!is_local_char(local.ptr[i]))
                return false;
    for (size_t i = at; i < s.len; i++)
        if (!is_domain_char(s.ptr[i]) && s.ptr[i] != '[' && s.ptr[i] != ']' && s.ptr[i] != ':')
            return false;
    return true;
}

static size_t quoted_start(struct slice line, size_t close) {
    while (close > 0 && line.ptr[close - 1] != '"')
        close--;
    return close ? close - 1 : 0;
}

#define LONGEST_LOCAL 320 /* bytes of a local part that are looked at */

struct slice address_in_text(struct slice line) {
    for (size_t at = 1; at + 1 < line.len; at++) {
        if (line.ptr[at] != '@')
            continue;
        size_t start = at;
        size_t end = at + 1;
        if (line.ptr[at - 1] == '"')
            start = quoted_start(line, at - 1);
        while (start > 0 && start <= at && at - start < LONGEST_LOCAL && is_local_char(line.ptr[start - 1]))
            start--;
        while (start < at && ((unsigned char)line.ptr[start] & 0xc0) == 0x80)
            start++; /* no half character at the cut */
        while (end < line.len && is_domain_char(line.ptr[end]))
            end++;
        while (end > at + 1 && (line.ptr[end - 1] == '.' || line.ptr[end - 1] == '-'))
            end--;
        while (start < at && strchr("'=|./", line.ptr[start]))
            start++;
        struct slice found = {line.ptr + start, end - start};
        if (start < at && end > at + 1 && address_is_valid(found))
            return found;
    }
    return SLICE_EMPTY;
}

/* The end of the quoted string or comment that begins at `at`; at + 1 where it is neither, or is not closed.
 */
static size_t end_of_quoted(struct slice s, size_t at) {
    char closing = s.ptr[at] == '(' ? ')' : '"';
    size_t depth = 0;
    if (s.ptr[at] != '(' && s.ptr[at] != '"')
        return at + 1;
    for (size_t i = at; i < s.len; i++) {
        if (s.ptr[i] == '\\')
            i++;
        else if (s.ptr[i] == closing && i > at && --depth == 0)
            return i + 1;
        else if (s.ptr[i] == s.ptr[at])
            depth++;
    }
    return at + 1;
}

#define LIMIT_MAILBOX                                                                                        \
    4000 /* bytes of a field that are looked at: quotes that are not closed cost the square */

struct slice address_of_mailbox(struct slice field) {
    size_t bare = 0; /* where the stretch without quotes and comments began */
    struct slice first = SLICE_EMPTY;
    field = slice_upto(field, LIMIT_MAILBOX);
    for (size_t i = 0; i < field.len;) {
        if (field.ptr[i] == '<') {
            struct slice inside = address_strip(address_in_brackets(slice_from(field, i)));
            if (address_is_valid(inside))
                return inside;
        }
        size_t end = end_of_quoted(field, i);
        bool is_local_part = field.ptr[i] == '"' && end < field.len && field.ptr[end] == '@';
        if (end > i + 1 && !is_local_part) {
            first = first.len ? first : address_in_text(slice_upto(slice_from(field, bare), i - bare));
            bare = end;
        }
        i = end;
    }
    return first.len ? first : address_in_text(slice_from(field, bare));
}

struct slice address_domain(struct slice address) {
    size_t at = address.len;
    while (at > 0 && address.ptr[at - 1] != '@')
        at--;
    return at ? slice_from(address, at) : SLICE_EMPTY;
}

bool address_is_ip(struct slice s) {
    char text[INET6_ADDRSTRLEN];
    unsigned char bytes[16];
    if (s.len == 0 || s.len >= sizeof text)
        return false;
    memcpy(text, s.ptr, s.len);
    text[s.len] = '\0';
    return inet_pton(AF_INET, text, bytes) == 1 || inet_pton(AF_INET6, text, bytes) == 1;
}

static bool is_ip_char(char c) {
    return ascii_is_digit(c) || c == '.' || c == ':' || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'f');
}

struct slice address_ip_in_text(struct slice text) {
    for (size_t i = 0; i < text.len;) {
        if (!is_ip_char(text.ptr[i]) || (i > 0 && ascii_is_alnum(text.ptr[i - 1]))) {
            i++;
            continue;
        }
        size_t end = i;
        while (end < text.len && is_ip_char(text.ptr[end]))
            end++;
        struct slice candidate = {text.ptr + i, end - i};
        while (candidate.len && strchr(".:", candidate.ptr[candidate.len - 1]))
            candidate.len--;
        bool in_name = end < text.len && (ascii_is_alnum(text.ptr[end]) || text.ptr[end] == '-');
        if (!in_name && candidate.len >= 7 && address_is_ip(candidate))
            return candidate;
        i = end;
    }
    return SLICE_EMPTY;
}

bool address_is_host(struct slice s) {
    size_t dots = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (!is_domain_char(s.ptr[i]))
            return false;
        dots += s.ptr[i] == '.' && i > 0 && i + 1 < s.len;
    }
    return dots > 0 && s.len < 256 && !address_is_ip(s);
}
