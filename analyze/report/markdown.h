/* Pages as Markdown, to paste into a ticket. */
#ifndef MAILWHY_MARKDOWN_FORMAT_H
#define MAILWHY_MARKDOWN_FORMAT_H

#include "analyze/report/format.h"

extern const struct mailwhy_format format_markdown;

#endif
