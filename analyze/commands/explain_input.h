/* Explaining what is in one input, wherever its reports go. */
#ifndef MAILWHY_EXPLAIN_INPUT_H
#define MAILWHY_EXPLAIN_INPUT_H

#include "analyze/mailwhy.h"
#include "parsers/base/input.h"

struct explaining {
    struct mailwhy_worker *worker;
    const struct mailwhy_format *format;
    bool is_one_of_several;
    void (*begin_report)(void *context); /* before each report; an mbox gives several */
    mailwhy_sink *write;
    void *context;
};

/* `path` as it was named. Returns an exit status. */
int explain_input(const struct explaining *e, const char *path, const struct input *file);

/* Nothing of it could be read: a report that says why. */
void explain_unread(const struct explaining *e, const char *path, const char *why);

#endif
