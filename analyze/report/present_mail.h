/* What became of the mails that a log was asked for, as a page. */
#ifndef MAILWHY_PRESENT_MAIL_H
#define MAILWHY_PRESENT_MAIL_H

#include "analyze/deliveries/mail_stories.h"
#include "analyze/report/page.h"

/* The first `most` mails, each with its recipients and their tries, and with the lines that were kept. */
/* A title for each recipient. */
/* What became of the only recipient, as a title; false: there are more. */
bool present_mail_title(struct page *p, const struct mail_stories *stories);

void present_mails_briefly(struct page *p, const struct mail_stories *stories);

void present_mails(struct page *p, const struct mail_stories *stories, size_t most, bool is_none_reached);

#endif
