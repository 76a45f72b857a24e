/* Lines of a text that are fields of a mail's header, as mail programs show them to people (in their
 * languages, bold, quoted) and as they stand in the header itself. */
#ifndef MAILWHY_FIELD_LINES_H
#define MAILWHY_FIELD_LINES_H

#include "parsers/base/slice.h"

struct field_line {
    struct slice label, value;
};

/* The line without the marks of quotations, bold type and ornament before it. */
struct slice line_unmarked(struct slice line);

/* Is it "Label: value", with a label of a few words? The colon may be a wide one, with blanks before it. */
bool field_line_read(struct slice line, struct field_line *field);

/* Does the label say From, in one of the languages of mail programs? */
bool field_line_is_from(const struct field_line *field);

/* Take the block of fields that begins with the first line of *rest: fields, and lines that go on with them.
 * Returns how many fields it has; *rest is then behind it. `see` is called for each; it may be NULL. */
unsigned field_block_take(struct slice *rest, void (*see)(void *context, const struct field_line *field),
                          void *context);

#endif
