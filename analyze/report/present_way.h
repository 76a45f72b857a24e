/* The way of a message as a picture: its stations, how long each took, with TLS or not, since when it can be
 * believed, and where it was refused. The table of hops says the same. */
#ifndef MAILWHY_PRESENT_WAY_H
#define MAILWHY_PRESENT_WAY_H

#include "analyze/chain/chain.h"
#include "analyze/report/page.h"
#include "analyze/verdict/report.h"

/* `verdict` is where it went from the last hop; NULL: it arrived. Nothing, where the medium has no pictures.
 */
void present_way(struct page *p, const struct chain *chain, const struct verdict *verdict);

/* "+90 s", "-2 min" */
struct slice delay_text(struct arena *arena, int64_t seconds);

/* Is it a way on which TLS makes no sense: inside of one host? */
bool hop_is_local(const struct hop *h);

#endif
