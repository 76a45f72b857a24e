/* What a header says of SPF, DKIM and DMARC where anyone could have written it: a lead, no proof. */
#ifndef MAILWHY_HEARSAY_H
#define MAILWHY_HEARSAY_H

#include "analyze/verdict/answering.h"

/* The answer where nothing may be believed: what the header's results would come to if they were true, for
 * the domain `from` of the From field. */
void hearsay_answer(struct answering *a, struct slice from);

/* Does something pass for the domain `from` by those results, others than what ARC passed on? */
bool hearsay_speaks_for(struct answering *a, struct slice from);

/* Those results, as reasons. */
enum hearsay {
    HEARSAY_ALL,
    HEARSAY_PASSED_ON, /* only what a list or forwarder found to pass: the receiving host cannot find it any
                          more */
    HEARSAY_BROKEN     /* only what passed so and no longer does, as the mail was changed */
};
void hearsay_tell(struct answering *a, enum hearsay which);

#endif
