/* DMARC of the domain in From. */
#ifndef MAILWHY_DMARC_CHECK_H
#define MAILWHY_DMARC_CHECK_H

#include "analyze/auth/check_kind.h"

extern const struct check_kind dmarc_check;

#endif
