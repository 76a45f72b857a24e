/* One recipient of a record: see export_entry.h. */
#include "parsers/log/export_entry.h"

#include "parsers/base/address.h"
#include "parsers/base/smtp_reply.h"
#include "parsers/base/text.h"
#include "parsers/rules/pattern.h"

#include <glib.h>

static void set_group(void *context, const char *name, struct slice text) {
    struct export_entry *e = context;
    struct {
        const char *name;
        struct slice *value;
    } const groups[] = {
        {"recipient", &e->recipient}, {"event", &e->event},       {"reply", &e->reply},
        {"code", &e->code},           {"status", &e->status},     {"last_reply", &e->last_reply},
        {"relay", &e->relay},         {"relay_ip", &e->relay_ip}, {"message_id", &e->message_id}};
    for (size_t i = 0; i < G_N_ELEMENTS(groups); i++)
        if (strcmp(groups[i].name, name) == 0)
            *groups[i].value = slice_trim(text);
}

static void find_groups_in(const struct export_plan *plan, struct slice text, struct export_entry *e,
                           struct arena *arena) {
    const struct rule_pattern *find = plan->kind->find;
    text = text.len ? text_clean_block(arena, text) : SLICE_EMPTY;
    for (size_t i = 0; text.len && find[i].regex; i++) {
        struct pattern_match m;
        if (pattern_match(&plan->patterns[i], find[i].regex, text, 0, &m) == PATTERN_MATCH)
            pattern_each_group(&m, set_group, e);
    }
}

void export_entry_find(struct export_entry *e, const struct export_plan *plan, struct arena *arena) {
    struct slice event = e->event, reply = e->reply;
    if (!plan->kind->find)
        return;
    find_groups_in(plan, e->recipient, e, arena);
    e->event = plan->is_line ? event : e->event;
    find_groups_in(plan, event, e, arena);
    struct slice found = e->event;
    find_groups_in(plan, reply, e, arena);
    e->event = plan->is_line ? found : e->event;
}

/* "smtp; 550 …" (RFC 3464 section 2.3.6) */
static struct slice without_type(struct slice reply) {
    return slice_starts_nocase(reply, SLICE("smtp;")) ? slice_trim(slice_from(reply, 5)) : reply;
}

/* "dns; mx.example.org (192.0.2.1)": host, and the address where none is known. */
static void split_relay(struct export_entry *e) {
    struct slice host = slice_starts_nocase(e->relay, SLICE("dns;")) ? slice_from(e->relay, 4) : e->relay;
    size_t mark = MIN(slice_find_char(host, '('), slice_find_char(host, '['));
    if (!e->relay_ip.len && mark < host.len)
        e->relay_ip = address_ip_in_text(slice_from(host, mark));
    host = slice_trim(slice_upto(host, mark));
    while (host.len && host.ptr[host.len - 1] == '.')
        host.len--;
    e->relay = host;
    if (!e->relay_ip.len && address_is_ip(host)) {
        e->relay_ip = host;
        e->relay = SLICE_EMPTY;
    }
}

/* A code and a status that the reply does not begin with are put in front of it. */
static struct slice whole_reply(const struct export_entry *e, struct arena *arena) {
    int ignored[3];
    struct slice reply = e->reply;
    bool has_code = reply_code(reply) > 0;
    int code = has_code ? 0 : reply_code(e->code);
    if (code < 200 || e->code.len != 3)
        return reply;
    bool has_status = !e->status.len || enhanced_parse(reply, ignored) > 0;
    struct slice whole = arena_printf(arena, "%d %.*s%s%.*s", code, has_status ? 0 : (int)e->status.len,
                                      has_status ? "" : e->status.ptr, has_status ? "" : " ", S(reply));
    return slice_trim(whole);
}

void export_entry_clean(struct export_entry *e, struct arena *arena) {
    int code[3];
    e->status = slice_upto(e->status, enhanced_parse(e->status, code));
    e->reply = without_type(e->reply);
    e->last_reply = without_type(e->last_reply);
    e->reply = whole_reply(e, arena);
    struct slice named = address_in_brackets(e->recipient); /* "Bob Berg <bob@example.org>" */
    e->recipient = address_strip(named.len ? named : e->recipient);
    split_relay(e);
}

bool export_entry_is_expiry(const struct export_entry *e) {
    static const struct slice expired = SLICE("4.4.7");
    size_t code = reply_code(e->reply) ? 4 : 0;
    return slice_equal(e->status, expired) || slice_starts_nocase(slice_from(e->reply, code), expired);
}

bool export_entry_is_cut(const struct export_entry *e) {
    struct slice s = e->recipient;
    return slice_ends_nocase(s, SLICE("...")) || slice_ends_nocase(s, SLICE("\xe2\x80\xa6"));
}
