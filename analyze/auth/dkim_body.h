/* What change to a body would explain that its hash is not the one that was signed. */
#ifndef MAILWHY_DKIM_BODY_H
#define MAILWHY_DKIM_BODY_H

#include "analyze/auth/mail_bytes.h"
#include "parsers/facts.h"

/* Each guess is tried; the words say that it is likely, not known. Empty: none that was tried explains it. */
struct slice dkim_explain_body(const struct mail_bytes *mail, const struct signature *signature,
                               struct arena *arena);

#endif
