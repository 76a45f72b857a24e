/* A worker: what the commands of the program use of it beside the public header. */
#ifndef MAILWHY_WORKER_H
#define MAILWHY_WORKER_H

#include "analyze/internal.h"
#include "analyze/records.h"
#include "analyze/report/structure_message.h"
#include "analyze/verdict/mail_facts.h"
#include "analyze/verdict/verify.h"

struct mailwhy_worker {
    const struct mailwhy *why;
    struct matcher *matcher;
    struct dkim_checker *dkim;     /* NULL: no DNS files */
    struct second_opinion *second; /* the same */
    struct arena arena;
    struct scratch scratch;
    struct records records; /* for mailwhy_next */
    bool is_in_list;        /* its reports are some of several in one document */
};

/* A worker for processes that are forked later: without the second opinions' process, which each of them
 * starts for itself. */
struct mailwhy_worker *worker_new_alone(const struct mailwhy *why);
void worker_start_second(struct mailwhy_worker *worker);

struct auth_tools worker_tools(const struct mailwhy_worker *worker);

/* The same with the later snapshot; false: there is none. */
bool worker_tools_after(const struct mailwhy_worker *worker, struct auth_tools *tools);

/* Copy a struct of the caller's (sized.h). False: its size is wrong, and that was told. */
bool worker_takes(const struct mailwhy_worker *worker, void *ours, size_t size, const void *callers);

/* Read and judge a message into a report that lives until the worker's next call; to be closed with
 * report_verification_close. */
void worker_report(struct mailwhy_worker *worker, const struct mailwhy_input *input, struct report *report);

/* An input is done: nothing of it stays in what is used for the next. For processes with one thread. */
void worker_forget(struct mailwhy_worker *worker);

/* Begin a document of reports of this worker: mailwhy_begin. */
void worker_begin(struct mailwhy_worker *worker, const struct mailwhy_format *format, bool is_list,
                  mailwhy_sink *sink, void *context);
/* mailwhy_explain for one of many: `label` is how the summary calls the report, and `facts` gets what it says
 * for that (mail_facts.h; `head` as there). `format` may be NULL: then these are all that is wanted. */
struct many {
    struct slice label;
    struct mail_report head;
    mailwhy_sink *facts; /* NULL: there is no summary; its context is that of the report's */
};
int worker_explain(struct mailwhy_worker *worker, const struct mailwhy_input *input, const struct many *many,
                   const struct mailwhy_format *format, mailwhy_sink *sink, void *context);

/* NULL: nothing is to be hidden. */
const struct redaction *worker_redaction(const struct mailwhy_worker *worker);

/* Write a report of any form (form.h), as the options want it. */
void worker_write(struct mailwhy_worker *worker, const struct mailwhy_format *format,
                  const struct report_form *form, const void *what, mailwhy_sink *sink, void *context);

#endif
