/* What somebody may have meant by a word that no page bears. */
#ifndef MAILWHY_KNOWN_NEAR_H
#define MAILWHY_KNOWN_NEAR_H

#include "parsers/rules/rules.h"

/* The ids of the pages that somebody may have meant, at most `most`, of all or only of causes and their
 * categories; returns how many. One that is a letter apart; else by meaning, whose names share most words
 * with it; else by spelling, where it is near. */
size_t known_nearest(const struct rulebase *rules, struct slice word, bool only_causes, const char **names,
                     size_t most);

/* The same as the end of a sentence: "; did you mean `auth.spf`?"; where there is none, the pages whose text
 * has the word: "; the word stands in the pages `dmarc` and …"; or "". To be freed with g_free. */
char *known_suggestion(const struct rulebase *rules, struct slice word, bool only_causes);

#endif
