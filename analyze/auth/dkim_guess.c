/* What a field may have been before somebody changed it: see dkim_guess.h. */
#include "analyze/auth/dkim_guess.h"

#include "parsers/base/address.h"
#include "parsers/base/date.h"
#include "parsers/base/text.h"

#include <glib.h>

#define MOST_PARAMETERS 8    /* of a Content-Type that is written anew */
#define MOST_OF_LIST    8000 /* bytes of a field of mailboxes whose names are written anew */

struct slice dkim_guess_untagged(const struct guessing *t, struct slice value, unsigned number) {
    static const char *const ends[] = {"]", ")", "}", "*** ", "***", ": "};
    struct slice reply = slice_starts_nocase(value, SLICE("re: ")) ? slice_upto(value, 4) : SLICE_EMPTY;
    if (number >= G_N_ELEMENTS(ends) * 2)
        return SLICE_EMPTY;
    struct slice end = slice_of(ends[number / 2]);
    struct slice rest = slice_from(value, number % 2 ? reply.len : 0);
    size_t from = slice_starts_nocase(rest, SLICE("***")) ? 3 : 0;
    size_t at = from + slice_find(slice_from(rest, from), end);
    struct slice bare = slice_trim(slice_from(rest, at + end.len));
    if (at >= rest.len || !bare.len)
        return value;
    return number % 2 && reply.len ? arena_printf(t->arena, "%.*s%.*s", S(reply), S(bare)) : bare;
}

static struct slice tag_at_end(const struct guessing *t, struct slice value, unsigned number) {
    (void)t;
    size_t cut = value.len;
    while (cut > 0 && value.ptr[cut - 1] != '[' && value.ptr[cut - 1] != '(')
        cut--;
    return number == 0 && cut > 1 ? slice_trim(slice_upto(value, cut - 1)) : SLICE_EMPTY;
}

/* A list that writes as itself keeps the author elsewhere. */
static struct slice author(const struct guessing *t, struct slice value, unsigned number) {
    static const char *const fields[] = {"x-original-from",
                                         "original-from",
                                         "x-google-original-from",
                                         "reply-to",
                                         "x-mailfrom",
                                         "x-original-sender",
                                         "cc"};
    (void)value;
    for (; number < G_N_ELEMENTS(fields); number++) {
        struct slice other = header_value(t->fields, fields[number]);
        if (other.len)
            return other;
    }
    return SLICE_EMPTY;
}

static struct slice bare_address(const struct guessing *t, struct slice value, unsigned number) {
    struct slice address = address_of_mailbox(value);
    size_t angle = slice_find_char(value, '<');
    struct slice name = slice_trim(slice_upto(value, angle));
    struct slice inner =
        name.len > 1 && name.ptr[0] == '"' ? (struct slice){name.ptr + 1, name.len - 2} : name;
    switch (number) {
    case 0:
        return address;
    case 1:
        return arena_printf(t->arena, "<%.*s>", S(address));
    case 2:
        return arena_printf(t->arena, "%.*s <%.*s>", S(inner), S(address));
    case 3:
        return arena_printf(t->arena, "\"%.*s\" <%.*s>", S(inner), S(address));
    default:
        return SLICE_EMPTY;
    }
}

/* The names of several mailboxes without quotation marks, or each in them, as Exchange writes them. Empty: it
 * is one mailbox, or names with commas, which cannot be told apart then. */
static struct slice other_quotes(const struct guessing *t, struct slice value, unsigned number) {
    bool is_list = slice_find_char(value, ',') < value.len;
    if (number > 1 || !is_list || value.len > MOST_OF_LIST)
        return SLICE_EMPTY;
    g_autoptr(GString) out = g_string_new(NULL);
    for (struct slice rest = value; rest.len;) {
        struct slice mailbox = slice_upto(rest, slice_find_char(rest, ','));
        struct slice gap = mailbox;
        for (gap.len = 0; gap.len < mailbox.len && g_ascii_isspace(mailbox.ptr[gap.len]);)
            gap.len++;
        size_t angle = slice_find_char(mailbox, '<');
        struct slice name = slice_trim(slice_upto(mailbox, angle));
        rest = slice_from(rest, mailbox.len + 1);
        if (name.len > 1 && name.ptr[0] == '"' && name.ptr[name.len - 1] == '"')
            name = (struct slice){name.ptr + 1, name.len - 2};
        if (angle == mailbox.len || !name.len)
            g_string_append_len(out, mailbox.ptr, (gssize)mailbox.len);
        else
            g_string_append_printf(out, number ? "%.*s\"%.*s\" %.*s" : "%.*s%.*s %.*s", S(gap), S(name),
                                   S(slice_from(mailbox, angle)));
        if (rest.len)
            g_string_append_c(out, ',');
    }
    return arena_copy(t->arena, (struct slice){out->str, out->len});
}

/* Where gateways keep what a field was before they changed it. */
static struct slice kept_elsewhere(const struct guessing *t, struct slice value, unsigned number) {
    static const char *const names[] = {"x-original-%.*s", "original-%.*s", "x-mailman-original-%.*s",
                                        "old-%.*s",        "x-old-%.*s",    "x-%.*s-original",
                                        "x-spam-prev-%.*s"};
    (void)value;
    if (number >= G_N_ELEMENTS(names))
        return SLICE_EMPTY;
    const char *at = strstr(names[number], "%.*s");
    g_autofree char *name = g_strdup_printf("%.*s%.*s%s", (int)(at - names[number]), names[number],
                                            S(text_upto(t->name, 60)), at + 4);
    struct slice other = slice_trim(header_value(t->fields, name));
    return other.len ? other : value; /* the value itself: the next is tried */
}

/* Without its encoding (RFC 2047), or with one that it may have had. */
static struct slice other_encoding(const struct guessing *t, struct slice value, unsigned number) {
    static const char *const forms[] = {"=?UTF-8?B?%s?=", "=?utf-8?B?%s?=", "=?utf-8?b?%s?="};
    if (number == 0)
        return slice_find(value, SLICE("=?")) < value.len ? text_decode_header(t->arena, value) : value;
    if (number > G_N_ELEMENTS(forms))
        return SLICE_EMPTY;
    g_autofree char *text = g_base64_encode((const guchar *)value.ptr, value.len);
    const char *at = strstr(forms[number - 1], "%s");
    return arena_printf(t->arena, "%.*s%s%s", (int)(at - forms[number - 1]), forms[number - 1], text, at + 2);
}

#define MOST_OF_NAME 200 /* bytes of a name that is encoded anew */

static void append_q(GString *out, struct slice text) {
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (g_ascii_isalnum(c) || (c && strchr("!*+-/", c)))
            g_string_append_c(out, c);
        else if (c == ' ')
            g_string_append_c(out, '_');
        else
            g_string_append_printf(out, "=%02X", (unsigned char)c);
    }
}

/* The words of a name from the first to the last that is not ASCII; empty: there is none. */
static struct slice foreign_words(struct slice name, size_t *start) {
    size_t first = 0, end = name.len;
    while (first < name.len && !((unsigned char)name.ptr[first] & 0x80))
        first++;
    while (end > first && !((unsigned char)name.ptr[end - 1] & 0x80))
        end--;
    if (first == end)
        return SLICE_EMPTY;
    while (first > 0 && name.ptr[first - 1] != ' ')
        first--;
    while (end < name.len && name.ptr[end] != ' ')
        end++;
    *start = first;
    return (struct slice){name.ptr + first, end - first};
}

/* The name of a mailbox in each form of RFC 2047 that programs write: its foreign words or all of it, in Q or
 * B, that letter and "utf-8" in small or large letters. */
static struct slice other_name(const struct guessing *t, struct slice value, unsigned number) {
    struct slice text = text_decode_header(t->arena, value);
    size_t angle = slice_find_char(text, '<');
    struct slice name = slice_trim(slice_upto(text, angle));
    size_t start = 0;
    if (name.len > 1 && name.ptr[0] == '"' && name.ptr[name.len - 1] == '"')
        name = (struct slice){name.ptr + 1, name.len - 2};
    struct slice part = foreign_words(name, &start);
    if (number >= 16 || angle == text.len || !part.len || name.len > MOST_OF_NAME)
        return SLICE_EMPTY;
    if (number & 8) {
        part = name;
        start = 0;
    }
    g_autoptr(GString) out = g_string_new_len(name.ptr, (gssize)start);
    g_autofree char *base64 = g_base64_encode((const guchar *)part.ptr, part.len);
    g_string_append_printf(out, "=?%s?", number & 1 ? "UTF-8" : "utf-8");
    g_string_append(out, number & 4 ? (number & 2 ? "B?" : "b?") : (number & 2 ? "Q?" : "q?"));
    if (number & 4)
        g_string_append(out, base64);
    else
        append_q(out, part);
    return arena_printf(t->arena, "%.*s?=%.*s %.*s", (int)out->len, out->str,
                        S(slice_from(name, start + part.len)), S(slice_from(text, angle)));
}

/* The same mailbox at the signing domain. */
static struct slice own_domain(const struct guessing *t, struct slice value, unsigned number) {
    struct slice domain = address_domain(address_of_mailbox(value));
    size_t at = domain.len ? slice_find(value, domain) : value.len;
    if (number > 0 || at >= value.len || !t->domain.len)
        return SLICE_EMPTY;
    return arena_printf(t->arena, "%.*s%.*s%.*s", (int)at, value.ptr, S(t->domain),
                        (int)(value.len - at - domain.len), value.ptr + at + domain.len);
}

struct slice dkim_guess_encoding(const struct guessing *t, struct slice value, unsigned number) {
    static const char *const encodings[] = {"7bit", "8bit", "quoted-printable", "base64", "binary",
                                            "7BIT", "8BIT"};
    (void)t;
    (void)value;
    return number < G_N_ELEMENTS(encodings) ? slice_of(encodings[number]) : SLICE_EMPTY;
}

/* The parameters of a Content-Type in their order or turned round, their values with or without quotation
 * marks, `more` behind them. */
static struct slice with_parameters(const struct guessing *t, struct slice value, bool is_turned,
                                    const char *mark, const char *more) {
    size_t semicolon = slice_find_char(value, ';');
    struct slice out = SLICE_EMPTY;
    struct slice rest = slice_from(value, semicolon + 1);
    for (unsigned i = 0; i < MOST_PARAMETERS && rest.len; i++) {
        struct slice one = slice_trim(slice_upto(rest, slice_find_char(rest, ';')));
        rest = slice_from(rest, slice_find_char(rest, ';') + 1);
        size_t equals = slice_find_char(one, '=');
        struct slice to = slice_trim(slice_from(one, equals + 1));
        if (to.len > 1 && to.ptr[0] == '"' && to.ptr[to.len - 1] == '"')
            to = (struct slice){to.ptr + 1, to.len - 2};
        struct slice text = arena_printf(t->arena, "; %.*s=%s%.*s%s", S(slice_trim(slice_upto(one, equals))),
                                         mark, S(to), mark);
        out = is_turned ? arena_printf(t->arena, "%.*s%.*s", S(text), S(out))
                        : arena_printf(t->arena, "%.*s%.*s", S(out), S(text));
    }
    return arena_printf(t->arena, "%.*s%.*s%s", S(slice_trim(slice_upto(value, semicolon))), S(out), more);
}

static struct slice other_type(const struct guessing *t, struct slice value, unsigned number) {
    static const char *const types[] = {"text/plain; charset=utf-8",        "text/plain; charset=\"utf-8\"",
                                        "text/plain; charset=UTF-8",        "text/plain; charset=us-ascii",
                                        "text/plain; charset=\"us-ascii\"", "text/plain",
                                        "text/plain; charset=\"UTF-8\"",    "text/html; charset=utf-8"};
    if (number < G_N_ELEMENTS(types))
        return slice_of(types[number]);
    if (number > G_N_ELEMENTS(types)) {
        unsigned form =
            number - G_N_ELEMENTS(types) - 1; /* turned round, in quotation marks, as flowed text */
        return form >= 8 ? SLICE_EMPTY
                         : with_parameters(t, value, form & 1, form & 2 ? "\"" : "",
                                           form & 4 ? "; format=flowed" : "");
    }
    GString *bare = g_string_new(NULL); /* the same without quotation marks */
    for (size_t i = 0; i < value.len; i++)
        if (value.ptr[i] != '"')
            g_string_append_c(bare, value.ptr[i]);
    struct slice kept = arena_copy(t->arena, (struct slice){bare->str, bare->len});
    g_string_free(bare, TRUE);
    return kept;
}

/* The blanks of a value: unfolded, folded after commas or semicolons. */
static struct slice other_blanks(const struct guessing *t, struct slice value, unsigned number) {
    static const char *const ends[] = {"", ",", ";"};
    if (number >= G_N_ELEMENTS(ends) * 2)
        return SLICE_EMPTY;
    struct slice line = text_clean_line(t->arena, value);
    char mark = ends[number / 2][0];
    GString *folded = g_string_new(NULL);
    for (size_t i = 0; i < line.len; i++) {
        g_string_append_c(folded, line.ptr[i]);
        if (mark && line.ptr[i] == mark && i + 1 < line.len && line.ptr[i + 1] == ' ') {
            g_string_append(folded, number % 2 ? "\r\n\t" : "\r\n ");
            i++;
        }
    }
    struct slice kept = arena_copy(t->arena, (struct slice){folded->str, folded->len});
    g_string_free(folded, TRUE);
    return kept;
}

static struct slice other_date(const struct guessing *t, struct slice value, unsigned number) {
    struct slice bare = slice_trim(slice_upto(value, slice_find_char(value, '(')));
    struct slice zone = slice_from(bare, bare.len > 5 ? bare.len - 5 : 0);
    switch (number) {
    case 0:
        return bare;
    case 1:
        return arena_printf(t->arena, "%.*s (%s)", S(bare), "UTC");
    case 2:
        return arena_printf(t->arena, "%.*sGMT", (int)(bare.len - zone.len), bare.ptr ? bare.ptr : "");
    default:
        return SLICE_EMPTY;
    }
}

#define ZONES 27 /* from -12 to +14 hours */

/* The same moment in another time zone, the day of the month with and without a zero in front. */
static struct slice other_zone(const struct guessing *t, struct slice value, unsigned number) {
    int64_t time = date_parse(value);
    if (time == -1 || number >= ZONES * 2)
        return SLICE_EMPTY;
    int hours = (int)(number / 2) - 12;
    g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc(time);
    g_autoptr(GDateTime) there = moment ? g_date_time_add_hours(moment, hours) : NULL;
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (!there)
        return SLICE_EMPTY;
    return arena_printf(
        t->arena,
        number % 2 ? "%s, %d %s %d %02d:%02d:%02d %s%02d00" : "%s, %02d %s %d %02d:%02d:%02d %s%02d00",
        days[g_date_time_get_day_of_week(there) - 1], g_date_time_get_day_of_month(there),
        months[g_date_time_get_month(there) - 1], g_date_time_get_year(there), g_date_time_get_hour(there),
        g_date_time_get_minute(there), g_date_time_get_second(there), hours < 0 ? "-" : "+", abs(hours));
}

const struct dkim_guess dkim_guesses[] = {
    {NULL, other_blanks,
     "the spaces or the folding of the %s field were changed (c=simple does not allow that; sign with "
     "c=relaxed)"},
    {"from", author, "the %s field was rewritten, as mailing lists do for DMARC"},
    {"*", kept_elsewhere, "the %s field was changed, and its old value kept in another field"},
    {"subject", other_encoding, "the %s field was encoded in another way (RFC 2047)"},
    {"from", other_encoding, "the %s field was encoded in another way (RFC 2047)"},
    {"to", other_encoding, "the %s field was encoded in another way (RFC 2047)"},
    {"from", other_name, "the name in the %s field was encoded in another way (RFC 2047)"},
    {"to", other_name, "the name in the %s field was encoded in another way (RFC 2047)"},
    {"cc", other_name, "the name in the %s field was encoded in another way (RFC 2047)"},
    {"reply-to", other_name, "the name in the %s field was encoded in another way (RFC 2047)"},
    {"subject", dkim_guess_untagged, "a tag was put in front of the %s, as mailing lists and filters do"},
    {"subject", tag_at_end, "a tag was put at the end of the %s"},
    {"from", bare_address, "the name or the quotation marks of the %s field were changed"},
    {"from", other_quotes, "the quotation marks of the %s field were changed"},
    {"from", own_domain, "the domain in the %s field was changed"},
    {"to", bare_address, "the name or the quotation marks of the %s field were changed"},
    {"to", other_quotes, "the quotation marks of the %s field were changed"},
    {"cc", bare_address, "the name or the quotation marks of the %s field were changed"},
    {"cc", other_quotes, "the quotation marks of the %s field were changed"},
    {"reply-to", bare_address, "the name or the quotation marks of the %s field were changed"},
    {"reply-to", author, "the %s field was rewritten"},
    {"sender", author, "the %s field was rewritten"},
    {"content-transfer-encoding", dkim_guess_encoding,
     "the %s field was changed: a server re-encoded the message"},
    {"content-type", other_type, "the %s field was changed: a server re-encoded the message"},
    {"date", other_date, "the %s field was written in another way"},
    {"date", other_zone, "the %s field was written anew, in another time zone"},
};
const size_t dkim_guess_count = G_N_ELEMENTS(dkim_guesses);
