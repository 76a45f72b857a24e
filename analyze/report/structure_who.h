/* Who sent, who was refused, how long it took, as structure: present_who.h has the page. */
#ifndef MAILWHY_STRUCTURE_WHO_H
#define MAILWHY_STRUCTURE_WHO_H

#include "analyze/deliveries/table_rows.h"
#include "analyze/report/writer.h"

/* volume, delays, origins, busiest, clients, hours: members of the log's object. */
void structure_who(struct writer *w, const struct log_tables *t);

#endif
