/* Reverse DNS: has the client's address a name that leads back to it? */
#ifndef MAILWHY_PTR_CHECK_H
#define MAILWHY_PTR_CHECK_H

#include "analyze/auth/check_kind.h"

extern const struct check_kind ptr_check;

#endif
