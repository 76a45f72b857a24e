/* Is a message what it claims to be: do the results of SPF, DKIM and DMARC speak of the domain in its From
 * field? */
#ifndef MAILWHY_ANSWER_AUTHENTIC_H
#define MAILWHY_ANSWER_AUTHENTIC_H

#include "analyze/verdict/answering.h"

void answer_authentic(struct answering *a);

#endif
