/* Outbound, inbound, or somebody else's: see side.h. */
#include "analyze/verdict/side.h"

#include "analyze/verdict/verification.h"
#include "parsers/base/address.h"
#include "parsers/base/host.h"

#include <glib.h>

const char *own_side_name(enum own_side side) {
    static const char *const names[] = {"unknown", "outbound", "inbound", "internal", "backscatter"};
    _Static_assert(G_N_ELEMENTS(names) == OWN_SIDE_BACKSCATTER + 1, "a name for each");
    return names[side];
}

static bool is_entry(struct slice address, struct slice domain, struct slice entry) {
    if (slice_find_char(entry, '@') < entry.len)
        return slice_equal_nocase(address, entry);
    return host_is_within(domain, slice_from(entry, entry.len && entry.ptr[0] == '.'));
}

const char *own_names_find(const struct own_names *own, struct slice address) {
    struct slice domain = slice_find_char(address, '@') < address.len ? address_domain(address) : address;
    for (size_t i = 0; i < own->count && domain.len; i++)
        if (is_entry(address, domain, slice_of(own->entries[i])))
            return own->entries[i];
    return NULL;
}

static const char *own_recipient(const struct report *r, const struct own_names *own) {
    const char *found = NULL;
    for (const struct verdict *v = r->verdicts; v && !found; v = v->next)
        found = own_names_find(own, v->recipient);
    if (r->kind != KIND_MESSAGE || found)
        return found;
    found = own_names_find(own, r->mail.trace.delivered_to);
    for (const struct hop *h = r->mail.trace.hops; h && !found; h = h->next)
        found = own_names_find(own, h->recipient);
    return found;
}

/* Does a server of one's own stand in the header of the mail that came back, or did one write the report? */
static bool passed_own_server(const struct report *r, const struct own_names *own,
                              const struct trust_list *trust) {
    if (trust_holds(trust, r->reporter) || own_names_find(own, r->reporter))
        return true;
    for (const struct hop *h = r->mail.trace.hops; h; h = h->next)
        if (trust_holds(trust, h->by) || trust_holds(trust, h->ip) || trust_holds(trust, h->name) ||
            own_names_find(own, h->by))
            return true;
    return false;
}

static bool is_known_genuine(const struct report *r) {
    const struct verification *v = r->verification;
    return v && v->genuine && strcmp(v->genuine, "genuine") == 0;
}

/* An answer to mail that somebody else sent in one's name? Where nothing was verified, the way tells, if
 * one's own servers are known. */
static struct slice why_not_own(const struct report *r, const struct own_names *own,
                                const struct trust_list *trust) {
    const struct verification *v = r->verification;
    bool is_known = v && v->genuine && strcmp(v->genuine, "unknown") != 0;
    if (r->kind != KIND_BOUNCE)
        return SLICE_EMPTY;
    if (is_known)
        return strcmp(v->genuine, "backscatter") == 0 ? v->genuine_reason : SLICE_EMPTY;
    return r->mail.trace.hops && r->is_about_another && trust->count && !passed_own_server(r, own, trust)
               ? SLICE("its returned header names no server of yours (--trust)")
               : SLICE_EMPTY;
}

void report_take_side(struct report *r, struct slice addressee, const struct own_names *own,
                      const struct trust_list *trust, struct arena *arena) {
    struct slice from = address_of_mailbox(r->message.from);
    const char *sender = own_names_find(own, r->message.sender);
    const char *recipient = own_recipient(r, own);
    if (!sender)
        sender = own_names_find(own, r->message.sender.len ? SLICE_EMPTY : from);
    /* A report goes back to who sent the mail; a message goes to who shall have it. */
    if (!sender && r->kind != KIND_MESSAGE)
        sender = own_names_find(own, addressee);
    if (!recipient && r->kind == KIND_MESSAGE)
        recipient = own_names_find(own, addressee);
    if (!sender && !recipient)
        return;
    struct stance *s = ARENA_NEW(arena, struct stance);
    *s = (struct stance){.side = sender && recipient ? OWN_SIDE_INTERNAL
                                 : sender            ? OWN_SIDE_OUTBOUND
                                                     : OWN_SIDE_INBOUND,
                         .name = slice_of(sender ? sender : recipient)};
    s->reason = sender ? why_not_own(r, own, trust) : SLICE_EMPTY;
    if (s->reason.len)
        s->side = OWN_SIDE_BACKSCATTER;
    s->is_open = r->kind == KIND_BOUNCE && sender && !s->reason.len && !is_known_genuine(r) &&
                 r->mail.trace.hops && r->is_about_another && !passed_own_server(r, own, trust);
    r->stance = s;
    for (struct verdict *v = r->verdicts; v; v = v->next)
        v->stance = s;
}
