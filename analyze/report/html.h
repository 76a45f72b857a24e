/* Pages as one HTML file. */
#ifndef MAILWHY_HTML_FORMAT_H
#define MAILWHY_HTML_FORMAT_H

#include "analyze/report/format.h"

extern const struct mailwhy_format format_html;

/* The articles alone, for a page with html_style (html_files.h) in its head. */
extern const struct mailwhy_format format_html_part;

#endif
