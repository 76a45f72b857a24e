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
    KNOWN_FIELD,     /* struct header_rule, the first of that field's name */
    KNOWN_KIND,      /* the word for all of a kind: "topics", "providers", "lists", "causes" */
};

struct known {
    enum known_kind kind;
    const void *entry;   /* of that type; NULL: of a category or kind */
    enum rule_kind list; /* of KNOWN_KIND */
};

#define KNOWN_MOST 16

/* The pages that a word stands for. */
struct known_pages {
    struct known pages[KNOWN_MOST];
    size_t count; /* 0: it means nothing */
};

/* By id first (case does not count), or by kind and id ("rule timeout", "list barracuda"). Then by names
 * (known_name.h), which several pages may share: of causes and topics, a provider, a list's zone, a category;
 * a header field. Where nothing has that name: the last word of a cause's id, a rule's id, a provider's
 * hosts, a word of its name, the first label of a zone, the last word of a list's id. */
struct known_pages known_find(struct matcher *matcher, struct slice word);

/* The words by which one page is found, and no other. To be freed with g_free. */
char *known_name(const struct rulebase *rules, struct known known);

/* The causes and topics whose names stand in a text, those of the longest name. */
struct known_pages known_within(const struct rulebase *rules, struct slice text);

/* The word by which all of a kind are asked for; NULL: there is none. */
const char *known_kind_word(enum rule_kind kind);

/* The category that a cause is of: "auth" of auth.spf. */
struct slice known_category(const struct cause *cause);

#endif
