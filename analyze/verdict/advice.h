/* What to do, and where to read on. */
#ifndef MAILWHY_ADVICE_H
#define MAILWHY_ADVICE_H

#include "analyze/verdict/report.h"

/* A text of the rules with {ip}, {domain}, … replaced by the verdict's entities, or by words where they are
 * not known. `v` may be NULL. */
struct slice advice_fill(const struct verdict *v, struct arena *arena, const char *text);

/* The remedy and the links of a verdict: the rule's own, else the cause's, and the block list's. Calls `add`
 * for each. */
typedef void advice_add(void *context, struct slice text);
void verdict_remedies(const struct verdict *v, struct arena *arena, advice_add *add, void *context);
void verdict_links(const struct verdict *v, struct arena *arena, advice_add *add, void *context);

#endif
