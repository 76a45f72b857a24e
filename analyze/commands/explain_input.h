/* Explaining what is in one input, wherever its reports go. */
#ifndef MAILWHY_EXPLAIN_INPUT_H
#define MAILWHY_EXPLAIN_INPUT_H

#include "analyze/mailwhy.h"
#include "parsers/base/input.h"

struct explaining {
    struct mailwhy_worker *worker;
    const struct mailwhy_format *format; /* NULL: the summary is all that is wanted */
    bool is_one_of_several;
    bool is_summed;                      /* reports are numbered, and what they say is handed to `facts` */
    uint64_t number;                     /* of the input, from 0 */
    void (*begin_report)(void *context); /* before each report; an mbox gives several */
    mailwhy_sink *write;
    mailwhy_sink *facts; /* gets, after each report, what it says for a summary (mail_facts.h) */
    void *context;       /* of all three */
};

/* `path` as it was named. Returns an exit status. */
int explain_input(const struct explaining *e, const char *path, const struct input *file);

/* Nothing of it could be read: a report that says why. */
void explain_unread(const struct explaining *e, const char *path, const char *why);

#endif
