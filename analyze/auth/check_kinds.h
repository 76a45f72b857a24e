/* All checks. Adding one is its file, which defines its struct check_kind, and a row of CHECK_KINDS; where
 * its result says whether a reply is right, rules/causes.yaml names it under `checked_by`. */
#ifndef MAILWHY_CHECK_KINDS_H
#define MAILWHY_CHECK_KINDS_H

#include "analyze/auth/context.h"

struct check_kind {
    const char *id;    /* as JSON and rules/causes.yaml write it */
    const char *label; /* as pages write it */

    /* Adds what it finds to context->auth->checks; nothing, where the input does not tell enough. */
    void (*run)(struct check_context *context);

    /* The same of the domain of one more recipient; NULL: the check is not about that. */
    void (*run_on_recipient)(struct auth *auth, struct slice domain);

    bool is_any_enough; /* of several results the best counts, as one signature that holds is enough; else the
                           first does */
    bool is_of_message; /* it says nothing of a sender who has not written yet */
    bool has_steps;     /* pages show how it was decided, not only what was found */
};

/* In the order in which a receiver looks: file NAME_check.c defines NAME_check. */
#define CHECK_KINDS(ROW)                                                                                     \
    ROW(ptr)                                                                                                 \
    ROW(helo)                                                                                                \
    ROW(spf)                                                                                                 \
    ROW(dkim)                                                                                                \
    ROW(arc)                                                                                                 \
    ROW(dmarc)                                                                                               \
    ROW(mx)                                                                                                  \
    ROW(tls)                                                                                                 \
    ROW(bimi)                                                                                                \
    ROW(blocklist)

#define DECLARE_CHECK_KIND(name) extern const struct check_kind name##_check;
CHECK_KINDS(DECLARE_CHECK_KIND)
#undef DECLARE_CHECK_KIND

extern const struct check_kind *const check_kinds[];
extern const size_t check_kind_count;

/* By its id; NULL: there is none. */
const struct check_kind *check_kind_find(const char *id);

/* Report the checks that causes name under `checked_by` and that do not exist. */
void check_kinds_verify_rules(const struct rulebase *rules, struct rule_errors *errors);

#endif
