/* Whose page a reply names. A reply is a stranger's words, and could name a page that harms. */
#ifndef MAILWHY_KNOWN_PAGE_H
#define MAILWHY_KNOWN_PAGE_H

#include "analyze/verdict/report.h"

/* The host of "https://host:443/path", or of anything else that looks like one; empty where programs may take
 * something else for it: behind a login, with a backslash, or in letters that are others once decoded. */
struct slice page_host(struct slice url);

/* Is the page on `host` one of whoever refused, as far as that is known? The recipient and the host of a
 * report that nobody vouches for do not tell it. */
bool page_is_known(const struct verdict *v, struct slice host);

/* Is it one that replies still name although it is gone? */
bool page_is_gone(struct slice host);

#endif
