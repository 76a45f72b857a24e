/* Words of a command that can be pasted into a shell. */
#ifndef MAILWHY_SHELL_WORD_H
#define MAILWHY_SHELL_WORD_H

#include "parsers/base/slice.h"

#include <glib.h>
#include <stdbool.h>

/* Append it, in single quotes where a POSIX shell (section 2.2.2) would read more into it. False, and nothing
 * is appended: it is empty, begins like an option, or holds what is not shown as it is (control characters,
 * "<U+200B>"). */
bool shell_word(GString *out, struct slice word);

#endif
