/* Where values leave: into structure for programs, or onto a page for people. The one place where they are
 * cleaned and, under --redact, hidden. */
#ifndef MAILWHY_OUTLET_H
#define MAILWHY_OUTLET_H

#include "analyze/report/value.h"
#include "parsers/base/zone.h"

struct redactor;

struct outlet {
    struct arena *arena;
    struct redactor *redactor; /* NULL: nothing is hidden */
    bool is_page;              /* every text is one line; in structure the ends of lines stay */
    const struct zone *zone;   /* in which times are shown; NULL: UTC, as ever in structure */
    struct slice thousands;    /* between a count's groups of three digits, on a page; empty: a comma */
    bool disarms;              /* nothing that a stranger wrote can be followed as a link (disarm.h) */
    bool collects;             /* what would be shown is collected by the redactor, and nothing is hidden */
};

/* What of the value may leave, as valid UTF-8. It lives as long as the value and the outlet's arena. */
struct slice value_show(const struct outlet *outlet, struct value v);

/* Under --redact, the first walk of a report: what the value names. */
void value_collect(const struct outlet *outlet, struct value v);

#endif
