/* Names of files and of mailboxes on a disk under --redact (redact_scan.h): attachments keep their end
 * ("p….exe"), folders of mail what is not a name. */
#ifndef MAILWHY_REDACT_FILE_H
#define MAILWHY_REDACT_FILE_H

#include "analyze/report/redact_scan.h"

/* "Offer for Kim.pdf", Kim_Lee.docm: an attachment's name; in quotes, brackets or between commas it may have
 * blanks. */
size_t scan_take_attachment(const struct scan *s, size_t at);

/* At the begin of a word: user.kim and user/kim (Cyrus), mail\\kim.nsf (Domino), .qmail-kim, ~kim,
 * "procmail -a kim", .../example.org/kim/, INBOX.kim. */
size_t scan_take_mailbox(const struct scan *s, size_t at);

/* The folder that Dovecot put a mail into ("into mailbox 'Customers/Kim Lee'"): what everybody has stays. */
size_t scan_take_folder(const struct scan *s, size_t at);

#endif
