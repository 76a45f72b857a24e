/* A logo that a domain publishes for its mail. */
#ifndef MAILWHY_BIMI_CHECK_H
#define MAILWHY_BIMI_CHECK_H

#include "analyze/auth/check_kind.h"

extern const struct check_kind bimi_check;

#endif
