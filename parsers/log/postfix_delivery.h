/* Tries of Postfix: "to=<…>, relay=…, delays=…, dsn=…, status=sent (…)". */
#ifndef MAILWHY_POSTFIX_DELIVERY_H
#define MAILWHY_POSTFIX_DELIVERY_H

#include "parsers/log/dialect.h"

/* smtp, lmtp, local, virtual, pipe, error, retry, discard: one try at one recipient. */
enum line_result postfix_read_delivery(struct log_facts *f, const struct log_line *line, struct slice id,
                                       struct slice text);

#endif
