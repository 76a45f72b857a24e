/* Words among which a reply may stand, or none: what the verdict on them is worth. */
#ifndef MAILWHY_PASTED_PROSE_H
#define MAILWHY_PASTED_PROSE_H

#include "analyze/verdict/report.h"

/* Does the text begin with a refusal? Then it is a reply, all of it. */
bool prose_is_reply(struct slice text);

/* Of many words, what names a thing may be about it; a general word is about anything: the rule goes, and
 * what is left is a guess. */
void prose_judge(struct verdict *v);

/* What is exact is no accident among the words of a mail program, nor what only such a program, or one
 * provider, writes in a text that is about mail. `rule` may be NULL. */
bool prose_is_to_the_letter(const struct reply_rule *rule, bool of_program, struct slice text);

/* Where no rule knows the words, the second opinion may: but any words are like some reply, so the text must
 * be about mail, or tell which command was refused. */
bool prose_is_of_opinion(const struct verdict *v, struct slice text);

/* Words in which nothing of a reply stands: what somebody asks is no refusal; nor, by words that only lie
 * near each other, what he says of his own mail. Without a reply nothing is certain but what a rule knows to
 * the letter: the verdict's confidence falls to what it is worth. */
bool prose_is_told(struct verdict *v, struct slice text);

/* A code among words that do not speak of mail, and no rule knows what stands behind it: "550 g of flour". */
bool prose_is_any_number(const struct verdict *v, struct slice text);

#endif
