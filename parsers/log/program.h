/* How a line of syslog names the program that wrote it (RFC 3164 section 4.1.3: the tag). */
#ifndef MAILWHY_LOG_PROGRAM_H
#define MAILWHY_LOG_PROGRAM_H

#include "parsers/base/slice.h"

/* "postfix/smtp[123]: ", "postfix/smtp: " at the start of `rest`: it is taken off, and the program is given
 * without its process id; empty, and nothing taken: there is none. */
struct slice program_take(struct slice *rest);

#endif
