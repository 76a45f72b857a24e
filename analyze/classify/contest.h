/* Which rule wins: of all rules that match, the strongest.
 *   0. Of words that are known to tell nothing (a rule of unknown.…: what a program writes around any reply)
 * and other words beside them, the others;
 *   1. level: exact (the reply names the thing: a list, an error number, a page) over phrase (words
 *      that say the cause) over hint (words that leave it open) over near (words near each other that
 *      make it likely) over an enhanced code without such words over bare (words that only say that it
 *      was refused) over the reply code alone;
 *   2. the number of conditions beside the text (provider, software, command, code, enhanced code);
 *   3. whether the enhanced code alone would say the same: it supports one text against another;
 *   4. how much of the reply the match covers, up to LIMIT_COVER bytes: the rule that explains more
 *      of the words is the more specific one;
 *   5. the id, in alphabetical order, so that a verdict is the same everywhere.
 * That a message expired is no rival of why: rules of queue.expired compete among themselves, and
 * what the others say becomes the underlying cause. */
#ifndef MAILWHY_CONTEST_H
#define MAILWHY_CONTEST_H

#include "analyze/classify/situation.h"
#include "parsers/rules/matcher.h"

#define LIMIT_COVER ((size_t)160)

/* The rule that holds the field so far. */
struct contender {
    const struct reply_rule *rule; /* NULL: none yet */
    unsigned rank;
    size_t covered;
    bool has_match;
    struct pattern_match match;
    const char *text; /* that the match is of */
};

struct contest {
    const char *text; /* that is being matched */
    struct matcher *matcher;
    const struct situation *situation;
    const char *only;                           /* the cause whose rules compete; NULL: all do */
    char code[8], enhanced[ENHANCED_TEXT_SIZE]; /* as rules write them; empty: none */
    const char *code_cause; /* that the enhanced code gives by itself; found out only in a tie */
    bool code_asked;
    struct contender best, expired;
};

void contest_begin(struct contest *contest, struct matcher *matcher, const struct situation *situation);

/* Let the rules compete that know words of the text; or only those of queue.expired. */
void contest_text(struct contest *contest, struct match_text text, bool only_expiry);

/* The cause that the enhanced code gives by itself; NULL: none. */
const char *contest_code_cause(struct contest *contest);

/* Let those compete that ask for codes only. */
void contest_codes(struct contest *contest);

#endif
