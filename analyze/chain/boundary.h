/* Since when a chain can be believed, and which fields with it. */
#ifndef MAILWHY_BOUNDARY_H
#define MAILWHY_BOUNDARY_H

#include "analyze/chain/building.h"

/* Find the boundary of trust, and say why it is there. */
void chain_find_boundary(struct chain_building *b);

/* May a field that is no claim be believed? Where it stands above the boundary; below it, where it is of the
 * receiving host's own filter (claim_trust.c), or of a provider that removes what others wrote. */
enum trust field_note_trust(const struct chain *chain, const struct field_note *note);

#endif
