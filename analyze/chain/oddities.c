/* What does not fit together in a chain: times, hand-overs, names that are not their owner's. Legitimate
 * mail is untidy too, so each sentence says what was seen and what it can mean. */
#include "analyze/chain/oddities.h"

#include "analyze/chain/claim_trust.h"
#include "analyze/chain/duration.h"
#include "parsers/base/address.h"
#include "parsers/base/hash.h"
#include "parsers/base/organisation.h"

#include <glib.h>

#define CLOCK_SKEW  10        /* seconds by which clocks may always differ */
#define WIDE_SKEW   (15 * 60) /* beyond this it is no drifting clock any more */
#define LONG_DELAY  3600
#define DATE_OFF    (24 * 3600)
#define LOOP_VISITS 3

#define PROBLEM(b, hop, ...) NOTE(b, &(hop)->problems, (hop)->hop->line, __VA_ARGS__)

static struct slice writer_words(const struct chain_hop *hop) {
    return hop->writer.host.len ? hop->writer.host : SLICE("a host without a name");
}

static void check_time(struct chain_building *b, struct chain_hop *hop, const struct chain_hop *before) {
    struct slice writer = writer_words(hop);
    struct slice other = before ? writer_words(before) : SLICE_EMPTY;
    if (hop->hop->time == -1)
        PROBLEM(b, hop, "the field has no time");
    if (!hop->has_delay || !before)
        return;
    struct slice much = duration_words(b->arena, hop->delay);
    int64_t off_half_hour = (-hop->delay) % 1800;
    bool is_zone = -hop->delay > WIDE_SKEW && (off_half_hour < 60 || off_half_hour > 1740);
    if (-hop->delay > WIDE_SKEW)
        PROBLEM(b, hop, "time runs backwards by %.*s from %.*s to %.*s: %s, or a field is forged", S(much),
                S(other), S(writer),
                is_zone ? "one of them is in the wrong time zone" : "one of the clocks is wrong");
    else if (-hop->delay > CLOCK_SKEW)
        PROBLEM(b, hop, "the clocks of %.*s and %.*s differ by %.*s or more", S(other), S(writer), S(much));
    else if (hop->delay > LONG_DELAY)
        PROBLEM(b, hop, "%.*s passed until %.*s had it: it waited at %.*s", S(much), S(writer), S(other));
}

static bool has_client(const struct hop *h) {
    return h->ip.len || h->name.len || (address_is_host(h->helo) && !h->local.len);
}

/* Is the host that wrote the field below the client of this one? */
static bool is_client(const struct chain_hop *hop, const struct chain_hop *before) {
    const struct hop *h = hop->hop;
    return is_same_side(&before->writer, &hop->helo) || is_same_side(&before->writer, &hop->name) ||
           slice_equal(before->writer.host, h->ip) ||
           (before->hop->by_ip.len && slice_equal(before->hop->by_ip, h->ip));
}

static void check_link(struct chain_building *b, struct chain_hop *hop, const struct chain_hop *before) {
    const struct hop *h = hop->hop;
    struct slice below = before->writer.host;
    bool is_inside = h->address.family && ip_is_internal(&h->address);
    if (slice_equal_nocase(before->hop->via, SLICE("listexpand")))
        return; /* Majordomo's list server: it sends by hosts of other names */
    if (!has_client(h) || !address_is_host(below) || host_is_internal(below) || is_client(hop, before) ||
        is_same_side(&before->writer, &hop->writer))
        return;
    if (is_inside && !host_is_internal(hop->writer.host))
        PROBLEM(
            b, hop,
            "%.*s took it from the private address %.*s, but the field below was written by %.*s, of another "
            "organisation: a field is missing or forged",
            S(writer_words(hop)), S(h->ip), S(below));
    else if (!is_inside)
        PROBLEM(
            b, hop,
            "%.*s took it from %.*s, but the field below was written by %.*s: the two may be one host with "
            "two names, or a field is missing or forged",
            S(writer_words(hop)), S(hop_client_words(h, b->arena)), S(below));
}

/* A greeting with a name that the address does not bear out. */
static void check_helo(struct chain_building *b, struct chain_hop *hop) {
    const struct hop *h = hop->hop;
    const struct provider *claimed = hop->helo.provider;
    if (!h->address.family || ip_is_internal(&h->address) || !address_is_host(h->helo) ||
        is_same_side(&hop->name, &hop->helo) || hop->trust == HOP_OWN || hop_is_lmtp(h))
        return;
    if (is_same_side(&hop->helo, &hop->writer) && !claimed)
        PROBLEM(b, hop,
                "the client %.*s greeted %.*s with a name of its own domain, %.*s, which its address does "
                "not bear "
                "out: a host of that domain may do so, and strangers do that to be taken for insiders",
                S(h->ip), S(hop->writer.host), S(h->helo));
    else if (claimed && (h->name.len || h->is_name_missing))
        PROBLEM(b, hop, "the client greeted as %.*s (%s), but its address %.*s %s%.*s", S(h->helo),
                claimed->name, S(h->ip), h->name.len ? "has the name " : "has no name", S(h->name));
}

static void check_doubtful(struct chain_building *b, struct chain_hop *hop) {
    if (hop->hop->is_name_doubtful && hop->hop->name.len)
        PROBLEM(b, hop, "%.*s could not confirm that the client is %.*s (may be forged)",
                S(hop_writer(hop->hop)), S(hop->hop->name));
}

static bool is_read(const struct hop *h) {
    return hop_writer(h).len || hop_client(h).len;
}

/* A field below the boundary that our own side seems to have written. */
static bool is_impostor(const struct chain_building *b, const struct chain_hop *hop) {
    const struct chain_hop *boundary = b->chain->boundary;
    return boundary && hop->trust == HOP_UNVERIFIED && !boundary->writer.provider &&
           is_same_side(&hop->writer, &boundary->writer);
}

/* What the boundary knows of its client decides: a confirmed name of others shows that the mail came from
 * outside; an address without one may be a host of that side all the same, and behind one inside may be
 * anybody. */
static void check_impostor(struct chain_building *b, struct chain_hop *hop) {
    if (!is_impostor(b, hop))
        return;
    const struct hop *seen = b->chain->boundary->hop;
    struct slice writer = hop->writer.host;
    bool is_inside = seen->address.family && ip_is_internal(&seen->address);
    if (hop_client_is_confirmed(seen) && !is_inside)
        PROBLEM(b, hop,
                "this field claims to be written by %.*s, but came with the mail from outside: it is forged, "
                "or the "
                "mail left and came back",
                S(writer));
    else if (hop_is_lmtp(seen) && seen->ip.len)
        NOTE(b, &b->chain->reasons, hop->hop->line,
             "this field bears the name of %.*s; %.*s, which handed the mail over by LMTP, may be that host: "
             "--trust "
             "%.*s, if it is yours",
             S(writer), S(hop_client_words(seen, b->arena)), S(seen->ip));
    else if (seen->is_client_known && seen->ip.len && !is_inside)
        PROBLEM(b, hop,
                "this field claims to be written by %.*s, but came with the mail from %.*s: it is forged, or "
                "the mail "
                "left and came back, or that is a host of that side, whose name was not confirmed (--trust "
                "%.*s, if "
                "it is yours)",
                S(writer), S(hop_client_words(seen, b->arena)), S(seen->ip));
    else
        NOTE(b, &b->chain->reasons, hop->hop->line,
             "this field bears the name of %.*s, but nothing shows who handed the mail over: it may be true, "
             "or have "
             "been brought along",
             S(writer));
}

static bool has_impostor(const struct chain_building *b) {
    size_t i = 0;
    while (i < b->chain->count && !is_impostor(b, &b->chain->hops[i]))
        i++;
    return i < b->chain->count;
}

static void check_hops(struct chain_building *b) {
    struct chain *chain = b->chain;
    for (size_t i = 0; i < chain->count; i++) {
        struct chain_hop *hop = &chain->hops[i];
        const struct chain_hop *before = i ? hop - 1 : NULL;
        if (!is_read(hop->hop)) {
            PROBLEM(b, hop, "this Received field is not understood: %.*s", (int)MIN(hop->hop->text.len, 200),
                    hop->hop->text.ptr ? hop->hop->text.ptr : "");
            continue;
        }
        check_time(b, hop, before);
        if (before)
            check_link(b, hop, before);
        check_helo(b, hop);
        check_doubtful(b, hop);
        check_impostor(b, hop);
    }
}

static void check_claims(struct chain_building *b) {
    const struct chain *chain = b->chain;
    const struct chain_hop *boundary = chain->boundary;
    const struct claim *told = NULL;
    for (size_t i = 0; boundary && i < chain->claim_count; i++) {
        const struct claim *c = chain->claims[i].claim;
        bool is_new = !told || told->line != c->line;
        if (chain->claims[i].trust == TRUST_OWN || c->instance || !is_new)
            continue;
        struct side by = side_of(&b->sides, c->by);
        if (!is_same_side(&by, &boundary->writer))
            continue;
        told = c;
        if (claim_is_directly_below(b, c) && !has_impostor(b)) {
            NOTE(b, &b->chain->reasons, c->line,
                 "this %s field bears the name %.*s, of the receiving side, but stands below the field of "
                 "%.*s: its "
                 "filter may have written it there, or the mail may have brought it along, so it is not "
                 "believed",
                 c->field, S(c->by), S(hop_writer(boundary->hop)));
            continue;
        }
        NOTE(b, &b->chain->problems, c->line,
             "this %s field bears the name %.*s, of the receiving side, but stands below the field of %.*s: "
             "the mail may "
             "have brought it along, so it is not believed",
             c->field, S(c->by), S(hop_writer(boundary->hop)));
    }
}

/* Hosts that the mail came to again and again, with others between. */
static void check_loops(struct chain_building *b) {
    const struct chain *chain = b->chain;
    if (chain->count < LOOP_VISITS)
        return;
    g_autoptr(GHashTable) visits = g_hash_table_new_full(hash_string, g_str_equal, g_free, NULL);
    struct slice last = SLICE_EMPTY;
    for (size_t i = 0; i < chain->count; i++) {
        const struct hop *h = chain->hops[i].hop;
        struct slice writer = hop_writer(h);
        if (!writer.len || host_is_internal(writer) || slice_equal_nocase(writer, last))
            continue;
        last = writer;
        char *key = g_ascii_strdown(writer.ptr, (gssize)writer.len);
        guint count = GPOINTER_TO_UINT(g_hash_table_lookup(visits, key)) + 1;
        g_hash_table_replace(visits, key, GUINT_TO_POINTER(count));
        if (count == LOOP_VISITS)
            NOTE(b, &b->chain->story, h->line,
                 "the mail came to %.*s three times or more: it went round in a loop", S(writer));
    }
}

#define FEW_HOPS 16 /* each of them is held against each; more are hashed */

static bool is_copy_of_earlier(const struct chain *chain, size_t i) {
    size_t earlier = 0;
    while (earlier < i && !slice_equal(chain->hops[earlier].hop->text, chain->hops[i].hop->text))
        earlier++;
    return earlier < i;
}

static void check_copies(struct chain_building *b) {
    const struct chain *chain = b->chain;
    g_autoptr(GHashTable) seen = NULL;
    if (chain->count > FEW_HOPS)
        seen = g_hash_table_new_full(hash_string, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < chain->count; i++) {
        const struct hop *h = chain->hops[i].hop;
        bool is_copy = seen ? !g_hash_table_add(seen, g_strndup(h->text.ptr ? h->text.ptr : "", h->text.len))
                            : is_copy_of_earlier(chain, i);
        if (is_copy)
            NOTE(b, &b->chain->problems, h->line,
                 "this Received field stands in the header twice: it was copied");
    }
}

static void check_date(struct chain_building *b) {
    const struct chain *chain = b->chain;
    const struct chain_hop *seen = chain->boundary ? chain->boundary : chain->count ? &chain->hops[0] : NULL;
    if (!seen || seen->hop->time == -1 || b->date == -1)
        return;
    int64_t off = seen->hop->time - b->date;
    struct slice much = duration_words(b->arena, off);
    if (off < -DATE_OFF)
        NOTE(b, &b->chain->problems, 0, "the Date field lies %.*s after the time at which %.*s took the mail",
             S(much), S(writer_words(seen)));
    else if (off > 7 * DATE_OFF)
        NOTE(b, &b->chain->problems, 0,
             "the Date field lies %.*s before the time at which %.*s took the mail", S(much),
             S(writer_words(seen)));
}

void chain_find_problems(struct chain_building *b) {
    check_hops(b);
    check_claims(b);
    check_loops(b);
    check_copies(b);
    check_date(b);
}
