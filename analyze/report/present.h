/* The report on a message, for people: form_message. */
#ifndef MAILWHY_PRESENT_H
#define MAILWHY_PRESENT_H

#include "analyze/report/page.h"

void page_message(struct page *p, const void *report);

/* The verdict on a bare reply, for people: form_reply. */
void page_reply(struct page *p, const void *verdict);

#endif
