/* The formats of reports, as a table: adding one is its file and one row in formats.c. A format makes pages
 * for people with a medium (page.h), or writes what is structured for programs. */
#ifndef MAILWHY_FORMAT_H
#define MAILWHY_FORMAT_H

#include "parsers/base/slice.h"

#include <glib.h>

/* Gets what is written, in pieces. */
typedef void report_sink(void *context, const char *bytes, size_t length);

struct mailwhy_format {
    const char *name;
    const struct medium *medium; /* of its pages; NULL: it is structured */
    const struct syntax *syntax; /* of its structure; NULL: it makes pages */
    bool is_records;             /* structured: one record (a line) per recipient, not one per report */
    const char *record_end;      /* behind each; NULL: nothing */
    /* Around a run of reports; the list's own only where there may be any number of them. NULL: nothing. */
    const char *begin, *list_begin, *separator, *list_end, *end;
    /* The same, made anew each time; NULL: these texts. */
    void (*begin_document)(GString *out, bool is_list), (*end_document)(GString *out, bool is_list);
    /* The number of a report, by which an index names it, and the name of its input, where there are several;
     * one of them may be empty. NULL: its reports name it, or nothing does. */
    void (*heading)(GString *out, struct slice label, struct slice name);
};

#endif
