/* Pages as one HTML file. */
#ifndef MAILWHY_HTML_FORMAT_H
#define MAILWHY_HTML_FORMAT_H

#include "analyze/report/format.h"

extern const struct mailwhy_format format_html;

#endif
