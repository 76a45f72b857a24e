/* Since when can the chain be believed? Every host writes its field above those that it was given, so
 * belief goes from the top down, as far as the hosts are the receiver's own. With --trust those are named;
 * else they are inferred: the top field is the receiving system's, and the fields below it as long as each
 * host handed the mail to another one of the same side. The first host that took it from outside is the
 * boundary: what it saw of its client (address, reverse name, HELO) is true, all below is hearsay. */
#include "analyze/chain/boundary.h"

#include "parsers/base/address.h"
#include "parsers/base/generic_name.h"
#include "parsers/base/host.h"
#include "parsers/base/organisation.h"

static bool names_hosts(const struct chain_building *b) {
    return b->trust && b->trust->count;
}

static bool is_trusted_writer(const struct chain_building *b, const struct hop *h) {
    return trust_holds(b->trust, h->by) || trust_holds(b->trust, h->by_name) ||
           trust_holds(b->trust, h->by_ip);
}

/* Does it greet with a public name of another organisation, or a public address? */
static bool greets_as_stranger(const struct chain_hop *hop, const struct side *side) {
    struct slice helo = hop->helo.host;
    bool is_bracketed = helo.len > 2 && helo.ptr[0] == '[' && helo.ptr[helo.len - 1] == ']';
    struct slice literal = is_bracketed ? slice_from(slice_upto(helo, helo.len - 1), 1) : helo;
    struct ip ip;
    if (ip_parse(literal, &ip))
        return !ip_is_internal(&ip) && !slice_equal_nocase(literal, hop->hop->by_ip);
    return organisation_is_known(helo) && !host_is_internal(helo) && !is_same_side(&hop->helo, side) &&
           !is_same_side(&hop->helo, &hop->writer);
}

/* Behind an address inside may stand a proxy (haproxy without its protocol, stunnel, a load balancer, a
 * filter that passes all on as it comes), so that everybody seems to come from there. A client that greets as
 * a stranger's host came through one, unless the writer found that name for the address itself, as only who
 * runs the network can have it. One that greets as a host of ours cannot be told from that: see SECURITY.md.
 */
static bool is_through_proxy(const struct chain_hop *hop, const struct side *side) {
    const struct hop *h = hop->hop;
    if (h->is_handed_over || hop_is_lmtp(h) || !h->address.family || !greets_as_stranger(hop, side))
        return false;
    return ip_is_loopback(&h->address) || !hop_client_is_confirmed(h) ||
           !is_same_side(&hop->name, &hop->helo);
}

/* Was it handed over inside the writer's own system? By the form of the field, or from its own host. */
static bool is_own_hand_over(const struct hop *h) {
    return h->is_handed_over || (h->address.family && ip_is_loopback(&h->address));
}

/* The address is what the writer saw itself; the name is only as good as its look-up. An own address that is
 * named is trusted whatever comes from there. */
static bool is_trusted_client(const struct chain_building *b, const struct chain_hop *hop) {
    const struct hop *h = hop->hop;
    if (!h->is_anchored || h->is_handed_over)
        return h->is_anchored;
    if (h->address.family && trust_holds(b->trust, h->ip))
        return true;
    if (is_own_hand_over(h))
        return trust_holds(b->trust, h->helo) || !is_through_proxy(hop, &hop->writer);
    return h->address.family && hop_client_is_confirmed(h) && trust_holds(b->trust, h->name);
}

static void note_not_understood(struct chain_building *b, const struct hop *h) {
    NOTE(b, &b->chain->reasons, h->line,
         "this field is not in a form in which a known program writes it, or words of the client break that: "
         "nothing "
         "below it is believed");
}

static void note_untrusted_client(struct chain_building *b, const struct hop *h) {
    struct slice client = hop_client_words(h, b->arena);
    struct slice writer = hop_writer_words(h);
    bool is_named = trust_holds(b->trust, h->name) || trust_holds(b->trust, h->helo);
    if (is_named && h->ip.len)
        NOTE(b, &b->chain->reasons, h->line,
             "%.*s is a host of yours (--trust); its client is %.*s, and the field does not say that this "
             "name was "
             "confirmed for the address: name %.*s with --trust too, if it is yours",
             S(writer), S(client), S(h->ip));
    else
        NOTE(b, &b->chain->reasons, h->line, "%.*s is a host of yours (--trust), its client, %.*s, is not",
             S(writer), S(client));
}

/* "example.com" names one host; who gave it may have meant all those below it. */
static void note_parent(struct chain_building *b, const struct hop *h) {
    struct slice writer = hop_writer(h);
    for (size_t i = 0; i < b->trust->count; i++) {
        struct slice entry = slice_of(b->trust->entries[i]);
        if (entry.ptr[0] != '.' && host_is_within(writer, entry))
            NOTE(b, &b->chain->reasons, 0,
                 "--trust %.*s names that one host; --trust .%.*s names all below it too", S(entry),
                 S(entry));
    }
}

/* Clients from anywhere may come from a gateway's address; what speaks LMTP is of the system. */
static bool is_at_gateway(const struct hop *h) {
    return !is_own_hand_over(h) && !hop_is_lmtp(h) && h->address.family && ip_may_be_gateway(&h->address);
}

static bool is_at_internal_address(const struct hop *h) {
    return h->address.family && ip_is_internal(&h->address);
}

/* Is who really sent it not told? `side`: that the field is of. */
static bool is_hidden(const struct chain_hop *hop, const struct side *side) {
    return is_at_gateway(hop->hop) || (is_at_internal_address(hop->hop) && is_through_proxy(hop, side));
}

static bool is_from_inside(const struct chain_hop *hop) {
    const struct hop *h = hop->hop;
    return h->is_anchored && (is_own_hand_over(h) || is_at_internal_address(h)) &&
           !is_hidden(hop, &hop->writer);
}

static void note_hidden(struct chain_building *b, const struct chain_hop *hop) {
    const struct hop *h = hop->hop;
    if (!is_at_gateway(h)) {
        struct slice named = ip_is_loopback(&h->address) ? h->helo : h->ip;
        NOTE(b, &b->chain->reasons, h->line,
             "%.*s is an address inside, but who comes from there calls itself %.*s, as a host of others: a "
             "proxy that does not name its client may stand there, so nothing below is believed; --trust "
             "%.*s, "
             "if that is a host of yours",
             S(h->ip), S(h->helo), S(named));
        return;
    }
    NOTE(b, &b->chain->reasons, h->line,
         "%.*s is the first address of a private network, as gateways have it (Docker's, a router's): "
         "whoever comes through one seems to come from there, so nothing below is believed; --trust %.*s, if "
         "that is a mail server of yours",
         S(h->ip), S(h->ip));
}

/* Containers and mailbox hosts on top, whose names nobody can know: they took the mail from inside, and the
 * field below them is that of a host that --trust names. Returns how many fields are left. */
static size_t pass_unnamed(struct chain_building *b) {
    struct chain *chain = b->chain;
    size_t named = chain->count;
    while (named > 0 && !is_trusted_writer(b, chain->hops[named - 1].hop))
        if (!is_from_inside(&chain->hops[--named]))
            return chain->count;
    if (!named)
        return chain->count;
    for (size_t i = named; i < chain->count; i++)
        chain->hops[i].trust = HOP_OWN;
    return named;
}

static void find_by_trust(struct chain_building *b) {
    struct chain *chain = b->chain;
    for (size_t i = pass_unnamed(b); i-- > 0;) {
        struct chain_hop *hop = &chain->hops[i];
        if (!is_trusted_writer(b, hop->hop)) {
            NOTE(b, &chain->reasons, hop->hop->line, "%s was written by %.*s, which --trust does not name",
                 i + 1 == chain->count ? "the top Received field" : "the next field",
                 S(hop_writer_words(hop->hop)));
            note_parent(b, hop->hop);
            return;
        }
        if (!is_trusted_client(b, hop)) {
            hop->trust = HOP_BOUNDARY;
            chain->boundary = hop;
            if (hop->hop->is_anchored && is_hidden(hop, &hop->writer))
                note_hidden(b, hop);
            else if (hop->hop->is_client_known)
                note_untrusted_client(b, hop->hop);
            if (!hop->hop->is_anchored)
                note_not_understood(b, hop->hop);
            return;
        }
        hop->trust = HOP_OWN;
    }
    chain->is_inside = chain->count > 0;
}

/* A provider's own networks, where its hosts greet each other with names of one domain. */
static bool is_in_networks(const struct provider *provider, const struct ip *ip) {
    for (const char *const *n = provider ? provider->networks : NULL; n && *n; n++) {
        struct network network;
        if (network_parse(slice_of(*n), &network) && network_holds(&network, ip))
            return true;
    }
    return false;
}

/* Did the writer fetch it from a mailbox? The server is the one that its user named, so what lay there is as
 * good as that server's own. */
static bool is_collected(const struct chain_hop *hop) {
    return hop->hop->is_anchored && hop_is_collected(hop->hop) && hop->helo.host.len;
}

/* Has the client a name of our domain that somebody chose? The names of lines and customers are made from
 * their addresses: at a provider of access or hosting, strangers have them. */
static bool has_chosen_name(const struct hop *h) {
    return hop_client_is_confirmed(h) && !name_is_generic(h->name, &h->address);
}

/* Did a host of the same side hand it over? A HELO alone proves nothing: anybody can greet with our name. Nor
 * does a reverse name of a provider, whose customers write to each other from there, or one that the writer
 * does not check; nor an address that a provider's customers share (RFC 6598). */
static bool is_internal_client(const struct chain_hop *hop, const struct side *side) {
    const struct hop *h = hop->hop;
    if (!h->is_anchored || h->is_handed_over || !h->address.family)
        return h->is_anchored && h->is_handed_over;
    if (is_hidden(hop, side) && !(h->by_ip.len && slice_equal(h->by_ip, h->ip)))
        return false;
    if ((ip_is_internal(&h->address) && !ip_is_shared(&h->address)) ||
        (h->by_ip.len && slice_equal(h->by_ip, h->ip)))
        return true;
    return (!side->provider && has_chosen_name(h) && is_same_side(&hop->name, side)) ||
           (is_same_side(&hop->helo, side) && is_in_networks(side->provider, &h->address));
}

/* Is the field below written by the host that this one took the mail from, or by one of our side? */
static bool is_linked(const struct chain_hop *below, const struct chain_hop *hop, const struct side *side) {
    const struct side *writer = &below->writer;
    const struct hop *h = hop->hop;
    struct ip ip;
    if (!h->ip.len && !h->helo.len && (!h->local.len || !hop->writer.host.len))
        return true; /* "by host with SMTP id …", "invoked from network": a step inside one system */
    if (hop_is_lmtp(h) && h->address.family && ip_is_internal(&h->address))
        return true; /* containers name each other as they like */
    if (!writer->host.len || host_is_internal(writer->host) ||
        (ip_parse(writer->host, &ip) && ip_is_internal(&ip)))
        return true;
    return is_same_side(writer, side) || is_same_side(writer, &hop->name) ||
           slice_equal_nocase(writer->host, h->helo) || (h->ip.len && slice_equal(below->hop->by_ip, h->ip));
}

static void note_delivered_to(struct chain_building *b, const struct side *side) {
    struct slice address = b->trace->delivered_to;
    struct side delivered = side_of(&b->sides, address_domain(address));
    if (is_same_side(&delivered, side))
        NOTE(b, &b->chain->reasons, 0, "Delivered-To names the same organisation: %.*s", S(address));
}

static void note_why(struct chain_building *b, const struct chain_hop *top, const struct side *side) {
    struct chain *chain = b->chain;
    const struct hop *h = chain->boundary ? chain->boundary->hop : top->hop;
    NOTE(b, &chain->reasons, top->hop->line,
         "if this is the mail as it lay in the mailbox, its top Received field was written by the receiving "
         "system, "
         "here %.*s; --trust makes sure",
         S(hop_writer_words(top->hop)));
    note_delivered_to(b, side);
    if (chain->boundary && chain->boundary != top)
        NOTE(b, &chain->reasons, h->line, "the fields above line %u are of the same side as %.*s", h->line,
             S(side->host));
    if (chain->boundary && !h->is_anchored)
        note_not_understood(b, h);
    if (chain->boundary && h->is_anchored && is_hidden(chain->boundary, side))
        note_hidden(b, chain->boundary);
    if (chain->boundary && h->is_client_known)
        NOTE(b, &chain->reasons, h->line, "%.*s took it from %.*s, %s", S(hop_writer_words(h)),
             S(hop_client_words(h, b->arena)),
             hop_client_is_confirmed(h) ? "which is not of that side"
                                        : "of which nothing shows that it is of that side");
    else if (!chain->boundary)
        NOTE(b, &chain->reasons, 0, "no field says that the mail came from outside");
}

/* A name that says nothing about the organisation. */
static bool is_vague(const struct side *side) {
    return !organisation_is_known(side->host) || host_is_internal(side->host);
}

static void infer(struct chain_building *b) {
    struct chain *chain = b->chain;
    struct side side = {0};
    for (size_t i = chain->count; i-- > 0;) {
        struct chain_hop *hop = &chain->hops[i];
        if (is_vague(&side) && !(side.host.len && is_vague(&hop->writer)))
            side = hop->writer;
        hop->trust = HOP_OWN;
        bool is_fetched = is_collected(hop);
        if (is_fetched)
            side = hop->helo;
        if ((is_fetched || is_internal_client(hop, &side)) && (i == 0 || is_linked(hop - 1, hop, &side)))
            continue;
        hop->trust = HOP_BOUNDARY;
        chain->boundary = hop;
        break;
    }
    chain->is_inside = !chain->boundary;
    chain->is_assumed = true;
    note_why(b, &chain->hops[chain->count - 1], &side);
}

void chain_find_boundary(struct chain_building *b) {
    struct chain *chain = b->chain;
    if (!chain->count)
        NOTE(b, &chain->reasons, 0, "there is no Received field: nothing says who took the mail in");
    else if (b->source == CHAIN_RETURNED)
        NOTE(b, &chain->reasons, 0,
             "this header came back inside a report: whoever wrote that could have written it");
    else if (names_hosts(b))
        find_by_trust(b);
    else
        infer(b);
}

/* The provider at the boundary writes this field, and removes it from what comes to it: the topmost is its
 * own. */
static bool is_of_provider(const struct chain *chain, const struct field_note *note) {
    const struct provider *provider = chain->boundary->writer.provider;
    const char *const *by = provider ? note->rule->written_by : NULL;
    while (by && *by && strcmp(*by, provider->id) != 0)
        by++;
    const struct field_note *first = chain->field_notes;
    while (by && *by && !slice_equal_nocase(first->field, note->field))
        first = first->next;
    return by && *by && first->position == note->position;
}

static size_t count_of(const struct chain *chain, struct slice field) {
    size_t count = 0;
    for (const struct field_note *n = chain->field_notes; n; n = n->next)
        count += slice_equal_nocase(n->field, field) && (!n->next || n->next->position != n->position);
    return count;
}

#define OF_ONE_FILTER 8 /* fields: so near to each other a filter appends those that it writes */

/* Beside the note of rspamd that was appended, where a sender could have put fields too: the only field of
 * its name is rspamd's. */
static bool is_of_filter_at_end(const struct chain *chain, const struct field_note *note) {
    unsigned at = chain->filter_note;
    unsigned apart = at > note->position ? at - note->position : note->position - at;
    return at && strncmp(note->rule->id, "rspamd-", 7) == 0 && apart <= OF_ONE_FILTER &&
           count_of(chain, note->field) == 1;
}

/* Exchange removes fields of that name from all that strangers hand in: "Understanding header firewall" in
 * Microsoft's documentation of Exchange. */
static bool is_of_exchange(const struct chain *chain, const struct field_note *note) {
    if (!slice_starts_nocase(note->field, SLICE("X-MS-Exchange-Organization-")))
        return false;
    for (size_t i = 0; i < chain->count; i++)
        if (chain->hops[i].trust != HOP_UNVERIFIED && chain->hops[i].hop->is_anchored &&
            slice_starts_nocase(chain->hops[i].hop->with, SLICE("Microsoft SMTP Server")))
            return true;
    return false;
}

enum trust field_note_trust(const struct chain *chain, const struct field_note *note) {
    if (chain->is_inside || !chain->boundary)
        return chain->is_inside ? TRUST_OWN : TRUST_UNVERIFIED;
    bool is_above = note->position < chain->boundary->hop->position;
    bool is_of_filter = note->position < chain->filter_end;
    return is_above || is_of_filter || is_of_provider(chain, note) || is_of_filter_at_end(chain, note) ||
                   is_of_exchange(chain, note)
               ? TRUST_OWN
               : TRUST_UNVERIFIED;
}
