/* What is damaged in an input or beyond a limit: a list in the order of finding. */
#ifndef MAILWHY_PROBLEM_H
#define MAILWHY_PROBLEM_H

#include "parsers/facts.h"

/* `line` is 0 where it is not known; the text is copied. An error means that something was not read. */
void problem_add(struct problem_list *list, struct arena *arena, bool is_error, unsigned line,
                 const char *text);

#endif
