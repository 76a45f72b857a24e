/* What terms of SPF that are written wrong were meant to be. */
#ifndef MAILWHY_SPF_MEANT_H
#define MAILWHY_SPF_MEANT_H

#include "parsers/base/arena.h"

/* "ip4:192.0.2.1" of "ip:192.0.2.1": what a term that is wrong was meant to be, several with blanks between;
 * empty: it is not known, or the term is right. */
struct slice spf_term_mended(struct slice term, struct arena *arena);

#endif
