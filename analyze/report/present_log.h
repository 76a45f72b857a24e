/* What a log says, for people: form_log. */
#ifndef MAILWHY_PRESENT_LOG_H
#define MAILWHY_PRESENT_LOG_H

#include "analyze/report/page.h"

void page_log(struct page *p, const void *tables);

#endif
