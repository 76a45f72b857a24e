/* What is joined: see join.h. */
#ifndef MAILWHY_JUDGED_EVENT_H
#define MAILWHY_JUDGED_EVENT_H

#include "analyze/deliveries/reply_class.h"
#include "parsers/log/event.h"

/* An event and what is known of it beside. */
struct judged_event {
    const struct log_event *event;
    const struct reply_class *class; /* of its text; NULL: not judged */
    unsigned file;                   /* where it stands: the file's place among the inputs */
    uint64_t line;                   /* from 1 */
    struct slice raw;                /* the line, where lines are kept */
    uint64_t hash;                   /* of the event's queue id, as open_name has it; 0: not taken */
};

#endif
