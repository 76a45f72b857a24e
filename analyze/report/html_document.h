/* The document around HTML reports: its head, with the one style and the one script that it has, and a policy
 * that allows these two, by their digests, and nothing else: no resource, no request. */
#ifndef MAILWHY_HTML_DOCUMENT_H
#define MAILWHY_HTML_DOCUMENT_H

#include <glib.h>
#include <stdbool.h>

/* The head of a document with one report is ended by that report, which knows the title. */
void html_document_begin(GString *out, bool is_list);
void html_document_end(GString *out, bool is_list);

/* What begins the body, after the head is complete. */
void html_body_begin(GString *out);

#endif
