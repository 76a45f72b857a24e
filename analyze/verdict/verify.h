/* A report verified on a DNS snapshot. */
#ifndef MAILWHY_VERIFY_H
#define MAILWHY_VERIFY_H

#include "analyze/verdict/verification.h"

/* Check the delivery that the report is about into report->verification, and hold the verdicts against it;
 * `after` (NULL: none) has a later snapshot, on which the checks are run again. To be closed with
 * report_verification_close. */
void report_verify(struct report *report, const struct bounce *bounce, const struct auth_tools *tools,
                   const struct auth_tools *after, struct arena *arena);
void report_verification_close(struct report *report);

#endif
