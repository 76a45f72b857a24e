/* What was found when a report was verified on a DNS snapshot. */
#ifndef MAILWHY_VERIFICATION_H
#define MAILWHY_VERIFICATION_H

#include "analyze/auth/auth.h"
#include "analyze/verdict/report.h"

/* A claim of a trusted header that is not what was found here. */
struct difference {
    struct difference *next;
    const struct claim *claim;
    struct slice found, text;
};

struct verification {
    struct auth auth;
    struct auth *after;  /* the same checks on a later snapshot; NULL: there is none */
    const char *genuine; /* of a bounce: genuine, backscatter or unknown; NULL: it is no bounce */
    struct slice genuine_reason;
    struct difference *differences;
    bool is_of_mail;           /* `auth` and the above: else only `records` */
    struct check_list records; /* of a receiver's report: what the DNS says today (feedback_today.h) */
};

#endif
