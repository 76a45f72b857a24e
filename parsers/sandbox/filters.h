/* The filters that generate.c makes of the table of calls. */
#ifndef MAILWHY_SANDBOX_FILTERS_H
#define MAILWHY_SANDBOX_FILTERS_H

#include "parsers/sandbox/calls.h"

#include <linux/filter.h>

extern const struct sock_fprog sandbox_filters[SANDBOX_FILTERS];

#endif
