/* What pages, forums and mail programs put into the text of lines: marks around addresses, entities, tags.
 * Only a paste or a page has them; in a log an address might hold them. */
#ifndef MAILWHY_LOG_FRAME_PAGE_H
#define MAILWHY_LOG_FRAME_PAGE_H

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"

/* "[email]bob@example.org[/email]", "<bob@example.org<mailto:bob@example.org>>" of mail programs,
 * "[bob@example.org](mailto:bob@example.org)" of Markdown, "<bob at example.org>" of archives of lists. */
bool page_has_marks(struct slice text);
struct slice page_without_marks(struct slice text, struct arena *arena);

bool page_has_entities(struct slice text); /* of HTML, and no bracket or quote beside them */
struct slice page_without_entities(struct slice text, struct arena *arena);

/* Does a file that begins so hold a page, or a piece of one? */
bool page_is_html(struct slice header);

/* What stands up to the next tag that begins or ends a line of the page, without tags and entities, taken off
 * `rest`; false at its end. */
bool page_next(struct slice *rest, struct slice *piece, struct arena *arena);

#endif
