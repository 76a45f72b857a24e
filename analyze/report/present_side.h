/* Whose mail it is, where one's own names are known. */
#ifndef MAILWHY_PRESENT_SIDE_H
#define MAILWHY_PRESENT_SIDE_H

#include "analyze/report/page.h"
#include "analyze/verdict/report.h"

/* Of a mail that came back, or of another report about one; nothing where `stance` is NULL. */
void present_side(struct page *p, const struct stance *stance);

/* Of a message itself. */
void present_message_side(struct page *p, const struct stance *stance);

#endif
