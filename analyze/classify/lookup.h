/* Providers and block lists by what names them. NULL: not known. */
#ifndef MAILWHY_LOOKUP_H
#define MAILWHY_LOOKUP_H

#include "parsers/rules/matcher.h"

/* By what its replies look like, whatever the host. */
const struct provider *provider_of_words(struct matcher *matcher, struct slice words, struct arena *arena);

/* The list of that id, name or zone. */
const struct blocklist *blocklist_find(const struct rulebase *rules, struct slice name);

#endif
