/* Is port 25 closed for this server? Then its connections to everybody time out, and no receiver can help. */
#ifndef MAILWHY_PORT_25_H
#define MAILWHY_PORT_25_H

#include "analyze/deliveries/tables.h"

/* Do the failures of this row say so: connections to a known provider timed out, whose hosts always answer,
 * and no mail at all got through to any? */
bool log_port_25_closed(const struct log_tables *tables, const struct log_cause_row *row);

#endif
