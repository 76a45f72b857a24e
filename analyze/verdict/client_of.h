/* Whose address was refused. */
#ifndef MAILWHY_CLIENT_OF_H
#define MAILWHY_CLIENT_OF_H

#include "analyze/verdict/report.h"
#include "parsers/rules/matcher.h"

/* The service that sends for its customers, and whose host was refused: the reporter, or the client that the
 * reply names with its address, as "o1.mail.sendgrid.net [192.0.2.1]". NULL: none is known, so the address
 * may be the sender's own. */
const struct provider *service_refused(const struct verdict *v, struct slice reporter,
                                       const struct matcher *matcher);

#endif
