/* What the receiver said, held against what the DNS snapshot shows. */
#ifndef MAILWHY_REPLY_VS_DNS_H
#define MAILWHY_REPLY_VS_DNS_H

#include "analyze/auth/auth.h"
#include "analyze/verdict/report.h"

/* Add to the verdict what each check that tests its cause says of it: it supports the reply, contradicts it,
 * or is neutral. */
void verdict_compare_with_dns(struct verdict *verdict, struct auth *auth);

/* Is there a check that could tell whether the reply is right? */
bool verdict_is_testable(const struct verdict *verdict);

#endif
