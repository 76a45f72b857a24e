/* How a log was read: by whose dialects, what was not understood, and what its programs complain of. */
#ifndef MAILWHY_PRESENT_LOG_READING_H
#define MAILWHY_PRESENT_LOG_READING_H

#include "analyze/deliveries/table_rows.h"
#include "analyze/report/page.h"

/* What stopped a program always, warnings with -v. */
void present_log_troubles(struct page *p, const struct log_tables *t);

/* Lines by system, those that were not understood (each kind with -v), and what went wrong. */
void present_log_reading(struct page *p, const struct log_tables *t);

#endif
