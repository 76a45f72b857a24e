/* What was verified on a DNS snapshot, for people. */
#ifndef MAILWHY_PRESENT_AUTH_H
#define MAILWHY_PRESENT_AUTH_H

#include "analyze/report/page.h"
#include "analyze/verdict/report.h"
#include "analyze/verdict/verification.h"

/* What the checks say of a verdict. */
void present_findings(struct page *p, const struct report *r, const struct verdict *v);

/* What each check found; nothing where no snapshot was given. */
void present_verification(struct page *p, const struct report *r);

/* The command that asks the DNS, where nothing was verified and something can be. */
void present_next_command(struct page *p, const struct report *r);

/* Parts of it. */
void present_spf_second(struct page *p, const struct spf_verdict *spf); /* what libspf2 says */
void present_spf_steps(struct page *p, const struct spf_verdict *spf);
void present_missing(struct page *p, const struct auth *auth);

#endif
