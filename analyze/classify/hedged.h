/* Words by which a reply leaves open what it names: "may be listed at", "for one of these reasons", "no such
 * user or message rejected as spam". What a rule knows of such a sentence is not certain. */
#ifndef MAILWHY_HEDGED_H
#define MAILWHY_HEDGED_H

#include "parsers/rules/rules.h"

#include <stdbool.h>

/* `match` is a piece of `text`: the words that `rule` won by. A word among them that its patterns spell out
 * is known to it and leaves nothing open. Linear. */
struct won {
    struct slice text, match;
    const struct reply_rule *rule;
};

/* Does a word of its sentence, before the end of the match or right behind it, say that it is a mere
 * possibility, a condition or an example? */
bool is_hedged(const struct won *won);

/* The other sides of an "or" in its sentence, one after the other: `at` is 0 for the first, and is moved on.
 * Empty: there are no more. */
struct slice next_alternative(const struct won *won, size_t *at);

#endif
