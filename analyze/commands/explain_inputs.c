/* `mailwhy [FILE|DIR|-]...`: explain every message in the inputs. One input is read by this process, several
 * by a crew of processes; both are in a sandbox by then. */
#define _GNU_SOURCE
#include "analyze/commands/explain_inputs.h"

#include "analyze/commands/complain.h"
#include "analyze/commands/explain_input.h"
#include "analyze/commands/inputs.h"
#include "analyze/commands/jobs.h"
#include "analyze/commands/last_words.h"
#include "analyze/commands/load.h"
#include "analyze/commands/log.h"
#include "analyze/commands/output.h"
#include "analyze/commands/reading.h"
#include "analyze/commands/reading_apart.h"
#include "analyze/commands/search_logs.h"
#include "analyze/commands/summing.h"
#include "analyze/crew/crew_process.h"
#include "analyze/deliveries/story_bytes.h"
#include "analyze/report/format.h"
#include "analyze/worker.h"
#include "parsers/base/text.h"
#include "parsers/log/likely.h"
#include "parsers/message/mailbox.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#define MANY  500 /* inputs for which compiling all patterns beforehand takes less time than it saves */
#define LARGE ((off_t)8 << 20) /* the same of one mailbox, in bytes */

struct run {
    struct options *options;
    struct inputs inputs;
    struct output output;
    struct mailwhy *why;
    struct mailwhy_worker *worker; /* of this process */
    struct summing sum;
    GString *stories;         /* that were found in logs, as bytes; NULL: none are looked up */
    struct log_search search; /* the same, where they are read */
};

static const char *path_of(const struct run *run, size_t number) {
    return run->inputs.paths->pdata[number];
}

/* What was found in logs is read where the inputs are, and as they are: in the sandbox. */
static void read_stories(struct run *run) {
    if (!run->stories)
        return;
    search_init(&run->search);
    stories_read(&run->search, (struct slice){run->stories->str, run->stories->len});
    run->why->search = &run->search;
}

/* --- one input --- */

/* Reports that this process writes itself. */
struct direct {
    struct run *run;
    unsigned reports;
};

static void direct_write(void *context, const char *bytes, size_t length) {
    struct run *run = ((struct direct *)context)->run;
    if (run->sum.is_wanted)
        spool_write(&run->sum.reports, bytes, length);
    else
        output_write(&run->output, bytes, length);
}

static void direct_begin(void *context) {
    struct direct *d = context;
    if (d->reports++ && !d->run->options->summary)
        mailwhy_separate(d->run->options->format, direct_write, d);
}

static void direct_begin_message(void *context, uint64_t line, size_t bytes, int status) {
    (void)line, (void)bytes, (void)status;
    direct_begin(context);
}

static void direct_facts(void *context, const char *bytes, size_t length) {
    summing_take_facts(&((struct direct *)context)->run->sum, 0, bytes, length);
}

/* The format of the reports; NULL: none are wanted. */
static const struct mailwhy_format *report_format(const struct run *run) {
    return run->options->summary ? NULL : run->options->format;
}

/* The reports of a mailbox, which is read so for --pipe alone, go where its summary is written first. */
static int explain_direct(struct run *run, const struct input *file) {
    const struct options *o = run->options;
    bool is_list = is_mbox(file->bytes);
    struct direct direct = {run, 0};
    struct explaining e = {.worker = run->worker,
                           .format = report_format(run),
                           .begin_report = direct_begin,
                           .begin_message = direct_begin_message,
                           .write = direct_write,
                           .facts = direct_facts,
                           .context = &direct};
    run->sum.is_wanted &= o->summary || is_list;
    e.is_summed = run->sum.is_wanted;
    worker_begin(run->worker, o->format, is_list && !o->summary, output_write, &run->output);
    int status = explain_input(&e, path_of(run, 0), file);
    if (run->sum.is_wanted) {
        int summed = summing_finish(&run->sum, run->worker, direct.reports > 1, &run->output);
        status = MAX(status, summed);
    }
    mailwhy_end(o->format, is_list && !o->summary, output_write, &run->output);
    return status;
}

/* Only when it is read is known whether it is one message or a list. */
static int explain_open(struct run *run, int fd) {
    const char *path = path_of(run, 0);
    struct input file = {0};
    int error = fd < 0 ? -fd : input_read(&file, fd, strcmp(path, "-") != 0);
    if (error) {
        complain_of_input_error(path, error);
        return STATUS_NO_INPUT;
    }
    last_words_count(file.bytes.len);
    if (!run->options->pipe && input_is_log(run->worker, file.bytes)) {
        struct log_call log = {run->options, &run->inputs, &fd,
                               run->worker,  &run->output, .held = file.bytes};
        int status = log_call_report(&log);
        input_close(&file);
        return status;
    }
    int status = STATUS_USAGE;
    if (filters_are_set(&run->options->filters) && !run->options->pipe) {
        output_drop(&run->output);
        usage_error(run->options->command, "filters such as --sender are for logs, and this is none");
    } else {
        status = explain_direct(run, &file);
    }
    input_close(&file);
    return status;
}

/* A whole report that says why there is none. */
static void write_unread(struct run *run, const char *why, GString *out) {
    const struct mailwhy_format *format = run->options->format;
    struct explaining e = {.worker = run->worker, .format = format, .write = output_append, .context = out};
    worker_begin(run->worker, format, false, output_append, out);
    explain_unread(&e, path_of(run, 0), &(struct unread){.why = why});
    mailwhy_end(format, false, output_append, out);
}

static void say_excess(void *context, GString *report, const char **notes) {
    write_unread(context, CREW_WAS_LARGE, report);
    *notes = "mailwhy: " CREW_WAS_LARGE "\n";
}

static int explain_in_time(struct run *run, int fd) {
    g_autoptr(GString) late = g_string_new(NULL);
    struct last_words words = {&run->output, late, "mailwhy: " CREW_WAS_LATE "\n", say_excess, run};
    struct stat st;
    write_unread(run, CREW_WAS_LATE, late);
    last_words_begin(&words);
    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
        last_words_count((size_t)st.st_size);
    int status = explain_open(run, fd);
    last_words_end();
    return status;
}

static int explain_single(void *context) {
    struct run *run = context;
    int fd = inputs_descriptor(&run->inputs, 0);
    if (fd < 0)
        fd = -errno;
    summing_begin(&run->sum, run->options, &run->inputs);
    run->worker = mailwhy_worker_new(run->why);
    run->why->notice = reading_begin(run->options, SANDBOX_READER);
    if (!why_read_dns(run->why, true))
        return STATUS_CONFIG;
    read_stories(run);
    bool is_log =
        !run->options->pipe && fd >= 0 && !log_descriptor_is_short(fd) && log_descriptor_is_likely(fd);
    struct log_call log = {run->options, &run->inputs, &fd, run->worker, &run->output, .open = NULL};
    int status = is_log ? log_call_report(&log) : explain_in_time(run, fd);
    if (fd >= 0)
        close(fd);
    summing_end(&run->sum);
    mailwhy_worker_free(run->worker);
    return status;
}

/* --- several, or a mailbox --- */

/* What a process of the crew works with. */
struct hand {
    struct run *run;
    struct mailwhy_worker *worker;
};

static void *begin_hand(const void *context) {
    struct hand *hand = g_new0(struct hand, 1);
    hand->run = (struct run *)context; /* this process's own */
    hand->worker = hand->run->worker;
    worker_start_second(hand->worker);
    hand->run->why->notice = reading_begin(hand->run->options, SANDBOX_WORKER);
    why_read_dns(hand->run->why, false);
    read_stories(hand->run);
    return hand;
}

static void hand_begin_report(void *context) {
    crew_begin_report(context);
}

static void hand_begin_message(void *context, uint64_t line, size_t bytes, int status) {
    crew_begin_message(context, line, bytes, status);
}

static void hand_write(void *context, const char *bytes, size_t length) {
    crew_write(context, bytes, length);
}

static void hand_facts(void *context, const char *bytes, size_t length) {
    crew_write_facts(context, bytes, length);
}

static int explain_handed(void *self, const struct crew_order *order, struct crew_desk *desk) {
    const struct hand *hand = self;
    const struct run *run = hand->run;
    const char *path = path_of(run, order->number);
    struct explaining e = {.worker = hand->worker,
                           .format = report_format(run),
                           .is_one_of_several = run->inputs.paths->len > 1,
                           .is_summed = run->sum.is_wanted,
                           .number = order->number,
                           .done = order->done,
                           .begin_report = hand_begin_report,
                           .begin_message = hand_begin_message,
                           .write = hand_write,
                           .facts = hand_facts,
                           .context = desk};
    struct input file;
    bool is_log = log_descriptor_is_likely(order->opened.fd);
    if (is_log && (e.is_summed || !log_descriptor_is_short(order->opened.fd))) {
        crew_close(order);
        crew_say_log(desk);
        return STATUS_OK;
    }
    int error = crew_read(desk, order, strcmp(path, "-") != 0, &file);
    if (error) {
        crew_begin_report(desk);
        explain_unread(&e, path, &(struct unread){.why = g_strerror(error)});
        return STATUS_NO_INPUT;
    }
    int status = STATUS_OK;
    if (is_log && input_is_log(hand->worker, file.bytes))
        crew_say_log(desk);
    else
        status = explain_input(&e, path, &file);
    worker_forget(hand->worker);
    input_forget(&file);
    return status;
}

static struct crew_opened open_job(const void *context, size_t number, enum crew_reach reach, int *status) {
    return inputs_job(&((const struct run *)context)->inputs, number, reach, NULL, status);
}

static void end_job(const void *context, size_t number) {
    inputs_end_job(&((const struct run *)context)->inputs, number);
}

/* A failure's report goes to the sink of the jobs, what it says for the summary into a text. */
struct failing {
    mailwhy_sink *sink;
    void *context;
    GString *facts;
};

static void failing_write(void *context, const char *bytes, size_t length) {
    const struct failing *f = context;
    f->sink(f->context, bytes, length);
}

static void failing_facts(void *context, const char *bytes, size_t length) {
    g_string_append_len(((const struct failing *)context)->facts, bytes, (gssize)length);
}

static void report_failure(const void *context, size_t number, const struct crew_loss *loss,
                           mailwhy_sink *sink, void *sink_context, GString *facts) {
    const struct run *run = context;
    struct failing failing = {sink, sink_context, facts};
    struct explaining e = {.worker = run->worker,
                           .format = report_format(run),
                           .is_one_of_several = run->inputs.paths->len > 1,
                           .is_summed = run->sum.is_wanted,
                           .number = number,
                           .write = failing_write,
                           .facts = failing_facts,
                           .context = &failing};
    explain_unread(&e, path_of(run, number), &(struct unread){loss->place, loss->line, loss->why});
}

/* Behind the last report: how many there are beyond the bound. */
static void say_left_out(struct run *run, size_t count) {
    const struct mailwhy_format *format = run->options->format;
    struct arena arena = {0};
    g_autoptr(GString) text = g_string_new(NULL);
    if (!count || !format->heading)
        return;
    mailwhy_separate(format, output_write, &run->output);
    format->heading(text, SLICE_EMPTY,
                    arena_printf(&arena,
                                 "and %.*s more, which would make this page too large: the program "
                                 "on your own machine shows all",
                                 S(text_count(&arena, count, SLICE(",")))));
    output_write(&run->output, text->str, text->len);
    arena_free(&arena);
}

/* The reports and, before them, their summary; behind them the logs, where none is wanted. */
static int write_several(struct run *run, struct job_plan *plan) {
    struct job_counts counts = {0};
    plan->take_log = summing_take_log;
    plan->facts_context = &run->sum;
    if (!run->sum.is_wanted) {
        int told = plan->count ? jobs_run(plan, &counts) : STATUS_OK;
        int logs = summing_report_logs(&run->sum, run->worker, counts.reports > 0, &run->output);
        return MAX(told, logs);
    }
    plan->format = report_format(run);
    plan->sink = spool_write;
    plan->sink_context = &run->sum.reports;
    plan->take_facts = summing_take_facts;
    int status = plan->count ? jobs_run(plan, &counts) : STATUS_OK;
    bool has_many = plan->count > 1 || counts.reports > 1;
    int summed = summing_finish_apart(&run->sum, run->worker, has_many, &run->output);
    say_left_out(run, counts.left_out);
    return MAX(status, summed);
}

/* One mailbox, which takes longer to read than compiling all patterns does. */
static bool is_large(const struct run *run) {
    int fd = run->inputs.paths->len == 1 ? inputs_descriptor(&run->inputs, 0) : -1;
    struct stat st;
    bool is_one = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > LARGE;
    if (fd >= 0)
        close(fd);
    return is_one;
}

static int explain_several(struct run *run) {
    const struct options *o = run->options;
    size_t count = run->inputs.paths->len;
    int wrong = options_check_dns(o, run->why);
    struct job_plan plan = {.count = count,
                            .crew = {.size = (unsigned)CLAMP(count, 1, o->jobs),
                                     .is_isolated = o->isolate,
                                     .milliseconds = CREW_INPUT_SECONDS * 1000,
                                     .context = run,
                                     .begin = begin_hand,
                                     .run = explain_handed},
                            .shows_progress =
                                o->progress == 1 || (o->progress < 0 && count > 1 && isatty(STDERR_FILENO)),
                            .format = o->format,
                            .sink = output_write,
                            .sink_context = &run->output,
                            .most_bytes = o->most_reported,
                            .open = open_job,
                            .ended = end_job,
                            .fail = report_failure,
                            .context = run};
    if (wrong)
        return wrong;
    reading_prepare();
    summing_begin(&run->sum, o, &run->inputs);
    run->worker = worker_new_alone(run->why);
    if (count >= MANY || is_large(run))
        matcher_compile_all(run->worker->matcher, plan.crew.size);
    worker_begin(run->worker, o->format, !o->summary, output_write, &run->output);
    int status = write_several(run, &plan);
    mailwhy_end(o->format, !o->summary, output_write, &run->output);
    summing_end(&run->sum);
    mailwhy_worker_free(run->worker);
    return status;
}

/* --- the command --- */

static int explain_all(struct run *run) {
    const struct options *o = run->options;
    bool is_single = run->inputs.paths->len == 1 && o->argument_count <= 1;
    bool is_mail = is_single && (o->pipe || !inputs_are_mailbox(o, &run->inputs));
    if (!output_open(&run->output, o->output))
        return STATUS_OUTPUT;
    if (o->pipe)
        output_keep_all(&run->output);
    int status = is_mail ? reading_apart(&run->output, explain_single, run) : explain_several(run);
    if (status == STATUS_CONFIG || (status == STATUS_NO_INPUT && output_is_empty(&run->output)))
        output_drop(&run->output);
    return output_close(&run->output) || status == STATUS_BUG || status == STATUS_CONFIG ? status
                                                                                         : STATUS_OUTPUT;
}

static int explain_listed(struct run *run) {
    struct options *options = run->options;
    run->why = options_load_unread(options);
    if (!run->why)
        return STATUS_CONFIG;
    int searched = log_check_cause(options, run->why);
    searched = MAX(searched, run->inputs.status);
    if (searched != STATUS_USAGE && (options->logs->len || options->given_logs)) {
        run->stories = g_string_new(NULL);
        int found = search_logs(options, run->why, &run->inputs, run->stories);
        searched = MAX(searched, found);
    }
    int status = searched == STATUS_USAGE ? searched : explain_all(run);
    if (run->stories)
        g_string_free(run->stories, TRUE);
    mailwhy_free(run->why);
    return status == STATUS_OUTPUT ? status : MAX(status, searched);
}

int command_explain_inputs(struct options *options) {
    struct run run = {.options = options};
    inputs_list(&run.inputs, options);
    bool is_single = run.inputs.paths->len == 1 && options->argument_count <= 1;
    bool are_named = options->argument_count || options->given;
    bool are_logs = are_named && !is_single && inputs_are_logs(options, &run.inputs);
    int status = are_logs ? log_inputs(options, &run.inputs) : explain_listed(&run);
    inputs_free(&run.inputs);
    return status;
}
