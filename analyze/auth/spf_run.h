/* One evaluation of SPF while it runs: what its parts work on. */
#ifndef MAILWHY_SPF_RUN_H
#define MAILWHY_SPF_RUN_H

#include "analyze/auth/resolver.h"
#include "analyze/auth/spf_verdict.h"

struct spf_run {
    const struct spf_query *query;
    struct resolver *resolver;
    struct arena *arena;
    struct spf_verdict *verdict;
    struct slice sender; /* as it counts: with a local part */
    struct spf_step **end;
};

/* A record that is being evaluated. */
struct spf_frame {
    struct spf_run *run;
    struct slice domain;
    struct slice way;              /* "include:_spf.example.net → ": how the record was come to */
    const struct spf_frame *above; /* the record that led here; NULL: the first */
    unsigned depth;
};

/* check_host() of RFC 7208 section 4, with the record of `domain`; `explains`: a fail is one of the whole
 * evaluation, which the domain may explain. It is spf.c's, and what a mechanism of another record includes.
 */
enum spf_result spf_check_host(struct spf_run *run, struct slice domain, struct slice way,
                               const struct spf_frame *above, bool explains);

#endif
