/* `mailwhy reply [TEXT]...`: what does this SMTP reply or error text mean? */
#ifndef MAILWHY_COMMAND_REPLY_H
#define MAILWHY_COMMAND_REPLY_H

#include "analyze/commands/options.h"

int command_reply(struct options *options); /* an exit status */

#endif
