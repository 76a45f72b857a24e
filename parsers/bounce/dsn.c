/* Delivery status reports (RFC 3464, RFC 6533), as programs really write them: fields missing,
 * doubled or out of order, groups without the blank line between them. */
#include "parsers/bounce/bounce.h"

#include "parsers/base/address.h"
#include "parsers/base/date.h"
#include "parsers/base/text.h"

#include <glib.h>

struct dsn_reader {
    struct bounce *bounce;
    struct arena *arena;
    struct line_counter lines;
    struct recipient *now; /* the recipient being read; NULL: the message's own fields */
    bool has_final;
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

static enum action read_action(struct slice value) {
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

/* The value of Remote-MTA: "dns; host", "dns; host (1.2.3.4, the server…)", "[1.2.3.4]". */
static void read_remote(struct recipient *r, struct slice value) {
    struct slice type;
    struct slice rest = after_type(value, &type);
    struct slice host;
    if (!slice_next_word(&rest, &host))
        return;
    r->ip = address_ip_in_text(value);
    while (host.len && strchr("[]().,;", host.ptr[host.len - 1]))
        host.len--;
    while (host.len && strchr("[(", host.ptr[0]))
        host = slice_from(host, 1);
    if (address_is_ip(host))
        r->ip = host;
    else if (!slice_equal_nocase(type, SLICE("x-unix")) && address_is_host(host))
        r->host = host;
}

static void message_field(struct dsn_reader *d, struct field f, struct slice value) {
    struct bounce *b = d->bounce;
    if (slice_equal_nocase(f.name, SLICE("reporting-mta"))) {
        struct slice host = after_type(value, NULL);
        size_t end = slice_find_char(host, ' ');
        b->reporter = slice_trim(slice_upto(host, end));
    } else if (slice_equal_nocase(f.name, SLICE("arrival-date"))) {
        b->arrival = date_parse(value);
    } else if (slice_equal_nocase(f.name, SLICE("x-postfix-queue-id"))) {
        b->queue_id = value;
        b->software = "postfix";
    } else if (slice_equal_nocase(f.name, SLICE("x-postfix-sender"))) {
        b->software = "postfix";
        if (!b->returned.sender.len)
            b->returned.sender = address_strip(after_type(value, NULL));
    }
}

static void read_diagnostic(struct dsn_reader *d, struct field f, struct slice value) {
    struct recipient *r = d->now;
    struct slice type;
    struct slice text = after_type(value, &type);
    bool is_exit_status =
        slice_equal_nocase(type, SLICE("x-unix")) && slice_number(text, NULL) >= 0 && text.len <= 3;
    if ((r->diagnostic.len && text.len == 0) || is_exit_status) /* a number says less than any word does */
        return;
    r->diagnostic = text;
    r->diagnostic_type = type;
    r->where = "Diagnostic-Code";
    r->line = line_of(d, f);
}

static void recipient_field(struct dsn_reader *d, struct field f, struct slice value) {
    struct recipient *r = d->now;
    if (slice_equal_nocase(f.name, SLICE("final-recipient"))) {
        r->address = read_address(d, value, false);
        d->has_final = true;
        if (!r->line)
            r->line = line_of(d, f);
    } else if (slice_equal_nocase(f.name, SLICE("original-recipient"))) {
        r->original = read_address(d, value, true);
    } else if (slice_equal_nocase(f.name, SLICE("action"))) {
        r->action = read_action(value);
    } else if (slice_equal_nocase(f.name, SLICE("status"))) {
        enhanced_parse(value, r->status);
        r->status_line = line_of(d, f);
        size_t comment = slice_find_char(value, '('); /* "4.2.2 (Over quota)" */
        if (comment < value.len)
            r->sentence = slice_trim(slice_upto(slice_from(value, comment + 1), value.len - comment - 2));
    } else if (slice_equal_nocase(f.name, SLICE("remote-mta"))) {
        read_remote(r, value);
    } else if (slice_equal_nocase(f.name, SLICE("diagnostic-code"))) {
        read_diagnostic(d, f, value);
    } else if (slice_equal_nocase(f.name, SLICE("last-attempt-date"))) {
        r->last_attempt = date_parse(value);
    } else if (slice_equal_nocase(f.name, SLICE("will-retry-until"))) {
        r->retry_until = date_parse(value);
    } else if (slice_equal_nocase(f.name, SLICE("x-supplementary-info")) ||
               slice_equal_nocase(f.name, SLICE("x-supplementary-information"))) {
        if (!r->sentence.len)
            r->sentence = value;
    }
}

static const char *const recipient_names[] = {
    "final-recipient",
    "original-recipient",
    "action",
    "status",
    "remote-mta",
    "diagnostic-code",
    "last-attempt-date",
    "will-retry-until",
    "x-supplementary-info",
    "final-log-id",
    "x-actual-recipient",
    NULL,
};

static bool is_recipient_field(struct slice name) {
    for (const char *const *n = recipient_names; *n; n++)
        if (slice_equal_nocase(name, slice_of(*n)))
            return true;
    return false;
}

static bool is_named(struct slice name, const char *wanted) {
    return slice_equal_nocase(name, slice_of(wanted));
}

/* Does this field begin another recipient although no blank line came before it? */
static bool begins_recipient(const struct dsn_reader *d, struct slice name) {
    if (!d->now)
        return true;
    return (is_named(name, "final-recipient") && d->now->address.len) ||
           (is_named(name, "original-recipient") && d->now->original.len && d->now->address.len);
}

static void read_field(struct dsn_reader *d, struct field f) {
    if (!is_recipient_field(f.name)) {
        message_field(d, f, field_value(d->arena, f));
        return;
    }
    if (begins_recipient(d, f.name)) {
        if (d->bounce->count >= LIMIT_RECIPIENTS)
            return;
        d->now = recipient_add(d->bounce, d->arena);
    }
    /* A diagnosis keeps its line ends: they tell continuation lines from text. */
    struct slice value = is_named(f.name, "diagnostic-code") ? slice_trim(f.raw) : field_value(d->arena, f);
    recipient_field(d, f, value);
}

/* A group that names nobody and says nothing is no recipient; its fields belong to the message. */
static bool says_something(const struct recipient *r) {
    return r->address.len || r->original.len || r->action || r->diagnostic.len;
}

void dsn_read(struct bounce *bounce, struct slice text, unsigned first_line, struct arena *arena) {
    struct dsn_reader d = {bounce, arena, {text.ptr, first_line}, NULL, false};
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
