/* What one field may cost the MIME parser. GMime calls itself for each address group, and walks through the
 * rest of a field for each encoded word without an end. */
#ifndef MAILWHY_FIELD_LIMITS_H
#define MAILWHY_FIELD_LIMITS_H

#include "parsers/base/slice.h"

#define LIMIT_FIELD      ((size_t)1 << 20) /* bytes of a field with all its lines */
#define LIMIT_GROUPS     4096              /* address groups inside each other: the colons of a field */
#define LIMIT_PARAMETERS 4096              /* of a field such as Content-Type: its semicolons */

/* Shorter fields cannot hold enough to cost much, and are not looked into. */
#define SHORT_FIELD 4096

/* Where what the MIME parser may read of a field ends, and why: NULL where it may read all. That is so of
 * each field that GMime keeps as it is. */
const char *field_limit(struct slice field, size_t *end);

#endif
