/* What a log says as pictures: when, which causes, which providers; and who gets through where, as a table
 * with states. */
#ifndef MAILWHY_PRESENT_CHART_H
#define MAILWHY_PRESENT_CHART_H

#include "analyze/deliveries/table_rows.h"
#include "analyze/report/page.h"

void chart_timeline(struct page *p, const struct log_tables *t);
void chart_causes(struct page *p, const struct log_tables *t);
void chart_providers(struct page *p, const struct log_tables *t);
void present_matrix(struct page *p, const struct log_tables *t);

#endif
