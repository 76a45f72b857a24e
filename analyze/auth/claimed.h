/* What a claim says it is about. */
#ifndef MAILWHY_CLAIMED_H
#define MAILWHY_CLAIMED_H

#include "parsers/facts.h"

/* The first property of that name ("smtp.mailfrom"); empty: it has none. */
struct slice claim_property(const struct claim *claim, const char *name);

#endif
