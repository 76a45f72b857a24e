/* DKIM (RFC 6376, RFC 8301, RFC 8463): each signature of a message verified on its own, as of the time at
 * which the message was received. */
#ifndef MAILWHY_DKIM_H
#define MAILWHY_DKIM_H

#include "analyze/auth/dkim_verdict.h"
#include "analyze/auth/key_cache.h"
#include "analyze/auth/mail_bytes.h"

#define DKIM_MOST_SIGNATURES 20 /* verified of one message: each may cost a pass over its body */

/* Verify all signatures. `time`: when the mail was received, -1 where not known (then nothing is expired).
 * Returns them in the order of their fields. */
struct dkim_verdict *dkim_verify_all(struct dkim_checker *checker, const struct mail_bytes *mail,
                                     int64_t time, struct resolver *resolver);

#endif
