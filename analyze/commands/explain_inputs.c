/* `mailwhy [FILE|DIR|-]...`: explain every message in the inputs, on several threads, in order. */
#define _GNU_SOURCE
#include "analyze/commands/explain_inputs.h"

#include "analyze/commands/output.h"
#include "analyze/commands/search_logs.h"
#include "parsers/base/input.h"
#include "parsers/log/source.h"
#include "parsers/message/mailbox.h"

#include <errno.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define AHEAD   4096                /* finished reports that may wait for an earlier one */
#define WAITING ((size_t)256 << 10) /* bytes of a report that wait for its end */

/* One file; an mbox in it becomes several reports, in one job's output. */
struct job {
    const char *path;
    GString *out;
    unsigned reports;
    int status;
    bool is_done, has_begun;
};

struct run {
    const struct options *options;
    const struct mailwhy *why;
    struct job *jobs;
    size_t job_count;
    size_t next, written; /* guarded by lock, as is the output */
    GMutex lock;
    GCond moved;
    unsigned waiting; /* threads that wait for it */
    struct output output;
    unsigned reports;
    int status;
    bool is_single; /* one input: only when it is read is known whether it is one message or a list */
    bool shows_progress;
    time_t shown;
};

/* Write what there is of the job whose turn it is. The lock is held. */
static void write_job(struct run *run, struct job *job) {
    if (!job->has_begun && job->reports && run->reports)
        mailwhy_separate(run->options->format, output_write, &run->output);
    job->has_begun = true;
    output_write(&run->output, job->out->str, job->out->len);
    g_string_truncate(job->out, 0);
}

struct sink {
    struct run *run;
    struct job *job;
};

static void append(void *context, const char *bytes, size_t length) {
    const struct sink *s = context;
    g_string_append_len(s->job->out, bytes, (gssize)length);
    if (s->job->out->len < WAITING)
        return;
    g_mutex_lock(&s->run->lock);
    if (s->job == &s->run->jobs[s->run->written])
        write_job(s->run, s->job);
    g_mutex_unlock(&s->run->lock);
}

static void explain_one(struct run *run, struct mailwhy_worker *worker, struct job *job,
                        struct mailwhy_input *input) {
    struct sink sink = {run, job};
    if (job->reports++)
        mailwhy_separate(run->options->format, append, &sink);
    input->is_one_of_several = run->job_count > 1;
    int status = mailwhy_explain(worker, input, run->options->format, append, &sink);
    job->status = MAX(job->status, status);
}

static void explain_mbox(struct run *run, struct mailwhy_worker *worker, struct job *job,
                         const struct input *file) {
    struct slice rest = file->bytes;
    unsigned line = 1;
    struct mailwhy_input input = {.name = job->path};
    struct slice message;
    while (mbox_next(&rest, &line, &message, &input.first_line)) {
        input.bytes = message.ptr;
        input.length = message.len;
        input.damage = rest.len == 0 ? file->damage : NULL;
        explain_one(run, worker, job, &input);
    }
}

static void explain_job(struct run *run, struct mailwhy_worker *worker, struct job *job) {
    struct input file;
    const char *name = strcmp(job->path, "-") == 0 ? "standard input" : job->path;
    struct sink sink = {run, job};
    job->out = g_string_new(NULL);
    int error = input_open(&file, job->path);
    bool is_list = !error && is_mbox(file.bytes);
    if (run->is_single)
        mailwhy_begin(run->options->format, is_list, append, &sink);
    if (error) {
        fprintf(stderr, "mailwhy: %s: %s\n", name, g_strerror(error));
        job->status = STATUS_NO_INPUT;
    } else if (is_list) {
        explain_mbox(run, worker, job, &file);
    } else {
        struct mailwhy_input input = {name, file.bytes.ptr, file.bytes.len, 1, file.damage, false};
        if (!input.damage && strcmp(job->path, "-") == 0 && log_is_likely(file.bytes))
            input.damage = "this is a mail log: `mailwhy log` explains it";
        explain_one(run, worker, job, &input);
    }
    if (run->is_single)
        mailwhy_end(run->options->format, is_list, append, &sink);
    input_close(&file);
}

static void show_progress(struct run *run) {
    time_t now = time(NULL);
    if (!run->shows_progress || now == run->shown)
        return;
    run->shown = now;
    int done = (int)(run->written * 30 / run->job_count);
    fprintf(stderr, "\r[%-30.*s] %zu of %zu", done, "##############################", run->written,
            run->job_count);
}

/* Write what is finished, in order. The lock is held. */
static void write_finished(struct run *run) {
    while (run->written < run->job_count && run->jobs[run->written].is_done) {
        struct job *job = &run->jobs[run->written++];
        write_job(run, job);
        run->reports += job->reports;
        run->status = MAX(run->status, job->status);
        g_string_free(job->out, TRUE);
        job->out = NULL;
    }
    show_progress(run);
    if (run->waiting)
        g_cond_broadcast(&run->moved);
}

static struct job *take_job(struct run *run) {
    while (run->next < run->job_count && run->next >= run->written + AHEAD) {
        run->waiting++;
        g_cond_wait(&run->moved, &run->lock);
        run->waiting--;
    }
    return run->next < run->job_count ? &run->jobs[run->next++] : NULL;
}

static gpointer work(gpointer context) {
    struct run *run = context;
    struct mailwhy_worker *worker = mailwhy_worker_new(run->why);
    g_mutex_lock(&run->lock);
    for (struct job *job; (job = take_job(run)) != NULL;) {
        g_mutex_unlock(&run->lock);
        explain_job(run, worker, job);
        g_mutex_lock(&run->lock);
        job->is_done = true;
        write_finished(run);
    }
    g_mutex_unlock(&run->lock);
    mailwhy_worker_free(worker);
    return NULL;
}

static void run_jobs(struct run *run) {
    unsigned threads = (unsigned)MIN(run->options->jobs, run->job_count);
    GPtrArray *started = g_ptr_array_new();
    for (unsigned i = 1; i < threads; i++)
        g_ptr_array_add(started, g_thread_new("mailwhy", work, run));
    work(run);
    for (guint i = 0; i < started->len; i++)
        g_thread_join(started->pdata[i]);
    g_ptr_array_free(started, TRUE);
    if (run->shows_progress)
        fputs("\r\033[K", stderr);
}

int inputs_list(const struct options *options, GPtrArray *paths) {
    int status = STATUS_OK;
    for (size_t i = 0; i < options->argument_count; i++) {
        struct stat st;
        const char *path = options->arguments[i];
        if (strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
            folder_list(path, paths);
        else
            g_ptr_array_add(paths, g_strdup(path));
    }
    if (options->argument_count == 0)
        g_ptr_array_add(paths, g_strdup("-"));
    return status;
}

static bool are_logs(GPtrArray *paths) {
    for (guint i = 0; i < paths->len; i++)
        if (!source_is_log(paths->pdata[i]))
            return false;
    return paths->len > 0;
}

int command_explain_inputs(struct options *options) {
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    inputs_list(options, paths);
    if (options->argument_count && are_logs(paths))
        return command_log(options);
    struct run run = {.options = options, .why = options_load(options)};
    if (!run.why)
        return STATUS_CONFIG;
    run.job_count = paths->len;
    run.is_single = paths->len == 1 && options->argument_count <= 1;
    run.jobs = g_new0(struct job, paths->len + 1);
    for (guint i = 0; i < paths->len; i++)
        run.jobs[i].path = paths->pdata[i];
    struct log_search search;
    if (options->logs->len)
        run.status = search_logs(options, (struct mailwhy *)run.why, paths, &search);
    run.shows_progress =
        options->progress == 1 || (options->progress < 0 && paths->len > 2000 && isatty(STDERR_FILENO));
    if (!output_open(&run.output, options->output))
        run.status = STATUS_OUTPUT;
    else {
        if (!run.is_single)
            mailwhy_begin(options->format, true, output_write, &run.output);
        run_jobs(&run);
        if (!run.is_single)
            mailwhy_end(options->format, true, output_write, &run.output);
        if (!output_close(&run.output))
            run.status = STATUS_OUTPUT;
    }
    g_free(run.jobs);
    if (options->logs->len)
        search_free(&search);
    mailwhy_free((struct mailwhy *)run.why);
    return run.status;
}
