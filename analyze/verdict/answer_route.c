/* Which way it came: see answer_route.h. */
#include "analyze/verdict/answer_route.h"

#include "analyze/chain/boundary.h"
#include "parsers/base/filled.h"

static struct slice recipient(const struct report *r) {
    const struct trace *trace = &r->mail.trace;
    const struct chain *chain = &r->mail.chain;
    for (size_t i = chain->count; i-- > 0;)
        if (chain->hops[i].trust != HOP_UNVERIFIED && chain->hops[i].hop->recipient.len)
            return chain->hops[i].hop->recipient;
    /* one below the boundary is of where the other side had it before */
    return chain->boundary && trace->delivered_to_position > chain->boundary->hop->position
               ? SLICE_EMPTY
               : trace->delivered_to;
}

static void tell_story(struct answering *a) {
    for (const struct note *n = a->report->mail.chain.story.first; n; n = n->next)
        BECAUSE(a, n->line, "%.*s", S(n->text));
    for (const struct field_note *n = a->report->mail.trace.field_notes; n; n = n->next)
        if (strcmp(n->kind, "origin") == 0 && !answering_is_told(a, n->text))
            BECAUSE(a, n->line, "%.*s%s", S(n->text),
                    field_note_trust(&a->report->mail.chain, n) == TRUST_OWN ? "" : UNVERIFIED);
}

static struct slice login_of(const struct claim *c) {
    for (const struct property *p = c->properties; p; p = p->next)
        if (slice_equal_nocase(p->name, SLICE("smtp.auth")))
            return p->value;
    return SLICE_EMPTY;
}

/* A login that stands as a result: "auth=pass smtp.auth=kim" (RFC 8601 section 2.7.4). */
static void tell_login_result(struct answering *a) {
    const struct chain *chain = &a->report->mail.chain;
    for (size_t i = 0; i < chain->claim_count; i++) {
        const struct claim *c = chain->claims[i].claim;
        struct slice user = login_of(c);
        if (!slice_equal(c->method, SLICE("auth")) || !slice_equal_nocase(c->result, SLICE("pass")) ||
            !user.len)
            continue;
        BECAUSE(a, c->line, "it was handed to %.*s with a login as %.*s%s", S(c->by),
                S(filled_mark(a->arena, FILLED_USER, user)),
                chain->claims[i].trust == TRUST_OWN ? "" : UNVERIFIED);
        return;
    }
}

/* What the other side says of the hosts before. */
static void tell_beginning(struct answering *a, size_t before) {
    const struct hop *first = a->report->mail.chain.hops->hop;
    if (before && hop_client(first).len)
        BECAUSE(a, first->line,
                "%zu Received field%s below, written by the other side, %s that it began at %.*s%s%.*s",
                before, before == 1 ? "" : "s", before == 1 ? "says" : "say",
                S(hop_client_words(first, a->arena)),
                first->user.len           ? ", logged in as "
                : first->is_authenticated ? ", with a login"
                                          : "",
                S(filled_mark(a->arena, FILLED_USER, first->user)));
    for (size_t i = 1; i < before; i++) {
        const struct hop *h = a->report->mail.chain.hops[i].hop;
        if (h->is_authenticated || h->user.len) {
            BECAUSE(a, h->line, "by these fields it was handed to %.*s with a login%s%.*s",
                    S(hop_writer_words(h)), h->user.len ? " as " : "",
                    S(filled_mark(a->arena, FILLED_USER, h->user)));
            return;
        }
    }
}

/* Mailboxes that a program emptied. */
static void tell_collected(struct answering *a) {
    const struct chain *chain = &a->report->mail.chain;
    for (size_t i = 0; i < chain->count; i++) {
        const struct hop *h = chain->hops[i].hop;
        if (hop_is_collected(h))
            BECAUSE(a, h->line, "%.*s collected it from the mailbox at %.*s (%.*s)", S(hop_writer_words(h)),
                    S(hop_client_words(h, a->arena)), S(h->with));
    }
}

void answer_route(struct answering *a) {
    const struct chain *chain = &a->report->mail.chain;
    const struct chain_hop *boundary = chain->boundary;
    if (chain->count == 0) {
        ANSWER(a, "unknown", CONFIDENCE_NONE, "Not known: %s",
               a->report->is_piece ? NO_RECEIVED_GIVEN
                                   : "it has no Received field, so it never went over a mail server, or lost "
                                     "them");
        return;
    }
    const struct hop *last = chain->hops[chain->count - 1].hop;
    struct slice to = recipient(a->report);
    struct slice at = to.len ? arena_printf(a->arena, " for %.*s", S(to)) : SLICE_EMPTY;
    const char *result = chain->is_list ? "list" : chain->is_forwarded ? "forwarded" : "direct";
    const char *way = chain->is_list        ? "Through a mailing list"
                      : chain->is_forwarded ? "It was forwarded"
                                            : "Straight";
    if (boundary) {
        struct slice client = hop_client_words(boundary->hop, a->arena);
        bool is_read = boundary->hop->is_anchored; /* else the client may have written what is read of it */
        /* that it went through a list, or was passed on, stands below the boundary, as a rule */
        bool is_sure = is_read && strcmp(result, "direct") == 0;
        ANSWER(a, result, is_sure ? answering_own(a) : CONFIDENCE_LIKELY, "%s: %.*s took it from %.*s%.*s",
               way, S(hop_writer_words(boundary->hop)), S(client), S(at));
        tell_beginning(a, (size_t)(boundary - chain->hops));
    } else if (!chain->is_inside) {
        ANSWER(a, result, CONFIDENCE_GUESS,
               "%s, by fields that anybody could have written: %.*s took it from %.*s%.*s", way,
               S(hop_writer_words(last)), S(hop_client_words(last, a->arena)), S(at));
    } else {
        ANSWER(a, result, CONFIDENCE_LIKELY, "%s: it never left the hosts of %.*s%.*s", way,
               S(hop_writer_words(last)), S(at));
    }
    tell_collected(a);
    tell_login_result(a);
    tell_story(a);
}
