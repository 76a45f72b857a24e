/* Text inside of HTML: escaped, a stranger's set apart. */
#ifndef MAILWHY_HTML_TEXT_H
#define MAILWHY_HTML_TEXT_H

#include "analyze/report/page.h"

/* What may not stand in text or in an attribute in double quotes is a reference. */
void html_append_escaped(GString *out, struct slice s);

/* A text of a page with its spans: a stranger's words are isolated, links of ours are links. */
void html_append(GString *out, struct slice text);

/* The same without its spans, for attributes and pictures. */
void html_append_plain(GString *out, struct slice text);

#endif
