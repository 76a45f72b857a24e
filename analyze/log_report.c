/* The report on logs: see log_report.h. */
#include "analyze/log_report.h"

#include "analyze/deliveries/counting.h"
#include "analyze/deliveries/reply_cache.h"
#include "analyze/deliveries/tables.h"
#include "analyze/log_pieces.h"
#include "analyze/log_stages.h"
#include "analyze/report/page.h"
#include "analyze/report/structure_delivery.h"
#include "analyze/report/structure_log.h"
#include "analyze/worker.h"
#include "parsers/log/likely.h"

#include <sys/stat.h>

#define FEW_TOLD 2 /* recipients of a short log whose stories are told without being asked for */

static void write_delivery(void *context, const struct delivery *d) {
    struct writing_log *w = context;
    const struct log_request *r = w->request;
    struct log_record record = {d, r->worker->matcher,
                                d->file < w->names->len ? w->names->pdata[d->file] : NULL};
    worker_write(r->worker, r->format, &form_delivery, &record, log_append, w);
}

static void keep_story(void *context, const struct delivery *d) {
    mail_stories_add(&((struct writing_log *)context)->stories, d);
}

static void keep_leg(void *context, const struct delivery *d) {
    mail_stories_add_leg(&((struct writing_log *)context)->stories, d);
}

static bool is_asked_for(void *context, const struct delivery *d) {
    struct mail_stories *stories = &((struct writing_log *)context)->stories;
    bool passes = mail_stories_pass(stories, d);
    if (!passes)
        mail_stories_note_past(stories, d);
    return passes;
}

static void count_revived(void *context, const struct delivery *d) {
    struct writing_log *w = context;
    totals_count(&w->summary->totals, d, w->request->worker->matcher);
    if (log_writes_records(w->request))
        write_delivery(w, d);
}

static void add_repeat(void *context, const char *path, const char *other, bool is_start) {
    log_problems_add_repeat(&((struct writing_log *)context)->problems, path, other, is_start);
}

static void show_progress(void *context, double share) {
    const struct log_request *r = ((struct writing_log *)context)->request;
    r->progress(r->progress_context, share);
}

static void write_summary(struct writing_log *w, bool matches_nothing) {
    const struct log_request *r = w->request;
    const struct log_summary *summary = w->summary;
    bool names_zone = !summary->has_local && summary->first != -1 && !r->has_zone;
    struct zone *of_lines = names_zone ? zone_new_fixed(summary->first_offset) : NULL;
    struct log_tables tables = {.matcher = r->worker->matcher,
                                .names = r->names ? r->names : w->names,
                                .problems = w->problems.texts,
                                .notes = w->problems.notes,
                                .is_filtered = filters_are_set(&r->filters),
                                .matches_nothing = matches_nothing,
                                .mail = r->mail,
                                .has_index = r->has_index,
                                .stories = w->stories.stories ? &w->stories : NULL,
                                .zone_from = !summary->has_local ? LOG_ZONE_LINE
                                             : r->has_zone       ? LOG_ZONE_OPTION
                                                                 : LOG_ZONE_ASSUMED,
                                .zone = of_lines ? of_lines : r->clock->zone,
                                .top = r->top ? r->top : 10};
    log_tables_build(&tables, summary, &r->worker->arena);
    worker_write(r->worker, r->format, &form_log, &tables, log_append, w);
    zone_free(of_lines);
}

/* --- the logs --- */

static bool is_of_no_mail(void *context, const struct delivery *d) {
    const struct log_request *r = ((struct writing_log *)context)->request;
    return filters_pass(&r->filters, d) && mail_summary_passes(r->mail, d);
}

static void count_mails(void *context, struct totals *totals) {
    const struct log_request *r = ((struct writing_log *)context)->request;
    mail_summary_count(r->mail, totals, &r->filters, r->worker->matcher);
}

static void read_logs(struct writing_log *w) {
    const struct log_request *r = w->request;
    const struct mailwhy *why = r->worker->why;
    struct reply_judging judging = {why->set, judged_replies_new()};
    struct reply_judge judge = reply_cache_as_judge(&judging);
    bool tells_stories = w->stories.stories != NULL;
    struct log_watcher watcher = {log_add_problem, r->progress ? show_progress : NULL, w, add_repeat};
    struct log_options log = {.folders = r->folders,
                              .descriptors = r->descriptors,
                              .held = r->held,
                              .jobs = r->jobs,
                              .wants_stories = log_writes_records(r) || r->mail || tells_stories ||
                                               filters_are_set(&r->filters),
                              .wants_busiest = log_wants_busiest(r),
                              .keeps_tries = tells_stories && !log_writes_records(r),
                              .keeps_lines = tells_stories && r->lines && !log_writes_records(r),
                              .clock = r->clock,
                              .filters = r->filters,
                              .judge = &judge,
                              .matcher = r->worker->matcher,
                              .rules = &why->rules,
                              .watcher = &watcher,
                              .delivered = !log_is_report(r)       ? NULL
                                           : log_writes_records(r) ? write_delivery
                                           : tells_stories         ? keep_story
                                                                   : NULL,
                              .passes = tells_stories ? is_asked_for
                                        : r->mail     ? is_of_no_mail
                                                      : NULL,
                              .count_others = r->mail ? count_mails : NULL,
                              .handed_over = tells_stories ? keep_leg : NULL,
                              .context = w,
                              .is_partial = !log_is_report(r),
                              .written = r->stage.written,
                              .events = r->stage.emit != STAGE_ALL || r->open ? &w->events : NULL,
                              .emitted = r->stage.emit == STAGE_EVENTS ? log_pass_events : NULL,
                              .keys = r->stage.emit == STAGE_KEYS ? &w->keys : NULL,
                              .open = r->open,
                              .shares = r->open && r->stage.emit == STAGE_EVENTS ? &w->shares : NULL,
                              .counted = r->stage.from == STAGE_EVENTS ? &w->counted : NULL};
    log_read_all(w, &log);
    judged_replies_free(judging.judged);
    if (r->progress)
        r->progress(r->progress_context, -1);
}

/* A few lines that somebody copied: the story of a mail says more of them than tables of one row. */
static bool is_short(const struct log_request *r) {
    struct stat st;
    if (r->paths->len != 1 || r->mail || r->open)
        return false;
    if (r->held.len)
        return r->held.len <= LOG_SHORT;
    return r->descriptors
               ? log_descriptor_is_short(r->descriptors[0])
               : stat(r->paths->pdata[0], &st) == 0 && S_ISREG(st.st_mode) && st.st_size <= (off_t)LOG_SHORT;
}

/* May the format tell a few stories in the place of tables? */
static bool may_tell_few(const struct log_request *r) {
    const struct medium *m = r->format->medium;
    return m && !m->has_titles_only;
}

/* Are stories kept: of the mails that are asked for, or of all that a short log has? A client is asked for by
 * the queue that it handed a mail in to, whichever queues that went through, of which records tell the last.
 */
static bool keeps_stories(const struct log_request *r) {
    if (r->mail || !log_is_report(r) || log_reads_stages(r))
        return false;
    if (filters_name_mail(&r->filters) || r->filters.client)
        return true;
    return !r->format->is_records && may_tell_few(r) && !filters_are_set(&r->filters) && is_short(r);
}

/* Nobody asked for them, and they are many, or none. */
static void forget_stories(struct writing_log *w) {
    struct mail_stories *s = &w->stories;
    guint told = 0;
    if (!s->stories || filters_name_mail(&w->request->filters))
        return;
    for (guint i = 0; i < s->stories->len; i++)
        told += !((const struct mail_story *)s->stories->pdata[i])->is_handed_over;
    if (may_tell_few(w->request) && told && told <= FEW_TOLD)
        return;
    mail_stories_free(s);
    w->stories = (struct mail_stories){.filters = NULL};
}

static void begin(struct writing_log *w) {
    const struct log_request *r = w->request;
    const struct mailwhy *why = r->worker->why;
    log_problems_init(&w->problems, r->hearer, worker_redaction(r->worker));
    w->problems.status = r->status;
    if (why->notice)
        g_ptr_array_add(w->problems.texts, g_strdup(why->notice));
    w->events = (struct event_writer){.out = g_string_new(NULL), .place = r->stage.place};
    w->names =
        log_reads_stages(r) || r->pieces ? g_ptr_array_new_with_free_func(g_free) : g_ptr_array_ref(r->paths);
    for (guint i = 0; r->pieces && i < r->pieces->len; i++)
        g_ptr_array_add(w->names, g_strdup(g_array_index(r->pieces, struct log_piece, i).name));
    static const int statuses[] = {MAILWHY_DATA, MAILWHY_NO_INPUT, MAILWHY_OK};
    w->counted = (struct summary_notes){.names = w->names,
                                        .problems = w->problems.texts,
                                        .notes = w->problems.notes,
                                        .status = &w->problems.status,
                                        .statuses = statuses,
                                        .rules = why->rules_number,
                                        .damage = MAILWHY_DATA};
    if (log_is_report(r) && !r->is_part)
        worker_begin(r->worker, r->format, false, log_append, w);
    if (keeps_stories(r)) {
        mail_stories_init(&w->stories, &r->filters);
        w->stories.revived = count_revived;
        w->stories.context = w;
    }
}

static int end(struct writing_log *w) {
    const struct log_request *r = w->request;
    if (log_is_report(r) && !r->is_part)
        mailwhy_end(r->format, false, log_append, w);
    r->sink(r->context, w->line->str, w->line->len);
    log_problems_print(&w->problems);
    int status = w->problems.status;
    log_problems_free(&w->problems);
    mail_stories_free(&w->stories);
    g_ptr_array_unref(w->names);
    g_string_free(w->events.out, TRUE);
    event_shares_free(&w->shares);
    g_string_free(w->line, TRUE);
    return status;
}

static int by_text(gconstpointer a, gconstpointer b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* In the order of their names, each once: stages come in any order. */
static void sort_texts(GPtrArray *texts) {
    g_ptr_array_sort(texts, by_text);
    for (guint i = texts->len; i-- > 1;)
        if (strcmp(texts->pdata[i], texts->pdata[i - 1]) == 0)
            g_ptr_array_remove_index(texts, i);
}

/* A share of events, of which deliveries are told, does not say of which pieces it is. */
static void add_account(struct writing_log *w) {
    const struct pieces *pieces = &w->summary->pieces;
    bool is_share = w->request->format->is_records && !pieces->events.written;
    char *problem = NULL;
    if (is_share || pieces_are_whole(pieces, &problem))
        return;
    g_ptr_array_add(w->problems.texts, problem);
    w->problems.status = MAX(w->problems.status, MAILWHY_DATA);
}

static void write_report(struct writing_log *w) {
    const struct log_request *r = w->request;
    const struct log_summary *summary = w->summary;
    bool matches_nothing = filters_are_set(&r->filters) && !totals_are_any(&summary->totals);
    bool has_no_lines =
        (log_reads_stages(r) || r->pieces) && r->format->is_records; /* as a share of events */
    g_autofree char *unread = log_summary_unread(summary);
    if (!has_no_lines && (r->paths->len || !r->mail))
        log_problems_add_no_log(&w->problems, summary->lines, log_summary_known_lines(summary), unread);
    if (matches_nothing)
        log_problems_add_outside(&w->problems, r->filters.since, r->filters.until, summary->first,
                                 summary->last);
    if (log_reads_stages(r)) {
        add_account(w);
        sort_texts(w->names);
        sort_texts(w->problems.texts);
        sort_texts(w->problems.notes);
    }
    if (!log_writes_records(r))
        write_summary(w, matches_nothing);
    else if (matches_nothing)
        r->hearer->text(r->hearer->context, "nothing in the log matches what was asked for");
}

int log_report(const struct log_request *request) {
    struct log_summary summary;
    struct writing_log w = {.request = request, .line = g_string_new(NULL), .summary = &summary};
    begin(&w);
    (request->stage.merge ? log_read_counted : read_logs)(&w);
    forget_stories(&w);
    if (w.stories.stories)
        mail_stories_sort(&w.stories);
    (log_is_report(request) ? write_report : log_write_counted)(&w);
    int status = end(&w);
    log_summary_free(&summary);
    return status;
}
