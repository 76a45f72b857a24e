/* Delivery status reports (RFC 3464, RFC 6533), as programs really write them: fields missing,
 * doubled or out of order, groups without the blank line between them. See dsn.h. */
#include "parsers/bounce/dsn.h"

#include "parsers/base/address.h"
#include "parsers/base/date.h"
#include "parsers/base/smtp_reply.h"
#include "parsers/bounce/recipients.h"
#include "parsers/message/field.h"

#include <glib.h>

struct dsn_reader {
    struct bounce *bounce;
    struct arena *arena;
    struct line_counter lines;
    struct recipient *now; /* the recipient being read; NULL: the message's own fields */
};

/* "type; value" → value; the type, when wanted, in *type. */
static struct slice after_type(struct slice value, struct slice *type) {
    size_t semicolon = slice_find_char(value, ';');
    size_t space = slice_find_char(value, ' ');
    size_t quote = slice_find_char(value, '"');
    if (semicolon == value.len || semicolon > 40 || space < semicolon || quote < semicolon) {
        if (type)
            *type = SLICE_EMPTY;
        return value;
    }
    if (type)
        *type = slice_upto(value, semicolon);
    return slice_trim(slice_from(value, semicolon + 1));
}

/* RFC 6533: \x{1F408} in utf-8-addr-xtext; RFC 3461: +2B in xtext. */
static size_t decode_escape(struct slice s, gunichar *c) {
    if (s.len > 4 && s.ptr[0] == '\\' && s.ptr[1] == 'x' && s.ptr[2] == '{') {
        char *end;
        g_autofree char *hex = g_strndup(s.ptr + 3, MIN(s.len - 3, 8));
        guint64 value = g_ascii_strtoull(hex, &end, 16);
        size_t used = (size_t)(end - hex);
        if (used && *end == '}' && g_unichar_validate((gunichar)value)) {
            *c = (gunichar)value;
            return used + 4;
        }
    }
    if (s.len > 2 && s.ptr[0] == '+' && g_ascii_isxdigit(s.ptr[1]) && g_ascii_isxdigit(s.ptr[2]) &&
        !g_ascii_islower(s.ptr[1]) && !g_ascii_islower(s.ptr[2])) {
        *c = (gunichar)(g_ascii_xdigit_value(s.ptr[1]) * 16 + g_ascii_xdigit_value(s.ptr[2]));
        return *c >= 33 && *c < 127 ? 3 : 0;
    }
    return 0;
}

static struct slice decode_xtext(struct arena *arena, struct slice s, bool plus) {
    if (slice_find(s, SLICE("\\x{")) == s.len && (!plus || slice_find_char(s, '+') == s.len))
        return s;
    g_autoptr(GString) out = g_string_new(NULL);
    while (s.len) {
        gunichar c;
        size_t used = plus || s.ptr[0] != '+' ? decode_escape(s, &c) : 0;
        if (used)
            g_string_append_unichar(out, c);
        else
            g_string_append_c(out, s.ptr[0]);
        s = slice_from(s, used ? used : 1);
    }
    return arena_copy(arena, (struct slice){out->str, out->len});
}

static struct slice read_address(struct dsn_reader *d, struct slice value, bool is_original) {
    struct slice address = address_strip(after_type(value, NULL));
    return decode_xtext(d->arena, address, is_original && slice_find(address, SLICE("+3D")) < address.len);
}

static enum action action_of(struct slice value) {
    static const struct {
        const char *word;
        enum action action;
    } words[] = {{"fail", ACTION_FAILED},   {"delay", ACTION_DELAYED},   {"delivered", ACTION_DELIVERED},
                 {"relay", ACTION_RELAYED}, {"expand", ACTION_EXPANDED}, {"deliverable", ACTION_DELIVERED}};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (slice_starts_nocase(value, slice_of(words[i].word)))
            return words[i].action;
    return ACTION_UNKNOWN;
}

static unsigned line_of(struct dsn_reader *d, struct field f) {
    return line_counter_at(&d->lines, f.name.ptr);
}

static void read_reporter(struct dsn_reader *d, struct field f, struct slice value) {
    (void)f;
    struct slice host = after_type(value, NULL);
    d->bounce->reporter = slice_trim(slice_upto(host, slice_find_char(host, ' ')));
}

static void read_arrival(struct dsn_reader *d, struct field f, struct slice value) {
    (void)f;
    d->bounce->arrival = date_parse(value);
}

static void read_postfix_queue_id(struct dsn_reader *d, struct field f, struct slice value) {
    (void)f;
    d->bounce->queue_id = value;
    d->bounce->software = "postfix";
}

static void read_postfix_sender(struct dsn_reader *d, struct field f, struct slice value) {
    (void)f;
    d->bounce->software = "postfix";
    if (!d->bounce->returned.sender.len)
        d->bounce->returned.sender = address_strip(after_type(value, NULL));
}

static void read_final_recipient(struct dsn_reader *d, struct field f, struct slice value) {
    d->now->address = read_address(d, value, false);
    if (!d->now->line)
        d->now->line = line_of(d, f);
}

static void read_original_recipient(struct dsn_reader *d, struct field f, struct slice value) {
    (void)f;
    d->now->original = read_address(d, value, true);
}

static void read_action(struct dsn_reader *d, struct field f, struct slice value) {
    (void)f;
    d->now->action = action_of(value);
}

/* "4.2.2 (Over quota)" */
static void read_status(struct dsn_reader *d, struct field f, struct slice value) {
    enhanced_parse(value, d->now->status);
    d->now->status_line = line_of(d, f);
    struct slice comment = slice_from(value, slice_find_char(value, '(') + 1);
    if (slice_ends_nocase(comment, SLICE(")"))) /* else it was cut */
        comment.len--;
    if (comment.len)
        d->now->sentence = slice_trim(comment);
}

/* The length of a name or of an IPv4 address before its port, as CommuniGate writes it ("mx.example.org:25").
 */
static size_t without_port(struct slice host) {
    size_t colon = slice_find_char(host, ':');
    size_t digits = 0;
    slice_number(slice_from(host, colon + 1), &digits);
    return digits && colon + 1 + digits == host.len ? colon : host.len;
}

/* "dns; host", "dns; host (1.2.3.4, the server…)", "[1.2.3.4]" */
static void read_remote(struct dsn_reader *d, struct field f, struct slice value) {
    (void)f;
    struct recipient *r = d->now;
    struct slice type;
    struct slice rest = after_type(value, &type);
    struct slice host;
    if (!slice_next_word(&rest, &host))
        return;
    r->ip = address_ip_in_text(value);
    host = slice_upto(host, without_port(host));
    while (host.len && strchr("[]().,;", host.ptr[host.len - 1]))
        host.len--;
    while (host.len && strchr("[(", host.ptr[0]))
        host = slice_from(host, 1);
    if (address_is_ip(host))
        r->ip = host;
    else if (!slice_equal_nocase(type, SLICE("x-unix")) && address_is_host(host))
        r->host = host;
}

static void read_diagnostic(struct dsn_reader *d, struct field f, struct slice value) {
    struct recipient *r = d->now;
    struct slice type;
    struct slice text = after_type(value, &type);
    bool is_of_process = slice_equal_nocase(type, SLICE("x-unix"));
    bool is_exit_status = is_of_process && slice_number(text, NULL) >= 0 && text.len <= 3;
    /* an older Postfix writes what others answered as X-Postfix too */
    r->is_own_reason = is_of_process || (type.len && !slice_equal_nocase(type, SLICE("smtp")) &&
                                         !reply_line_code(slice_trim(text)));
    if ((r->diagnostic.len && text.len == 0) || is_exit_status) /* an exit status explains nothing */
        return;
    r->diagnostic = text;
    r->where = "Diagnostic-Code";
    r->line = line_of(d, f);
}

static void read_last_attempt(struct dsn_reader *d, struct field f, struct slice value) {
    (void)f;
    d->now->last_attempt = date_parse(value);
}

static void read_retry_until(struct dsn_reader *d, struct field f, struct slice value) {
    (void)f;
    d->now->retry_until = date_parse(value);
}

static void read_supplement(struct dsn_reader *d, struct field f, struct slice value) {
    (void)f;
    if (!d->now->sentence.len)
        d->now->sentence = value;
}

/* A field of a report: where it belongs, and what is done with it. */
struct dsn_field {
    struct slice name;
    void (*read)(struct dsn_reader *d, struct field f, struct slice value); /* NULL: nothing */
    bool is_of_recipient;
    bool keeps_lines; /* its line ends tell continuation lines from text */
};

#define NAME(text)                                                                                           \
    { text, sizeof(text) - 1 }
#define OF_MESSAGE(name, read)                                                                               \
    { NAME(name), read, false, false }
#define OF_RECIPIENT(name, read)                                                                             \
    { NAME(name), read, true, false }

static const struct dsn_field dsn_fields[] = {
    OF_MESSAGE("reporting-mta", read_reporter),
    OF_MESSAGE("arrival-date", read_arrival),
    OF_MESSAGE("x-postfix-queue-id", read_postfix_queue_id),
    OF_MESSAGE("x-postfix-sender", read_postfix_sender),
    OF_RECIPIENT("final-recipient", read_final_recipient),
    OF_RECIPIENT("original-recipient", read_original_recipient),
    OF_RECIPIENT("action", read_action),
    OF_RECIPIENT("status", read_status),
    OF_RECIPIENT("remote-mta", read_remote),
    {NAME("diagnostic-code"), read_diagnostic, true, true},
    OF_RECIPIENT("last-attempt-date", read_last_attempt),
    OF_RECIPIENT("will-retry-until", read_retry_until),
    OF_RECIPIENT("x-supplementary-info", read_supplement),
    OF_RECIPIENT("x-supplementary-information", read_supplement),
    OF_RECIPIENT("x400-supplementary-info", read_supplement),
    OF_RECIPIENT("final-log-id", NULL),
    OF_RECIPIENT("x-actual-recipient", NULL),
};

static const struct dsn_field *find_field(struct slice name) {
    for (size_t i = 0; i < G_N_ELEMENTS(dsn_fields); i++)
        if (slice_equal_nocase(name, dsn_fields[i].name))
            return &dsn_fields[i];
    return NULL;
}

/* Does this field of a recipient begin another one although no blank line came before it? */
static bool begins_recipient(const struct dsn_reader *d, const struct dsn_field *field) {
    if (!d->now)
        return true;
    return (field->read == read_final_recipient && d->now->address.len) ||
           (field->read == read_original_recipient && d->now->original.len && d->now->address.len);
}

static void read_field(struct dsn_reader *d, struct field f) {
    const struct dsn_field *field = find_field(f.name);
    if (!field)
        return;
    if (field->is_of_recipient && begins_recipient(d, field))
        d->now = recipient_add(d->bounce, d->arena);
    if (!field->read || (field->is_of_recipient && !d->now))
        return;
    field->read(d, f, field->keeps_lines ? slice_trim(f.raw) : field_value(d->arena, f));
}

/* Does the group name a recipient, or say what became of one? If not, its fields are of the whole message. */
static bool says_something(const struct recipient *r) {
    return r->address.len || r->original.len || r->action || r->diagnostic.len;
}

void dsn_read(struct bounce *bounce, struct slice text, unsigned first_line, struct arena *arena) {
    struct dsn_reader d = {bounce, arena, {text.ptr, first_line}, NULL};
    struct field f;
    while (text.len) {
        if (field_next(&text, &f))
            read_field(&d, f);
        else if (d.now && says_something(d.now) && (d.now->address.len || d.now->original.len))
            d.now = NULL;
    }
    for (struct recipient *r = bounce->recipients; r; r = r->next)
        if (!r->address.len)
            r->address = r->original;
}
