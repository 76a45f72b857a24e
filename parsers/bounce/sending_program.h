/* A mail program, or a library that web sites and scripts send with: it hands a mail to its outgoing server
 * and keeps no queue, so what fails there is not tried again, and what failed is between the two. */
#ifndef MAILWHY_SENDING_PROGRAM_H
#define MAILWHY_SENDING_PROGRAM_H

#include "parsers/base/slice.h"

/* Is it the error of such a program, by words that only these write? */
bool is_of_sending_program(struct slice text);

#endif
