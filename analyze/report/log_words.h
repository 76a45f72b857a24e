/* Sentences about logs that more than one format writes. */
#ifndef MAILWHY_LOG_WORDS_H
#define MAILWHY_LOG_WORDS_H

#include "analyze/deliveries/tables.h"

/* Why a sender does not get through to a provider where another one does; empty: it is not different. */
struct slice log_why_different(const struct log_pair_row *pair, struct arena *arena);

#endif
