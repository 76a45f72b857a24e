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
#include <sys/resource.h>

#define COPY_WIDTH   72 /* columns of a text that is to be copied into a mail */
#define TIMES_SENT   4  /* bytes of reports for each one that was sent, beyond which no more are shown */
#define TIMES_COPIED 1  /* the same in each of the texts to copy */

/* The texts below the report that are to be copied; of logs the last. */
static const struct {
    const char *title, *reader; /* as --for names it */
} copies[] = {
    {"For the customer", "customer"}, {"For the receiver's postmaster", "receiver"}, {"As text", "support"}};
#define COPIES G_N_ELEMENTS(copies)

static void make_copies(struct cgi_copy *made, const struct cgi_form *form, const char *language,
                        const struct options *given, gint64 deadline) {
    struct options o = *given;
    o.library.width = COPY_WIDTH;
    for (size_t i = form->are_all_logs ? COPIES - 1 : 0; i < COPIES; i++) {
        bool has_languages = strcmp(copies[i].reader, "customer") == 0;
        o.library.reader = copies[i].reader;
        o.library.language = has_languages ? language : NULL;
        struct cgi_report report =
            cgi_report_make(form, &o, mailwhy_format_find("text"), TIMES_COPIED, deadline);
        bool is_made = report.status == HTTP_OK;
        made[i] = (struct cgi_copy){
            copies[i].title, has_languages && is_made ? language : mailwhy_language_at(0), report.text};
        if (!is_made)
            g_string_assign(report.text, "This text could not be made. The report below is whole.");
    }
}

static void explain(struct cgi_page page, const struct cgi_form *form, const struct options *o,
                    gint64 deadline, GString *answer) {
    struct cgi_report report = cgi_report_make(form, o, &format_html_part, TIMES_SENT, deadline);
    struct cgi_copy made[COPIES] = {{NULL, NULL, NULL}};
    page.status = report.status;
    page.report = report.status == HTTP_OK ? report.text : NULL;
    page.notes = report.status == HTTP_NOT_UNDERSTOOD ? report.text : NULL;
    if (page.report)
        make_copies(made, form, page.language, o, deadline);
    page.copies = made;
    page.copy_count = COPIES;
    cgi_page_write(&page, o, answer);
    g_string_free(report.text, TRUE);
    for (size_t i = 0; i < COPIES; i++)
        if (made[i].text)
            g_string_free(made[i].text, TRUE);
}

/* Browsers name the languages in the order in which their user prefers them ("de-AT,de;q=0.9"). */
static const char *language_of_browser(struct slice languages) {
    g_autofree char *list = g_strndup(languages.ptr ? languages.ptr : "", languages.len);
    return mailwhy_language_of(g_strdelimit(g_strdelimit(list, ", ", ':'), "-;", '_'));
}

static void answer_form(struct cgi_page page, const struct web_request *request, const struct options *o,
                        GString *answer) {
    struct cgi_form form;
    gint64 deadline = g_get_monotonic_time() + (gint64)o->most_seconds * G_USEC_PER_SEC;
    page.status = cgi_form_take(&form, o, request, deadline);
    page.form = &form;
    if (form.language)
        page.language = form.language;
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
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    g_autoptr(GString) answer = g_string_new(NULL);
    struct web_request request = web_request_read(getenv, (uint64_t)o->most_mib << 20);
    struct cgi_page page = {.status = request.status,
                            .is_head = request.is_head,
                            .language = language_of_browser(request.languages)};
    if (request.has_form)
        answer_form(page, &request, o, answer);
    else
        cgi_page_write(&page, o, answer);
    return output_whole(NULL, answer->str, answer->len) ? STATUS_OK : STATUS_OUTPUT;
}
