/* The ARC chain of a message. */
#ifndef MAILWHY_ARC_CHECK_H
#define MAILWHY_ARC_CHECK_H

#include "analyze/auth/check_kind.h"

extern const struct check_kind arc_check;

#endif
