/* Addresses: see address.h. */
#define _GNU_SOURCE
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
    size_t dots = slice_find(s, SLICE("...")); /* Sendmail: "bob@example.org...User unknown" */
    bool has_words = dots + 3 < s.len && has_at(slice_upto(s, dots));
    return slice_trim(has_words ? slice_upto(s, dots) : s);
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

/* The address around the @ at `at`; empty: it is none. */
static struct slice address_around(struct slice line, size_t at) {
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
    return start < at && end > at + 1 && address_is_valid(found) ? found : SLICE_EMPTY;
}

struct slice address_in_text(struct slice line) {
    for (size_t at = 1; at + 1 < line.len; at++) {
        struct slice found = line.ptr[at] == '@' ? address_around(line, at) : SLICE_EMPTY;
        if (found.len)
            return found;
    }
    return SLICE_EMPTY;
}

/* One mailbox of a list, while it is read. */
struct mailbox {
    struct slice bare, bracketed;
    bool is_quoted;
    bool is_unclosed; /* a < that no > follows */
    unsigned comments;
};

/* Reads the character at *i; moves *i to the last that it took. */
static void read_mailbox(struct mailbox *m, struct slice list, size_t *i) {
    char c = list.ptr[*i];
    if (c == '\\' && (m->is_quoted || m->comments))
        ++*i;
    else if (c == '"' && !m->comments)
        m->is_quoted = !m->is_quoted;
    else if (c == '(' && !m->is_quoted)
        m->comments++;
    else if (c == ')' && m->comments)
        m->comments--;
    if (m->is_quoted || m->comments)
        return;
    if (c == '<' && !m->is_unclosed && !m->bracketed.len) {
        size_t close = slice_find_char(slice_from(list, *i), '>');
        m->is_unclosed = *i + close == list.len;
        if (m->is_unclosed)
            return;
        m->bracketed = address_strip((struct slice){list.ptr + *i, close + 1});
        *i += close;
    } else if (c == '@' && *i > 0 && !m->bare.len) {
        m->bare = address_around(list, *i);
    }
}

bool address_next(struct slice *list, struct slice *address) {
    while (list->len) {
        struct mailbox m = {0};
        size_t i = 0;
        for (; i < list->len; i++) {
            bool is_open = m.is_quoted || m.comments;
            if (!is_open && (list->ptr[i] == ',' || list->ptr[i] == ';'))
                break;
            read_mailbox(&m, *list, &i);
        }
        *list = slice_from(*list, i + 1);
        *address = m.bracketed.len ? m.bracketed : m.bare;
        if (address_domain(*address).len)
            return true;
    }
    return false;
}

#define LIMIT_MAILBOX                                                                                        \
    4000 /* bytes of a field that are looked at: what is around an @ may be looked at for each */

struct slice address_of_mailbox(struct slice field) {
    struct slice address;
    field = slice_upto(field, LIMIT_MAILBOX);
    struct slice rest = field;
    while (address_next(&rest, &address))
        if (address_is_valid(address))
            return address;
    return address_in_text(field);
}

struct slice address_domain(struct slice address) {
    const char *at = address.len ? memrchr(address.ptr, '@', address.len) : NULL;
    return at ? slice_from(address, (size_t)(at - address.ptr) + 1) : SLICE_EMPTY;
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
