/* What is asked of a report on logs. */
#ifndef MAILWHY_LOG_REQUEST_H
#define MAILWHY_LOG_REQUEST_H

#include "analyze/deliveries/run.h"
#include "analyze/internal.h"
#include "analyze/log_stage.h"
#include "analyze/verdict/mail_summary.h"

struct log_hearer; /* log_problems.h */

struct log_request {
    struct mailwhy_worker *worker;
    const struct mailwhy_format *format;
    mailwhy_sink *sink;
    void *context; /* for it */
    GPtrArray *paths;
    const size_t *folders;  /* as source_new wants them, these and the next; NULL: all were named */
    const int *descriptors; /* NULL: they are not open yet */
    struct slice held;      /* what was read of the only path already; empty: nothing was */
    struct log_filters filters;
    const struct log_clock *clock;
    bool has_zone; /* the clock's zone was asked for; else it is assumed */
    bool lines;    /* with the lines of each mail that is asked for */
    unsigned jobs, top;
    struct log_stage stage;
    const struct open_keys *open;                  /* of the stage's file, event_keys.h; NULL: none */
    const GArray *pieces;                          /* struct log_piece, of its paths; NULL: all of them */
    void (*progress)(void *context, double share); /* 0 to 1; -1: it is over. NULL: nobody wants to know */
    void *progress_context;
    const struct log_hearer *hearer;
    GPtrArray *names;          /* of all inputs, where reports on mails are counted too; NULL: `paths` */
    struct mail_summary *mail; /* of reports on mails, to be counted with the logs; NULL: there are none */
    bool is_part;              /* of a document, whose begin and end are somebody else's */
    bool has_index;            /* the reports on these mails follow */
    int status;                /* what is wrong with the inputs already */
};

#endif
