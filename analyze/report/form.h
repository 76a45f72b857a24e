/* What can be reported on. Each form knows how it is written as structure and how a page of it looks; the
 * format decides which of the two is done. */
#ifndef MAILWHY_FORM_H
#define MAILWHY_FORM_H

#include "analyze/report/format.h"
#include "analyze/report/render.h"

/* With what one report is written. */
struct writing {
    const struct mailwhy_format *format;
    const struct mailwhy_options *options;
    struct scratch *scratch;
    mailwhy_sink *sink;
    void *context;
};

struct report_form {
    void (*structure)(const struct writing *w, const void *what);        /* NULL: it has only pages */
    void (*page)(struct page *p, const void *what, struct arena *arena); /* NULL: it has only structure */
};

extern const struct report_form form_message;  /* struct report */
extern const struct report_form form_reply;    /* struct verdict: on a bare reply */
extern const struct report_form form_log;      /* struct log_tables: of a whole log */
extern const struct report_form form_delivery; /* struct log_record: one recipient's, of a log */
extern const struct report_form form_audit;    /* struct audit_list */
extern const struct report_form form_cause;    /* struct cause_page: what a cause means */

/* What form_delivery and form_cause are about. */
struct log_record {
    const struct delivery *delivery;
    const struct matcher *matcher;
    const char *file; /* NULL: not known */
};

struct cause_page {
    const struct rulebase *rules;
    const struct cause *cause;
};

/* Write a report. Where the form has no structure, a structured format gets a page as text. */
void report_write(const struct writing *w, const struct report_form *form, const void *what);

#endif
