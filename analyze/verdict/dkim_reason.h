/* What a verifier's words say of a DKIM signature that did not hold. */
#ifndef MAILWHY_DKIM_REASON_H
#define MAILWHY_DKIM_REASON_H

#include "parsers/base/slice.h"

/* A sentence without its full stop (static); NULL: the words are not known. */
const char *dkim_reason_means(struct slice reason);

#endif
