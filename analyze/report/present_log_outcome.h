/* What became of the mail of a log: its title, key figures, span. */
#ifndef MAILWHY_PRESENT_LOG_OUTCOME_H
#define MAILWHY_PRESENT_LOG_OUTCOME_H

#include "analyze/deliveries/table_rows.h"
#include "analyze/report/page.h"

/* The name of a recipient's outcome (enum log_outcome). */
enum words outcome_label(int outcome);

/* Were logs read, or only reports on mails? */
bool log_was_read(const struct log_tables *t);

/* What the page is about: the title of its file. */
void present_log_about(struct page *p, const struct log_tables *t);

/* How many lines, from when to when, in which zone. */
void present_log_span(struct page *p, const struct log_tables *t);

/* The title, and what became of how many recipients. */
void present_log_outcomes(struct page *p, const struct log_tables *t);

#endif
