/* The delivery path of a message, for people: hops, claims, signatures, other fields. */
#ifndef MAILWHY_PRESENT_PATH_H
#define MAILWHY_PRESENT_PATH_H

#include "analyze/report/page.h"
#include "analyze/verdict/report.h"

/* Of the message that the report is about and, with -v, of the report itself. */
void present_paths(struct page *p, const struct report *r);

#endif
