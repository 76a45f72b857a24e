/* The Public Suffix List, by libpsl (in a module: module.h). Others use organisation.h. */
#ifndef MAILWHY_PUBLIC_SUFFIX_H
#define MAILWHY_PUBLIC_SUFFIX_H

#include "parsers/base/module.h"

/* The part of a lower-case host name that somebody registered: a public suffix and the label before it.
 * Points into `host`; NULL when it is a public suffix itself. */
const char *registrable_domain(const char *host) IN_MODULE;

/* Has the list a rule for this lower-case label, as it has for each top domain? */
bool top_domain_is_known(const char *label) IN_MODULE;

#endif
