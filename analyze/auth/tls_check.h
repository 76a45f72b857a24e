/* What a domain asks of the TLS of those who send to it. */
#ifndef MAILWHY_TLS_CHECK_H
#define MAILWHY_TLS_CHECK_H

#include "analyze/auth/check_kind.h"

extern const struct check_kind tls_check;

#endif
