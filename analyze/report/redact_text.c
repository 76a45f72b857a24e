/* Free text under --redact: see redact_text.h, and redact.h for the rules. One pass from left to right; at
 * each place the finders are tried in turn, and the first that takes something decides. */
#include "analyze/report/redact_text.h"

#include <glib.h>

#define TOKEN_LEAST        20 /* shorter words are no tokens */
#define TOKEN_LEAST_DIGITS 4
#define LONGEST_QUOTED     128 /* bytes of a quoted local part */

struct scan {
    struct names *names;
    struct slice text;
    GString *out;   /* NULL: collect */
    size_t url_end; /* before it, a link is being read */
};

static char char_at(const struct scan *s, size_t at) {
    return at < s->text.len ? s->text.ptr[at] : '\0';
}

static char char_before(const struct scan *s, size_t at) {
    return at ? s->text.ptr[at - 1] : '\0';
}

static struct slice part(const struct scan *s, size_t from, size_t to) {
    return (struct slice){s->text.ptr + from, to - from};
}

static void hide(const struct scan *s, enum name_kind kind, struct slice text) {
    char pseudonym[PSEUDONYM_SIZE];
    if (!s->out)
        return;
    names_pseudonym(s->names, kind, text, pseudonym);
    g_string_append(s->out, pseudonym);
}

static void keep(const struct scan *s, size_t from, size_t to) {
    if (s->out)
        g_string_append_len(s->out, s->text.ptr + from, (gssize)(to - from));
}

/* --- links --- */

static void note_link(struct scan *s, size_t at) {
    static const char *const schemes[] = {"http://", "https://", "ftp://"};
    if (at < s->url_end || is_word_char(char_before(s, at)))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++)
        if (slice_starts_nocase(slice_from(s->text, at), slice_of(schemes[i]))) {
            s->url_end = at;
            while (s->url_end < s->text.len && !ascii_is_space(char_at(s, s->url_end)) &&
                   !strchr("<>\"", char_at(s, s->url_end)))
                s->url_end++;
        }
}

/* --- addresses --- */

static bool is_local_char(const struct scan *s, size_t at) {
    char c = char_at(s, at);
    if (ascii_is_alnum(c) || (unsigned char)c >= 0x80)
        return true;
    return c && strchr(at < s->url_end ? "!$'*+-^_`{|}~.%" : "!#$%&'*+-/=?^_`{|}~.", c);
}

/* "smtp.mailfrom=", "user=", … before a local part: it belongs to the text around it. */
static bool is_property(struct slice name) {
    static const char *const names[] = {
        "to",   "from",     "orig_to",       "rcpt",          "sender",
        "user", "login",    "recipient",     "sasl_username", "ruser",
        "u",    "username", "envelope-from", "ctladdr",       "x-original-to"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (slice_equal_nocase(name, slice_of(names[i])))
            return true;
    return slice_starts_nocase(name, SLICE("smtp.")) || slice_starts_nocase(name, SLICE("header."));
}

/* Where the local part really begins in a run of characters that may stand in one. */
static size_t local_begin(const struct scan *s, size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        if (char_at(s, i) == '=' && is_property(part(s, from, i))) {
            from = i + 1;
            break;
        }
    while (from < to && strchr("!#$%&'*+/=?^`{|}~.-", char_at(s, from)))
        from++;
    return from;
}

/* " (at) " and "[at]", as people write who do not want to be found; the length, 0: none. */
static size_t spelled_at(const struct scan *s, size_t at) {
    size_t from = at;
    while (char_at(s, at) == ' ')
        at++;
    struct slice rest = slice_from(s->text, at);
    if (!slice_starts_nocase(rest, SLICE("(at)")) && !slice_starts_nocase(rest, SLICE("[at]")))
        return 0;
    return at + 4 - from;
}

/* An address that begins here: its local part is hidden, the sign is kept. Returns the bytes of both. */
static size_t take_address(const struct scan *s, size_t at) {
    size_t end = at;
    if (!is_local_char(s, at) || (at && is_local_char(s, at - 1)))
        return 0;
    while (is_local_char(s, end))
        end++;
    size_t sign = char_at(s, end) == '@' ? 1 : spelled_at(s, end);
    if (!sign) {
        size_t encoded = slice_find_nocase(part(s, at, end), SLICE("%40"));
        if (!encoded || at + encoded >= end)
            return 0;
        end = at + encoded;
        sign = 3;
    }
    size_t begin = local_begin(s, at, end);
    if (begin == end)
        return 0;
    if (!s->out)
        names_add(s->names, NAME_USER, part(s, begin, end), false);
    keep(s, at, begin);
    hide(s, NAME_USER, part(s, begin, end));
    keep(s, end, end + sign);
    return end + sign - at;
}

/* "bob miller"@example.org */
static size_t take_quoted_address(const struct scan *s, size_t at) {
    size_t end = at + 1;
    if (char_at(s, at) != '"')
        return 0;
    while (end < s->text.len && end - at < LONGEST_QUOTED && char_at(s, end) != '"')
        end += char_at(s, end) == '\\' ? 2 : 1;
    if (char_at(s, end) != '"' || char_at(s, end + 1) != '@')
        return 0;
    if (!s->out)
        names_add(s->names, NAME_USER, part(s, at + 1, end), false);
    hide(s, NAME_USER, part(s, at + 1, end));
    keep(s, end + 1, end + 2);
    return end + 2 - at;
}

/* --- what stands where a mailbox stands --- */

/* user=bob, to=<bob>: what a log or a comment calls a mailbox. Returns the bytes with the name of the
 * property. */
static size_t take_property(const struct scan *s, size_t at) {
    size_t name = word_length(slice_from(s->text, at));
    if (at < s->url_end || char_at(s, at + name) != '=' || !is_property(part(s, at, at + name)))
        return 0;
    size_t begin = at + name + 1;
    while (char_at(s, begin) && strchr("<\"'", char_at(s, begin)))
        begin++;
    size_t length = word_length(slice_from(s->text, begin));
    struct slice word = part(s, begin, begin + length);
    bool is_address = char_at(s, begin + length) == '@' || char_at(s, begin + length) == '%';
    if (!length || is_address || slice_find_char(word, '.') < length || slice_number(word, NULL) >= 0 ||
        (length >= 4 && !names_is_telling(s->names, word)))
        return 0;
    if (!s->out)
        names_add(s->names, NAME_USER, word, false);
    keep(s, at, begin);
    hide(s, NAME_USER, word);
    return begin + length - at;
}

/* <bob>, "bob", 'bob', user=bob, bob=example.org@… */
static bool stands_as_mailbox(const struct scan *s, size_t at, size_t end) {
    static const char pairs[] = "<>\"\"''``";
    char before = char_before(s, at);
    char after = char_at(s, end);
    for (const char *p = pairs; *p; p += 2)
        if (before == p[0] && after == p[1])
            return true;
    struct slice behind = slice_from(s->text, end + 1);
    size_t host = after == '=' ? word_length(behind) : 0;
    return before == '=' || slice_find_char(slice_upto(behind, host), '.') < host;
}

/* "user bob", "mailbox <bob>": behind a word that announces a mailbox. */
static bool follows_announcement(const struct scan *s, size_t at) {
    static const char *const words[] = {"user",  "mailbox",  "recipient", "account",
                                        "login", "username", "alias"};
    struct slice before = slice_upto(s->text, at);
    while (before.len && strchr(" :", before.ptr[before.len - 1]))
        before.len--;
    for (size_t i = 0; i < G_N_ELEMENTS(words) && before.len < at; i++)
        if (slice_ends_nocase(before, slice_of(words[i])))
            return true;
    return false;
}

static size_t take_name(const struct scan *s, size_t at) {
    size_t taken = 0;
    const struct name *name = s->out ? names_at(s->names, slice_from(s->text, at), &taken) : NULL;
    if (!name)
        return 0;
    struct slice word = part(s, at, at + taken);
    bool is_phrase = slice_find_char(name->words, ' ') < name->words.len;
    bool is_hidden = name->is_anywhere || is_phrase || names_is_telling(s->names, word) ||
                     stands_as_mailbox(s, at, at + taken) ||
                     (follows_announcement(s, at) && taken < 5 && slice_number(word, NULL) < 0);
    if (!is_hidden)
        return 0;
    g_string_append(s->out, name->pseudonym);
    return taken;
}

/* --- host names and tokens --- */

/* A host's name that holds a person's, as kim-laptop.example.org: its first labels go, its domain stays. */
static size_t take_host(const struct scan *s, size_t at) {
    size_t length = word_length(slice_from(s->text, at));
    struct slice rest = part(s, at, at + length);
    if (!s->out || slice_find_char(rest, '.') == length || !s->names->lengths)
        return 0;
    for (size_t dot; (dot = slice_find_char(rest, '.')) < rest.len; rest = slice_from(rest, dot + 1)) {
        bool is_in_domain = slice_find_char(slice_from(rest, dot + 1), '.') == rest.len - dot - 1;
        const struct name *name = is_in_domain ? NULL : names_find(s->names, slice_upto(rest, dot));
        if (name && names_is_telling(s->names, slice_upto(rest, dot)))
            g_string_append(s->out, name->pseudonym);
        else
            g_string_append_len(s->out, rest.ptr, (gssize)dot);
        g_string_append_c(s->out, '.');
    }
    g_string_append_len(s->out, rest.ptr, (gssize)rest.len);
    return length;
}

static bool is_token_char(char c) {
    return ascii_is_alnum(c) || (c && strchr("+/=_-", c));
}

/* A long word of letters and digits mixed, as trackers and queue tokens are; host names have dots. */
static size_t take_token(const struct scan *s, size_t at) {
    size_t end = at;
    size_t digits = 0;
    if (at < s->url_end || !is_token_char(char_at(s, at)) || is_token_char(char_before(s, at)))
        return 0;
    while (is_token_char(char_at(s, end)))
        digits += ascii_is_digit(char_at(s, end++));
    if (end - at < TOKEN_LEAST || digits < TOKEN_LEAST_DIGITS || char_at(s, end) == '.')
        return 0;
    hide(s, NAME_TOKEN, part(s, at, end));
    return end - at;
}

static size_t take(struct scan *s, size_t at) {
    size_t taken;
    note_link(s, at);
    if ((taken = take_quoted_address(s, at)) || (taken = take_address(s, at)))
        return taken;
    bool is_word = !is_word_char(char_before(s, at)) && word_length(slice_from(s->text, at));
    if (is_word && ((taken = take_property(s, at)) || (taken = take_name(s, at))))
        return taken;
    if ((taken = take_token(s, at)))
        return taken;
    return is_word ? take_host(s, at) : 0;
}

/* Bytes to keep where nothing was found: up to the end of letters and digits, for nothing begins among them.
 */
static size_t keep_length(const struct scan *s, size_t at) {
    size_t end = at + 1;
    if (ascii_is_alnum(char_at(s, at)))
        while (end < s->text.len && ascii_is_alnum(char_at(s, end)))
            end++;
    return end - at;
}

static void run(struct scan *s) {
    for (size_t at = 0; at < s->text.len;) {
        size_t length = take(s, at);
        if (!length) {
            length = keep_length(s, at);
            keep(s, at, at + length);
        }
        at += length;
    }
}

void redact_text(struct names *names, struct slice text, GString *out) {
    run(&(struct scan){.names = names, .text = text, .out = out});
}

void redact_text_collect(struct names *names, struct slice text) {
    run(&(struct scan){.names = names, .text = text});
}
