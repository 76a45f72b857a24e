/* What Gmail, Yahoo and Microsoft ask of those who send much, held against what an audit found. */
#ifndef MAILWHY_BULK_RULES_H
#define MAILWHY_BULK_RULES_H

#include "analyze/auth/context.h"

enum bulk_receiver { BULK_GMAIL, BULK_YAHOO, BULK_MICROSOFT, BULK_RECEIVERS };

enum bulk_answer { BULK_MET, BULK_MISSED, BULK_UNKNOWN };

struct bulk_receiver_facts {
    const char *id, *name;
    const char *source; /* where its rules stand */
};
extern const struct bulk_receiver_facts bulk_receivers[BULK_RECEIVERS];

struct bulk_row {
    const char *requirement;
    bool asks[BULK_RECEIVERS]; /* who asks for it */
    enum bulk_answer answer;
    struct slice text; /* what is missing, or why it is not known; empty: it is met */
};

/* The rows of an audit that has run; *count of them, which live as long as its arena. */
const struct bulk_row *bulk_judge(const struct auth *auth, size_t *count);

const char *bulk_answer_name(enum bulk_answer answer); /* yes, no, unknown */

#endif
