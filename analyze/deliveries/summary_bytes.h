/* Writing what was counted of logs: see summary_layout.h. */
#ifndef MAILWHY_SUMMARY_BYTES_H
#define MAILWHY_SUMMARY_BYTES_H

#include "analyze/deliveries/summary_layout.h"

/* Append the summary, which is not sorted: its rankings are added up. */
void summary_write(struct log_summary *summary, const struct summary_notes *notes, GString *out);

#endif
