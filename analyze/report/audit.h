/* Would mail from a domain, sent from an address, be trusted? All checks before one mail is sent, for one
 * domain or for several side by side. */
#ifndef MAILWHY_AUDIT_H
#define MAILWHY_AUDIT_H

#include "analyze/report/render.h"

struct audit {
    struct slice domain;
    struct auth auth;
};

void audit_json(GString *out, const struct audit *audit, struct arena *arena);

/* One domain in full; several: the table first. */
void present_audits(struct page *p, const struct audit *audits, size_t count, struct arena *arena);

#endif
