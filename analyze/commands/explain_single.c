/* One input: see explain_single.h. */
#include "analyze/commands/explain_single.h"

#include "analyze/commands/complain.h"
#include "analyze/commands/explain_input.h"
#include "analyze/commands/last_words.h"
#include "analyze/commands/log.h"
#include "analyze/commands/reading.h"
#include "parsers/log/likely.h"
#include "parsers/message/mailbox.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* Reports that this process writes itself. */
struct direct {
    struct explain_run *run;
    unsigned reports;
};

static void direct_write(void *context, const char *bytes, size_t length) {
    struct explain_run *run = ((struct direct *)context)->run;
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

/* The reports of a mailbox, which is read so for --pipe alone, go where its summary is written first. */
static int explain_direct(struct explain_run *run, const struct input *file) {
    const struct options *o = run->options;
    bool is_list = is_mbox(file->bytes);
    struct direct direct = {run, 0};
    struct explaining e = {.worker = run->worker,
                           .format = run_format(run),
                           .begin_report = direct_begin,
                           .begin_message = direct_begin_message,
                           .write = direct_write,
                           .facts = direct_facts,
                           .context = &direct};
    run->sum.is_wanted &= o->summary || is_list;
    e.is_summed = run->sum.is_wanted;
    worker_begin(run->worker, o->format, is_list && !o->summary, output_write, &run->output);
    int status = explain_input(&e, run_path(run, 0), file);
    if (run->sum.is_wanted) {
        int summed = summing_finish(&run->sum, run->worker, direct.reports > 1, &run->output);
        status = MAX(status, summed);
    }
    mailwhy_end(o->format, is_list && !o->summary, output_write, &run->output);
    return status;
}

/* Only when it is read is known whether it is one message or a list. */
static int explain_open(struct explain_run *run, int fd) {
    const char *path = run_path(run, 0);
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
static void write_unread(struct explain_run *run, const char *why, GString *out) {
    const struct mailwhy_format *format = run->options->format;
    struct explaining e = {.worker = run->worker, .format = format, .write = output_append, .context = out};
    worker_begin(run->worker, format, false, output_append, out);
    explain_unread(&e, run_path(run, 0), &(struct unread){.why = why});
    mailwhy_end(format, false, output_append, out);
}

static void say_excess(void *context, GString *report, const char **notes) {
    write_unread(context, CREW_WAS_LARGE, report);
    *notes = "mailwhy: " CREW_WAS_LARGE "\n";
}

static int explain_in_time(struct explain_run *run, int fd) {
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

int explain_single(void *context) {
    struct explain_run *run = context;
    int fd = inputs_descriptor(&run->inputs, 0);
    if (fd < 0)
        fd = -errno;
    summing_begin(&run->sum, run->options, &run->inputs);
    run->worker = mailwhy_worker_new(run->why);
    run->why->notice = reading_begin(run->options, SANDBOX_READER);
    if (!why_read_dns(run->why, true))
        return STATUS_CONFIG;
    run_read_stories(run);
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
