/* Reading logs on several threads. Chunks are taken in order under one lock, read and judged side by side,
 * and joined in order again: so the result does not depend on the number of threads. See run.h. */
#define _GNU_SOURCE
#include "analyze/deliveries/run.h"

#include "analyze/deliveries/counting.h"
#include "analyze/deliveries/event_keys.h"
#include "analyze/deliveries/event_lines.h"
#include "analyze/deliveries/event_shares.h"
#include "analyze/deliveries/join.h"
#include "analyze/deliveries/join_lines.h"
#include "analyze/deliveries/open.h"
#include "analyze/deliveries/summary_layout.h"
#include "parsers/log/reader.h"
#include "parsers/rules/pattern.h"

struct log_run {
    struct log_summary *summary;
    const struct log_options *options;
    struct log_source *source;
    struct join *join;
    bool is_filtered;
    GMutex reading, turning, watching;
    GCond turned;
    uint64_t next, turn;  /* chunks taken; joined */
    uint64_t *file_lines; /* of each file, so far */
    unsigned first_log;   /* the number of the first file among all of the summary */
};

struct log_worker {
    struct log_run *run;
    void *judge; /* this thread's; NULL: nothing is judged */
    struct log_reader reader;
    const struct reply_class **classes; /* of the chunk's events */
    bool *for_others;                   /* which of these another process joins */
    uint64_t *hashes;                   /* of the queue ids and hosts; 0: it has none */
    size_t class_room;
    struct log_chunk chunk;
};

static void take_delivery(void *context, const struct delivery *d) {
    const struct log_run *run = context;
    const struct log_options *options = run->options;
    bool is_asked_for = options->passes ? options->passes(options->context, d)
                                        : !run->is_filtered || filters_pass(&options->filters, d);
    if (!is_asked_for) {
        totals_note_unasked(&run->summary->totals, d);
        return;
    }
    if (d->outcome == OUTCOME_REJECTED)
        totals_count_reject(&run->summary->totals, d);
    else
        totals_count(&run->summary->totals, d, options->matcher);
    if (options->delivered)
        options->delivered(options->context, d);
}

static void take_handed_over(void *context, const struct delivery *d) {
    const struct log_options *options = ((const struct log_run *)context)->options;
    options->handed_over(options->context, d);
}

static void take_attempt(void *context, const struct delivery *d) {
    const struct log_options *options = ((const struct log_run *)context)->options;
    options->tried(options->context, d);
}

static void report_problem(void *context, const char *path, int error, const char *damage) {
    struct log_run *run = context;
    const struct log_watcher *watcher = run->options->watcher;
    g_mutex_lock(&run->watching);
    watcher->problem(watcher->context, path, error, damage);
    g_mutex_unlock(&run->watching);
}

static void report_repeat(void *context, const char *path, const char *other, bool is_start) {
    const struct log_watcher *watcher = ((const struct log_run *)context)->options->watcher;
    if (watcher->repeated)
        watcher->repeated(watcher->context, path, other, is_start);
}

static void report_progress(struct log_run *run) {
    const struct log_watcher *watcher = run->options->watcher;
    if (!watcher->progress)
        return;
    g_mutex_lock(&run->reading);
    double share = source_share(run->source);
    g_mutex_unlock(&run->reading);
    g_mutex_lock(&run->watching);
    watcher->progress(watcher->context, share);
    g_mutex_unlock(&run->watching);
}

/* Is it for another process to join? What stands alone is counted here, but where all deliveries are told by
 * the other one. */
static bool is_for_others(const struct log_options *options, const struct log_event *e) {
    if (options->open)
        return !event_stands_alone(e) && open_key_find(options->open, e);
    return options->events && (options->wants_stories || !event_stands_alone(e));
}

struct host_hash {
    struct slice host;
    uint64_t hash;
};

/* Most events are of the same host as the one before. */
static struct host_hash hash_of_host(struct slice host, struct host_hash before) {
    bool is_same =
        host.len == before.host.len && (host.ptr == before.host.ptr || slice_equal(host, before.host));
    return is_same ? before : (struct host_hash){host, open_host_hash(host)};
}

static void judge_events(struct log_worker *w) {
    const struct log_facts *facts = &w->reader.facts;
    if (w->class_room < facts->count) {
        w->class_room = facts->room;
        w->classes = g_renew(const struct reply_class *, w->classes, w->class_room);
        w->for_others = g_renew(bool, w->for_others, w->class_room);
        w->hashes = g_renew(uint64_t, w->hashes, w->class_room);
    }
    struct host_hash host = {SLICE_EMPTY, open_host_hash(SLICE_EMPTY)};
    const struct log_options *options = w->run->options;
    bool are_joined = !options->open && !options->events;
    for (size_t i = 0; i < facts->count; i++) {
        struct log_event *e = &facts->events[i];
        w->for_others[i] = !are_joined && is_for_others(options, e);
        bool is_judged = w->judge && !w->for_others[i];
        w->classes[i] = is_judged ? reply_judge_event(options->judge, w->judge, e) : NULL;
        host = hash_of_host(e->host, host);
        w->hashes[i] = e->queue_id.len ? open_name_of(e->queue_id, host.hash).hash : 0;
    }
}

static void add_lines(struct log_summary *sum, const struct log_worker *w) {
    const struct log_reader *r = &w->reader;
    sum->lines += r->lines;
    sum->unparsed += r->facts.unparsed;
    sum->cut += r->cut + w->chunk.is_cut;
    for (int i = 0; i < LOG_DIALECTS; i++)
        sum->dialect_lines[i] += r->dialect_lines[i];
    for (size_t i = 0; i < LOG_EXPORT_KINDS; i++)
        sum->export_records[i] += r->facts.export_records[i];
    sum->has_local |= r->facts.stamps.has_local;
    log_summary_note_times(sum, r->first, r->last, r->first_offset);
}

/* The lines of a chunk, asked for one after the other, up or down. */
struct raw_lines {
    struct slice bytes;
    size_t at; /* where line `number` begins */
    uint32_t number;
};

static struct slice raw_line(struct raw_lines *raw, uint32_t number) {
    for (; raw->number < number && raw->at < raw->bytes.len; raw->number++)
        raw->at += slice_find_char(slice_from(raw->bytes, raw->at), '\n') + 1;
    for (; raw->number > number; raw->number--) {
        raw->at = MIN(raw->at, raw->bytes.len + 1) - 1;
        const char *end = raw->at ? memrchr(raw->bytes.ptr, '\n', raw->at) : NULL;
        raw->at = end ? (size_t)(end - raw->bytes.ptr) + 1 : 0;
    }
    struct slice rest = slice_from(raw->bytes, raw->at);
    return slice_upto(rest, MIN(slice_find_char(rest, '\n'), LIMIT_LOG_LINE));
}

/* One event goes where it belongs; what another line says of it may be in another process. */
static void pass_event(struct log_run *run, const struct judged_event *judged, bool is_for_others,
                       struct slice name) {
    const struct log_options *options = run->options;
    struct log_event own = *judged->event;
    struct judged_event heard = *judged;
    heard.event = &own;
    if (!event_writer_hear(options->events, &own))
        return;
    if (!is_for_others) {
        join_event(run->join, &heard);
    } else if (options->emitted) {
        event_line_write(options->events, &heard, name);
        if (options->shares)
            event_shares_add(options->shares, open_key_find(options->open, heard.event)->share,
                             options->events->out);
    }
}

#define EXPECTED 8 /* events that are expected together */

static void expect_behind(const struct log_worker *w, size_t at, bool are_next) {
    size_t count = w->reader.facts.count;
    if (at < count)
        join_expect(w->run->join, w->hashes + at, MIN(count - at, (size_t)EXPECTED), are_next);
}

/* Events below this one are joined soon. */
static void expect_events(const struct log_worker *w, size_t at) {
    const struct log_facts *facts = &w->reader.facts;
    if (at % EXPECTED == 0) {
        expect_behind(w, at + 2 * EXPECTED, false);
        expect_behind(w, at + EXPECTED, true);
    }
    if (at + 4 < facts->count && facts->events[at + 4].kind == LOG_DONE)
        join_expect_end(w->run->join, w->hashes[at + 4], false);
    if (at + 2 < facts->count && facts->events[at + 2].kind == LOG_DONE)
        join_expect_end(w->run->join, w->hashes[at + 2], true);
}

static void gather_keys(const struct log_worker *w) {
    const struct log_options *options = w->run->options;
    const struct log_facts *facts = &w->reader.facts;
    for (size_t i = 0; i < facts->count; i++) {
        struct log_event own = facts->events[i];
        if (event_writer_hear(options->events, &own))
            event_keys_add(options->keys, &own, options->events->time);
    }
}

static void join_events(struct log_worker *w, unsigned file) {
    struct log_run *run = w->run;
    const struct log_facts *facts = &w->reader.facts;
    const char *called = run->options->name ? run->options->name : source_name(run->source, file);
    struct slice name = run->options->events ? slice_of(called) : SLICE_EMPTY;
    struct raw_lines raw = {w->chunk.bytes, 0, 0};
    uint64_t before = w->chunk.is_newest_first ? w->chunk.first_line : run->file_lines[file];
    for (size_t i = 0; i < facts->count; i++) {
        struct judged_event judged = {
            &facts->events[i], w->classes[i], file, before + facts->events[i].line + 1,
            SLICE_EMPTY,       w->hashes[i]};
        expect_events(w, i);
        if (run->options->keeps_lines)
            judged.raw = raw_line(&raw, facts->events[i].line);
        if (run->options->events)
            pass_event(run, &judged, w->for_others[i], name);
        else if (!w->for_others[i])
            join_event(run->join, &judged);
    }
}

/* Only the worker whose chunk is next calls this. */
static void join_chunk(struct log_worker *w) {
    struct log_run *run = w->run;
    unsigned file = w->chunk.file;
    if (run->options->keys)
        gather_keys(w);
    else
        join_events(w, file);
    if (run->options->is_partial)
        pieces_note_bytes(&run->summary->pieces, run->first_log + file, w->chunk.bytes);
    if (run->options->emitted)
        run->options->emitted(run->options->context);
    run->file_lines[file] += w->reader.lines;
    add_lines(run->summary, w);
    report_progress(run);
}

/* Take the next chunk and its number; false at the end. */
static bool take_chunk(struct log_worker *w, uint64_t *number) {
    struct log_run *run = w->run;
    g_mutex_lock(&run->reading);
    bool is_read = source_next(run->source, &w->chunk);
    *number = run->next;
    run->next += is_read;
    g_mutex_unlock(&run->reading);
    return is_read;
}

static void await_turn(struct log_run *run, uint64_t number) {
    g_mutex_lock(&run->turning);
    while (run->turn != number)
        g_cond_wait(&run->turned, &run->turning);
    g_mutex_unlock(&run->turning);
}

static void end_turn(struct log_run *run) {
    g_mutex_lock(&run->turning);
    run->turn++;
    g_cond_broadcast(&run->turned);
    g_mutex_unlock(&run->turning);
}

static gpointer read_chunks(gpointer context) {
    struct log_worker *w = context;
    uint64_t number;
    while (take_chunk(w, &number)) {
        struct log_input input = {w->chunk.bytes, w->chunk.header,        w->chunk.now,
                                  number,         w->run->options->clock, w->chunk.is_newest_first};
        log_read(&w->reader, &input);
        if (!w->run->options->keys)
            judge_events(w);
        await_turn(w->run, number);
        join_chunk(w);
        end_turn(w->run);
    }
    pattern_thread_end();
    return NULL;
}

static struct log_worker *worker_new(struct log_run *run) {
    struct log_worker *w = g_new0(struct log_worker, 1);
    const struct reply_judge *judge = run->options->judge;
    w->run = run;
    w->judge = judge ? judge->begin(judge->context) : NULL;
    w->reader.facts.wants_stories = run->options->wants_stories;
    w->reader.facts.wants_named = run->options->wants_stories && run->options->filters.recipient;
    w->reader.facts.rules = run->options->rules;
    w->reader.facts.wants_lines = run->options->keeps_lines;
    w->chunk.buffer = g_malloc(CHUNK_BYTES + 1);
    return w;
}

static void worker_free(gpointer p) {
    struct log_worker *w = p;
    if (w->judge)
        w->run->options->judge->end(w->judge);
    log_reader_free(&w->reader);
    g_free(w->classes);
    g_free(w->for_others);
    g_free(w->hashes);
    g_free(w->chunk.buffer);
    g_free(w);
}

/* Where the system has no thread to give, the others read what it would have read. */
static void thread_add(GPtrArray *threads, struct log_worker *w) {
    GThread *thread = g_thread_try_new("mailwhy", read_chunks, w, NULL);
    if (thread)
        g_ptr_array_add(threads, thread);
}

/* Read all chunks on the calling thread and jobs - 1 others. */
static void run_workers(struct log_run *run) {
    g_autoptr(GPtrArray) workers = g_ptr_array_new_with_free_func(worker_free);
    g_autoptr(GPtrArray) threads = g_ptr_array_new();
    for (unsigned i = 0; i < MAX(run->options->jobs, 1); i++)
        g_ptr_array_add(workers, worker_new(run));
    for (guint i = 1; i < workers->len; i++)
        thread_add(threads, workers->pdata[i]);
    read_chunks(workers->pdata[0]);
    for (guint i = 0; i < threads->len; i++)
        g_thread_join(threads->pdata[i]);
    join_end(run->join); /* what is open points to what the workers' judges gave */
    for (guint i = 0; i < workers->len; i++)
        line_kinds_merge(&run->summary->kinds, &((struct log_worker *)workers->pdata[i])->reader.facts.kinds);
}

static void read_logs(struct log_run *run, GPtrArray *paths, struct join_options *join) {
    const struct log_options *options = run->options;
    struct source_watcher watcher = {report_problem, report_repeat, run};
    run->source = source_new(paths, options->folders, options->descriptors, &watcher);
    if (options->written)
        source_set_written(run->source, options->written);
    if (options->held.len)
        source_hold(run->source, options->held);
    if (options->to)
        source_cut(run->source, options->from, options->to);
    run->file_lines = g_new0(uint64_t, paths->len + 1);
    run->first_log = run->summary->pieces.logs ? run->summary->pieces.logs->len : 0;
    join->has_hosts = options->open || source_has_hosts(run->source);
    run->join = join_new(&run->summary->totals, join);
    run_workers(run);
    run->summary->bytes += source_bytes(run->source);
    source_free(run->source);
    g_free(run->file_lines);
}

void log_run_begin(struct log_summary *sum, const struct log_options *options) {
    log_summary_init(sum, options->rules);
    sum->totals.wants_busiest = options->wants_busiest;
    if (options->is_partial || options->counted)
        sum->pieces.filters = filters_words(&options->filters);
}

void log_run_read(struct log_summary *sum, GPtrArray *paths, const struct log_options *options) {
    struct log_run run = {
        .summary = sum, .options = options, .is_filtered = filters_are_set(&options->filters)};
    struct join_options join = {.wants_stories = options->wants_stories,
                                .keeps_tries = options->keeps_tries,
                                .delivered = take_delivery,
                                .handed_over = options->handed_over ? take_handed_over : NULL,
                                .tried = options->tried ? take_attempt : NULL,
                                .context = &run};
    if (options->counted) {
        join.has_hosts = true;
        run.join = join_new(&sum->totals, &join);
        join_lines(run.join, sum, paths, options);
    } else {
        read_logs(&run, paths, &join);
    }
    sum->forgotten += join_forgotten(run.join);
    sum->late += join_late(run.join);
    sum->mixed += join_mixed(run.join);
    join_free(run.join);
}

void log_run_end(struct log_summary *sum, const struct log_options *options) {
    if (options->count_others)
        options->count_others(options->context, &sum->totals);
    if (!options->is_partial)
        log_summary_sort(sum, options->jobs);
}

void log_run(struct log_summary *sum, GPtrArray *paths, const struct log_options *options) {
    log_run_begin(sum, options);
    log_run_read(sum, paths, options);
    log_run_end(sum, options);
}
