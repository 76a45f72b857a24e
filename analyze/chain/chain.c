/* The order of hops and their delays: see chain.h. */
#include "analyze/chain/chain.h"

#include "parsers/base/organisation.h"

const char *stand_name(enum stand stand) {
    static const char *const names[] = {"unverified", "boundary", "own"};
    return names[stand];
}

void note_add(struct note_list *list, struct arena *arena, unsigned line, struct slice text) {
    struct note *note = ARENA_NEW(arena, struct note);
    *note = (struct note){NULL, text, line};
    *(list->end ? list->end : &list->first) = note;
    list->end = &note->next;
}

struct slice hop_writer(const struct hop *hop) {
    bool is_vague = !hop->by.len || host_is_internal(hop->by);
    return is_vague && hop->by_name.len ? hop->by_name : hop->by.len ? hop->by : hop->by_ip;
}

struct slice hop_client(const struct hop *hop) {
    if (hop->name.len && !hop->is_name_doubtful)
        return hop->name;
    return hop->helo.len ? hop->helo : hop->ip.len ? hop->ip : hop->local;
}

struct side side_of(struct chain_building *b, struct slice host) {
    const size_t most = sizeof b->known / sizeof *b->known;
    if (!host.len)
        return (struct side){0};
    for (size_t i = 0; i < most; i++)
        if (slice_equal_nocase(b->known[i].host, host))
            return (struct side){host, b->known[i].organisation, b->known[i].provider};
    struct side side = {host, organisation_of(b->arena, host), matcher_provider_of_host(b->matcher, host)};
    b->known[b->next_known++ % most] = side;
    return side;
}

bool is_same_side(const struct side *one, const struct side *other) {
    if (!one->host.len || !other->host.len)
        return false;
    return slice_equal_nocase(one->host, other->host) ||
           (one->organisation.len && slice_equal(one->organisation, other->organisation)) ||
           (one->provider && one->provider == other->provider);
}

static size_t count_hops(const struct trace *trace) {
    size_t count = 0;
    for (const struct hop *h = trace->hops; h; h = h->next)
        count++;
    return count;
}

/* The newest field stands first in the header; the chain begins with the oldest. */
static void order_hops(struct chain_building *b) {
    struct chain *chain = b->chain;
    chain->count = count_hops(b->trace);
    chain->hops = arena_alloc(b->arena, (chain->count + 1) * sizeof *chain->hops);
    size_t i = chain->count;
    for (const struct hop *h = b->trace->hops; h; h = h->next) {
        struct chain_hop *hop = &chain->hops[--i];
        hop->hop = h;
        hop->writer = side_of(b, hop_writer(h));
        hop->helo = side_of(b, h->helo);
        hop->name = side_of(b, h->is_name_doubtful ? SLICE_EMPTY : h->name);
    }
}

static void find_delays(struct chain *chain) {
    int64_t before = -1;
    for (size_t i = 0; i < chain->count; i++) {
        int64_t time = chain->hops[i].hop->time;
        if (time == -1)
            continue;
        chain->hops[i].has_delay = before != -1;
        chain->hops[i].delay = before != -1 ? time - before : 0;
        before = time;
    }
}

void chain_build(struct chain *chain, const struct trace *trace, int64_t date, enum chain_source source,
                 const struct trust_list *trust, const struct matcher *matcher, struct arena *arena) {
    *chain = (struct chain){0};
    struct chain_building b = {.chain = chain,
                               .trace = trace,
                               .trust = trust,
                               .matcher = matcher,
                               .arena = arena,
                               .source = source,
                               .date = date};
    order_hops(&b);
    find_delays(chain);
    chain_find_boundary(&b);
    chain_judge_claims(&b);
    chain_find_problems(&b);
    chain_tell_story(&b);
}
