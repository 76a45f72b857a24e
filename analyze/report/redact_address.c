/* Addresses, and what stands where a mailbox stands: see redact_address.h. */
#include "analyze/report/redact_address.h"

#include "analyze/report/common_words.h"
#include "analyze/report/local_part.h"
#include "analyze/report/redact_host.h"
#include "analyze/report/redact_user.h"

#include <glib.h>

#define LONGEST_QUOTED 128 /* bytes of a quoted local part */

static bool is_local_char(const struct scan *s, size_t at) {
    char c = scan_char_at(s, at);
    if (ascii_is_alnum(c) || (unsigned char)c >= 0x80)
        return true;
    if (c == '\\') /* \x{E4}: a letter of an internationalised one (RFC 6533 section 3) */
        return scan_char_at(s, at + 1) == 'x' && scan_char_at(s, at + 2) == '{';
    return c && strchr(at < s->url_end ? "!$'*+-^_`{|}~.%" : "!#$%&'*+-/=?^_`{|}~.", c);
}

/* "smtp.mailfrom=", "user=", … before a local part: it belongs to the text around it. */
static bool is_property(struct slice name) {
    static const char *const names[] = {"to", "from", "rcpt", "sender", "recipient", "envelope-from", NULL};
    for (const char *const *n = names; *n; n++)
        if (slice_equal_nocase(name, slice_of(*n)))
            return true;
    return redact_is_user_property(name) || slice_starts_nocase(name, SLICE("smtp.")) ||
           slice_starts_nocase(name, SLICE("header."));
}

/* Where the local part really begins in a run of characters that may stand in one. */
static size_t local_begin(const struct scan *s, size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        if (scan_char_at(s, i) == '=' && is_property(scan_part(s, from, i))) {
            from = i + 1;
            break;
        }
    while (from < to && strchr("!#$%&'*+/=?^`{|}~.-", scan_char_at(s, from)))
        from++;
    return from;
}

/* "customer [dot] example" */
static bool is_dot_spelled(struct slice behind) {
    static const char *const dots[] = {"[dot]", "(dot)", "{dot}", "<dot>", "-dot-"};
    behind = slice_from(behind, behind.len && behind.ptr[0] == ' ');
    for (size_t i = 0; i < G_N_ELEMENTS(dots); i++)
        if (slice_starts_nocase(behind, slice_of(dots[i])))
            return true;
    return false;
}

/* Ways to write the sign of an address where it would not be taken for one; the length, 0: none. A host's
 * name must follow, or it is something else ("size=4096"). */
static size_t spelled_at(const struct scan *s, size_t at) {
    static const struct {
        const char *sign;
        bool has_blanks; /* may stand around it */
    } signs[] = {{"(at)", true},     {"[at]", true},        {"{at}", true},   {"<at>", true},
                 {"(@)", true},      {"[@]", true},         {"-at-", true},   {"@ ", true},
                 {"(a)", true},      {"[a]", true},         {"{a}", true},    {"(\xc3\xa4t)", true},
                 {"_at_", false},    {"[\xc3\xa4t]", true}, {".at.", false},  {"&lt;at&gt;", true},
                 {"&#64;", false},   {"&#064;", false},     {"&at;", false},  {"&#x40;", false},
                 {"&#x040;", false}, {"&commat;", false},   {"%40", false},   {"=40", false},
                 {"%2540", false},   {"\\u0040", false},    {"\\x40", false}, {"\\x{40}", false},
                 {"+40", false}}; /* xtext of SMTP's parameters (RFC 3461 section 4) */
    size_t blank = at;
    while (scan_char_at(s, blank) == ' ')
        blank++;
    if (!scan_char_at(s, blank) || !strchr(blank > at ? "([{<-@&" : "([{<&%=\\+_.", scan_char_at(s, blank)))
        return 0; /* as nearly everywhere */
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
        size_t from = signs[i].has_blanks ? blank : at;
        if (!slice_starts_nocase(slice_from(s->text, from), slice_of(signs[i].sign)))
            continue;
        size_t host = from + strlen(signs[i].sign);
        while (signs[i].has_blanks && scan_char_at(s, host) == ' ')
            host++;
        struct slice word = slice_from(s->text, host);
        word = slice_upto(word, word_length(word));
        bool has_dot =
            slice_find_char(word, '.') < word.len || is_dot_spelled(slice_from(s->text, host + word.len));
        if (word.len && has_dot && !ascii_is_digit(word.ptr[0]))
            return from + strlen(signs[i].sign) - at;
    }
    return 0;
}

static void add_user(void *names, struct slice part) {
    names_add(names, NAME_USER, part, false);
}

void redact_collect_joined(struct names *names, enum name_kind kind, struct slice first, struct slice last,
                           struct slice whole) {
    if (!first.len || last.len < 2 || slice_find_char(last, ' ') < last.len)
        return;
    names_add_form(names, kind, arena_printf(&names->arena, "%.*s%.*s", S(first), S(last)), whole);
    names_add_form(names, kind, arena_printf(&names->arena, "%c%.*s", first.ptr[0], S(last)), whole);
}

void redact_collect_local(struct names *names, struct slice local) {
    if (common_words_are_role(local))
        return;
    names_add(names, NAME_USER, local, false);
    local_part_inner(local, add_user, names);
    if (!local_part_is_name(local) || !names_is_telling(names, local))
        return;
    char *words = arena_string(&names->arena, local);
    for (char *c = words; *c; c++)
        if (strchr("._-", *c))
            *c = ' ';
    names_add_form(names, NAME_USER, slice_of(words), local);
    struct slice first = slice_upto(slice_of(words), slice_find_char(slice_of(words), ' '));
    redact_collect_joined(names, NAME_USER, first, slice_from(slice_of(words), first.len + 1), local);
}

#define LONGEST_REST 64 /* bytes of a local part behind a line's end */

/* Is the rest of an address behind a soft end of a line of quoted-printable ("=", RFC 2045 section 6.7)? */
static bool is_cut(const struct scan *s, size_t end) {
    size_t at = end;
    if (!end || scan_char_before(s, end) != '=')
        return false;
    while (ascii_is_space(scan_char_at(s, at)) && at < end + 3)
        at++;
    size_t rest = at;
    while (is_local_char(s, rest) && rest < at + LONGEST_REST)
        rest++;
    return at > end && scan_char_at(s, rest) == '@';
}

/* The rest of the sign's forms: behind a comment "(office)@", at the begin of the next line, or " at " where
 * the local part is written as only a name is; 0: none is here. */
static size_t distant_sign(const struct scan *s, size_t from, size_t end) {
    struct slice rest = slice_upto(slice_from(s->text, end), LONGEST_REST);
    size_t sign = 0;
    if (rest.len && rest.ptr[0] == '(')
        sign = slice_find_char(rest, ')') + 1;
    else if (rest.len && (rest.ptr[0] == '\n' || rest.ptr[0] == '\r'))
        while (sign < rest.len && ascii_is_space(rest.ptr[sign]))
            sign++;
    if (sign && sign + 1 < rest.len && rest.ptr[sign] == '@' && is_word_char(rest.ptr[sign + 1]))
        return sign + 1;
    if (!slice_starts_nocase(rest, SLICE(" at ")) ||
        !redact_is_dotted_name(s->names, scan_part(s, from, end)))
        return 0;
    struct slice host = slice_from(rest, 4);
    size_t length = word_length(host);
    bool is_spelled = slice_starts_nocase(slice_from(host, length), SLICE(" dot "));
    return length && (is_spelled || redact_is_host(s->names, slice_upto(host, length))) ? 4 : 0;
}

size_t scan_take_address(const struct scan *s, size_t at) {
    size_t end = at;
    size_t sign = 0;
    if (!is_local_char(s, at) || (at && is_local_char(s, at - 1)))
        return 0;
    while (is_local_char(s, end) && !(sign = spelled_at(s, end)))
        end++;
    if (!sign)
        sign = scan_char_at(s, end) == '@' ? 1 : spelled_at(s, end);
    if (!sign && end > at)
        sign = distant_sign(s, at, end);
    if (!sign && is_cut(s, end)) {
        scan_hide(s, NAME_USER, scan_part(s, at, end - 1));
        return end - at;
    }
    size_t begin = sign ? local_begin(s, at, end) : end;
    if (begin == end)
        return 0;
    size_t domain = end + sign;
    domain += word_length(slice_from(s->text, domain));
    if (sign == 1 && common_words_are_role(scan_part(s, begin, end)) &&
        !names_is_party(s->names, scan_part(s, begin, domain))) {
        scan_keep(s, at, end + sign);
        return end + sign - at;
    }
    if (!s->out)
        redact_collect_local(s->names, scan_part(s, begin, end));
    scan_keep(s, at, begin);
    scan_hide(s, NAME_USER, scan_part(s, begin, end));
    scan_keep(s, end, end + sign);
    return end + sign - at;
}

/* "bob miller"@example.org */
size_t scan_take_quoted_address(const struct scan *s, size_t at) {
    size_t end = at + 1;
    if (scan_char_at(s, at) != '"')
        return 0;
    while (end < s->text.len && end - at < LONGEST_QUOTED && scan_char_at(s, end) != '"')
        end += scan_char_at(s, end) == '\\' ? 2 : 1;
    if (scan_char_at(s, end) != '"' || scan_char_at(s, end + 1) != '@')
        return 0;
    if (!s->out)
        redact_collect_local(s->names, scan_part(s, at + 1, end));
    scan_hide(s, NAME_USER, scan_part(s, at + 1, end));
    scan_keep(s, end + 1, end + 2);
    return end + 2 - at;
}

/* --- what stands where a mailbox stands --- */

/* Where the value of a property begins; 0: none stands here. */
static size_t value_begin(const struct scan *s, size_t at, size_t name, bool is_user) {
    size_t escape = scan_char_at(s, at + name) == '\\'; /* JSON in a string of JSON */
    bool is_json = is_user && scan_char_at(s, at + name + escape) == '"' &&
                   scan_char_at(s, at + name + escape + 1) == ':';
    size_t begin = at + name + 1 + escape + is_json;
    size_t authenticator =
        redact_authenticator_length(scan_part(s, at, at + name), slice_from(s->text, begin));
    if (!is_json &&
        (scan_char_at(s, at + name) != '=' || !(authenticator || is_property(scan_part(s, at, at + name)))))
        return 0;
    begin += authenticator;
    while (scan_char_at(s, begin) && strchr(is_json ? " \"\\" : "<\"'", scan_char_at(s, begin)))
        begin++;
    return begin;
}

/* Is the word a user's name there, and no result ("user=unknown") or host? */
static bool is_name_of_property(const struct scan *s, struct slice word, bool is_user) {
    bool may_be_host = !is_user && slice_find_char(word, '.') < word.len;
    if (!word.len || may_be_host)
        return false;
    if (is_user)
        return word.len < 4 || !names_is_readable(s->names, word);
    return !names_is_number(word) && (word.len < 4 || names_is_telling(s->names, word));
}

size_t scan_take_directory_name(const struct scan *s, size_t at) {
    size_t length = word_length(slice_from(s->text, at));
    if (at < s->url_end || !slice_ends_nocase(slice_upto(s->text, at), SLICE("/cn=recipients/cn=")))
        return 0;
    scan_hide(s, NAME_USER, scan_part(s, at, at + length));
    return length;
}

/* The value of a key of JSON where it is of several words, of which one is no ordinary one; 0: it is not. */
static size_t quoted_words(const struct scan *s, size_t at) {
    struct slice rest = slice_upto(slice_from(s->text, at), LONGEST_QUOTED);
    struct slice value = slice_upto(rest, MIN(slice_find_char(rest, '"'), slice_find_char(rest, '\\')));
    bool is_one = slice_find_char(value, ' ') == value.len || slice_find_char(value, '@') < value.len;
    return value.len == rest.len || is_one || !scan_is_peculiar(s, value) ? 0 : value.len;
}

size_t scan_take_property(const struct scan *s, size_t at) {
    size_t name = word_length(slice_from(s->text, at));
    if (at < s->url_end || !name || !scan_char_at(s, at + name) ||
        !strchr("=\"\\", scan_char_at(s, at + name)))
        return 0;
    bool is_user = redact_is_user_property(scan_part(s, at, at + name)) ||
                   slice_equal(scan_part(s, at, at + name), SLICE("A"));
    size_t begin = value_begin(s, at, name, is_user);
    size_t length = begin ? word_length(slice_from(s->text, begin)) : 0;
    if (is_user && scan_char_before(s, begin) == '"') /* "name":"Kim Lee" */
        length = MAX(length, quoted_words(s, begin));
    struct slice word = scan_part(s, begin, begin + length);
    bool is_address = scan_char_at(s, begin + length) == '@' || scan_char_at(s, begin + length) == '%';
    if (!length || is_address || spelled_at(s, begin + length) || !is_name_of_property(s, word, is_user))
        return 0;
    if (!s->out)
        redact_collect_local(s->names, word);
    scan_keep(s, at, begin);
    scan_hide(s, NAME_USER, word);
    return begin + length - at;
}
