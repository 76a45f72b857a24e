/* What a header says of SPF, DKIM and DMARC where anyone could have written it: a lead, no proof. */
#ifndef MAILWHY_HEARSAY_H
#define MAILWHY_HEARSAY_H

#include "analyze/verdict/answering.h"

/* The answer where nothing may be believed: what the header's results would come to if they were true, for
 * the domain `from` of the From field. */
void hearsay_answer(struct answering *a, struct slice from);

/* Those results, as reasons: all, or only what a list or forwarder found before it changed the mail. */
void hearsay_tell(struct answering *a, bool all);

#endif
