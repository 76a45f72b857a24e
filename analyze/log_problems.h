/* What goes wrong with logs, and the status that follows. */
#ifndef MAILWHY_LOG_PROBLEMS_H
#define MAILWHY_LOG_PROBLEMS_H

#include "analyze/report/redact.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Who hears of it while the logs are read. */
struct log_hearer {
    void (*unreadable)(void *context, const char *path, int error); /* an errno */
    void (*text)(void *context, const char *text);
    void *context;
};

struct log_problems {
    const struct log_hearer *hearer;
    const struct redaction *redaction; /* of the names of inputs; NULL: they are shown as they are */
    GPtrArray *texts;                  /* char *: of damaged inputs */
    GPtrArray *notes;                  /* char *: of inputs that are left out, with which nothing is wrong */
    int status;                        /* the worst so far, of enum mailwhy_status */
};

void log_problems_init(struct log_problems *problems, const struct log_hearer *hearer,
                       const struct redaction *redaction);
void log_problems_free(struct log_problems *problems);

/* The hearer is told of a file that cannot be read (an errno); what is damaged (text) is kept. A
 * source_problem. */
void log_problems_add(void *problems, const char *path, int error, const char *damage);

/* A file is left out, for another one has all of it: nothing is wrong then. A source_repeat. */
void log_problems_add_repeat(void *problems, const char *path, const char *other, bool is_start);

/* All was read: is nothing in it a line of a mail log? */
void log_problems_add_no_log(struct log_problems *problems, uint64_t lines, uint64_t known_lines,
                             const char *unread);

/* Nothing is of the time that was asked for (-1: any), seen the first and last time of the logs (-1: none).
 */
void log_problems_add_outside(struct log_problems *problems, int64_t since, int64_t until, int64_t first,
                              int64_t last);

/* Tell the hearer of the kept texts. */
void log_problems_print(const struct log_problems *problems);

/* The name of an input as it may be shown, to be freed with g_free; "-" is standard input. */
char *shown_input_name(const struct redaction *redaction, const char *path);

#endif
