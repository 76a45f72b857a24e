/* Values of telling keys: see redact_keyed.h. */
#include "analyze/report/redact_keyed.h"

#include <glib.h>

#define LONGEST_VALUE 512

/* Where a key counts: before "=" in a link, before ":" or "=" and a quote, before "=" in a directory's name,
 * or as the end of a setting's name ("MAIL_PASSWORD=x", "'smtp_pass' => 'x'"). */
enum { IN_LINK = 1, QUOTED = 2, IN_DIRECTORY = 4, SETTING = 8 };

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
    {"subject", NAME_SUBJECT, IN_LINK | QUOTED},
    {"t", NAME_SUBJECT, QUOTED}, /* Exim: T="the subject" */
};

static bool is_key_char(char c) {
    return ascii_is_alnum(c) || c == '_';
}

static bool is_quote(char c) {
    return c == '"' || c == '\'';
}

/* The key whose value would begin at `at`, and in what place. */
static struct slice key_before(const struct scan *s, size_t at, unsigned *place) {
    size_t end = at;
    char quote = end && is_quote(s->text.ptr[end - 1]) ? s->text.ptr[--end] : '\0';
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
    end -= end && is_quote(s->text.ptr[end - 1]);
    size_t from = end;
    while (from && is_key_char(s->text.ptr[from - 1]))
        from--;
    *place = quote == '\'' || is_arrow ? SETTING
             : quote                   ? QUOTED | SETTING
             : at < s->url_end         ? IN_LINK
                                       : IN_DIRECTORY | SETTING;
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
    while (end < most && end - at < LONGEST_VALUE && !ends_value(scan_char_at(s, end), place, quote))
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
        if (!length || (place == IN_DIRECTORY && !is_persons(s, value, at + length)))
            return 0;
        if (!s->out && keys[i].kind != NAME_TOKEN)
            names_add(s->names, keys[i].kind, value, false);
        scan_hide(s, keys[i].kind, value);
        return length;
    }
    return 0;
}

/* Where Postfix's words behind the field of a header check begin. */
static size_t check_end(struct slice rest) {
    return slice_find_last_nocase(slice_upto(rest, slice_find_last_nocase(rest, SLICE("; from=<"))),
                                  SLICE(" from "));
}

/* The last quote; without one there is no subject. */
static size_t quote_end(struct slice rest) {
    size_t end = slice_find_last(slice_upto(rest, slice_find_char(rest, '\n')), SLICE("'"));
    return end < rest.len ? end : 0;
}

static size_t line_end(struct slice rest) {
    return MIN(slice_find_char(rest, '\n'), slice_find_char(rest, '"'));
}

/* Before the address, on the same line. */
static size_t address_begin(struct slice rest) {
    rest = slice_upto(rest, LONGEST_VALUE);
    size_t end = slice_find_char(rest, '<');
    return end < slice_find_char(rest, '\n') && end < slice_find_char(rest, '@') ? end : 0;
}

size_t scan_take_header_field(const struct scan *s, size_t at) {
    static const struct {
        struct slice before;
        enum name_kind kind;
        size_t (*end)(struct slice rest);
    } fields[] = {{SLICE("header Subject: "), NAME_SUBJECT, check_end},
                  {SLICE(" Subject '"), NAME_SUBJECT, quote_end},  /* IronPort */
                  {SLICE(" Subject: "), NAME_SUBJECT, line_end},   /* Sendmail, MailScanner */
                  {SLICE("\"Subject: "), NAME_SUBJECT, line_end},  /* Exim */
                  {SLICE(" From: "), NAME_PERSON, address_begin}}; /* amavis: "From: Kim_Example_<kim@…>" */
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
        struct slice before = fields[i].before;
        bool is_first = at + 1 == before.len && before.ptr[at] == '\''; /* the text begins with it */
        before = slice_from(before, is_first);
        if (at < before.len || !slice_equal_nocase(scan_part(s, at - before.len, at), before))
            continue;
        size_t end = fields[i].end(slice_from(s->text, at));
        struct slice value = slice_upto(slice_from(s->text, at), end);
        if (!slice_trim(value).len)
            continue;
        if (!s->out)
            names_add(s->names, fields[i].kind, value, false);
        scan_hide(s, fields[i].kind, value);
        return end;
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
