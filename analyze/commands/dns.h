/* `mailwhy dns needs|capture|show`: the DNS questions that inputs raise, fetching them, and printing a
 * snapshot. Each returns an exit status. */
#ifndef MAILWHY_COMMAND_DNS_H
#define MAILWHY_COMMAND_DNS_H

#include "analyze/commands/options.h"

int command_dns_needs(struct options *options);
int command_dns_capture(struct options *options);
int command_dns_show(struct options *options);

#endif
