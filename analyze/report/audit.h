/* Would mail from a domain, sent from an address, be trusted? All checks before one mail is sent, for one
 * domain or for several side by side. */
#ifndef MAILWHY_AUDIT_H
#define MAILWHY_AUDIT_H

#include "analyze/auth/auth.h"
#include "analyze/report/form.h"

struct audit {
    struct slice domain;
    struct auth auth;
    struct auth *after; /* on a later snapshot; NULL: there is none */
};

/* One domain in full; several: the table first. */
struct audit_list {
    const struct audit *audits;
    size_t count;
};

extern const struct report_form form_audit; /* struct audit_list */

#endif
