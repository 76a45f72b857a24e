/* What a pasted session shows beside its refusal: names that disagree, STARTTLS, an open relay. */
#ifndef MAILWHY_SESSION_REMARKS_H
#define MAILWHY_SESSION_REMARKS_H

#include "analyze/verdict/report.h"
#include "parsers/bounce/session.h"

/* In the order of the session; allocated from `arena`. NULL: nothing. */
struct remark *session_remarks(const struct session *session, struct arena *arena);

#endif
