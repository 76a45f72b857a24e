/* Reports on logs in all formats, which must be clean. */
#ifndef MAILWHY_FUZZ_HOLD_LOG_H
#define MAILWHY_FUZZ_HOLD_LOG_H

#include "analyze/deliveries/tables.h"
#include "analyze/report/structure_delivery.h"
#include "analyze/report/structure_log.h"
#include "analyze/worker.h"
#include "parsers/base/zone.h"
#include "tests/fuzz/hold.h"

#include <unistd.h>

static inline void hold_log_report(struct mailwhy_worker *worker, const struct log_summary *summary,
                                   struct log_tables tables, const char *name) {
    g_autoptr(GString) report = g_string_new(NULL);
    log_tables_build(&tables, summary, &worker->arena);
    worker_write(worker, mailwhy_format_find(name), &form_log, &tables, keep, report);
    if (strcmp(name, "json") == 0)
        hold_json(kept(report));
    else
        hold_visible(kept(report));
    arena_reset(&worker->arena);
}

/* The library, made once, with a worker and the name of a file for what is read. */
static inline struct mailwhy *hold_log_begin(struct mailwhy_worker **worker, char *path, size_t size) {
    static const struct mailwhy_options options = {.size = sizeof(struct mailwhy_options), .verbose = true};
    static struct mailwhy *why;
    if (!why) {
        why = mailwhy_new(&options);
        *worker = mailwhy_worker_new(why);
        snprintf(path, size, "/tmp/mailwhy-fuzz-%d", (int)getpid());
    }
    return why;
}

/* What a run tells of a delivery, to a worker: its line must be JSON. */
static inline void hold_log_delivery(void *context, const struct delivery *d) {
    struct mailwhy_worker *worker = context;
    struct log_record record = {d, worker->matcher, "fuzz"};
    g_autoptr(GString) line = g_string_new(NULL);
    worker_write(worker, mailwhy_format_find("ndjson"), &form_delivery, &record, keep, line);
    hold_json_lines(kept(line));
}

static inline void ignore_log_problem(void *context, const char *name, int error, const char *damage) {
    (void)context;
    (void)name;
    (void)error;
    (void)damage;
}

/* `texts`: their problems and notes. */
static inline void hold_log_reports(struct mailwhy_worker *worker, const struct log_summary *summary,
                                    GPtrArray *names, GPtrArray *texts) {
    static const char *const formats[] = {"text", "markdown", "html", "json"};
    static struct zone *zone;
    zone = zone ? zone : zone_new_fixed(0);
    struct log_tables tables = {.matcher = worker->matcher,
                                .names = names,
                                .problems = texts,
                                .notes = texts,
                                .zone = zone,
                                .top = 10};
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++)
        hold_log_report(worker, summary, tables, formats[i]);
}

#endif
