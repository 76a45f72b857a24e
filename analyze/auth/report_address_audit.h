/* Do the addresses that reports go to take mail? */
#ifndef MAILWHY_REPORT_ADDRESS_AUDIT_H
#define MAILWHY_REPORT_ADDRESS_AUDIT_H

#include "analyze/auth/check_kind.h"

/* What a record of `subject` says: `tag` ("rua"), and the domain of one of its addresses. Nothing is told of
 * an organisation other than the subject's that has neither MX nor address, where `is_agreed`: it says in the
 * DNS that it takes these reports. Nor of the
 * subject itself, whose MX is told of elsewhere. Each domain is told once in a kind. */
struct report_address {
    struct slice subject, domain;
    const char *tag, *record; /* "rua"; "DMARC" */
    bool is_agreed;
};
void report_address_audit(struct check_list *list, const struct check_kind *kind,
                          const struct report_address *address);

#endif
