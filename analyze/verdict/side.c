/* Outbound, inbound, or somebody else's: see side.h. */
#include "analyze/verdict/side.h"

#include "analyze/verdict/own_hand.h"
#include "analyze/verdict/passing_on.h"
#include "analyze/verdict/verification.h"
#include "parsers/base/address.h"

#include <glib.h>

/* Who took part, as far as they are one's own: an entry of one's own, or NULL. */
struct parts {
    const char *sender;    /* by the envelope */
    const char *author;    /* by From, which anybody can write */
    const char *recipient; /* of the delivery */
    const char *first;     /* the address that a recipient had before it was passed on */
};

const char *own_side_name(enum own_side side) {
    static const char *const names[] = {"unknown", "outbound", "inbound", "internal", "backscatter"};
    _Static_assert(G_N_ELEMENTS(names) == OWN_SIDE_BACKSCATTER + 1, "a name for each");
    return names[side];
}

/* --- who took part --- */

static const char *own_recipient(const struct report *r, const struct bounce *b,
                                 const struct own_names *own) {
    const char *found = NULL;
    for (const struct verdict *v = r->verdicts; v && !found; v = v->next)
        found = own_names_find(own, v->recipient);
    if (r->kind != KIND_MESSAGE || found)
        return found;
    found = own_names_find(own, r->mail.trace.delivered_to);
    for (const struct hop *h = r->mail.trace.hops; h && !found; h = h->next)
        found = own_names_find(own, h->recipient);
    return found ? found : own_names_find(own, b->addressee);
}

/* An address of one's own that leads to one of others. */
static const char *first_recipient(const struct bounce *b, const struct own_names *own) {
    const char *found = NULL;
    for (const struct recipient *p = b->recipients; p && !found; p = p->next)
        found = own_names_find(own, p->address) ? NULL : own_names_find(own, p->original);
    return found;
}

/* A report goes back to who sent the mail; who answers by himself was its recipient. */
static struct parts parts_of(const struct report *r, const struct bounce *b, const struct own_names *own) {
    struct slice from = address_of_mailbox(r->message.from);
    if ((r->kind == KIND_AUTO_REPLY || r->kind == KIND_CHALLENGE) && !r->is_about_another) {
        const char *answering = own_names_find(own, from);
        return (struct parts){.sender = own_names_find(own, b->addressee),
                              .recipient = answering ? answering : own_recipient(r, b, own)};
    }
    struct parts parts = {own_names_find(own, r->message.sender), own_names_find(own, from),
                          own_recipient(r, b, own), NULL};
    if (r->kind != KIND_MESSAGE && !parts.sender)
        parts.sender = own_names_find(own, b->addressee);
    if (!parts.sender && !r->message.sender.len)
        parts.sender = parts.author;
    if (r->kind == KIND_BOUNCE)
        parts.first = first_recipient(b, own);
    return parts;
}

/* --- what that makes of it --- */

static struct slice entry_slice(const char *entry) {
    return entry ? slice_of(entry) : SLICE_EMPTY;
}

/* A bounce to somebody else's mail in one's name: as was found, or as the way tells, if one's own servers are
 * known. */
static struct slice why_not_own(const struct report *r, enum stance_ground ground,
                                const struct trust_list *trust) {
    const struct verification *v = r->verification;
    if (v && v->genuine && strcmp(v->genuine, "backscatter") == 0)
        return v->genuine_reason;
    return ground == STANCE_OPEN && r->mail.trace.hops && trust->count
               ? SLICE("by its returned header it came from no server of yours (--trust)")
               : SLICE_EMPTY;
}

static void side_of_returned(struct stance *s, const struct report *r, const struct parts *p,
                             const struct trust_list *trust) {
    s->is_forwarded =
        (p->first && !p->sender && !p->recipient) || (p->sender && sender_is_rewritten(r->message.sender));
    s->side = p->sender && p->recipient ? OWN_SIDE_INTERNAL
              : p->recipient            ? OWN_SIDE_INBOUND
                                        : OWN_SIDE_OUTBOUND;
    s->name = entry_slice(p->sender ? p->sender : p->recipient ? p->recipient : p->first);
    if (!p->sender)
        s->ground = STANCE_KNOWN; /* whoever sent it, it was for one's own */
    if (!p->sender || r->kind != KIND_BOUNCE)
        return;
    s->reason = why_not_own(r, s->ground, trust);
    if (s->reason.len)
        s->side = OWN_SIDE_BACKSCATTER;
}

/* A message lies where it was delivered: what names one's own as its sender, of which nothing shows it, is of
 * whoever brought it. */
static void side_of_message(struct stance *s, const struct parts *p, const struct trust_list *trust) {
    const char *sender = p->sender ? p->sender : p->author;
    bool is_open = s->ground == STANCE_OPEN;
    s->side = p->recipient ? OWN_SIDE_INBOUND : OWN_SIDE_OUTBOUND;
    s->name = entry_slice(p->recipient ? p->recipient : sender);
    if (!sender)
        return;
    if (!is_open) {
        s->side = p->recipient ? OWN_SIDE_INTERNAL : OWN_SIDE_OUTBOUND;
        s->name = entry_slice(sender);
    } else if (p->recipient) {
        s->claimed = entry_slice(sender);
    } else if (!p->sender || trust->count) {
        s->side = OWN_SIDE_UNKNOWN;
        s->reason = p->sender ? SLICE("by its Received fields it came from no server of yours (--trust)")
                              : SLICE("its envelope sender is another's (a list's, a service's, or a "
                                      "forger's), and no host or signature of yours is believed of it");
    }
    if (is_open && !s->reason.len)
        s->reason = SLICE("nothing that is believed shows that it is yours");
}

void report_take_side(struct report *r, const struct bounce *bounce, const struct own_names *own,
                      const struct trust_list *trust, struct arena *arena) {
    struct parts parts = parts_of(r, bounce, own);
    bool is_message = r->kind == KIND_MESSAGE;
    if (!parts.sender && !parts.recipient && !parts.author && !parts.first)
        return;
    struct own_hand hand = own_hand_find(r, is_message && parts.recipient, own, trust);
    /* One's own name in From counts of a mail that came back where their server sent it. */
    if (!is_message && !parts.sender && hand.ground <= STANCE_TOLD && hand.server.len)
        parts.sender = parts.author;
    if (!is_message && !parts.sender && !parts.recipient && !parts.first)
        return;
    struct stance *s = ARENA_NEW(arena, struct stance);
    *s = (struct stance){.ground = hand.ground, .server = hand.server};
    if (is_message)
        side_of_message(s, &parts, trust);
    else
        side_of_returned(s, r, &parts, trust);
    r->stance = s;
    for (struct verdict *v = r->verdicts; v; v = v->next)
        v->stance = s;
}
