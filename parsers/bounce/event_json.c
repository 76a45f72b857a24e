/* Replies in the events of sending services: see event_json.h. Only strings that stand under a key are looked
 * for, so that a half event, or one inside words, is read too. */
#include "parsers/bounce/event_json.h"

#include "parsers/base/smtp_reply.h"

#include <glib.h>

struct event_form {
    const char *service;
    struct slice mark;      /* stands in each event of the service */
    struct slice reply;     /* the key of the reply */
    struct slice code;      /* the key of its code, where the reply may have none; empty: none */
    struct slice recipient; /* the key of the address */
};

/* Sources, seen 2026-11-26: the keys as anymail/django-anymail reads them, anymail/webhooks/amazon_ses.py,
 * mailgun.py, sparkpost.py, postmark.py and sendgrid.py. */
static const struct event_form forms[] = {
    {"amazon-ses",
     SLICE("\"bouncedRecipients\""),
     SLICE("\"diagnosticCode\""),
     {NULL, 0},
     SLICE("\"emailAddress\"")},
    {"mailgun", SLICE("\"delivery-status\""), SLICE("\"message\""), SLICE("\"code\""),
     SLICE("\"recipient\"")},
    {"mailgun", SLICE("\"delivery-status\""), SLICE("\"description\""), SLICE("\"code\""),
     SLICE("\"recipient\"")},
    {"sparkpost", SLICE("\"raw_reason\""), SLICE("\"raw_reason\""), SLICE("\"error_code\""),
     SLICE("\"raw_rcpt_to\"")},
    {"postmark", SLICE("\"RecordType\""), SLICE("\"Details\""), {NULL, 0}, SLICE("\"Email\"")},
    {"sendgrid", SLICE("\"event\""), SLICE("\"reason\""), {NULL, 0}, SLICE("\"email\"")},
    {"sendgrid", SLICE("\"event\""), SLICE("\"response\""), {NULL, 0}, SLICE("\"email\"")},
};

bool json_begins(struct slice text) {
    struct slice s = slice_trim(text);
    if (s.len < 2 || (s.ptr[0] != '{' && s.ptr[0] != '['))
        return false;
    struct slice next = slice_trim(slice_from(s, 1));
    return next.len && strchr("{[\"\\", next.ptr[0]) && next.ptr[0];
}

static size_t write_escape(struct slice s, size_t at, char **out) {
    char c = s.ptr[at];
    if (c == 'u' && at + 4 < s.len) {
        gunichar value = 0;
        for (size_t i = 1; i <= 4; i++) {
            int digit = g_ascii_xdigit_value(s.ptr[at + i]);
            value = value * 16 + (gunichar)(digit < 0 ? 0 : digit);
        }
        bool is_half = value >= 0xd800 && value < 0xe000;
        *out += g_unichar_to_utf8(value && !is_half ? value : ' ', *out);
        return at + 5;
    }
    *(*out)++ = c == 'n' || c == 'r' ? '\n' : c == 't' ? ' ' : c;
    return at + 1;
}

/* The string that begins behind its quote at the start of `s`, without escapes. An escape of six bytes
 * becomes three at most, so that the copy is never longer. `used` becomes its length with the quote at its
 * end. */
static struct slice read_string(struct slice s, size_t *used, struct arena *arena) {
    size_t end = 0;
    while (end < s.len && s.ptr[end] != '"')
        end += s.ptr[end] == '\\' && end + 1 < s.len ? 2 : 1;
    end = MIN(end, s.len);
    *used = MIN(end + 1, s.len);
    char *copy = arena_open(arena, end + 1);
    char *out = copy;
    struct slice inside = slice_upto(s, end);
    for (size_t at = 0; at < inside.len;) {
        if (inside.ptr[at] == '\\' && at + 1 < inside.len)
            at = write_escape(inside, at + 1, &out);
        else
            *out++ = inside.ptr[at++];
    }
    return arena_close(arena, copy, (size_t)(out - copy));
}

/* The value under the next `key` of `rest`, a string or a number; `rest` becomes what follows it. */
static bool next_value(struct slice *rest, struct slice key, struct slice *value, struct arena *arena) {
    for (size_t at; key.len && (at = slice_find(*rest, key)) < rest->len;) {
        *rest = slice_from(*rest, at + key.len);
        struct slice s = *rest;
        while (s.len && (ascii_is_space(s.ptr[0]) || s.ptr[0] == ':'))
            s = slice_from(s, 1);
        size_t used = 0;
        if (s.len && s.ptr[0] == '"') {
            *value = slice_trim(read_string(slice_from(s, 1), &used, arena));
            *rest = slice_from(s, 1 + used);
        } else {
            slice_number(s, &used);
            *value = slice_upto(s, used);
        }
        if (value->len)
            return true;
    }
    return false;
}

static struct slice without_type(struct slice reply) { /* "smtp; 550 …" (RFC 3464 section 2.3.6) */
    static const struct slice type = SLICE("smtp;");
    return slice_starts_nocase(reply, type) ? slice_trim(slice_from(reply, type.len)) : reply;
}

/* A code is put in front of a reply that begins with none. */
static struct slice with_code(struct slice reply, struct slice code, struct arena *arena) {
    size_t own = 0;
    slice_number(reply, &own);
    if (own == 3 || reply_code(code) < 400)
        return reply;
    return arena_printf(arena, "%.*s %.*s", S(code), S(reply));
}

static size_t read_form(struct slice text, const struct event_form *form, struct event_reply *replies,
                        size_t most, struct arena *arena) {
    struct slice rest =
        slice_from(text, form->service == forms[1].service ? slice_find(text, form->mark) : 0);
    struct slice codes = rest;
    struct slice addresses = text;
    size_t count = 0;
    for (struct slice reply; count < most && next_value(&rest, form->reply, &reply, arena); count++) {
        struct slice code = SLICE_EMPTY;
        next_value(&codes, form->code, &code, arena);
        replies[count] = (struct event_reply){with_code(without_type(reply), code, arena), SLICE_EMPTY};
    }
    size_t named = 0;
    for (struct slice address; named <= count && next_value(&addresses, form->recipient, &address, arena);
         named++)
        if (named < count)
            replies[named].recipient = address;
    for (size_t i = 0; i < count && named != count; i++) /* whose each is cannot be told */
        replies[i].recipient = SLICE_EMPTY;
    return count;
}

/* An event inside a string of another one (SNS puts that of SES into "Message"): its escapes are undone. */
static struct slice unwrapped(struct slice text, struct arena *arena) {
    size_t at = slice_find(text, SLICE("\"{\\\""));
    size_t used;
    return at < text.len ? read_string(slice_from(text, at + 1), &used, arena) : text;
}

size_t event_json_read(struct slice text, struct event_reply *replies, size_t most, const char **service,
                       struct arena *arena) {
    text = unwrapped(text, arena);
    for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
        if (slice_find(text, forms[i].mark) == text.len)
            continue;
        size_t count = read_form(text, &forms[i], replies, most, arena);
        if (count && service)
            *service = forms[i].service;
        if (count)
            return count;
    }
    return 0;
}

struct slice json_list_lines(struct slice text, struct arena *arena) {
    struct slice s = slice_trim(text);
    if (!s.len || s.ptr[0] != '[')
        return SLICE_EMPTY;
    GString *lines = g_string_new(NULL);
    for (s = slice_trim(slice_from(s, 1)); s.len && s.ptr[0] == '"';) {
        size_t used;
        struct slice line = read_string(slice_from(s, 1), &used, arena);
        g_string_append_len(lines, line.ptr, (gssize)line.len);
        g_string_append_c(lines, '\n');
        s = slice_trim(slice_from(s, 1 + used));
        if (s.len && s.ptr[0] == ',')
            s = slice_trim(slice_from(s, 1));
    }
    struct slice copy = arena_copy(arena, (struct slice){lines->str, lines->len});
    g_string_free(lines, TRUE);
    return copy;
}
