/* The table of formats, and what stands around reports. */
#ifndef MAILWHY_FORMATS_H
#define MAILWHY_FORMATS_H

#include "analyze/report/format.h"

/* By number, from 0: the one that is used where none is named; NULL: there are no more. */
const struct mailwhy_format *format_at(size_t number);
const struct mailwhy_format *format_find(const char *name); /* NULL: there is none of that name */

/* Before the first report, between two, and after the last. `is_list`: there may be any number of reports. */
void format_begin(const struct mailwhy_format *format, bool is_list, report_sink *sink, void *context);
void format_separate(const struct mailwhy_format *format, report_sink *sink, void *context);
void format_end(const struct mailwhy_format *format, bool is_list, report_sink *sink, void *context);

#endif
