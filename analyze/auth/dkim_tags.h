/* What is wrong with the tags of a signature before any key is asked for (RFC 6376 section 6.1.1). */
#ifndef MAILWHY_DKIM_TAGS_H
#define MAILWHY_DKIM_TAGS_H

#include "parsers/facts.h"

#define DKIM_MOST_WRONG 12

/* All that is wrong, in words (static), into `wrong`; returns how many. */
unsigned dkim_wrong_tags(const struct signature *signature, const char *wrong[DKIM_MOST_WRONG]);

/* Has it all that its hashes need to be computed, whatever else is wrong with it? */
bool dkim_can_be_computed(const struct signature *signature);

#endif
