/* Reports on logs. */
#ifndef MAILWHY_STRUCTURE_LOG_H
#define MAILWHY_STRUCTURE_LOG_H

#include "analyze/report/form.h"

extern const struct report_form form_log;      /* struct log_tables: of a whole log */
extern const struct report_form form_delivery; /* struct log_record: one recipient's, of a log */

struct log_record {
    const struct delivery *delivery;
    const struct matcher *matcher;
    const char *file; /* NULL: not known */
};

#endif
