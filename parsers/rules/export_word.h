/* What an export's event means, in the word of its rules (`outcomes`). */
#ifndef MAILWHY_RULES_EXPORT_WORD_H
#define MAILWHY_RULES_EXPORT_WORD_H

#include "parsers/base/slice.h"
#include "parsers/rules/rules.h"

#define LIMIT_EVENT_NAMES 4    /* names of `event` that are read of a kind */
#define EXPORT_WORD_END   '\t' /* stands between the values of these */

/* What the kind makes of the values of `event`: of all of them, in the rules parted by blanks, else of all
 * but the last, and so on. NULL: it knows none of these. */
const char *export_word_of(const struct export_kind *kind, struct slice event);

#endif
