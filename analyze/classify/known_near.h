/* What somebody may have meant by a word that no page bears. */
#ifndef MAILWHY_KNOWN_NEAR_H
#define MAILWHY_KNOWN_NEAR_H

#include "analyze/classify/known.h"

/* The ids of the pages that somebody may have meant, at most `most`, of all or only of causes and their
 * categories; returns how many. One that is a letter apart; else by meaning, whose names share most words
 * with it; else by spelling, where it is near. */
size_t known_nearest(const struct rulebase *rules, struct slice word, bool only_causes, const char **names,
                     size_t most);

/* The same as the end of a sentence: "; did you mean `auth.spf`?", or "". To be freed with g_free. */
char *known_suggestion(const struct rulebase *rules, struct slice word, bool only_causes);

/* The topics, causes and providers whose text has the word; none where it stands in so many that it leads
 * nowhere. */
struct known_pages known_speaking(const struct rulebase *rules, struct slice word);

#endif
