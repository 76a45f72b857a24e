/* From the trace fields of one header to the chain that they tell of. */
#ifndef MAILWHY_CHAIN_BUILD_H
#define MAILWHY_CHAIN_BUILD_H

#include "analyze/chain/chain.h"
#include "analyze/chain/trust.h"

/* Rebuild it. `trust` may name no host: then the boundary is inferred. `date` is that of the Date field, -1:
 * none. Slices live as long as the trace and the arena. */
void chain_build(struct chain *chain, const struct trace *trace, int64_t date, enum chain_source source,
                 const struct trust_list *trust, const struct matcher *matcher, struct arena *arena);

#endif
