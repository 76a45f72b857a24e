/* Which parts of a message are the report, its text for people and what came back; and what somebody
 * forwards.
 */
#ifndef MAILWHY_REPORT_PARTS_H
#define MAILWHY_REPORT_PARTS_H

#include "parsers/message/message.h"

/* Enough of a text to tell whether it reports anything. */
#define ENOUGH_TO_TELL ((size_t)256 << 10)

/* The first part of one of the types (a list that ends with NULL) that is the message's own; NULL: none. */
const struct part *report_part(const struct message *m, const char *const *types);

/* The first report that is the top of a message inside this one: somebody forwarded a bounce. */
const struct part *report_part_forwarded(const struct message *m, const char *const *types);

/* The text for people: the first text part outside a returned message, or of a forwarded report. */
const struct part *report_human_part(const struct message *m, const struct part *report);

/* Its words, without the marks of a quotation; ENOUGH_TO_TELL of them, or the whole. `part` may be NULL. */
struct slice report_human_text(struct message *m, const struct part *part, bool whole);

/* Where most of the lines bear the mark of a forwarded text, "> " or the four spaces of some programs, the
 * same lines without it; else the text itself. */
struct slice report_unquoted(struct slice text, bool by_indent, struct arena *arena);

/* The header of the message that came back, in a part behind the report; where it is a message of its own,
 * that is put into *whole. */
struct slice report_returned(struct message *m, const struct part *report, const struct part *human,
                             struct slice *whole);

/* In a text: from the first line that is a field. */
struct slice report_header_in_text(struct slice text);

/* The fields of a report alone (RFC 3464, section 2.1), as people paste them: its own, and none of mail? */
bool report_is_bare(const struct message *m);

#endif
