/* The audit of domains, whoever asks for it. */
#ifndef MAILWHY_AUDIT_RUN_H
#define MAILWHY_AUDIT_RUN_H

#include "analyze/internal.h"
#include "analyze/report/audit.h"

/* Run all checks of one of the audit's domains, and again on a later snapshot where `after` is not NULL. To
 * be closed with audit_close. */
void audit_run(struct audit *audit, const struct mailwhy_audit *asked, const char *domain,
               const struct auth_tools *tools, const struct auth_tools *after, struct arena *arena);
void audit_close(struct audit *audit);

/* The report on all of its domains. */
void audit_report(struct mailwhy_worker *worker, const struct mailwhy_audit *asked,
                  const struct mailwhy_format *format, mailwhy_sink *sink, void *context);

#endif
