/* `mailwhy log FILE...`: what became of every recipient, why, and what to fix first. */
#define _GNU_SOURCE
#include "analyze/commands/log.h"

#include "analyze/classify/known.h"
#include "analyze/commands/complain.h"
#include "analyze/commands/load.h"
#include "analyze/commands/log_problems.h"
#include "analyze/commands/reading.h"
#include "analyze/commands/reading_apart.h"
#include "analyze/deliveries/reply_cache.h"
#include "analyze/deliveries/tables.h"
#include "analyze/internal.h"
#include "analyze/report/structure_log.h"
#include "parsers/log/source.h"
#include "parsers/rules/packed.h"

#include <time.h>
#include <unistd.h>

#define NEAREST 8 /* names, among them causes, that are named in place of one that does not exist */

struct writing_log {
    const struct mailwhy_format *format;
    struct output *output;
    GString *line;
    struct mailwhy_worker *worker;
    GPtrArray *names;
    const size_t *folders;
    const int *descriptors;
    struct slice held;
    struct log_problems problems;
    struct mail_stories stories; /* of pages and JSON that tell of certain mails */
    time_t shown;                /* when the progress was last shown */
};

/* Lines are many and short: they are passed on in pieces. */
static void append(void *context, const char *bytes, size_t length) {
    struct writing_log *w = context;
    g_string_append_len(w->line, bytes, (gssize)length);
    if (w->line->len < 65536)
        return;
    output_write(w->output, w->line->str, w->line->len);
    g_string_truncate(w->line, 0);
}

static void write_delivery(void *context, const struct delivery *d) {
    struct writing_log *w = context;
    struct log_record record = {d, w->worker->matcher,
                                d->file < w->names->len ? w->names->pdata[d->file] : NULL};
    worker_write(w->worker, w->format, &form_delivery, &record, append, w);
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

/* Once a second, on one line that is written again and again. */
static void show_progress(void *context, double share) {
    struct writing_log *w = context;
    time_t now = time(NULL);
    if (now == w->shown)
        return;
    w->shown = now;
    fprintf(stderr, "\r[%-30.*s] %3d %%", (int)(share * 30), "##############################",
            (int)(share * 100));
}

static void write_summary(const struct options *options, const struct log_summary *summary,
                          bool matches_nothing, struct writing_log *w) {
    bool names_zone = !summary->has_local && summary->first != -1 && !options->tz;
    struct zone *of_lines = names_zone ? zone_new_fixed(summary->first_offset) : NULL;
    const struct zone *zone = of_lines ? of_lines : options->zone;
    struct log_tables tables = {.matcher = w->worker->matcher,
                                .names = w->names,
                                .problems = w->problems.texts,
                                .notes = w->problems.notes,
                                .is_filtered = filters_are_set(&options->filters),
                                .matches_nothing = matches_nothing,
                                .stories = w->stories.stories ? &w->stories : NULL,
                                .zone_from = !summary->has_local ? LOG_ZONE_LINE
                                             : options->tz       ? LOG_ZONE_OPTION
                                                                 : LOG_ZONE_ASSUMED,
                                .zone = zone,
                                .top = options->top ? options->top : 10};
    log_tables_build(&tables, summary, &w->worker->arena);
    worker_write(w->worker, w->format, &form_log, &tables, append, w);
    zone_free(of_lines);
}

static void add_repeat(void *context, const char *path, const char *other, bool is_start) {
    log_problems_add_repeat(&((struct writing_log *)context)->problems, path, other, is_start);
}

static void read_logs(struct writing_log *w, const struct options *options, const struct mailwhy *why,
                      struct log_summary *summary) {
    bool shows_progress = options->progress == 1 || (options->progress < 0 && isatty(STDERR_FILENO));
    struct reply_judge judge = reply_cache_as_judge(why->set);
    bool tells_stories = w->stories.stories != NULL;
    struct log_watcher watcher = {add_problem, shows_progress ? show_progress : NULL, w, add_repeat};
    struct log_options log = {.folders = w->folders,
                              .descriptors = w->descriptors,
                              .held = w->held,
                              .jobs = options->jobs,
                              .wants_stories = w->format->is_records || filters_are_set(&options->filters),
                              .wants_busiest = options->library.verbose || !w->format->medium,
                              .keeps_tries = tells_stories,
                              .keeps_lines = tells_stories && options->lines,
                              .clock = &options->clock,
                              .filters = options->filters,
                              .judge = &judge,
                              .matcher = w->worker->matcher,
                              .rules = &why->rules,
                              .watcher = &watcher,
                              .delivered = w->format->is_records ? write_delivery
                                           : tells_stories       ? keep_story
                                                                 : NULL,
                              .passes = tells_stories ? is_asked_for : NULL,
                              .handed_over = tells_stories ? keep_leg : NULL,
                              .context = w};
    log_run(summary, w->names, &log);
    if (shows_progress)
        fputs("\r\033[K", stderr);
    log_problems_add_no_log(&w->problems, summary->lines, log_summary_known_lines(summary));
}

static bool is_nothing_open(const struct log_call *call) {
    for (guint i = 0; i < call->inputs->paths->len; i++)
        if (call->descriptors[i] >= 0)
            return false;
    return true;
}

/* There is nothing to report on. */
static int complain_of_all(const struct log_call *call) {
    for (guint i = 0; i < call->inputs->paths->len; i++)
        complain_of_input_error(call->inputs->paths->pdata[i], -call->descriptors[i]);
    output_drop(call->output);
    return STATUS_NO_INPUT;
}

int log_report(const struct log_call *call) {
    struct options *options = call->options;
    struct log_summary summary;
    struct writing_log w = {.format = options->format,
                            .output = call->output,
                            .line = g_string_new(NULL),
                            .worker = call->worker,
                            .names = call->inputs->paths,
                            .folders = inputs_folders(call->inputs),
                            .descriptors = call->descriptors,
                            .held = call->held};
    const struct mailwhy *why = call->worker->why;
    log_problems_init(&w.problems);
    w.problems.status = call->inputs->status;
    if (why->notice)
        g_ptr_array_add(w.problems.texts, g_strdup(why->notice));
    mailwhy_begin(options->format, false, append, &w);
    if (!options->format->is_records && filters_name_mail(&options->filters))
        mail_stories_init(&w.stories, &options->filters);
    read_logs(&w, options, why, &summary);
    if (w.stories.stories)
        mail_stories_sort(&w.stories);
    bool matches_nothing = filters_are_set(&options->filters) && !totals_are_any(&summary.totals);
    if (!options->format->is_records)
        write_summary(options, &summary, matches_nothing, &w);
    else if (matches_nothing)
        complain("nothing in the log matches what was asked for");
    mailwhy_end(options->format, false, append, &w);
    output_write(call->output, w.line->str, w.line->len);
    log_problems_print(&w.problems);
    int status = w.problems.status;
    log_problems_free(&w.problems);
    mail_stories_free(&w.stories);
    log_summary_free(&summary);
    g_string_free(w.line, TRUE);
    return status;
}

/* The process enters the sandbox here. */
static int enter_and_report(void *context) {
    struct log_call *call = context;
    struct mailwhy *why = (struct mailwhy *)call->worker->why;
    why->notice = reading_begin(call->options, SANDBOX_READER);
    return log_report(call);
}

static int run_log(struct options *options, const struct mailwhy *why, const struct inputs *inputs) {
    struct output output;
    if (!output_open(&output, options->output))
        return STATUS_OUTPUT;
    int *descriptors = source_open_all(inputs->paths, inputs_folders(inputs));
    struct log_call call = {options, inputs, descriptors, mailwhy_worker_new(why), &output, SLICE_EMPTY};
    int status =
        is_nothing_open(&call) ? complain_of_all(&call) : reading_apart(&output, enter_and_report, &call);
    mailwhy_worker_free(call.worker);
    source_close_all(descriptors, inputs->paths->len);
    return output_close(&output) || output.is_dropped || status == STATUS_BUG ? status : STATUS_OUTPUT;
}

/* A cause that does not exist would match nothing. */
static int check_cause(const struct options *options, const struct mailwhy *why) {
    const char *wanted = options->filters.cause;
    const char *names[NEAREST];
    size_t len = wanted ? strlen(wanted) : 0;
    if (!wanted)
        return STATUS_OK;
    const struct rule_list *causes = &why->rules.lists[RULES_CAUSES];
    for (size_t i = 0; i < causes->count; i++) {
        const struct cause *cause = rule_list_entry(causes, i);
        if (strncmp(cause->id, wanted, len) == 0 && (cause->id[len] == '\0' || cause->id[len] == '.'))
            return STATUS_OK;
    }
    g_autoptr(GString) near = g_string_new(NULL);
    size_t count = known_nearest(&why->rules, slice_of(wanted), names, NEAREST);
    for (size_t i = 0; i < count; i++)
        if (strchr(names[i], '.'))
            g_string_append_printf(near, "%s%s", near->len ? ", " : "; near it: ", names[i]);
    return usage_error(options->command, "there is no cause `%s`%s", wanted, near->str);
}

int log_inputs(struct options *options, const struct inputs *inputs) {
    struct mailwhy *why = options_load(options);
    if (!why)
        return STATUS_CONFIG;
    int status = check_cause(options, why);
    if (status == STATUS_OK)
        status = run_log(options, why, inputs);
    mailwhy_free(why);
    return status;
}

int command_log(struct options *options) {
    struct inputs inputs;
    inputs_list(&inputs, options);
    int status = log_inputs(options, &inputs);
    inputs_free(&inputs);
    return status;
}
