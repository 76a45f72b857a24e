/* `mailwhy cgi`: see cgi.h.
 *
 *     server ── request ──▶ this process ── body, as bytes ──▶ takes it apart, in a sandbox
 *       ▲                     │      ▲
 *       └───── page ──────────┘      └── reports, as bytes ── makes one, as a command does (reading.h)
 */
#include "analyze/commands/cgi.h"

#include "analyze/commands/cgi_page.h"
#include "analyze/commands/cgi_run.h"
#include "analyze/commands/output.h"
#include "analyze/report/html.h"

#include <stdlib.h>

#define COPY_WIDTH 72 /* columns of a text that is to be copied into a mail */

/* The report, and below it the texts to copy. Logs have no such. */
static void explain(struct cgi_page page, const struct cgi_form *form, const struct options *o,
                    gint64 deadline, GString *answer) {
    struct options narrow = *o;
    struct cgi_report report = cgi_report_make(form, o, &format_html_part, deadline);
    struct cgi_report copied = {.status = HTTP_WENT_WRONG};
    narrow.library.width = COPY_WIDTH;
    page.status = report.status;
    page.report = report.status == HTTP_OK ? report.text : NULL;
    page.notes = report.status == HTTP_NOT_UNDERSTOOD ? report.text : NULL;
    if (page.report)
        copied = cgi_report_make(form, &narrow, mailwhy_format_find("text"), deadline);
    struct cgi_copy copy = {"As text, to copy", copied.text};
    page.copies = &copy;
    page.copy_count = copied.status == HTTP_OK;
    cgi_page_write(&page, o, answer);
    g_string_free(report.text, TRUE);
    if (copied.text)
        g_string_free(copied.text, TRUE);
}

static void answer_form(struct cgi_page page, const struct web_request *request, const struct options *o,
                        GString *answer) {
    struct cgi_form form;
    gint64 deadline = g_get_monotonic_time() + (gint64)o->most_seconds * G_USEC_PER_SEC;
    page.status = cgi_form_take(&form, o, request, deadline);
    page.form = &form;
    if (page.status == HTTP_OK && !form.inputs->len)
        page.status = HTTP_BAD_REQUEST;
    if (page.status == HTTP_OK)
        page.status = cgi_ask_dns(&form, o, deadline);
    if (page.status == HTTP_OK)
        explain(page, &form, o, deadline, answer);
    else
        cgi_page_write(&page, o, answer);
    cgi_form_free(&form);
}

int command_cgi(struct options *o) {
    if (!getenv("REQUEST_METHOD"))
        return usage_error(o->command,
                           "a web server runs this (RFC 3875); docs/page.md says how, also how to try it");
    if (o->argument_count)
        return usage_error(o->command, "expected no argument, not `%s`", o->arguments[0]);
    g_autoptr(GString) answer = g_string_new(NULL);
    struct web_request request = web_request_read(getenv, (uint64_t)o->most_mib << 20);
    struct cgi_page page = {.status = request.status, .is_head = request.is_head};
    if (request.has_form)
        answer_form(page, &request, o, answer);
    else
        cgi_page_write(&page, o, answer);
    return output_whole(NULL, answer->str, answer->len) ? STATUS_OK : STATUS_OUTPUT;
}
