/* Commands in a sentence of ours: `mailwhy explain spam-folder`. */
#ifndef MAILWHY_COMMAND_WORDS_H
#define MAILWHY_COMMAND_WORDS_H

#include "parsers/base/slice.h"

/* The first piece of one line between two single backticks, with neither of them; `before` is what stands
 * before it, `behind` what stands behind. A stranger's words may hold such a piece too: it is code, and no
 * more. False: there is none, and nothing is set. Linear. */
bool command_next(struct slice text, struct slice *before, struct slice *command, struct slice *behind);

#endif
