/* Is port 25 closed for this server? Then its connections to everybody time out, and no receiver can help. */
#ifndef MAILWHY_PORT_25_H
#define MAILWHY_PORT_25_H

#include "analyze/deliveries/table_rows.h"

/* Do the failures of this row say so: connections to a known provider timed out, whose hosts always answer,
 * and no mail at all got through to any, or an answer from one? */
bool log_port_25_closed(const struct log_tables *tables, const struct log_cause_row *row);

/* The same where no provider is among those who were tried, which is less sure: connections to two domains
 * and more failed, and in the whole log nobody was reached. */
bool log_port_25_doubtful(const struct log_tables *tables);

/* Is it one that a closed port has? */
bool cause_is_without_connection(const struct cause *cause);

#endif
