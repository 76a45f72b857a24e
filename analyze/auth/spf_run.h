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

#endif
