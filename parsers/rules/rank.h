/* How strong a reply rule is before any text is seen. */
#ifndef MAILWHY_RULES_RANK_H
#define MAILWHY_RULES_RANK_H

#include "parsers/rules/rules.h"

/* What kind of words a rule knows, weakest first. */
enum rule_level {
    LEVEL_CODE,     /* none: the reply code */
    LEVEL_BARE,     /* words that only say that it was refused */
    LEVEL_ENHANCED, /* none: the enhanced code */
    LEVEL_NEAR,     /* words near each other that make a cause likely */
    LEVEL_HINT,     /* words that leave the cause open */
    LEVEL_PHRASE,   /* words that say the cause */
    LEVEL_EXACT     /* the reply names the thing: a list, an error number, a page */
};
extern const char *const rule_level_words[]; /* NULL at the end */
enum rule_level rule_level(const struct reply_rule *rule);

/* The level first, then the number of conditions beside the text; higher is stronger. */
unsigned rule_rank(const struct reply_rule *rule);

#endif
