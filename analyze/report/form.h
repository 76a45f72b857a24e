/* What can be reported on. Each form knows how it is walked as structure and how a page of it looks; the
 * format decides which of the two is done. */
#ifndef MAILWHY_FORM_H
#define MAILWHY_FORM_H

#include "analyze/report/format.h"
#include "analyze/report/page.h"
#include "analyze/report/redact.h"
#include "analyze/report/writer.h"

/* What writing needs, kept from one report to the next; both are empty between two reports. */
struct scratch {
    GString *out;
    struct arena arena;
};

/* With what one report is written. */
struct writing {
    const struct mailwhy_format *format;
    struct page_style style;
    struct page_foot foot;
    const struct redaction *redaction; /* NULL: nothing is hidden */
    struct scratch *scratch;
    report_sink *sink;
    void *context;
    struct slice heading; /* the input's name, to stand above the report where the format does that */
    struct slice label;   /* the report's number, beside it; empty: none */
};

struct report_form {
    void (*structure)(struct writer *w, const void *what); /* NULL: it has only pages */
    void (*page)(struct page *p, const void *what);        /* NULL: it has only structure */
    bool page_says_more; /* the page quotes what the structure does not hold, as lines of logs */
};

/* Write a report. Where the form has no structure, a structured format gets a page as text. */
void report_write(const struct writing *w, const struct report_form *form, const void *what);

/* A redactor that has collected the values of a report, to be freed; NULL where nothing is to be hidden. With
 * its page: also what only that shows. For texts that are made of a report outside of a form. */
struct redactor *report_collect(const struct redaction *redaction, const struct report_form *form,
                                const void *what, bool with_page);

/* Write a whole document of one report into a text, for commands that only show what they were given.
 * `is_list`: the form writes any number of objects. */
void form_write_alone(const struct mailwhy_format *format, const struct report_form *form, const void *what,
                      bool is_list, GString *out);

#endif
