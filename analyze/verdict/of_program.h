/* What a mail program or a script tells of: it has no queue, and who answered it is its outgoing server. */
#ifndef MAILWHY_OF_PROGRAM_H
#define MAILWHY_OF_PROGRAM_H

#include "analyze/verdict/report.h"

/* Where `text`, which tells of the verdict, is the error of such a program: nothing is tried again, and what
 * lies between the two is for whoever set it up. */
void verdict_of_program(struct verdict *verdict, struct slice text);

#endif
