/* Is a bounce about a mail that its addressee sent? */
#ifndef MAILWHY_GENUINE_H
#define MAILWHY_GENUINE_H

#include "analyze/verdict/verification.h"
#include "parsers/rules/rules.h"

/* Under which the answer is told beside the checks; it is no row of check_kinds.h, for it has no subject to
 * look up. */
extern const struct check_kind genuine_check;

/* By `rules` it is known whose domains many have mailboxes in. */
void report_judge_genuine(const struct report *report, const struct bounce *bounce, struct verification *v,
                          const struct rulebase *rules, struct arena *arena);

/* Was verified that the report answers a mail that somebody else sent in its addressee's name? */
bool report_is_backscatter(const struct report *report);

/* May that be, as far as was read offline: did an outside host hand in the report, and is it not known whose
 * the mail was? */
bool report_may_be_backscatter(const struct report *report);

#endif
