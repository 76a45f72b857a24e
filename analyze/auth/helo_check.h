/* The name that the client gives itself. */
#ifndef MAILWHY_HELO_CHECK_H
#define MAILWHY_HELO_CHECK_H

#include "analyze/auth/check_kind.h"

extern const struct check_kind helo_check;

#endif
