/* Was a mail only passed on, by what stands in its envelope? */
#ifndef MAILWHY_PASSING_ON_H
#define MAILWHY_PASSING_ON_H

#include "parsers/base/slice.h"

/* "SRS0=", "SRS1+": an address that a forwarding host put in place of the sender's (libsrs2, postsrsd). */
bool sender_is_rewritten(struct slice sender);

/* It was sent to `original`, which led to another domain: not its sender's own, which would be a reply or a
 * copy to oneself. False where one of the three is not known. */
bool recipient_is_redirected(struct slice original, struct slice recipient, struct slice sender);

#endif
