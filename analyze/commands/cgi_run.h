/* The reports of the page (cgi.h): each is made by a process of its own, as a command makes it, and taken as
 * bytes. */
#ifndef MAILWHY_CGI_RUN_H
#define MAILWHY_CGI_RUN_H

#include "analyze/commands/cgi_form.h"

#define CGI_MOST_REPORT   ((size_t)32 << 20)  /* bytes of one report */
#define CGI_LEAST_REPORTS ((size_t)128 << 10) /* bytes of reports that are shown, however little was sent */
#define CGI_ASK_QUESTIONS 200                 /* to the DNS, for one request */

struct cgi_report {
    enum http_status status; /* HTTP_OK, or why there is none */
    int ended;               /* the exit status of who made it, where there is one */
    GString *text;           /* the report; of HTTP_NOT_UNDERSTOOD what is wrong with the snapshot */
};

/* Make the report on what the form holds, in a format. Of many reports, those are left out that go beyond
 * CGI_LEAST_REPORTS and `times` the bytes that were sent. `options` are not changed. `deadline` as
 * g_get_monotonic_time counts. The report's text is to be freed. */
struct cgi_report cgi_report_make(const struct cgi_form *form, const struct options *options,
                                  const struct mailwhy_format *format, unsigned times, gint64 deadline);

/* Where the visitor wants it, and may: ask the DNS what the report needs; the form's snapshot is then what it
 * said. Where no name server answers, the snapshot is left as it is, and the form says so. Returns HTTP_OK,
 * or why there is to be no report. */
enum http_status cgi_ask_dns(struct cgi_form *form, const struct options *options, gint64 deadline);

#endif
