/* Who passes on lines of others: containers, collectors of logs, mail systems. In the line of any other
 * program what looks like a line of a mail system is what somebody sent it. */
#ifndef MAILWHY_LOG_CARRIER_H
#define MAILWHY_LOG_CARRIER_H

#include "parsers/base/slice.h"

/* Is a program or container of that name one of them? */
bool carrier_is_one(struct slice name);

#endif
