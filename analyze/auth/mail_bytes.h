/* A message as it went over the wire. */
#ifndef MAILWHY_MAIL_BYTES_H
#define MAILWHY_MAIL_BYTES_H

#include "parsers/base/slice.h"

struct mail_bytes {
    struct slice header, body;
    const char *body_missing_reason; /* why the body is not there; NULL: it is */
};

#endif
