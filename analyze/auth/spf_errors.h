/* All that is wrong in the syntax of an SPF record, of which receivers tell the first. */
#ifndef MAILWHY_SPF_ERRORS_H
#define MAILWHY_SPF_ERRORS_H

#include "parsers/base/arena.h"

/* Of the terms behind `first`: "; also at "ip6:192.0.2.1" (why; meant is probably ip4:192.0.2.1)" for each,
 * clean for a page; empty: they are right. */
struct slice spf_errors_behind(struct slice text, struct slice first, struct arena *arena);

#endif
