/* `mailwhy audit --domain D --ip IP --dns FILE`: would mail from D, sent from IP, be trusted? */
#ifndef MAILWHY_COMMAND_AUDIT_H
#define MAILWHY_COMMAND_AUDIT_H

#include "analyze/commands/options.h"

int command_audit(struct options *options); /* an exit status */

#endif
