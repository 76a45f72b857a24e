/* Steps of reading logs that stand alone: see log_stages.h. */
#include "analyze/log_stages.h"

#include "analyze/deliveries/line_files.h"
#include "analyze/deliveries/summary_bytes.h"
#include "analyze/deliveries/summary_read.h"
#include "analyze/log_pieces.h"
#include "analyze/worker.h"

static const char too_many_keys[] = "has more keys than are gathered: read it in smaller pieces";

static void pass_shares(struct writing_log *w) {
    event_shares_write(&w->shares, w->events.out);
    log_append(w, w->events.out->str, w->events.out->len);
    g_string_truncate(w->events.out, 0);
}

void log_pass_events(void *context) {
    struct writing_log *w = context;
    if (w->shares.kept >= KEPT_EVENTS)
        pass_shares(w);
    log_append(w, w->events.out->str, w->events.out->len);
    g_string_truncate(w->events.out, 0);
}

static bool merge_counted(void *context, struct slice bytes) {
    struct writing_log *w = context;
    return summary_read(w->summary, &w->counted, bytes);
}

void log_read_counted(struct writing_log *w) {
    const struct log_request *r = w->request;
    struct line_files files = {r->paths, r->folders, r->descriptors, log_add_problem, merge_counted, w};
    log_summary_init(w->summary, &r->worker->why->rules);
    if (filters_are_set(&r->filters))
        w->summary->pieces.filters = filters_words(&r->filters);
    line_files_read(&files, true);
    if (!log_is_report(r))
        return;
    if (!log_wants_busiest(r)) {
        ranking_free(&w->summary->totals.rankings[RANKING_SENDERS]);
        ranking_free(&w->summary->totals.rankings[RANKING_RECIPIENTS]);
    }
    log_summary_sort(w->summary, r->jobs);
}

/* Of the logs that were read since that one: it alone, or files of an archive, which itself has no bytes. */
static struct log_identity identity_since(const GArray *logs, guint first) {
    struct log_identity all = {.bytes = 0};
    for (guint i = first; logs && i < logs->len; i++) {
        struct log_identity one = g_array_index(logs, struct log_identity, i);
        uint64_t bytes = all.bytes + one.bytes;
        if (!all.bytes)
            all = one;
        all.bytes = bytes;
    }
    return all;
}

static void write_keys(struct writing_log *w, guint log) {
    g_autoptr(GString) keys = g_string_new(NULL);
    struct log_identity identity = identity_since(w->summary->pieces.logs, log);
    w->keys.last = w->events.time;
    if (w->keys.is_full)
        log_problems_add(&w->problems, w->names->len ? w->names->pdata[0] : "-", 0, too_many_keys);
    event_keys_write(&w->keys, &identity, keys);
    log_append(w, keys->str, keys->len);
    event_keys_free(&w->keys);
    w->keys = (struct event_keys){.nodes = NULL};
}

/* What the next stage takes in place of a report. */
void log_write_counted(struct writing_log *w) {
    g_autoptr(GString) counted = g_string_new(NULL);
    if (w->request->stage.emit == STAGE_KEYS)
        return;
    if (w->request->stage.emit == STAGE_EVENTS) {
        w->summary->pieces.events.written = w->events.number;
        w->summary->pieces.events.written_sum = w->events.sum;
    }
    summary_write(w->summary, &w->counted, counted);
    if (w->request->stage.emit == STAGE_EVENTS && w->request->open) {
        g_string_append_printf(w->line, "counted %" G_GSIZE_FORMAT "\n", counted->len);
        log_append(w, counted->str, counted->len);
    } else if (w->request->stage.emit == STAGE_EVENTS) {
        event_line_write_counted(&w->events, (struct slice){counted->str, counted->len});
        log_pass_events(w);
    } else {
        log_append(w, counted->str, counted->len);
    }
}

static void read_paths(struct writing_log *w, GPtrArray *paths, const struct log_options *log) {
    guint first = w->summary->pieces.logs ? w->summary->pieces.logs->len : 0;
    log_run_read(w->summary, paths, log);
    if (log->shares)
        pass_shares(w);
    if (log->keys)
        write_keys(w, first);
}

/* Nothing of one is known to the next: neither what is open, nor a script that is about to hand in a mail. */
static void read_piece(struct writing_log *w, guint number, struct log_options log) {
    const struct log_piece *piece = &g_array_index(w->request->pieces, struct log_piece, number);
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    bool is_piped = strcmp(piece->path, "-") == 0;
    if (piece->same_as || piece->start_of) {
        log_problems_add_repeat(&w->problems, piece->name, piece->same_as ? piece->same_as : piece->start_of,
                                !piece->same_as);
        return;
    }
    g_ptr_array_add(paths, (char *)piece->path);
    g_ptr_array_add(names, (char *)piece->name);
    w->names = is_piped ? names : paths;
    w->events.place = piece->place;
    w->events.time = piece->after;
    w->events.script = (struct script_note){.len = 0};
    log.descriptors += number;
    log.name = is_piped ? piece->name : NULL;
    log.written = piece->written;
    log.from = piece->from;
    log.to = piece->to;
    read_paths(w, paths, &log);
    w->names = w->counted.names;
}

void log_read_all(struct writing_log *w, const struct log_options *log) {
    const struct log_request *r = w->request;
    log_run_begin(w->summary, log);
    for (guint i = 0; r->pieces && i < r->pieces->len; i++)
        read_piece(w, i, *log);
    if (!r->pieces)
        read_paths(w, r->paths, log);
    log_run_end(w->summary, log);
}
