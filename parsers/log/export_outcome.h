/* What became of a mail, in the words of an export. */
#ifndef MAILWHY_LOG_EXPORT_OUTCOME_H
#define MAILWHY_LOG_EXPORT_OUTCOME_H

#include "parsers/log/event.h"
#include "parsers/rules/rules.h"

enum outcome_kind {
    OUTCOME_TRY,
    OUTCOME_REFUSAL, /* of what others sent */
    OUTCOME_NONE,    /* it tells of no delivery */
    OUTCOME_SAID,    /* by this side of an SMTP session: a command or an answer, which is the reply */
    OUTCOME_HEARD,   /* the same, by the other side */
    OUTCOME_OVER,    /* the session ended */
};

struct export_outcome {
    const char *word; /* as rules/check.h has it */
    enum outcome_kind kind;
    enum log_status status; /* of a try */
};

/* What the kind makes of the values of `event`: see export_word.h. NULL: it knows none of these. */
const struct export_outcome *export_outcome_of(const struct export_kind *kind, struct slice event);

/* The word of a status of a try. */
const char *export_status_word(enum log_status status);

#endif
