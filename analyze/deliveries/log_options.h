/* How logs are to be read, and who hears of it. */
#ifndef MAILWHY_LOG_OPTIONS_H
#define MAILWHY_LOG_OPTIONS_H

#include "analyze/deliveries/delivery.h"
#include "analyze/deliveries/filters.h"
#include "analyze/deliveries/reply_judge.h"
#include "parsers/log/source.h"

struct totals;
/* Hears how it goes, from any thread, but never from two at once. */
struct log_watcher {
    source_problem *problem;                       /* a file that cannot be read, or is damaged */
    void (*progress)(void *context, double share); /* after each chunk: of all bytes, 0 to 1; may be NULL */
    void *context;
    source_repeat *repeated; /* a file that is left out, as another has all of it; may be NULL */
};

struct event_keys; /* event_keys.h, as is the next */
struct open_keys;
struct event_writer;  /* event_lines.h */
struct event_shares;  /* event_shares.h */
struct summary_notes; /* summary_layout.h */

struct log_options {
    const size_t *folders;  /* of each path, as source_new wants it; NULL: all were named */
    const int *descriptors; /* of the logs, as source_new wants them; NULL: they are not open yet */
    struct slice held;      /* what was read of the only path already; empty: nothing was */
    unsigned jobs;          /* threads; 0 counts as 1 */
    bool wants_stories;
    const struct rulebase *rules;  /* whose kinds of exports are read; NULL: the built-in ones */
    bool wants_busiest;            /* senders and recipients are ranked */
    bool keeps_tries;              /* deliveries tell every try */
    bool keeps_lines;              /* and the lines of their messages */
    const struct log_clock *clock; /* of lines that name no zone or year; NULL: as log_input says */
    struct log_filters filters;
    const struct reply_judge *judge; /* NULL: no reply is judged */
    const struct matcher *matcher;   /* knows providers by their hosts; NULL: none is looked up */
    const struct log_watcher *watcher;
    bool (*passes)(void *context, const struct delivery *d); /* in place of the filters; NULL: these alone */
    /* To be called when all logs are read and before what was counted is sorted; may be NULL. */
    void (*count_others)(void *context, struct totals *totals);
    delivery_sink *delivered;   /* gets each story that the filters let pass; may be NULL */
    delivery_sink *handed_over; /* gets those that go on in another queue of these logs; may be NULL */
    delivery_sink *tried; /* gets each try as it is read: recipient, relay, reply, outcome; may be NULL */
    void *context;        /* of all of these */
    /* stages that do not run in one process: */
    bool is_partial;             /* the summary is not sorted: it is to be written or added to */
    int64_t written;             /* when the logs were last written, where their files do not say; 0: now */
    const char *name;            /* of the only path; NULL: it is its own */
    uint64_t from, to;           /* of the only path, as source_cut has them; `to` 0: all of it */
    struct event_writer *events; /* events are written, not joined, but for those that stand alone; NULL */
    void (*emitted)(void *context);      /* after some of them; NULL: none is written after all */
    struct event_keys *keys;             /* keys are gathered, and nothing else is done; NULL */
    const struct open_keys *open;        /* these alone are written, and all else is joined; NULL */
    struct event_shares *shares;         /* where they are kept; NULL: they stay with the writer */
    const struct summary_notes *counted; /* the paths are of events, and this takes what was noted of their
                                            logs; NULL: they are logs */
};

#endif
