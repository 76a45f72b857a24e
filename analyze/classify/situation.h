/* What is known when a reply is judged. */
#ifndef MAILWHY_SITUATION_H
#define MAILWHY_SITUATION_H

#include "parsers/base/smtp_reply.h"
#include "parsers/rules/rules.h"

struct situation {
    const struct reply *reply;
    const int *status;    /* the report's own, three numbers, for a reply without an enhanced code; or NULL */
    const char *software; /* that reported; NULL: not known */
    struct slice reporter;
    const struct provider *provider; /* that refused; NULL: not known */
};

/* The reply's enhanced code, else the report's status: three numbers, the first 0 where there is none. */
const int *situation_code(const struct situation *situation);

#endif
