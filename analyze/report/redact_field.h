/* Fields of a mail in the words of a log or a reply, under --redact (redact_scan.h). */
#ifndef MAILWHY_REDACT_FIELD_H
#define MAILWHY_REDACT_FIELD_H

#include "analyze/report/redact_scan.h"

/* A field of the mail in the words of a log: the subject of Postfix's header checks ("header Subject: the
 * subject from mx[192.0.2.1]; from=<") and of IronPort ("Subject 'the subject'"), the name in amavis's From.
 */
size_t scan_take_header_field(const struct scan *s, size_t at);

/* A subject that a word announces: Subject: "x", Betreff: x, with its end at the quote, bracket or line. */
size_t scan_take_subject(const struct scan *s, size_t at);

#endif
