/* ARC (RFC 8617): the chain of seals that intermediaries put on a message. */
#ifndef MAILWHY_ARC_H
#define MAILWHY_ARC_H

#include "analyze/auth/arc_verdict.h"
#include "analyze/auth/mail_bytes.h"
#include "analyze/auth/resolver.h"

/* Validate the chain as a receiver does (section 5.2), with keys from the snapshot. */
void arc_verify(const struct mail_bytes *mail, struct resolver *resolver, struct arc_verdict *verdict);

#endif
