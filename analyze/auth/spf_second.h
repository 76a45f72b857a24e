/* libspf2's opinion beside our own: many receivers run it. */
#ifndef MAILWHY_SPF_SECOND_H
#define MAILWHY_SPF_SECOND_H

#include "analyze/auth/opinion_process.h"
#include "analyze/auth/resolver.h"
#include "analyze/auth/spf_verdict.h"

/* Ask libspf2 and hold its answer against the verdict: verdict->second and second_reason. Nothing is asked
 * where a record is missing or wrong. `kind`: the number of spf_second_answer in the process. */
void spf_second_ask(struct opinion_process *process, unsigned kind, const struct spf_query *query,
                    struct arena *arena, struct spf_verdict *verdict);

/* In the process: an opinion_answerer, whose context is a resolver. */
size_t spf_second_answer(void *resolver, struct slice question, unsigned char *answer);

#endif
