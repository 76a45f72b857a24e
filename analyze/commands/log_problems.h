/* What goes wrong with logs, and the exit status that follows. */
#ifndef MAILWHY_LOG_PROBLEMS_H
#define MAILWHY_LOG_PROBLEMS_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct log_problems {
    GPtrArray *texts; /* char *: of damaged inputs */
    GPtrArray *notes; /* char *: of inputs that are left out, with which nothing is wrong */
    int status;       /* the worst so far */
};

void log_problems_init(struct log_problems *problems);
void log_problems_free(struct log_problems *problems);

/* A file that cannot be read (an errno) is told of on standard error; what is damaged (text) is kept. A
 * source_problem. */
void log_problems_add(void *problems, const char *path, int error, const char *damage);

/* A file is left out, for another one has all of it: nothing is wrong then. A source_repeat. */
void log_problems_add_repeat(void *problems, const char *path, const char *other, bool is_start);

/* All was read: is nothing in it a line of a mail log? */
void log_problems_add_no_log(struct log_problems *problems, uint64_t lines, uint64_t known_lines);

/* Tell the kept texts on standard error. */
void log_problems_print(const struct log_problems *problems);

#endif
