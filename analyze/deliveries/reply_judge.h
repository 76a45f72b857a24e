/* What judges the replies of a log: run.c asks it, and does not know how it judges. */
#ifndef MAILWHY_REPLY_JUDGE_H
#define MAILWHY_REPLY_JUDGE_H

#include "analyze/deliveries/reply_class.h"
#include "parsers/log/event.h"

struct reply_judge {
    void *(*begin)(const void *context); /* what judges in one thread */
    const struct reply_class *(*judge)(void *thread, const struct log_event *event); /* lives until `end` */
    /* Is it delivered by that success (rules/taken.yaml)? Else the event says so: its status, or that the
     * mail goes on as another one of this host. */
    void (*take)(void *thread, struct log_event *event);
    void (*end)(void *thread);
    const void *context;
};

/* What the words of the event say, in one of its threads; NULL: nothing. */
const struct reply_class *reply_judge_event(const struct reply_judge *judge, void *thread,
                                            struct log_event *event);

#endif
