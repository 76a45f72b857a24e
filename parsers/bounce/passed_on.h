/* A report that a person passes on as text: words of the person, a block of fields that says that a mail
 * system wrote what follows, and the report, quoted or not. What stands before it decides nothing. */
#ifndef MAILWHY_PASSED_ON_H
#define MAILWHY_PASSED_ON_H

#include "parsers/base/arena.h"

/* What stands behind the first block of fields whose sender is a mail system; empty: there is none. It points
 * into the text. */
struct slice passed_on_report(struct slice text);

/* The lines that bear a mark of quotation, without their marks of all levels; empty where there are few. */
struct slice passed_on_quoted(struct slice text, struct arena *arena);

/* Is it the name or address of a mail system: "Mail Delivery System <MAILER-DAEMON@…>"? */
bool sender_is_mail_system(struct slice sender);

#endif
