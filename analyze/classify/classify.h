/* From a reply to a cause, by the rules. */
#ifndef MAILWHY_CLASSIFY_H
#define MAILWHY_CLASSIFY_H

#include "analyze/classify/doubt.h"
#include "analyze/classify/entity.h"
#include "analyze/classify/situation.h"
#include "parsers/rules/matcher.h"

struct judgement {
    const struct cause *cause;      /* never NULL */
    const struct cause *underlying; /* of an expired message: why its last try failed; NULL: not known */
    const struct reply_rule *rule;  /* NULL: no rule matched */
    enum confidence confidence;
    enum doubt doubt;          /* what the second opinion did; until it is asked, DOUBT_NOT_ASKED */
    int score;                 /* right in 100 (doubt.h); 0: not known */
    const struct cause *other; /* what else it could be; NULL: nothing */
    int other_score;
    struct match_text said; /* the words that were judged */
    struct slice told;      /* the same with what they deny: entities are of these */
    struct slice matched;   /* the words that the rule won by, in said.text; empty: by a code */
    struct entity *entities;
    const struct provider *provider; /* that refused; NULL: not known */
    bool is_permanent;
    bool is_given_up;      /* the reason was none that lasts, but the mail is not tried any more */
    bool is_lasting_known; /* that it is permanent, or temporary, is told by a code, a status or the cause */
    const char *fixer;
};

/* Judge a reply. `words` is what to match: the reply's text, or the report's sentence. */
struct judgement classify(struct matcher *matcher, const struct situation *situation, struct slice words,
                          struct arena *arena);

/* The judgement of the rules of one cause alone on the words of another judgement, or of none where they know
 * nothing of it. */
struct judgement classify_as(struct matcher *matcher, const struct situation *situation,
                             const struct judgement *of, const struct cause *cause, struct arena *arena);

/* The mail is not tried any more, though what was wrong may pass: nobody can wait for it. */
void judgement_give_up(struct judgement *judgement);

/* Does it say that the sending server gave up, and not why? */
bool judgement_is_expiry(const struct judgement *judgement);

/* Is that another cause than the judgement's, and one that says something? */
bool judgement_is_other(const struct judgement *judgement, const struct cause *cause);

/* Do the words say that the message was given up after too long? Its cause then, else NULL. */
const struct cause *classify_expiry(struct matcher *matcher, const struct situation *situation,
                                    struct slice words, struct arena *arena);

/* What the words say beside that: the cause of the last try; NULL when no rule on text knows it. */
const struct cause *classify_underlying(struct matcher *matcher, const struct situation *situation,
                                        struct slice words, struct arena *arena);

#endif
