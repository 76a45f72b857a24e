/* What a visitor of the page (cgi.h) sent: taken into memory, and taken apart by a process in a sandbox. This
 * process copies bytes, and reads none. */
#ifndef MAILWHY_CGI_FORM_H
#define MAILWHY_CGI_FORM_H

#include "analyze/commands/inputs.h"
#include "parsers/web/request.h"

#define LIMIT_FORM_FILES 200                     /* of one form */
#define LIMIT_FORM_PARTS (LIMIT_FORM_FILES + 10) /* with its other fields; empty ones do not count */
#define CGI_MOST_SHOWN   ((size_t)256 << 10) /* bytes of a pasted text that stand in the answer's box again */

struct cgi_form {
    GArray *inputs;       /* struct given_input, owned: the pasted text, and files that are no logs */
    GArray *logs;         /* the same: files that begin as logs, where there are others too */
    GString *snapshot;    /* of the DNS; NULL: none */
    GString *text;        /* what was pasted, to be shown again; NULL: nothing, or too much */
    const char *language; /* of the customer's text, as mailwhy_language_at has it; NULL: none was chosen */
    bool redacts, asks;   /* what is ticked */
    bool dns_is_silent;   /* it was asked, and no name server answered in its share of the time */
    int key;        /* in memory: what pseudonyms are made with, the same in all views; -1: there is none */
    char *key_path; /* by which it is opened */
    bool are_all_logs;
};

/* Take the request's body from standard input. `deadline` as g_get_monotonic_time counts. Returns HTTP_OK, or
 * why it cannot be read; the form is to be freed in either case. */
enum http_status cgi_form_take(struct cgi_form *form, const struct options *options,
                               const struct web_request *request, gint64 deadline);
void cgi_form_free(struct cgi_form *form);

#endif
