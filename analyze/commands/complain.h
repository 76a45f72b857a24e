/* Messages on standard error: the one place where names and words of the command line reach it. Whatever is
 * in them, a message is one line, and clean. */
#ifndef MAILWHY_COMPLAIN_H
#define MAILWHY_COMPLAIN_H

void complain(const char *text);                      /* "mailwhy: TEXT" */
void complain_of(const char *name, const char *what); /* "mailwhy: NAME: WHAT"; "-" is standard input */
void complain_of_error(const char *name, int error);  /* the same of an errno */

#endif
