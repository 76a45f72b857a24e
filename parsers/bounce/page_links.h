/* Links that pages and mail programs put around addresses, hosts and pages of a text that a person pasted or
 * passes on. */
#ifndef MAILWHY_PAGE_LINKS_H
#define MAILWHY_PAGE_LINKS_H

#include "parsers/base/arena.h"

/* The text without them: "[<a@b>](mailto:a@b)" is "<a@b>" (Markdown), "a@b<mailto:a@b>" and
 * "a@b [mailto:a@b]" are "a@b" (Outlook). Only what leads to the very words that it stands at is taken out;
 * the lines stay as many. Returns `text` itself where there are none. Linear. */
struct slice page_links_removed(struct slice text, struct arena *arena);

#endif
