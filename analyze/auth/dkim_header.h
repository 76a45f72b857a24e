/* What change to a header would explain that a signature does not hold. */
#ifndef MAILWHY_DKIM_HEADER_H
#define MAILWHY_DKIM_HEADER_H

#include "analyze/auth/mail_bytes.h"
#include "parsers/dns/dkim_key.h"
#include "parsers/message/field.h"
#include "parsers/message/message.h"

/* Each guess is tried with the key; the words say that it is likely, not known. Empty: none that was tried
 * explains it. `own`: the signature's field, which stands in mail->header. */
struct slice dkim_explain_header(const struct mail_bytes *mail, struct field own,
                                 const struct signature *signature, const struct dkim_key *key,
                                 struct arena *arena);

#endif
