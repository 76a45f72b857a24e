/* What to do, and where to read on. */
#ifndef MAILWHY_ADVICE_H
#define MAILWHY_ADVICE_H

#include "analyze/verdict/report.h"

/* A text of the rules with {ip}, {domain}, … replaced by the verdict's entities, or by words where they are
 * not known. What is filled in is marked (filled.h); nothing else in it is a stranger's. Of its parts
 * {temporary: …} and {permanent: …} those stay that hold of the verdict: while the mail is tried again, or
 * once it is not; the text is empty where none does. `v` may be NULL: all parts stay, with when they hold. */
struct slice advice_fill(const struct verdict *v, struct arena *arena, const char *text);

/* The remedy and the links of a verdict, `add` being called for each. The remedy: what the reply itself
 * names, then the rule's steps, else those of the provider for this cause, else the cause's; and the block
 * list's. */
typedef void advice_add(void *context, struct slice text);
void verdict_remedies(const struct verdict *v, struct arena *arena, advice_add *add, void *context);
void verdict_links(const struct verdict *v, struct arena *arena, advice_add *add, void *context);

/* What whoever refused asks of senders, where the cause is about that; ends with NULL. NULL: nothing. */
const char *const *verdict_asks(const struct verdict *v);

/* The month, as 2026-11, in which the newest of what this advice rests on was seen; empty: not known. */
struct slice verdict_advice_month(const struct verdict *v, struct arena *arena);

#endif
