/* Which results of authentication may be believed. */
#ifndef MAILWHY_CLAIM_TRUST_H
#define MAILWHY_CLAIM_TRUST_H

#include "analyze/chain/building.h"

/* Fill in chain->claims; after the boundary was found. */
void chain_judge_claims(struct chain_building *b);

/* Does the claim stand directly below the field of the boundary, in the name of the host that wrote that?
 * There the host's own filter writes, and so can the sender. */
bool claim_is_directly_below(struct chain_building *b, const struct claim *c);

#endif
