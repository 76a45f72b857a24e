/* What a mail program or a script tells of: it has no queue, and who answered it is its outgoing server. */
#ifndef MAILWHY_OF_PROGRAM_H
#define MAILWHY_OF_PROGRAM_H

#include "analyze/verdict/report.h"

/* The error of such a program (parsers/bounce/sending_program.h) tells of the verdict: nothing is tried
 * again, what lies between the two is for whoever set it up, and what ails the server for whoever runs that.
 */
void verdict_of_program(struct verdict *verdict);

#endif
