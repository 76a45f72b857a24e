/* libopendkim's opinion beside our own: many receivers run it. */
#ifndef MAILWHY_DKIM_SECOND_H
#define MAILWHY_DKIM_SECOND_H

#include "analyze/auth/dkim_verdict.h"
#include "analyze/auth/mail_bytes.h"
#include "analyze/auth/opinion_process.h"
#include "analyze/auth/resolver.h"

#define DKIM_MOST_SECOND_HEADER ((size_t)128 << 10) /* bytes of a header about which libopendkim is asked */

/* Ask libopendkim about all signatures of a mail that was received at `when` (-1: not known). Nothing is
 * asked where there is no signature or no body, or more than DKIM_MOST_SIGNATURES of them, or a long header.
 * Returns whether it was asked; then it must be heard. `kind`: the number of dkim_second_answer in the
 * process. */
bool dkim_second_ask(struct opinion_process *process, unsigned kind, const struct mail_bytes *mail,
                     int64_t when);

/* Hold its answer against the verdicts: `second` and `second_reason` of each. */
void dkim_second_hear(struct opinion_process *process, struct arena *arena, struct dkim_verdict *first);

/* In the process: an opinion_answerer, whose context is a resolver. */
size_t dkim_second_answer(void *resolver, struct slice question, unsigned char *answer);

#endif
