/* SPF of the envelope sender and of the HELO name. */
#ifndef MAILWHY_SPF_CHECK_H
#define MAILWHY_SPF_CHECK_H

#include "analyze/auth/check_kind.h"

extern const struct check_kind spf_check;

#endif
