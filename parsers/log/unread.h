/* Logs that are not read, by what their lines have: so that it can be said what was given. */
#ifndef MAILWHY_LOG_UNREAD_H
#define MAILWHY_LOG_UNREAD_H

#include "parsers/base/slice.h"

/* Whose line it is, as it is told; NULL: not known. */
const char *log_unread_system(struct slice line);

#endif
