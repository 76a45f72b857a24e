/* What a check is. */
#ifndef MAILWHY_CHECK_KIND_H
#define MAILWHY_CHECK_KIND_H

#include "analyze/auth/context.h"

struct check_kind {
    const char *id;    /* as JSON and rules/causes.yaml write it */
    const char *label; /* as pages write it */

    /* Adds what it finds to context->auth->checks; nothing, where the input does not tell enough. */
    void (*run)(struct check_context *context);

    /* The same of the domain of one more recipient; NULL: the check is not about that. */
    void (*run_on_recipient)(struct auth *auth, struct slice domain);

    /* What an audit of the domain in From and of its server adds: their records, read for faults. NULL:
     * nothing. */
    void (*audit)(struct check_context *context);

    /* Its result for what a header claims of this method (the claim's method is `id`): of the same domain,
     * selector, …; empty: not found, or not asked. NULL: headers make no such claims. */
    struct slice (*found_for_claim)(const struct auth *auth, const struct claim *claim);

    bool is_any_enough; /* of several results the best counts, as one signature that holds is enough; else the
                           first does */
    bool is_of_message; /* it says nothing of a sender who has not written yet */
    bool has_steps;     /* pages show how it was decided, not only what was found */
};

#endif
