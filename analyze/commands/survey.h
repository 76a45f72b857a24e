/* What commands want to know of each input beside a report on it: found out by processes in a sandbox, and
 * handed over as bytes, in the order of the inputs. Whoever takes them believes none. */
#ifndef MAILWHY_SURVEY_H
#define MAILWHY_SURVEY_H

#include "analyze/commands/inputs.h"

struct survey {
    const struct options *options;
    struct mailwhy *why;
    const struct inputs *inputs;
    /* In a process that has entered its sandbox, once: get ready. May be NULL. */
    void (*begin)(void *context);
    /* There too: append to `found` what one input says, or one message of a mailbox. `file` is NULL, once
     * after all inputs, where `has_more`: what the options alone ask for. */
    void (*read)(void *context, struct mailwhy_worker *worker, const char *name, const struct input *file,
                 GString *found);
    bool has_more;
    /* In this process: what was found in one input or more messages of it, each of them whole. */
    mailwhy_sink *take;
    void *context;
    const char *trouble; /* what comes of an input that cannot be opened; NULL: it is just named */
};

/* Returns an exit status: STATUS_BUG where a process died; its input, or the message, is named on standard
 * error. */
int survey_run(const struct survey *survey);

#endif
