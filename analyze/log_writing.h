/* What a report on logs is made with, for the functions that make it: log_report.c, and log_stages.c for
 * steps that stand alone. */
#ifndef MAILWHY_LOG_WRITING_H
#define MAILWHY_LOG_WRITING_H

#include "analyze/deliveries/event_keys.h"
#include "analyze/deliveries/event_lines.h"
#include "analyze/deliveries/event_shares.h"
#include "analyze/deliveries/mail_stories.h"
#include "analyze/deliveries/summary_layout.h"
#include "analyze/log_problems.h"
#include "analyze/log_request.h"

struct writing_log {
    const struct log_request *request;
    GString *line;
    struct log_summary *summary;
    GPtrArray *names;             /* of the logs of which the report tells */
    struct event_writer events;   /* of a stage that writes them */
    struct event_shares shares;   /* of one that writes what is open */
    struct event_keys keys;       /* of one that writes these */
    struct summary_notes counted; /* what other stages noted of the logs */
    struct log_problems problems;
    struct mail_stories stories; /* of pages and JSON that tell of certain mails */
};

/* Lines are many and short: they are passed on in pieces. A mailwhy_sink. */
void log_append(void *writing, const char *bytes, size_t length);

/* A source_problem. */
void log_add_problem(void *writing, const char *path, int error, const char *damage);

/* Is it a report that is written, and not what the next step takes? */
bool log_is_report(const struct log_request *request);

/* Is what other steps wrote read in place of logs? */
bool log_reads_stages(const struct log_request *request);

/* A line for each delivery, and no summary. */
bool log_writes_records(const struct log_request *request);

/* Are senders and recipients ranked? */
bool log_wants_busiest(const struct log_request *request);

#endif
