/* What a word means that people hold in their hands: a cause, a topic, a provider, a list, a rule, a code. */
#ifndef MAILWHY_KNOWN_H
#define MAILWHY_KNOWN_H

#include "parsers/rules/matcher.h"

enum known_kind {
    KNOWN_NOTHING,
    KNOWN_CAUSE,     /* struct cause */
    KNOWN_CATEGORY,  /* of causes */
    KNOWN_TOPIC,     /* struct topic */
    KNOWN_PROVIDER,  /* struct provider */
    KNOWN_BLOCKLIST, /* struct blocklist */
    KNOWN_RULE,      /* struct reply_rule */
    KNOWN_KIND,      /* the word for all of a kind: "topics", "providers", "lists", "causes" */
};

struct known {
    enum known_kind kind;
    const void *entry;   /* of that type; NULL: of a category or kind */
    enum rule_kind list; /* of KNOWN_KIND */
};

/* By id first (case does not count), then by other names: of a topic, a list's zone, a provider's hosts and
 * name, a word of that name, the first label of a zone, the last word of a cause's or a list's id. Blanks and
 * underscores are as hyphens. */
struct known known_find(struct matcher *matcher, struct slice word);

/* The names that are nearest to a word that means nothing, at most `most`, or only causes and their
 * categories; returns how many. */
size_t known_nearest(const struct rulebase *rules, struct slice word, bool only_causes, const char **names,
                     size_t most);

/* The same as the end of a sentence: "; did you mean `auth.spf`?", or "". To be freed with g_free. */
char *known_suggestion(const struct rulebase *rules, struct slice word, bool only_causes);

/* The word by which all of a kind are asked for; NULL: there is none. */
const char *known_kind_word(enum rule_kind kind);

#endif
