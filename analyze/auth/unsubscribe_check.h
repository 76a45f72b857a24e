/* Can who gets a mail of a list leave it by one click, as Gmail and Yahoo ask of bulk senders (RFC 2369, RFC
 * 8058)? */
#ifndef MAILWHY_UNSUBSCRIBE_CHECK_H
#define MAILWHY_UNSUBSCRIBE_CHECK_H

#include "analyze/auth/check_kind.h"

extern const struct check_kind unsubscribe_check;

#endif
