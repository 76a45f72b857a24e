/* What was put into a body, or lost from it, elsewhere than at its start and its end. */
#ifndef MAILWHY_DKIM_INSERTED_H
#define MAILWHY_DKIM_INSERTED_H

#include "analyze/auth/mail_bytes.h"
#include "parsers/facts.h"

/* Words for the change without which the body has the hash that was signed: disclaimers and banners in the
 * plain text and the HTML of a mail, a <meta> that Exchange writes, one empty line or one dot that was lost.
 * Empty: none of these explains it. What is tried is bounded by the bytes that are hashed for it. */
struct slice dkim_explain_inserted(const struct mail_bytes *mail, const struct signature *signature,
                                   struct arena *arena);

#endif
