/* May a text hold what any of a few patterns needs? For patterns of which hardly a text holds one: of each
 * literal that leads to one two bytes are looked for, in any case, and no text is folded. */
#ifndef MAILWHY_LITERAL_GLANCE_H
#define MAILWHY_LITERAL_GLANCE_H

#include "parsers/rules/literal_index.h"

#define GLANCE_PAIRS 24
#define GLANCE_WIDTH 16 /* places that are looked at together */

struct literal_glance {
    bool is_blind; /* it tells nothing: there are too many, or patterns without literals */
    unsigned count;
    char pairs[GLANCE_PAIRS][2][GLANCE_WIDTH]; /* each byte in all places, with the bit that is the case of
                                                  letters */
};

/* `usual`: words, in folded case, that stand in many of the texts. */
struct literal_glance literal_glance_of(const struct literal_index *index, struct slice usual);

/* False: no pattern of the index can match. */
bool literal_glance(const struct literal_glance *glance, struct slice text);

#endif
