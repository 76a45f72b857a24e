/* The order of hops and their delays: see chain_build.h. */
#include "analyze/chain/chain_build.h"

#include "analyze/chain/boundary.h"
#include "analyze/chain/claim_trust.h"
#include "analyze/chain/oddities.h"
#include "analyze/chain/story.h"

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
        hop->writer = side_of(&b->sides, hop_writer(h));
        hop->helo = side_of(&b->sides, h->helo);
        hop->name = side_of(&b->sides, h->is_name_doubtful ? SLICE_EMPTY : h->name);
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
                               .arena = arena,
                               .sides = {.matcher = matcher, .arena = arena},
                               .source = source,
                               .date = date};
    order_hops(&b);
    find_delays(chain);
    chain_find_boundary(&b);
    chain_judge_claims(&b);
    chain_find_problems(&b);
    chain_describe(&b);
}
