/* What the receiver said, held against what the DNS snapshot shows. */
#ifndef MAILWHY_REPLY_VS_DNS_H
#define MAILWHY_REPLY_VS_DNS_H

#include "analyze/auth/auth.h"
#include "analyze/verdict/report.h"

/* Add to the verdict what each check that tests its cause says of it. */
void verdict_hold_against_dns(struct verdict *verdict, struct auth *auth);

/* Is there a check that could tell whether the reply is right? */
bool verdict_is_testable(const struct verdict *verdict);

#endif
