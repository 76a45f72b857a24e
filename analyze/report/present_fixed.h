/* Was it fixed? What is to be said of two snapshots, as structure and for people. */
#ifndef MAILWHY_PRESENT_FIXED_H
#define MAILWHY_PRESENT_FIXED_H

#include "analyze/auth/context.h"
#include "analyze/auth/was_fixed.h"
#include "analyze/report/page.h"
#include "analyze/report/writer.h"
#include "analyze/verdict/report.h"

/* `after`: NULL, there is no later snapshot, and nothing is written. */
void write_fixed(struct writer *w, const struct auth *before, const struct auth *after);
void present_fixed(struct page *p, const struct auth *before, const struct auth *after);

/* What the checks that bear a refusal out find on the later snapshot: nothing any more (FIXED_NOW), the same
 * (FIXED_NOT), or it is not known; FIXED_NEVER: there is none, or no check bears it out. `r` may be NULL. */
enum fixed_state reason_now(const struct report *r, const struct verdict *v);
void present_reason_now(struct page *p, const struct report *r, const struct verdict *v);

#endif
