/* What the summary of many inputs has beside that of logs: what the inputs were, which causes hit at which
 * provider, and an index of the reports. */
#ifndef MAILWHY_PRESENT_SUMMARY_H
#define MAILWHY_PRESENT_SUMMARY_H

#include "analyze/deliveries/table_rows.h"
#include "analyze/report/page.h"
#include "analyze/report/writer.h"

/* Where the tables are of logs alone (`mail` is NULL) nothing is shown but present_cause_providers. */
void present_mail_inputs(struct page *p, const struct log_tables *t);
void present_cause_providers(struct page *p, const struct log_tables *t);
void present_index(struct page *p, const struct log_tables *t);
void present_dmarc_reports(struct page *p, const struct log_tables *t);

/* The members `reports` and `dmarc`, and `index`, of the JSON. */
void write_mail_inputs(struct writer *w, const struct log_tables *t);
void write_index(struct writer *w, const struct log_tables *t);

/* The providers at which a cause hits: recipients under the provider's id. */
void write_cause_providers(struct writer *w, const struct log_cause_row *row, const struct totals *totals);

#endif
