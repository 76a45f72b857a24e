/* Reports on logs. */
#ifndef MAILWHY_STRUCTURE_LOG_H
#define MAILWHY_STRUCTURE_LOG_H

#include "analyze/report/form.h"

extern const struct report_form form_log; /* struct log_tables: of a whole log */

#endif
