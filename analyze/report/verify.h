/* What a report claims, verified on a DNS snapshot. */
#ifndef MAILWHY_VERIFY_H
#define MAILWHY_VERIFY_H

#include "analyze/auth/auth.h"
#include "analyze/report/report.h"

/* A claim of a trusted header that is not what was found here. */
struct difference {
    struct difference *next;
    const struct claim *claim;
    struct slice found, text;
};

struct verification {
    struct auth auth;
    const char *genuine; /* of a bounce: genuine, backscatter or unknown; NULL: it is no bounce */
    struct slice genuine_reason;
    struct difference *differences;
};

/* Check the delivery that the report is about into report->verification, and join the verdicts with it. To be
 * closed with report_verification_close. */
void report_verify(struct report *report, const struct bounce *bounce, const struct auth_tools *tools,
                   struct arena *arena);
void report_verification_close(struct report *report);

/* session.c: who sent what to whom, as far as the report tells. Host names are looked up. */
void session_of_report(struct session *session, const struct report *report, const struct bounce *bounce,
                       struct resolver *resolver);

/* joint.c */
void verdict_join(struct verdict *verdict, struct auth *auth);
void verdict_add_stand(struct verdict *v, const char *check, struct slice result, enum says says,
                       struct slice text, struct arena *arena);
/* Is there a check that could tell whether the reply is right? */
bool verdict_is_testable(const struct verdict *verdict);
const char *says_name(enum says says);

/* genuine.c: is the bounce about a mail that its addressee sent? */
void report_judge_genuine(const struct report *report, const struct bounce *bounce, struct verification *v,
                          struct arena *arena);

/* claims.c: hold the claims that are believed against what was found. */
void report_compare_claims(const struct report *report, struct verification *v, struct arena *arena);

#endif
