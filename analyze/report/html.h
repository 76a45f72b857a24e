/* The page around HTML reports. */
#ifndef MAILWHY_HTML_H
#define MAILWHY_HTML_H

#include <glib.h>

void html_page_begin(GString *out);
void html_page_end(GString *out);

#endif
