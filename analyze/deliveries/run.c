/* Reading logs on several threads. Chunks are taken in order under one lock, read and judged side by side,
 * and joined in order again: so the result does not depend on the number of threads. See deliveries.h. */
#include "analyze/deliveries/deliveries.h"

#include "analyze/internal.h"
#include "parsers/base/address.h"
#include "parsers/log/source.h"

#include <time.h>

struct log_run {
    struct log_summary *summary;
    const struct mailwhy *why;
    const struct log_options *options;
    struct log_source *source;
    struct join *join;
    GMutex reading, turning;
    GCond turned;
    uint64_t next, turn; /* chunks taken; joined */
    unsigned file;       /* of the last chunk joined, and its lines so far */
    uint64_t file_lines;
    time_t shown;
};

struct log_worker {
    struct log_run *run;
    struct mailwhy_worker *worker;
    struct reply_cache *cache;
    struct log_reader reader;
    struct log_chunk chunk;
};

static bool fits_text(const char *wanted, struct slice text) {
    return !wanted || slice_equal_nocase(text, slice_of(wanted));
}

static bool fits_domain(const char *wanted, const struct delivery *d) {
    if (!wanted)
        return true;
    struct slice domain = slice_of(wanted);
    return slice_equal_nocase(domain, address_domain(d->recipient)) ||
           slice_equal_nocase(domain, address_domain(d->sender));
}

/* A whole name, or a category as "blocklist". */
static bool fits_cause(const char *wanted, const struct delivery *d) {
    const struct cause *cause = delivery_cause(d);
    if (!wanted)
        return true;
    if (!cause || d->outcome == OUTCOME_SENT)
        return false;
    size_t len = strlen(wanted);
    return strncmp(cause->id, wanted, len) == 0 && (cause->id[len] == '\0' || cause->id[len] == '.');
}

static bool passes(const struct log_filters *f, const struct delivery *d) {
    return (f->since == -1 || d->last >= f->since) && (f->until == -1 || d->first <= f->until) &&
           fits_text(f->sender, d->sender) && fits_text(f->recipient, d->recipient) &&
           fits_domain(f->domain, d) && fits_cause(f->cause, d) && fits_text(f->queue_id, d->queue_id) &&
           fits_text(f->message_id, d->message_id);
}

static void take_delivery(void *context, const struct delivery *d) {
    struct log_run *run = context;
    if (!passes(&run->options->filters, d))
        return;
    if (d->outcome == OUTCOME_REJECTED)
        totals_reject(&run->summary->totals, d);
    else
        totals_count(&run->summary->totals, d,
                     ((struct log_worker *)run->summary->workers->pdata[0])->worker->matcher);
    if (run->options->sink)
        run->options->sink(run->options->context, d);
}

static void note_problem(void *context, const char *path, int error, const char *damage) {
    struct log_run *run = context;
    const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
    run->summary->status = MAX(run->summary->status, error ? 66 : 65);
    if (error)
        fprintf(stderr, "mailwhy: %s: %s\n", name, g_strerror(error));
    else
        g_ptr_array_add(run->summary->problems, g_strdup_printf("%s: %s", name, damage));
}

static void judge_events(struct log_worker *w) {
    for (size_t i = 0; i < w->reader.count; i++) {
        struct log_event *e = &w->reader.events[i];
        if (e->kind == LOG_REJECT || e->kind == LOG_REPLY ||
            (e->kind == LOG_ATTEMPT && e->status != LOG_SENT))
            e->reply = reply_cache_judge(w->cache, e);
    }
}

static void show_progress(struct log_run *run) {
    time_t now = time(NULL);
    if (!run->options->shows_progress || now == run->shown)
        return;
    run->shown = now;
    double share = source_share(run->source);
    fprintf(stderr, "\r[%-30.*s] %3d %%", (int)(share * 30), "##############################",
            (int)(share * 100));
}

/* The turn is ours: nobody else joins. */
static void join_chunk(struct log_worker *w) {
    struct log_run *run = w->run;
    struct log_summary *sum = run->summary;
    const struct log_reader *r = &w->reader;
    if (w->chunk.file != run->file)
        run->file_lines = 0;
    run->file = w->chunk.file;
    for (size_t i = 0; i < r->count; i++)
        join_event(run->join, &r->events[i], run->file, run->file_lines + r->events[i].line + 1);
    run->file_lines += r->lines;
    sum->lines += r->lines;
    sum->unparsed += r->unparsed;
    sum->cut += r->cut + w->chunk.is_cut;
    for (int i = 0; i < LOG_DIALECTS; i++)
        sum->dialect_lines[i] += r->dialect_lines[i];
    if (r->first != -1)
        sum->first = sum->first == -1 ? r->first : MIN(sum->first, r->first);
    sum->last = MAX(sum->last, r->last);
    show_progress(run);
}

static gpointer work(gpointer context) {
    struct log_worker *w = context;
    struct log_run *run = w->run;
    for (;;) {
        g_mutex_lock(&run->reading);
        bool is_read = source_next(run->source, &w->chunk);
        uint64_t number = run->next;
        run->next += is_read;
        g_mutex_unlock(&run->reading);
        if (!is_read)
            break;
        w->reader.now = w->chunk.now;
        w->reader.stamp_len = 0;
        w->reader.number = number;
        w->reader.header = w->chunk.header;
        log_read(&w->reader, w->chunk.bytes);
        judge_events(w);
        g_mutex_lock(&run->turning);
        while (run->turn != number)
            g_cond_wait(&run->turned, &run->turning);
        g_mutex_unlock(&run->turning);
        join_chunk(w);
        g_mutex_lock(&run->turning);
        run->turn++;
        g_cond_broadcast(&run->turned);
        g_mutex_unlock(&run->turning);
    }
    pattern_thread_end();
    return NULL;
}

static struct log_worker *worker_new(struct log_run *run) {
    struct log_worker *w = g_new0(struct log_worker, 1);
    w->run = run;
    w->worker = mailwhy_worker_new(run->why);
    w->cache = reply_cache_new(w->worker->matcher);
    w->reader.wants_stories = run->options->wants_stories;
    w->chunk.buffer = g_malloc(CHUNK_BYTES + 1);
    return w;
}

static void worker_free(gpointer p) {
    struct log_worker *w = p;
    reply_cache_free(w->cache);
    mailwhy_worker_free(w->worker);
    log_reader_free(&w->reader);
    g_free(w->chunk.buffer);
    g_free(w);
}

static gint by_count(gconstpointer a, gconstpointer b) {
    const struct line_kind *x = *(const struct line_kind *const *)a;
    const struct line_kind *y = *(const struct line_kind *const *)b;
    if (x->is_known != y->is_known)
        return x->is_known - y->is_known;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return x->first < y->first ? -1 : x->first > y->first;
}

static void merge_kind(GPtrArray *kinds, struct line_kind *kind) {
    for (guint i = 0; i < kinds->len; i++) {
        struct line_kind *known = kinds->pdata[i];
        if (known->is_known == kind->is_known && slice_equal(known->name, kind->name) &&
            strcmp(known->dialect, kind->dialect) == 0) {
            known->count += kind->count;
            if (kind->first < known->first) {
                known->first = kind->first;
                known->sample = kind->sample;
            }
            return;
        }
    }
    g_ptr_array_add(kinds, kind);
}

static void collect_kinds(struct log_summary *sum) {
    g_autoptr(GPtrArray) kinds = g_ptr_array_new();
    for (guint i = 0; i < sum->workers->len; i++)
        for (struct line_kind *k = ((struct log_worker *)sum->workers->pdata[i])->reader.kinds; k;
             k = k->next)
            merge_kind(kinds, k);
    g_ptr_array_sort(kinds, by_count);
    struct line_kind **end = &sum->kinds;
    for (guint i = 0; i < kinds->len; i++) {
        *end = kinds->pdata[i];
        end = &(*end)->next;
    }
    *end = NULL;
}

/* Damaged or not understood: nothing in the inputs is a line of a mail log. */
static void note_no_log(struct log_summary *sum) {
    uint64_t known = 0;
    for (int i = 0; i < LOG_DIALECTS; i++)
        known += sum->dialect_lines[i];
    if (known || sum->status == 66)
        return;
    g_ptr_array_add(sum->problems, g_strdup(sum->lines ? "no line is one of a mail log that is known"
                                                       : "the input is empty"));
    sum->status = 65;
}

void log_run(struct log_summary *sum, const struct mailwhy *why, GPtrArray *paths,
             const struct log_options *options) {
    *sum = (struct log_summary){.first = -1, .last = -1};
    sum->problems = g_ptr_array_new_with_free_func(g_free);
    sum->workers = g_ptr_array_new_with_free_func(worker_free);
    totals_init(&sum->totals);
    struct log_run run = {.summary = sum, .why = why, .options = options, .file = UINT32_MAX};
    run.source = source_new(paths, note_problem, &run);
    for (unsigned i = 0; i < MAX(options->jobs, 1); i++)
        g_ptr_array_add(sum->workers, worker_new(&run));
    const struct log_worker *first = sum->workers->pdata[0];
    run.join = join_new(&sum->totals, first->worker->matcher, options->wants_stories, take_delivery, &run);
    if (options->tried)
        join_tell_tries(run.join, options->tried, options->context);
    g_autoptr(GPtrArray) threads = g_ptr_array_new();
    for (guint i = 1; i < sum->workers->len; i++)
        g_ptr_array_add(threads, g_thread_new("mailwhy", work, sum->workers->pdata[i]));
    work(sum->workers->pdata[0]);
    for (guint i = 0; i < threads->len; i++)
        g_thread_join(threads->pdata[i]);
    join_end(run.join);
    if (options->shows_progress)
        fputs("\r\033[K", stderr);
    sum->forgotten = join_forgotten(run.join);
    sum->bytes = source_bytes(run.source);
    collect_kinds(sum);
    note_no_log(sum);
    join_free(run.join);
    source_free(run.source);
}

void log_summary_free(struct log_summary *sum) {
    totals_free(&sum->totals);
    g_ptr_array_free(sum->problems, TRUE);
    g_ptr_array_free(sum->workers, TRUE);
}
