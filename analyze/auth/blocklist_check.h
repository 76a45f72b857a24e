/* DNS block lists that name the client or its domains. */
#ifndef MAILWHY_BLOCKLIST_CHECK_H
#define MAILWHY_BLOCKLIST_CHECK_H

#include "analyze/auth/check_kind.h"

extern const struct check_kind blocklist_check;

#endif
