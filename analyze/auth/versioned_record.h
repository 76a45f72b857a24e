/* Records that begin with a version: "v=STSv1; …". */
#ifndef MAILWHY_VERSIONED_RECORD_H
#define MAILWHY_VERSIONED_RECORD_H

#include "analyze/auth/check.h"

/* The TXT record of that version at PREFIX.DOMAIN into *text; empty: there is none, and the answer's status
 * says why. Of several the last counts. */
struct dns_answer versioned_record_find(struct check_list *list, const char *prefix, struct slice domain,
                                        const char *version, struct slice *text);

#endif
