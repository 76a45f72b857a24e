/* Was it fixed? What is to be said of two snapshots, as structure and for people. */
#ifndef MAILWHY_PRESENT_FIXED_H
#define MAILWHY_PRESENT_FIXED_H

#include "analyze/auth/context.h"
#include "analyze/report/page.h"
#include "analyze/report/writer.h"

/* `after`: NULL, there is no later snapshot, and nothing is written. */
void write_fixed(struct writer *w, const struct auth *before, const struct auth *after);
void present_fixed(struct page *p, const struct auth *before, const struct auth *after);

#endif
