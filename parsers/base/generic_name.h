/* Names of hosts that nobody chose. */
#ifndef MAILWHY_GENERIC_NAME_H
#define MAILWHY_GENERIC_NAME_H

#include "parsers/base/ip.h"

/* Does a name look as if it were made from its address, or for dynamic customers? NULL: no; else why, in
 * words. */
const char *name_is_generic(struct slice name, const struct ip *ip);

#endif
