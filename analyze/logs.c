/* Logs, for those who use the library: see mailwhy.h. */
#define _GNU_SOURCE
#include "analyze/asked.h"
#include "analyze/log_problems.h"
#include "analyze/log_report.h"
#include "analyze/report/json.h"
#include "analyze/worker.h"
#include "parsers/base/shown_name.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#define FIELD(path, type, member)                                                                            \
    { path, type, offsetof(struct mailwhy_delivery, member) }

static const struct record_field fields[] = {
    FIELD("host", RECORD_TEXT, host),
    FIELD("queue_id", RECORD_TEXT, queue_id),
    FIELD("message_id", RECORD_TEXT, message_id),
    FIELD("sender", RECORD_TEXT, sender),
    FIELD("recipient", RECORD_TEXT, recipient),
    FIELD("outcome", RECORD_TEXT, outcome),
    FIELD("direction", RECORD_TEXT, direction),
    FIELD("first", RECORD_TEXT, first),
    FIELD("last", RECORD_TEXT, last),
    FIELD("relay.host", RECORD_TEXT, relay_host),
    FIELD("relay.ip", RECORD_TEXT, relay_ip),
    FIELD("relay.provider", RECORD_TEXT, provider),
    FIELD("cause", RECORD_TEXT, cause),
    FIELD("underlying", RECORD_TEXT, underlying),
    FIELD("reply.text", RECORD_TEXT, reply),
    FIELD("reply.enhanced", RECORD_TEXT, enhanced),
    FIELD("source.file", RECORD_TEXT, file),
    FIELD("source.line", RECORD_LONG, line),
    FIELD("attempts", RECORD_LONG, attempts),
    FIELD("delay_s", RECORD_LONG, delay_s),
    FIELD("reply.code", RECORD_INT, code),
    FIELD("", RECORD_LINE, json),
};

static void hear_text(void *why, const char *text) {
    g_autofree char *shown = shown_name(text);
    why_complain(why, shown);
}

static void hear_unreadable(void *why, const char *path, int error) {
    const struct mailwhy *w = why;
    g_autofree char *name = shown_input_name(w->options.redact ? &w->redaction : NULL, path);
    g_autofree char *text = g_strdup_printf("%s: %s", name, g_strerror(error));
    hear_text(why, text);
}

/* A log in memory, as a file that only this process has: a descriptor, or -errno. */
static int descriptor_of(const struct mailwhy_logs *logs) {
    int fd = memfd_create("log", MFD_CLOEXEC);
    for (size_t done = 0; fd >= 0 && done < logs->length;) {
        ssize_t written = write(fd, logs->bytes + done, logs->length - done);
        if (written < 0 && errno != EINTR) {
            int error = errno;
            close(fd);
            return -error;
        }
        done += written > 0 ? (size_t)written : 0;
    }
    return fd < 0 ? -errno : fd;
}

static struct log_filters filters_of(const struct mailwhy_logs *logs) {
    return (struct log_filters){.since = logs->since ? logs->since : -1,
                                .until = logs->until ? logs->until : -1,
                                .sender = logs->sender,
                                .recipient = logs->recipient,
                                .queue_id = logs->queue_id,
                                .message_id = logs->message_id,
                                .domain = logs->domain,
                                .cause = logs->cause,
                                .client = logs->client,
                                .relay = logs->relay};
}

/* By the clock that the lines follow where they name no zone. */
static int report_by(struct log_request *request, const struct mailwhy_logs *logs, const struct zone *zone) {
    struct mailwhy_worker *worker = request->worker;
    struct log_hearer hearer = {hear_unreadable, hear_text, (void *)worker->why};
    struct log_clock clock = {zone, logs->year};
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    int held = logs->bytes ? descriptor_of(logs) : -1;
    for (size_t i = 0; !logs->bytes && i < logs->file_count; i++)
        g_ptr_array_add(paths, (void *)logs->files[i]);
    if (logs->bytes)
        g_ptr_array_add(paths, (void *)(logs->name ? logs->name : "log"));
    request->paths = paths;
    request->descriptors = logs->bytes ? &held : NULL;
    request->filters = filters_of(logs);
    request->clock = &clock;
    request->has_zone = logs->tz != NULL;
    request->lines = logs->lines;
    request->jobs = logs->jobs;
    request->top = logs->top;
    request->hearer = &hearer;
    arena_reset(&worker->arena);
    int status = log_report(request);
    if (held >= 0)
        close(held);
    return status;
}

/* NULL, or what is wrong, to be freed. */
static char *fault_of(const struct mailwhy_logs *l, const struct rulebase *rules) {
    if (!l->bytes && !l->file_count)
        return g_strdup("no log was given");
    if (!l->bytes && !asked_list_is_whole(l->files, l->file_count))
        return g_strdup(LACKS_AN_ENTRY);
    if (l->year && (l->year < FIRST_YEAR || l->year > LAST_YEAR))
        return g_strdup_printf("a year is 0 or %d to %d", FIRST_YEAR, LAST_YEAR);
    if (l->jobs > MOST_JOBS || l->top > MOST_ROWS)
        return g_strdup_printf("jobs are %d at most, and rows %d", MOST_JOBS, MOST_ROWS);
    bool is_known = !l->cause || rulebase_has_cause(rules, l->cause);
    return is_known ? NULL : asked_about("there is no such cause", l->cause);
}

static int report(struct log_request *request, const struct mailwhy_logs *given) {
    const struct mailwhy *why = request->worker->why;
    struct mailwhy_logs logs;
    if (!worker_takes(request->worker, &logs, sizeof logs, given))
        return MAILWHY_USAGE;
    g_autofree char *fault = fault_of(&logs, &why->rules);
    if (fault) {
        why_complain(why, fault);
        return MAILWHY_USAGE;
    }
    struct zone *zone = zone_new(logs.tz);
    if (!zone) {
        why_complain(why, "there is no such time zone");
        return MAILWHY_USAGE;
    }
    int status = report_by(request, &logs, zone);
    zone_free(zone);
    return status;
}

int mailwhy_report_logs(struct mailwhy_worker *worker, const struct mailwhy_logs *logs,
                        const struct mailwhy_format *format, mailwhy_sink *sink, void *context) {
    struct log_request request = {.worker = worker, .format = format, .sink = sink, .context = context};
    return report(&request, logs);
}

struct passing {
    struct records *records;
    mailwhy_delivery_sink *sink;
    void *context;
};

/* Records come in pieces that end at any byte: what is whole is passed on, the rest stays. */
static void pass_on(void *context, const char *bytes, size_t length) {
    const struct passing *p = context;
    struct mailwhy_delivery delivery = {.size = sizeof delivery};
    records_append(p->records, bytes, length);
    while (records_next(p->records, fields, G_N_ELEMENTS(fields), &delivery))
        p->sink(p->context, &delivery);
    records_drop_read(p->records);
}

int mailwhy_each_delivery(struct mailwhy_worker *worker, const struct mailwhy_logs *logs,
                          mailwhy_delivery_sink *sink, void *context) {
    struct passing passing = {&worker->records, sink, context};
    struct log_request request = {
        .worker = worker, .format = &format_ndjson, .sink = pass_on, .context = &passing};
    records_begin(&worker->records);
    return report(&request, logs);
}
