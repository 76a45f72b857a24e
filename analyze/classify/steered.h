/* Verdicts that a stranger may have steered: a server repeats names and words of the mail, and among them may
 * be what a rule knows (a list's zone, a provider's code). */
#ifndef MAILWHY_STEERED_H
#define MAILWHY_STEERED_H

#include "analyze/classify/classify.h"

/* The cause that the reply's other words say, where those by which the rule won may be a stranger's; NULL:
 * they say nothing, or what belongs to the judgement's cause. */
const struct cause *steered_from(const struct judgement *judgement, struct matcher *matcher,
                                 const struct situation *situation, struct arena *arena);

/* Did the rule win by a word that stands where nothing but a host's name does, or the server's own? */
bool is_won_by_name(const struct judgement *judgement, const struct situation *situation);

#endif
