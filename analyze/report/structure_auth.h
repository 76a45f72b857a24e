/* What was verified on a DNS snapshot, as structure. */
#ifndef MAILWHY_STRUCTURE_AUTH_H
#define MAILWHY_STRUCTURE_AUTH_H

#include "analyze/report/writer.h"
#include "analyze/verdict/verification.h"

void write_verification(struct writer *w, const struct verification *v); /* keys of "auth" */
void write_findings(struct writer *w, const struct verdict *v);
void write_dns(struct writer *w, const struct auth *auth);

/* Parts, for audits: how SPF, DKIM, DMARC and ARC came out, and what each check found. */
void write_auth_results(struct writer *w, const struct auth *auth);
void write_checks(struct writer *w, const struct check *first);
void write_check_remedies(struct writer *w, const struct check *c); /* "remedy" and "records" of one */

#endif
