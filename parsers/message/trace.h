/* All that a header says of the way of its message: see struct trace in parsers/facts.h. */
#ifndef MAILWHY_TRACE_H
#define MAILWHY_TRACE_H

#include "parsers/message/message.h"
#include "parsers/rules/matcher.h"

#define LIMIT_HOPS   1000 /* Received fields kept of one header; those behind them are counted */
#define LIMIT_CLAIMS 1000 /* claims, signatures and field notes, each */

/* Fields in which filters note the id of the mail: struct filter_id. */
#define FILTER_RSPAMD   "X-Rspamd-Queue-Id"
#define FILTER_OPENDKIM "DKIM-Filter"

/* Read the fields, which stand in `message` or in a text decoded from it. */
void trace_read(struct trace *trace, struct message *message, struct field_list header,
                struct matcher *matcher);

#endif
