/* Results above the boundary are of the receiving side. Below it anybody may have written them, and yet the
 * receiving host's own filter (a milter) writes directly below its Received field: see is_vouched_for() for
 * what tells the two apart. */
#include "analyze/chain/claim_trust.h"

#include "parsers/base/address.h"
#include "parsers/message/trace.h"

/* Some providers write what they found below their own Received field, and remove what others wrote there
 * in their name (RFC 8601 section 5). */
static bool provider_writes(const struct chain_hop *hop, const char *where) {
    const struct provider *provider = hop->writer.provider;
    return provider && provider->results && strcmp(provider->results, where) == 0;
}

/* Is the host that took the mail in the one that the claim names? */
static bool is_of_boundary(struct chain_building *b, const struct claim *c) {
    const struct chain_hop *boundary = b->chain->boundary;
    struct side writer = side_of(&b->sides, c->by);
    return !c->instance && is_same_side(&writer, &boundary->writer);
}

static bool is_between(const struct claim *c, const struct hop *boundary) {
    const struct hop *below = boundary->next;
    return c->position > boundary->position && (!below || c->position < below->position);
}

bool claim_is_directly_below(struct chain_building *b, const struct claim *c) {
    return b->chain->boundary && is_between(c, b->chain->boundary->hop) && is_of_boundary(b, c);
}

/* The topmost field of results directly below the boundary, of those of that name or (NULL) of all: where
 * there are two, the sender may have brought the other. */
static bool is_topmost(const struct chain_building *b, const struct claim *c, const char *field) {
    for (const struct claim *other = b->trace->claims; other; other = other->next)
        if ((!field || strcmp(other->field, field) == 0) && is_between(other, b->chain->boundary->hop) &&
            other->position < c->position)
            return false;
    return true;
}

#define MOST_FILTER_IDS 16 /* more of them are guesses */

/* Programs whose ids of that length at least no sender can foresee: they are made of the time to the
 * microsecond, or drawn. Others count up, or write their version: Sendmail from one mail of a session to the
 * next (its queue.c, assign_queueid), whose replies tell the id; Haraka likewise: the
 * connection's UUID and the number of the transaction (haraka/Haraka:connection.js, queue_respond); Exim
 * before 4.97 has but 2,000 ids of a second and process (exim_id_update(8), Data::ID::Exim). */
static bool is_secret_id(const struct hop *h) {
    static const struct {
        struct slice software;
        size_t least;
    } programs[] = {{SLICE("Postfix"), 9}, {SLICE("Postcow"), 9}, {SLICE("Exim"), 23}};
    for (size_t i = 0; i < h->id.len; i++)
        if (!ascii_is_alnum(h->id.ptr[i]) && h->id.ptr[i] != '-' && h->id.ptr[i] != '.')
            return false;
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
        if (slice_starts_nocase(h->software, programs[i].software))
            return h->id.len >= programs[i].least;
    return false;
}

/* A filter notes the id that the receiving host has just given the mail: no sender could know it. Where the
 * filter writes above all that came with the mail (so above the From field), what stands above that note, or
 * is the note's own field, is the host's; where rspamd appends, only its own fields can be told, by standing
 * beside the note. */
static void find_filter(struct chain_building *b) {
    struct chain *chain = b->chain;
    chain->filter_end = chain->filter_note = 0;
    const struct hop *h = chain->boundary ? chain->boundary->hop : NULL;
    size_t notes = 0;
    for (const struct filter_id *f = b->trace->filter_ids; f; f = f->next)
        notes++;
    if (!h || !h->is_client_known || !h->is_anchored || !is_secret_id(h) || notes > MOST_FILTER_IDS)
        return;
    for (const struct filter_id *f = b->trace->filter_ids; f; f = f->next) {
        if (!slice_equal(f->id, h->id) || f->position < h->position)
            continue;
        if ((!h->next || f->position < h->next->position) && f->position < b->trace->from_position)
            chain->filter_end = f->position;
        else if (strcmp(f->field, FILTER_RSPAMD) == 0 && !chain->filter_note)
            chain->filter_note = f->position;
    }
}

/* OpenDKIM writes its results, then its note above them, and removes what came in the host's name with a
 * result of DKIM (opendkim.conf(5): RemoveARFrom, RemoveARAll). */
static bool is_of_opendkim(const struct chain_building *b, const struct claim *c) {
    const struct hop *h = b->chain->boundary->hop;
    if (!slice_equal(c->method, SLICE("dkim")) || c->position != b->chain->filter_end + 1)
        return false;
    for (const struct filter_id *f = b->trace->filter_ids; f; f = f->next)
        if (strcmp(f->field, FILTER_OPENDKIM) == 0 && f->position + 1 == c->position &&
            slice_equal(f->id, h->id) && slice_equal_nocase(f->host, c->by))
            return true;
    return false;
}

/* mailcow's Postfix, whose own name is in its field, hands all mail to its filter, which removes such
 * results. */
static bool is_writer_with_filter(const struct hop *h) {
    return slice_equal_nocase(h->software, SLICE("Postcow"));
}

/* Properties that name the domain of which a method speaks, and those of a signature that only its owner
 * could choose. */
static const struct slice naming[] = {SLICE("header.d"), SLICE("header.i"), SLICE("header.from"),
                                      SLICE("smtp.mailfrom"), SLICE("smtp.helo")};
static const struct slice harmless[] = {SLICE("header.s"), SLICE("header.b"), SLICE("header.a")};

static bool is_among(struct slice name, const struct slice *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (slice_equal_nocase(name, list[i]))
            return true;
    return false;
}
#define IS_AMONG(name, list) is_among(name, list, sizeof(list) / sizeof *(list))

/* The methods of which every receiver that looks at all tells. */
static bool is_always_written(struct slice method) {
    static const struct slice methods[] = {SLICE("spf"), SLICE("dkim"), SLICE("dmarc")};
    return IS_AMONG(method, methods);
}

/* Does the claim say no more than what the receiving host saw itself: that the mail is of the very domain
 * that is its client's confirmed name? Who forges such a claim owns the domain, and may pass SPF, DKIM and
 * DMARC of it. A login, a reverse name or a free text in it could say anything. */
static bool is_about_client(const struct claim *c, const struct hop *h) {
    bool is_about_domain = false;
    if (!hop_client_is_confirmed(h) || !is_always_written(c->method) || c->reason.len)
        return false;
    for (const struct property *p = c->properties; p; p = p->next) {
        struct slice domain = address_domain(p->value);
        domain = domain.len ? domain : p->value;
        bool names_domain = IS_AMONG(p->name, naming);
        if (names_domain ? !slice_equal_nocase(domain, h->name) : !IS_AMONG(p->name, harmless))
            return false;
        is_about_domain |= names_domain;
    }
    return is_about_domain;
}

/* Of a provider that writes its results below its own field, and removes those that came in its name: the
 * topmost of that field is its own, another one may have come with the mail. */
static bool is_of_provider(struct chain_building *b, const struct claim *c) {
    bool is_result = slice_equal_nocase(slice_of(c->field), SLICE("Authentication-Results"));
    if (!is_result && !slice_equal_nocase(slice_of(c->field), SLICE("Received-SPF")))
        return false;
    if (!is_topmost(b, c, c->field))
        return false;
    return is_of_boundary(b, c) || (is_result && !c->by.len && !c->instance); /* Microsoft 365 names nobody */
}

/* The only field that bears the name and tells of the method (Proton writes one for each): of two, one came
 * with the mail. Of what such providers do not always look at, the only one may have come with it too. */
static bool is_only_one(const struct chain_building *b, const struct claim *c) {
    if (!is_always_written(c->method))
        return false;
    for (const struct claim *other = b->trace->claims; other; other = other->next)
        if (other->position != c->position && slice_equal_nocase(other->by, c->by) &&
            slice_equal(other->method, c->method))
            return false;
    return true;
}

static bool is_vouched_for(struct chain_building *b, const struct claim *c) {
    const struct chain_hop *boundary = b->chain->boundary;
    const struct hop *h = boundary->hop;
    if (!h->is_client_known)
        return false;
    if (provider_writes(boundary, "anywhere") && is_of_boundary(b, c))
        return is_only_one(b, c);
    if (!is_between(c, h))
        return false;
    if (provider_writes(boundary, "below"))
        return is_of_provider(b, c);
    if (!h->is_anchored || boundary->writer.provider || !is_of_boundary(b, c))
        return false;
    return c->position < b->chain->filter_end || is_of_opendkim(b, c) ||
           (is_topmost(b, c, NULL) && (is_writer_with_filter(h) || is_about_client(c, h)));
}

static bool is_believed(struct chain_building *b, const struct claim *c) {
    const struct chain_hop *boundary = b->chain->boundary;
    if (b->chain->is_inside || !boundary)
        return b->chain->is_inside;
    return c->position < boundary->hop->position || is_vouched_for(b, c);
}

void chain_judge_claims(struct chain_building *b) {
    struct chain *chain = b->chain;
    size_t count = 0;
    chain->field_notes = b->trace->field_notes;
    find_filter(b);
    for (const struct claim *c = b->trace->claims; c; c = c->next)
        count++;
    chain->claims = arena_alloc(b->arena, (count + 1) * sizeof *chain->claims);
    for (const struct claim *c = b->trace->claims; c; c = c->next)
        chain->claims[chain->claim_count++] =
            (struct chain_claim){c, is_believed(b, c) ? TRUST_OWN : TRUST_UNVERIFIED};
}
