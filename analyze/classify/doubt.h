/* Where the rules' verdict and the second opinion (parsers/rules/opinion.h) meet: how sure the two make it,
 * and which of two causes leads. The rules judge and explain; the opinion, which cannot say why, doubts. What
 * was measured is a table: see docs/decisions/0007-second-opinion.md. */
#ifndef MAILWHY_DOUBT_H
#define MAILWHY_DOUBT_H

#include "parsers/rules/rules.h"

#include <stdbool.h>

enum confidence { CONFIDENCE_NONE, CONFIDENCE_GUESS, CONFIDENCE_LIKELY, CONFIDENCE_CERTAIN };
#define CONFIDENCES (CONFIDENCE_CERTAIN + 1)

/* What the rule that won goes by, weakest first. */
enum ground {
    GROUND_NONE,
    GROUND_CODE,
    GROUND_NEAR,
    GROUND_OPEN,
    GROUND_WORDS,
    GROUND_PROVEN,
    GROUND_EXACT,
    GROUND_LONG,
    GROUND_NAMED
};
#define GROUNDS (GROUND_NAMED + 1)

/* NULL: no rule won. `matched`: bytes of the words that it won by; 0: by a code. A rule names the thing
 * itself where it says so (`names`), and an exact one also where it sets a list or is one provider's own.
 * Exact words of LONG_WORDS and more are seldom written by chance; words of a rule are proven that was right
 * on every reply of others (`proven`). */
#define LONG_WORDS 16
enum ground ground_of(const struct reply_rule *rule, size_t matched);

/* The confidence of a verdict that nobody doubts. */
enum confidence ground_confidence(const struct reply_rule *rule, bool has_match);

/* What the second opinion did. */
enum doubt { DOUBT_NOT_ASKED, DOUBT_AGREES, DOUBT_DIFFERS, DOUBT_LEADS };

struct weighing {
    enum confidence confidence;
    int score;        /* of 100 such verdicts so many were right, on replies never seen */
    int other_score;  /* the same of the other cause; 0: there is none */
    enum doubt doubt; /* DOUBT_LEADS: the opinion's cause is the verdict */
};

/* How firm the opinion is: by how much its cause is before its second, and how many of its halves say that
 * cause by themselves; where it is not the rule's, how many of the halves and its second say the rule's
 * (opinion.h). */
struct firmness {
    int lead;
    int halves, against;
};

/* Both say the same. `code_agrees`: the enhanced code alone would say it too. */
struct weighing doubt_confirmed(enum ground ground, bool code_agrees, struct firmness firm);

/* An example has the very same words, and the rule's cause or another. */
struct weighing doubt_heard(enum ground ground, bool is_same);

/* Does a rule that knows the same words support its cause against another rule? One that is at most a level
 * weaker does. Both may be NULL: none. */
bool doubt_is_support(const struct reply_rule *rule, const struct reply_rule *against);

/* They differ. `has_support`: so the opinion's cause is supported.
 * `may_lead`: it may become the verdict. */
struct weighing doubt_opposed(enum ground ground, bool has_support, bool may_lead, struct firmness firm);

/* Does it change the verdict whether that support is there? It is looked for only then. */
bool doubt_hangs_on_support(enum ground ground, bool may_lead, struct firmness firm);

/* Of 100 replies whose first cause is wrong, so many have the opinion's second. */
#define SECOND_IS_RIGHT 35

#endif
