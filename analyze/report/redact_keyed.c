/* Values of telling keys: see redact_keyed.h. */
#include "analyze/report/redact_keyed.h"

#include "analyze/report/redact_host.h"

#include <glib.h>

#define LONGEST_VALUE    512
#define LONGEST_X400     128 /* bytes before and behind a key in which the organisation stands */
#define LONGEST_X400_KEY 2

/* Where a key counts: before "=" in a link, before ":" or "=" and a quote, before "=" in a directory's name,
 * in an address of X.400 ("/G=Kim/S=Lee/O=Org", "S=Lee;O=Org"), or as the end of a setting's name
 * ("MAIL_PASSWORD=x", "'smtp_pass' => 'x'"). */
enum { IN_LINK = 1, QUOTED = 2, IN_DIRECTORY = 4, SETTING = 8, IN_X400 = 16 };

static const struct {
    const char *key;
    enum name_kind kind;
    unsigned places;
} keys[] = {
    {"password", NAME_TOKEN, IN_LINK | QUOTED | SETTING},
    {"passwd", NAME_TOKEN, IN_LINK | QUOTED | SETTING},
    {"pwd", NAME_TOKEN, IN_LINK | QUOTED | SETTING},
    {"pass", NAME_TOKEN, IN_LINK | QUOTED | SETTING},
    {"token", NAME_TOKEN, IN_LINK | QUOTED | SETTING},
    {"secret", NAME_TOKEN, IN_LINK | QUOTED | SETTING},
    {"key", NAME_TOKEN, IN_LINK},
    {"apikey", NAME_TOKEN, IN_LINK | QUOTED | SETTING},
    {"api_key", NAME_TOKEN, IN_LINK | QUOTED | SETTING},
    {"auth", NAME_TOKEN, IN_LINK},
    {"session", NAME_TOKEN, IN_LINK | QUOTED},
    {"sid", NAME_TOKEN, IN_LINK},
    {"sig", NAME_TOKEN, IN_LINK},
    {"user", NAME_USER, IN_LINK},
    {"username", NAME_USER, IN_LINK},
    {"login", NAME_USER, IN_LINK},
    {"name", NAME_PERSON, QUOTED},
    {"full_name", NAME_PERSON, QUOTED},
    {"owner", NAME_PERSON, QUOTED},
    {"contact", NAME_PERSON, QUOTED},
    {"recipient", NAME_PERSON, QUOTED},
    {"recipients", NAME_PERSON, QUOTED},
    {"rcpt", NAME_PERSON, QUOTED},
    {"rcpt_to", NAME_PERSON, QUOTED},
    {"to", NAME_PERSON, QUOTED},
    {"cc", NAME_PERSON, QUOTED},
    {"from", NAME_PERSON, QUOTED},
    {"sender", NAME_PERSON, QUOTED},
    {"title", NAME_SUBJECT, QUOTED},
    {"samaccountname", NAME_USER, IN_DIRECTORY},
    {"userprincipalname", NAME_USER, IN_DIRECTORY},
    {"givenname", NAME_PERSON, IN_DIRECTORY | QUOTED},
    {"displayname", NAME_PERSON, QUOTED},
    {"display_name", NAME_PERSON, QUOTED},
    {"fullname", NAME_PERSON, QUOTED},
    {"firstname", NAME_PERSON, IN_LINK | QUOTED},
    {"lastname", NAME_PERSON, IN_LINK | QUOTED},
    {"first_name", NAME_PERSON, IN_LINK | QUOTED},
    {"last_name", NAME_PERSON, IN_LINK | QUOTED},
    {"given_name", NAME_PERSON, QUOTED},
    {"surname", NAME_PERSON, QUOTED},
    {"phone", NAME_TOKEN, IN_LINK | QUOTED},
    {"mobile", NAME_TOKEN, QUOTED},
    {"msgid", NAME_IDENTIFIER, QUOTED},
    {"msg_id", NAME_IDENTIFIER, QUOTED},
    {"messageid", NAME_IDENTIFIER, QUOTED},
    {"message_id", NAME_IDENTIFIER, QUOTED},
    {"cn", NAME_PERSON, IN_DIRECTORY},
    {"sn", NAME_PERSON, IN_DIRECTORY | IN_X400},
    /* X.400 (RFC 1685): surname, given name, personal name */
    {"s", NAME_PERSON, IN_X400},
    {"g", NAME_PERSON, IN_X400},
    {"gn", NAME_PERSON, IN_X400},
    {"i", NAME_PERSON, IN_X400},
    {"pn", NAME_PERSON, IN_X400},
    {"subject", NAME_SUBJECT, IN_LINK | QUOTED},
    {"t", NAME_SUBJECT, QUOTED}, /* Exim: T="the subject" */
};

static bool is_key_char(char c) {
    return ascii_is_alnum(c) || c == '_';
}

static bool is_quote(char c) {
    return c == '"' || c == '\'';
}

/* JSON in a string of JSON: the quote at `at` has a backslash. */
static bool is_escaped(const struct scan *s, size_t at, char quote) {
    return quote && at && s->text.ptr[at - 1] == '\\';
}

/* Is the key behind a slash or semicolon, or the first, and is there an organisation beside it? DKIM's fields
 * have s= and i= too, but none. */
static bool is_in_x400(const struct scan *s, size_t key) {
    static const char *const others[] = {"o=", "p=", "prmd=", "c="};
    char before = scan_char_before(s, key);
    struct slice near = scan_part(s, key - MIN(key, LONGEST_X400), MIN(s->text.len, key + LONGEST_X400));
    if (before && !strchr("/;: \"'", before))
        return false;
    for (size_t i = 0; i < near.len; i++) {
        size_t from = i + 1;
        if (near.ptr[i] != '/' && near.ptr[i] != ';' && near.ptr[i] != ':')
            continue;
        while (from < near.len && near.ptr[from] == ' ')
            from++;
        for (size_t k = 0; k < G_N_ELEMENTS(others) - (near.ptr[i] == ';'); k++)
            if (slice_starts_nocase(slice_from(near, from), slice_of(others[k])))
                return true;
    }
    return false;
}

/* The key whose value would begin at `at`, and in what place. */
static struct slice key_before(const struct scan *s, size_t at, unsigned *place) {
    size_t end = at;
    char quote = end && is_quote(s->text.ptr[end - 1]) ? s->text.ptr[--end] : '\0';
    end -= is_escaped(s, end, quote);
    while (quote && end && s->text.ptr[end - 1] == ' ')
        end--;
    bool is_arrow = end > 1 && s->text.ptr[end - 1] == '>' && s->text.ptr[end - 2] == '=';
    end -= is_arrow;
    char sign = end ? s->text.ptr[end - 1] : '\0';
    if (sign != '=' && (sign != ':' || !quote))
        return SLICE_EMPTY;
    end--;
    while (quote && end && s->text.ptr[end - 1] == ' ')
        end--;
    bool is_closed = end && is_quote(s->text.ptr[end - 1]);
    end -= is_closed;
    end -= is_escaped(s, end, quote);
    size_t from = end;
    while (from && is_key_char(s->text.ptr[from - 1]))
        from--;
    if (quote && sign == ':' && !is_closed && scan_char_before(s, from) == quote)
        return SLICE_EMPTY; /* "To:" is quoted itself */
    *place = quote == '\'' || is_arrow ? SETTING
             : quote                   ? QUOTED | SETTING
             : at < s->url_end         ? IN_LINK
                                       : IN_DIRECTORY | SETTING;
    if (!quote && !is_arrow && from < end && end - from <= LONGEST_X400_KEY && is_in_x400(s, from))
        *place |= IN_X400;
    return scan_part(s, from, end);
}

/* Does the value end before `c`? `quote`: that it stands in; 0: in none. */
static bool ends_value(char c, unsigned place, char quote) {
    return !c || (quote              ? c == quote
                  : place == IN_LINK ? strchr("&;#<>\" ", c) != NULL
                  : place == SETTING ? ascii_is_space(c) || strchr(",;<>\"'", c)
                                     : strchr(",/;<>\"'+\n", c) != NULL);
}

static size_t value_length(const struct scan *s, size_t at, unsigned place) {
    size_t end = at;
    size_t most = place == IN_LINK ? s->url_end : s->text.len;
    char quote = at && is_quote(s->text.ptr[at - 1]) ? s->text.ptr[at - 1] : '\0';
    bool is_inner = quote && at > 1 && is_escaped(s, at - 1, quote);
    while (end < most && end - at < LONGEST_VALUE && !(is_inner && scan_char_at(s, end) == '\\') &&
           !ends_value(scan_char_at(s, end), place, quote))
        end += quote && scan_char_at(s, end) == '\\' && end + 1 < most ? 2 : 1;
    return end - at;
}

/* In a directory: a person's name ends at a comma, and is neither a host ("CN=mx.example.org", of a
 * certificate) nor a folder ("CN=Recipients"). */
static bool is_persons(const struct scan *s, struct slice value, size_t end) {
    bool is_host = slice_find_char(value, '.') < value.len && slice_find_char(value, ' ') == value.len;
    bool ends = end == s->text.len || strchr(",/;<>\"'", scan_char_at(s, end));
    return !is_host && ends && !slice_equal_nocase(value, SLICE("Recipients")) &&
           !slice_equal_nocase(value, SLICE("Users")) && !slice_equal_nocase(value, SLICE("Configuration"));
}

/* Addresses are left to others, and a value of ordinary words names nobody: {"to":"mailbox full"}. */
static bool may_name_person(const struct scan *s, struct slice value) {
    if (slice_find_char(value, '@') < value.len || redact_is_host(s->names, value))
        return false;
    return scan_is_peculiar(s, value);
}

/* Is it that key, or a setting's name that ends in it: "mail_password", "smtpPass"? */
static bool is_key(struct slice key, struct slice wanted, unsigned place) {
    if (place != SETTING || key.len <= wanted.len)
        return slice_equal_nocase(key, wanted);
    char before = key.ptr[key.len - wanted.len - 1];
    char first = key.ptr[key.len - wanted.len];
    bool is_word = before == '_' || ascii_lower(first) != first;
    return is_word && slice_ends_nocase(key, wanted);
}

size_t scan_take_keyed(const struct scan *s, size_t at) {
    unsigned places = 0;
    struct slice key = key_before(s, at, &places);
    for (size_t i = 0; key.len && i < G_N_ELEMENTS(keys); i++) {
        unsigned place = keys[i].places & places & SETTING ? SETTING : keys[i].places & places;
        if (!place || !is_key(key, slice_of(keys[i].key), place))
            continue;
        size_t length = value_length(s, at, place);
        struct slice value = scan_part(s, at, at + length);
        if (!length || ((place & IN_DIRECTORY) && !is_persons(s, value, at + length)) ||
            (keys[i].kind == NAME_PERSON && !may_name_person(s, value)))
            return 0;
        if (!s->out && keys[i].kind != NAME_TOKEN)
            names_add(s->names, keys[i].kind, value, false);
        scan_hide(s, keys[i].kind, value);
        return length;
    }
    return 0;
}

size_t scan_take_login(const struct scan *s, size_t at) {
    size_t end = at;
    if (at >= s->url_path || at < 3 || memcmp(s->text.ptr + at - 3, "://", 3) != 0)
        return 0;
    while (end < s->url_path && s->text.ptr[end] != '@')
        end++;
    if (end == at || end == s->url_path)
        return 0;
    scan_hide(s, NAME_USER, scan_part(s, at, end));
    return end - at;
}
