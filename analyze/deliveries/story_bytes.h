/* What is looked up in logs, and what was found, as bytes: for processes that hand these to each other and do
 * not believe each other. What makes no sense is left out from there on. */
#ifndef MAILWHY_STORY_BYTES_H
#define MAILWHY_STORY_BYTES_H

#include "analyze/deliveries/search.h"

/* Append what search_want takes. */
void want_write(GString *out, struct slice queue_id, struct slice message_id, struct slice recipient);

/* Append what sent_mails_want takes. */
void want_sent_write(GString *out, struct slice domain, int64_t begin, int64_t end);

/* search_want and sent_mails_want for all that was appended. */
void wants_read(struct log_search *search, struct slice bytes);

/* Append the stories that a search found. */
void stories_write(const struct log_search *search, GString *out);

/* Fill a search, which is empty, with them. It points into the bytes. */
void stories_read(struct log_search *search, struct slice bytes);

#endif
