/* The DKIM signatures of a message. */
#ifndef MAILWHY_DKIM_CHECK_H
#define MAILWHY_DKIM_CHECK_H

#include "analyze/auth/check_kind.h"

extern const struct check_kind dkim_check;

#endif
