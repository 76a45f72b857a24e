/* Which known replies bear a code: the examples of the rules are replies as they really came. */
#ifndef MAILWHY_BEARING_H
#define MAILWHY_BEARING_H

#include "parsers/rules/matcher.h"

/* Replies of one cause, from one provider. */
struct bearing {
    struct bearing *next;
    const struct cause *cause;
    const struct provider *provider; /* NULL: anyone's */
    unsigned count;                  /* of examples */
    const struct reply_rule *rule;   /* of the example, or of the code alone */
    const char *example;             /* the first that a server wrote; NULL: there is none */
};

/* The code may be a reply's ("550"), an enhanced one ("5.7.26"), both, or any word that replies bear
 * ("S3150", "OFR_105"). Most frequent first; NULL: none bears it. */
struct bearing *bearing_find(struct matcher *matcher, struct slice code, struct arena *arena);

#endif
