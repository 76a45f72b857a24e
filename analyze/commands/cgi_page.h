/* How the page of `mailwhy cgi` looks: one HTML document, whole without its script, and its header. Nothing
 * that came with a request stands in the header. */
#ifndef MAILWHY_CGI_PAGE_H
#define MAILWHY_CGI_PAGE_H

#include "analyze/commands/cgi_form.h"
#include "analyze/commands/options.h"

/* A text to be copied, below the report. */
struct cgi_copy {
    const char *title, *language;
    GString *text; /* NULL: there is none */
};

struct cgi_page {
    enum http_status status;
    const GString *report; /* articles of HTML (html.h); NULL: none */
    const GString *notes;  /* what is wrong with a snapshot, as text; NULL: nothing */
    const struct cgi_copy *copies;
    size_t copy_count;
    const struct cgi_form *form; /* what was sent, to be shown again; NULL: nothing was */
    const char *language;        /* of the customer's text, where it is not chosen anew */
    bool is_head;                /* the header alone is wanted */
};

/* Append the answer: its header as RFC 3875 section 6.2.1 wants it, and the page. */
void cgi_page_write(const struct cgi_page *page, const struct options *options, GString *answer);

#endif
