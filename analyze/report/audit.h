/* Would mail from a domain, sent from an address, be trusted? All checks before one mail is sent, for one
 * domain or for several side by side. */
#ifndef MAILWHY_AUDIT_H
#define MAILWHY_AUDIT_H

#include "analyze/auth/auth.h"

struct audit {
    struct slice domain;
    struct auth auth;
};

/* What form_audit reports on. One domain in full; several: the table first. */
struct audit_list {
    const struct audit *audits;
    size_t count;
};

#endif
