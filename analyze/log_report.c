/* The report on logs: see log_report.h. */
#include "analyze/log_report.h"

#include "analyze/deliveries/reply_cache.h"
#include "analyze/deliveries/tables.h"
#include "analyze/log_problems.h"
#include "analyze/report/structure_log.h"

#define PASSED_ON 65536 /* bytes at once */

struct writing_log {
    const struct log_request *request;
    GString *line;
    struct log_problems problems;
    struct mail_stories stories; /* of pages and JSON that tell of certain mails */
};

/* Lines are many and short: they are passed on in pieces. */
static void append(void *context, const char *bytes, size_t length) {
    struct writing_log *w = context;
    g_string_append_len(w->line, bytes, (gssize)length);
    if (w->line->len < PASSED_ON)
        return;
    w->request->sink(w->request->context, w->line->str, w->line->len);
    g_string_truncate(w->line, 0);
}

static void write_delivery(void *context, const struct delivery *d) {
    struct writing_log *w = context;
    const struct log_request *r = w->request;
    struct log_record record = {d, r->worker->matcher,
                                d->file < r->paths->len ? r->paths->pdata[d->file] : NULL};
    worker_write(r->worker, r->format, &form_delivery, &record, append, w);
}

static void keep_story(void *context, const struct delivery *d) {
    mail_stories_add(&((struct writing_log *)context)->stories, d);
}

static void keep_leg(void *context, const struct delivery *d) {
    mail_stories_add_leg(&((struct writing_log *)context)->stories, d);
}

static bool is_asked_for(void *context, const struct delivery *d) {
    return mail_stories_pass(&((struct writing_log *)context)->stories, d);
}

static void add_problem(void *context, const char *path, int error, const char *damage) {
    log_problems_add(&((struct writing_log *)context)->problems, path, error, damage);
}

static void add_repeat(void *context, const char *path, const char *other, bool is_start) {
    log_problems_add_repeat(&((struct writing_log *)context)->problems, path, other, is_start);
}

static void show_progress(void *context, double share) {
    const struct log_request *r = ((struct writing_log *)context)->request;
    r->progress(r->progress_context, share);
}

static void write_summary(struct writing_log *w, const struct log_summary *summary, bool matches_nothing) {
    const struct log_request *r = w->request;
    bool names_zone = !summary->has_local && summary->first != -1 && !r->has_zone;
    struct zone *of_lines = names_zone ? zone_new_fixed(summary->first_offset) : NULL;
    struct log_tables tables = {.matcher = r->worker->matcher,
                                .names = r->paths,
                                .problems = w->problems.texts,
                                .notes = w->problems.notes,
                                .is_filtered = filters_are_set(&r->filters),
                                .matches_nothing = matches_nothing,
                                .stories = w->stories.stories ? &w->stories : NULL,
                                .zone_from = !summary->has_local ? LOG_ZONE_LINE
                                             : r->has_zone       ? LOG_ZONE_OPTION
                                                                 : LOG_ZONE_ASSUMED,
                                .zone = of_lines ? of_lines : r->clock->zone,
                                .top = r->top ? r->top : 10};
    log_tables_build(&tables, summary, &r->worker->arena);
    worker_write(r->worker, r->format, &form_log, &tables, append, w);
    zone_free(of_lines);
}

static void read_logs(struct writing_log *w, struct log_summary *summary) {
    const struct log_request *r = w->request;
    const struct mailwhy *why = r->worker->why;
    struct reply_judge judge = reply_cache_as_judge(why->set);
    bool tells_stories = w->stories.stories != NULL;
    struct log_watcher watcher = {add_problem, r->progress ? show_progress : NULL, w, add_repeat};
    struct log_options log = {.folders = r->folders,
                              .descriptors = r->descriptors,
                              .held = r->held,
                              .jobs = r->jobs,
                              .wants_stories = r->format->is_records || filters_are_set(&r->filters),
                              .wants_busiest = why->options.verbose || !r->format->medium,
                              .keeps_tries = tells_stories,
                              .keeps_lines = tells_stories && r->lines,
                              .clock = r->clock,
                              .filters = r->filters,
                              .judge = &judge,
                              .matcher = r->worker->matcher,
                              .rules = &why->rules,
                              .watcher = &watcher,
                              .delivered = r->format->is_records ? write_delivery
                                           : tells_stories       ? keep_story
                                                                 : NULL,
                              .passes = tells_stories ? is_asked_for : NULL,
                              .handed_over = tells_stories ? keep_leg : NULL,
                              .context = w};
    log_run(summary, r->paths, &log);
    if (r->progress)
        r->progress(r->progress_context, -1);
    log_problems_add_no_log(&w->problems, summary->lines, log_summary_known_lines(summary));
}

static void begin(struct writing_log *w) {
    const struct log_request *r = w->request;
    const struct mailwhy *why = r->worker->why;
    log_problems_init(&w->problems, r->hearer, worker_redaction(r->worker));
    w->problems.status = r->status;
    if (why->notice)
        g_ptr_array_add(w->problems.texts, g_strdup(why->notice));
    mailwhy_begin(r->format, false, append, w);
    if (!r->format->is_records && filters_name_mail(&r->filters))
        mail_stories_init(&w->stories, &r->filters);
}

static int end(struct writing_log *w) {
    const struct log_request *r = w->request;
    mailwhy_end(r->format, false, append, w);
    r->sink(r->context, w->line->str, w->line->len);
    log_problems_print(&w->problems);
    int status = w->problems.status;
    log_problems_free(&w->problems);
    mail_stories_free(&w->stories);
    g_string_free(w->line, TRUE);
    return status;
}

int log_report(const struct log_request *request) {
    struct writing_log w = {.request = request, .line = g_string_new(NULL)};
    struct log_summary summary;
    begin(&w);
    read_logs(&w, &summary);
    if (w.stories.stories)
        mail_stories_sort(&w.stories);
    bool matches_nothing = filters_are_set(&request->filters) && !totals_are_any(&summary.totals);
    if (!request->format->is_records)
        write_summary(&w, &summary, matches_nothing);
    else if (matches_nothing)
        request->hearer->text(request->hearer->context, "nothing in the log matches what was asked for");
    int status = end(&w);
    log_summary_free(&summary);
    return status;
}
