/* The provider that somebody's own words name. */
#ifndef MAILWHY_SPOKEN_H
#define MAILWHY_SPOKEN_H

#include "parsers/rules/rules.h"

/* The one provider whose name (`spoken` in rules/providers.yaml) stands in the text as a word by itself, and
 * not as the place to which a mail goes ("to Gmail", "给QQ邮箱", "@yahoo.com"). NULL: none does, or several
 * do.
 */
const struct provider *provider_spoken_of(const struct rulebase *rules, struct slice text);

#endif
