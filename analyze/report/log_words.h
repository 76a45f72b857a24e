/* Sentences about logs that more than one format writes. */
#ifndef MAILWHY_LOG_WORDS_H
#define MAILWHY_LOG_WORDS_H

#include "analyze/deliveries/table_rows.h"
#include "analyze/verdict/report.h"

/* Why a sender does not get through to a provider where another one does; empty: it is not different. */
struct slice log_why_different(const struct log_pair_row *pair, struct arena *arena);

/* The verdict on the reply by which a cause is shown, as a log tells it; of an expired mail the cause is that
 * of its last try. The page that the reply names is no step of it: it stands with the reply. */
struct verdict log_row_verdict(const struct log_cause_row *row, const struct log_summary *summary,
                               struct arena *arena);

#endif
