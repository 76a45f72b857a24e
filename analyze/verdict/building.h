/* What the makers of verdicts share: of reports (build.c) and of what was pasted (build_pasted.c). */
#ifndef MAILWHY_BUILDING_H
#define MAILWHY_BUILDING_H

#include "analyze/chain/trust.h"
#include "analyze/classify/judge.h"
#include "analyze/verdict/report.h"

struct building {
    struct report *report;
    const struct bounce *bounce;
    struct matcher *matcher;
    const struct trust_list *trust; /* NULL: no host is one's own */
    struct arena *arena;
    struct verdict **end;           /* where the next verdict goes */
    bool quotes_another;            /* the text of the report speaks of a server that answered */
    const struct provider *service; /* whose event it is: it tried to hand the mail on; NULL: not known */
    const struct provider *spoken;  /* as of struct attempt */
};

/* Add the verdict on what is told of a recipient. */
void building_add(struct building *building, const struct recipient *told);

void verdict_take(struct verdict *verdict, const struct judgement *judgement);

#endif
