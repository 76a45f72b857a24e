/* What `mailwhy audit` and `mailwhy dns` share: the checks of a domain that the options name. */
#ifndef MAILWHY_COMMAND_AUDIT_H
#define MAILWHY_COMMAND_AUDIT_H

#include "analyze/commands/options.h"
#include "analyze/report/audit.h"

int audit_check_options(const struct options *options); /* an exit status; says what is wrong */

/* To be closed with auth_close(&audit->auth). */
void audit_run(struct audit *audit, const struct options *options, const char *domain,
               const struct auth_tools *tools, struct arena *arena);

#endif
