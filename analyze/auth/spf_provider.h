/* What a provider has its customers include in their SPF records. */
#ifndef MAILWHY_SPF_PROVIDER_H
#define MAILWHY_SPF_PROVIDER_H

#include "parsers/rules/rules.h"

/* The name that a provider names today (`spf` in rules/providers.yaml) in the place of one that leads to
 * nothing: misspelt by a letter or two, cut off, with a label too many, or in another top-level domain. NULL:
 * it is nothing like any of them, or is one itself; `rules` may be NULL. */
const char *spf_provider_meant(const struct rulebase *rules, struct slice name);

#endif
