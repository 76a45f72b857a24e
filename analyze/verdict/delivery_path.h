/* The path of the message that a report is about, and of the report itself. */
#ifndef MAILWHY_DELIVERY_PATH_H
#define MAILWHY_DELIVERY_PATH_H

#include "analyze/chain/trust.h"
#include "analyze/verdict/report.h"

/* Rebuild both into report->mail and report->carrier. */
void report_rebuild_paths(struct report *report, struct message *message, const struct bounce *bounce,
                          struct matcher *matcher, const struct trust_list *trust);

#endif
