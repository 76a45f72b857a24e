/* How mail comes in to Postfix: who hands it in, what was refused, held or thrown away there, failed logins.
 */
#ifndef MAILWHY_POSTFIX_SESSION_H
#define MAILWHY_POSTFIX_SESSION_H

#include "parsers/log/dialect.h"

/* smtpd and postscreen, with a queue id or without. */
enum line_result postfix_read_smtpd(struct log_facts *f, const struct log_line *line, struct slice id,
                                    struct slice text);

/* cleanup: message ids, scripts, header and body checks, milters. */
enum line_result postfix_read_cleanup(struct log_facts *f, const struct log_line *line, struct slice id,
                                      struct slice text);

#endif
