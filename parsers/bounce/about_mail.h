/* A bare text may be anything: a reply, a customer's words about mail, or a file that is about something else
 * altogether and has a word in it that rules know. Which of it can be about mail? */
#ifndef MAILWHY_ABOUT_MAIL_H
#define MAILWHY_ABOUT_MAIL_H

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"

#define LIMIT_PASTED   ((size_t)64 << 10) /* bytes: of a longer text the start is read */
#define SHORT_TEXT     ((size_t)300)      /* bytes: so short a text is taken for what somebody was told */
#define MOST_OF_PASTED ((size_t)6 << 10)  /* bytes: a longer one without a reply in it is a document */

/* Does it name a mailbox, or mail in one of the languages that rules know? */
bool speaks_of_mail(struct slice text);

/* Is it a question, to its last sentence? No server asks one. */
bool is_question(struct slice text);

/* Does somebody speak of mail of his own ("my mails", "mein Postfach")? No server does. */
bool speaks_of_own_mail(struct slice text);

/* Does it name another protocol, and nothing of mail? */
bool speaks_of_others(struct slice text);

/* Is it so short that it is taken for what somebody was told, and not of those? */
bool is_short_and_told(struct slice text);

/* The paragraphs that do; all of a short text; nothing of a document. */
struct slice text_about_mail(struct slice text, struct arena *arena);

/* The lines of *rest up to the next empty one, which is passed over. */
struct slice next_paragraph(struct slice *rest);

#endif
