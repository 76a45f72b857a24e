/* What other libraries, which many receivers run, say of the same mail: libspf2 and libopendkim, in one
 * process of their own (opinion_process.h). */
#ifndef MAILWHY_SECOND_OPINION_H
#define MAILWHY_SECOND_OPINION_H

#include "analyze/auth/dkim_verdict.h"
#include "analyze/auth/mail_bytes.h"
#include "analyze/auth/resolver.h"
#include "analyze/auth/spf_verdict.h"

struct second_opinion;

/* To be called before a sandbox is entered; of one thread. The snapshot is the one that is read by then, or
 * that `begin` reads with `context` in the process that is asked; NULL: nothing. */
struct second_opinion *second_opinion_new(const struct snapshot *snapshot, void (*begin)(void *context),
                                          void *context);
void second_opinion_free(struct second_opinion *opinion);

/* NULL stands for nobody to ask.
 *
 * libspf2: sets `second` and `second_reason` of the verdict. */
void second_opinion_of_spf(struct second_opinion *opinion, const struct spf_query *query, struct arena *arena,
                           struct spf_verdict *verdict);

/* libopendkim: it is asked, and while our own verifier works it does too; then its answer is held against the
 * verdicts: `second` and `second_reason` of each. Ask only where it is heard after; false: it was not asked.
 */
bool second_opinion_ask_dkim(struct second_opinion *opinion, const struct mail_bytes *mail, int64_t when);
void second_opinion_hear_dkim(struct second_opinion *opinion, struct arena *arena,
                              struct dkim_verdict *first);

#endif
