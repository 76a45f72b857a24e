/* What a key and the hashes say of a signature, in the words of the report. */
#ifndef MAILWHY_DKIM_JUDGE_H
#define MAILWHY_DKIM_JUDGE_H

#include "analyze/auth/dkim_verdict.h"
#include "analyze/auth/mail_bytes.h"
#include "analyze/auth/public_key.h"
#include "analyze/auth/published_key.h"

void dkim_set_result(struct dkim_verdict *v, enum dkim_result result, struct slice reason);

/* Add one more reason, or note, behind those that are there. */
void dkim_append(struct slice *text, struct slice more, struct arena *arena);

/* Set the result where the fault lies with the key. Returns whether it does. */
bool dkim_judge_key(struct dkim_verdict *v, const struct published_key *p, struct arena *arena);

/* Set the result by the hashes of header and body, which were computed but for a body that is missing. */
void dkim_judge_hashes(struct dkim_verdict *v, const struct mail_bytes *mail, enum signer signer,
                       struct arena *arena);

/* What receivers make of a signature that holds, by its key and algorithm (RFC 8301). */
void dkim_judge_strength(struct dkim_verdict *v, const struct dkim_key *key, struct arena *arena);

#endif
