/* Messages without any frame, as `journalctl -o cat` leaves them, or under the name of a unit instead of a
 * program's: who wrote them is known by their form. */
#ifndef MAILWHY_LOG_BARE_H
#define MAILWHY_LOG_BARE_H

#include "parsers/log/line.h"

/* The program that writes such messages; empty: no form fits. */
struct slice bare_program(struct slice message);

/* Is it one of Exim's own log, which has no frame but its time: the id of a message, and an arrow or that it
 * is completed? Then nothing else is wrapped in it. */
bool bare_is_exim(struct slice message);

/* Behind Exim's own stamp: is it a line about one of its messages, or of a client that it refused? */
bool bare_has_exim_id(struct slice message);

#endif
