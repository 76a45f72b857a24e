/* One recipient's delivery, as logs tell of it. */
#ifndef MAILWHY_STRUCTURE_DELIVERY_H
#define MAILWHY_STRUCTURE_DELIVERY_H

#include "analyze/deliveries/tables.h"
#include "analyze/report/form.h"
#include "analyze/report/writer.h"

extern const struct report_form form_delivery; /* struct log_record: one recipient's, of a log */

struct log_record {
    const struct delivery *delivery;
    const struct matcher *matcher;
    const char *file; /* NULL: not known */
};

/* The list of the stories that were asked for, inside of an object; none: nothing. */
void structure_stories(struct writer *w, const struct log_tables *t);

#endif
