/* Messages on standard error: the one place where names and words of the command line reach it. Whatever is
 * in them, a message is one line, and clean. */
#ifndef MAILWHY_COMPLAIN_H
#define MAILWHY_COMPLAIN_H

void complain(const char *text);                      /* "mailwhy: TEXT" */
void complain_of(const char *name, const char *what); /* "mailwhy: NAME: WHAT"; "-" is standard input */
void complain_of_error(const char *name, int error);  /* the same of an errno */

/* Names of inputs under --redact are shown as the report shows them, once this is told; until then, and with
 * NULL, as they are. */
struct redaction;
void complain_redacts(const struct redaction *redaction);
char *complain_input_name(const char *path); /* to be freed with g_free */
void complain_of_input(const char *path, const char *what);
void complain_of_input_error(const char *path, int error);

/* The same of what goes wrong with logs (log_problems.h). */
struct log_hearer;
extern const struct log_hearer log_complaints;

#endif
