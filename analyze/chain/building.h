/* What the parts of chain_build work on. */
#ifndef MAILWHY_CHAIN_BUILDING_H
#define MAILWHY_CHAIN_BUILDING_H

#include "analyze/chain/chain.h"
#include "analyze/chain/trust.h"

struct chain_building {
    struct chain *chain;
    const struct trace *trace;
    const struct trust_list *trust;
    struct arena *arena;
    enum chain_source source;
    int64_t date;
    struct side_cache sides;
};

/* Add a sentence to one of the chain's lists. */
#define NOTE(b, list, line, ...) note_add((list), (b)->arena, (line), arena_printf((b)->arena, __VA_ARGS__))

#endif
