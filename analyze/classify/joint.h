/* Rules and second opinion together. */
#ifndef MAILWHY_JOINT_H
#define MAILWHY_JOINT_H

#include "analyze/classify/classify.h"

/* Let the second opinion doubt what the rules judged. Confidence and scores are then what both make them, and
 * the cause may have become the other one. Rules that name the thing itself, and those of users, are not
 * doubted. */
void judgement_doubt(struct judgement *judgement, struct matcher *matcher, const struct situation *situation,
                     struct arena *arena);

/* Of words that stand beside the reply: what they say is not certain where the reply itself, as the rules
 * judged it, or the code of the report's Status field, says something else. */
void judgement_contradict(struct judgement *judgement, const struct judgement *reply, struct matcher *matcher,
                          const struct situation *situation);

#endif
