/* Several inputs: see explain_several.h. */
#include "analyze/commands/explain_several.h"

#include "analyze/commands/explain_input.h"
#include "analyze/commands/jobs.h"
#include "analyze/commands/load.h"
#include "analyze/commands/reading.h"
#include "analyze/crew/crew_process.h"
#include "parsers/base/text.h"
#include "parsers/log/likely.h"

#include <sys/stat.h>
#include <unistd.h>

#define MANY  500 /* inputs for which compiling all patterns beforehand takes less time than it saves */
#define LARGE ((off_t)8 << 20) /* the same of one mailbox, in bytes */

/* What a process of the crew works with. */
struct hand {
    struct explain_run *run;
    struct mailwhy_worker *worker;
};

static void *begin_hand(const void *context) {
    struct hand *hand = g_new0(struct hand, 1);
    hand->run = (struct explain_run *)context; /* this process's own */
    hand->worker = hand->run->worker;
    worker_start_second(hand->worker);
    hand->run->why->notice = reading_begin(hand->run->options, SANDBOX_WORKER);
    why_read_dns(hand->run->why, false);
    run_read_stories(hand->run);
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
    const struct explain_run *run = hand->run;
    const char *path = run_path(run, order->number);
    struct explaining e = {.worker = hand->worker,
                           .format = run_format(run),
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
    return inputs_job(&((const struct explain_run *)context)->inputs, number, reach, NULL, status);
}

static void end_job(const void *context, size_t number) {
    inputs_end_job(&((const struct explain_run *)context)->inputs, number);
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
    const struct explain_run *run = context;
    struct failing failing = {sink, sink_context, facts};
    struct explaining e = {.worker = run->worker,
                           .format = run_format(run),
                           .is_one_of_several = run->inputs.paths->len > 1,
                           .is_summed = run->sum.is_wanted,
                           .number = number,
                           .write = failing_write,
                           .facts = failing_facts,
                           .context = &failing};
    explain_unread(&e, run_path(run, number), &(struct unread){loss->place, loss->line, loss->why});
}

/* Behind the last report: how many there are beyond the bound. */
static void say_left_out(struct explain_run *run, size_t count) {
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
static int write_several(struct explain_run *run, struct job_plan *plan) {
    struct job_counts counts = {0};
    plan->take_log = summing_take_log;
    plan->facts_context = &run->sum;
    if (!run->sum.is_wanted) {
        int told = plan->count ? jobs_run(plan, &counts) : STATUS_OK;
        int logs = summing_report_logs(&run->sum, run->worker, counts.reports > 0, &run->output);
        return MAX(told, logs);
    }
    plan->format = run_format(run);
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
static bool is_large(const struct explain_run *run) {
    int fd = run->inputs.paths->len == 1 ? inputs_descriptor(&run->inputs, 0) : -1;
    struct stat st;
    bool is_one = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > LARGE;
    if (fd >= 0)
        close(fd);
    return is_one;
}

int explain_several(struct explain_run *run) {
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
