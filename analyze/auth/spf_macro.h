/* Macros of SPF (RFC 7208 section 7). */
#ifndef MAILWHY_SPF_MACRO_H
#define MAILWHY_SPF_MACRO_H

#include "analyze/auth/spf_run.h"

/* Fill in a domain-spec or an explanation. Returns false when a macro is not valid. `domain` is the one whose
 * record is read. The result of a domain-spec is cut to 253 bytes from the left (section 7.3). */
bool spf_expand(struct spf_run *run, struct slice spec, struct slice domain, bool is_explanation,
                struct slice *out);

#endif
