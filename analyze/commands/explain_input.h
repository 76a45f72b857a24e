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
    uint64_t done;                       /* messages of a mailbox that are passed over */
    void (*begin_report)(void *context); /* before the report on an input that is one message */
    /* The same of a message of so many bytes in a mailbox, where it begins; `status`: of those before it. */
    void (*begin_message)(void *context, uint64_t line, size_t bytes, int status);
    mailwhy_sink *write;
    mailwhy_sink *facts; /* gets, after each report, what it says for a summary (mail_facts.h) */
    void *context;       /* of all four */
};

/* A message that is not read: why, and where it stands in its mailbox, as far as that is known (0). */
struct unread {
    uint64_t place, line;
    const char *why;
};

/* `path` as it was named. Returns an exit status. */
int explain_input(const struct explaining *e, const char *path, const struct input *file);

/* Nothing of an input, or of a message in it, could be read: a report that says why. */
void explain_unread(const struct explaining *e, const char *path, const struct unread *unread);

/* Does it begin as a log does? A few lines of one that tell of no delivery are words about a refusal, where
 * they hold any ("host mx.example.org refused to talk to me: 554 …"): then it is none. */
bool input_is_log(struct mailwhy_worker *worker, struct slice bytes);

#endif
