/* Any bytes as a message, in every format of report: JSON is well-formed, and pages are clean. */
#include "analyze/mailwhy.h"

#include "tests/fuzz/hold.h"

#include <stdlib.h>

static void check(const char *format, struct slice report) {
    if (strcmp(format, "json") == 0)
        hold_json(report);
    else if (strcmp(format, "ndjson") == 0)
        hold_json_lines(report);
    else
        hold_visible(report);
}

/* Of other readers; in text for the customer nothing is a link. */
static void check_pages(struct mailwhy_worker *const readers[2], const struct mailwhy_input *input) {
    for (size_t i = 0; i < 2; i++) {
        g_autoptr(GString) report = g_string_new(NULL);
        mailwhy_explain(readers[i], input, mailwhy_format_at(0), keep, report);
        hold_visible(kept(report));
        if (i == 0 && strstr(report->str, "://"))
            abort();
    }
}

/* Anything has a verdict, if only that it tells of no delivery. */
static void check_verdicts(struct mailwhy_worker *worker, const struct mailwhy_input *input) {
    struct mailwhy_verdict verdict = {.size = sizeof verdict};
    size_t count = 0;
    mailwhy_judge(worker, input);
    for (; mailwhy_next(worker, &verdict); count++)
        hold_json(slice_of(verdict.json));
    if (!count)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const trusted[] = {".example.com", "192.0.2.0/24"};
    static const struct mailwhy_options options = {
        .size = sizeof(struct mailwhy_options), .trusted = trusted, .trusted_count = 2, .verbose = true};
    static const struct mailwhy_options hidden = {.size = sizeof(struct mailwhy_options), .redact = true};
    static const struct mailwhy_options customers = {
        .size = sizeof(struct mailwhy_options), .reader = "customer", .language = "fr"};
    static const struct mailwhy_options receivers = {
        .size = sizeof(struct mailwhy_options), .reader = "receiver", .redact = true};
    static struct mailwhy_worker *workers[2], *readers[2];
    if (!workers[0]) {
        workers[0] = mailwhy_worker_new(mailwhy_new(&options));
        workers[1] = mailwhy_worker_new(mailwhy_new(&hidden));
        readers[0] = mailwhy_worker_new(mailwhy_new(&customers));
        readers[1] = mailwhy_worker_new(mailwhy_new(&receivers));
    }
    struct mailwhy_input input = {
        .size = sizeof(struct mailwhy_input), .name = "fuzz", .bytes = (const char *)data, .length = size};
    const struct mailwhy_format *format;
    for (size_t i = 0; (format = mailwhy_format_at(i)) != NULL; i++)
        for (size_t w = 0; w < G_N_ELEMENTS(workers); w++) {
            g_autoptr(GString) report = g_string_new(NULL);
            mailwhy_explain(workers[w], &input, format, keep, report);
            check(mailwhy_format_name(format), kept(report));
        }
    check_pages(readers, &input);
    check_verdicts(workers[0], &input);
    return 0;
}
