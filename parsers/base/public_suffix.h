/* The Public Suffix List, by libpsl (in a module: module.h). Others use organisation.h. */
#ifndef MAILWHY_PUBLIC_SUFFIX_H
#define MAILWHY_PUBLIC_SUFFIX_H

#include "parsers/base/module.h"

/* The part of a lower-case host name that somebody registered: a public suffix and the label before it.
 * Points into `host`; NULL when it is a public suffix itself. */
const char *registrable_domain(const char *host) IN_MODULE;

/* Do two lower-case host names, of which neither is the other, end in one such part? A question less to the
 * list for each label that they share. */
bool registrant_is_same(const char *host, const char *other) IN_MODULE;

/* Is the lower-case name a public suffix of a registry, as each top domain is? */
bool registry_is_known(const char *name) IN_MODULE;

#endif
