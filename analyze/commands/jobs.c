/* Jobs in order: see jobs.h. */
#include "analyze/commands/jobs.h"

#include <glib.h>
#include <time.h>

#define AHEAD   4096                /* finished jobs that may wait for an earlier one */
#define WAITING ((size_t)256 << 10) /* bytes of a job that are kept until its end */

struct job {
    struct jobs *jobs;
    GString *out;
    unsigned reports;
    bool is_done, has_begun;
};

struct jobs {
    const struct job_plan *plan;
    struct job *of;
    size_t next, written; /* guarded by lock, as are the sink and what follows */
    GMutex lock;
    GCond moved;
    unsigned waiting; /* threads that wait for it */
    unsigned reports; /* of the jobs that are written */
    int status;
    time_t shown;
};

/* Write what there is of the first job that is not wholly written. The lock is held. */
static void write_job(struct jobs *jobs, struct job *job) {
    const struct job_plan *plan = jobs->plan;
    if (!job->has_begun && job->reports && jobs->reports)
        mailwhy_separate(plan->format, plan->sink, plan->sink_context);
    job->has_begun = true;
    plan->sink(plan->sink_context, job->out->str, job->out->len);
    g_string_truncate(job->out, 0);
}

void job_write(void *context, const char *bytes, size_t length) {
    struct job *job = context;
    struct jobs *jobs = job->jobs;
    g_string_append_len(job->out, bytes, (gssize)length);
    if (job->out->len < WAITING)
        return;
    g_mutex_lock(&jobs->lock);
    if (job == &jobs->of[jobs->written])
        write_job(jobs, job);
    g_mutex_unlock(&jobs->lock);
}

void job_begin_report(struct job *job) {
    if (job->reports++)
        mailwhy_separate(job->jobs->plan->format, job_write, job);
}

static void show_progress(struct jobs *jobs) {
    size_t count = jobs->plan->count;
    time_t now = time(NULL);
    if (!jobs->plan->shows_progress || now == jobs->shown)
        return;
    jobs->shown = now;
    int done = (int)(jobs->written * 30 / count);
    fprintf(stderr, "\r[%-30.*s] %zu of %zu", done, "##############################", jobs->written, count);
}

/* Write what is finished, in order. The lock is held. */
static void write_finished(struct jobs *jobs) {
    while (jobs->written < jobs->plan->count && jobs->of[jobs->written].is_done) {
        struct job *job = &jobs->of[jobs->written++];
        write_job(jobs, job);
        jobs->reports += job->reports;
        g_string_free(job->out, TRUE);
        job->out = NULL;
    }
    show_progress(jobs);
    if (jobs->waiting)
        g_cond_broadcast(&jobs->moved);
}

/* The next job, not too far ahead of the first that is not written; NULL at the end. The lock is held. */
static struct job *take_job(struct jobs *jobs) {
    while (jobs->next < jobs->plan->count && jobs->next >= jobs->written + AHEAD) {
        jobs->waiting++;
        g_cond_wait(&jobs->moved, &jobs->lock);
        jobs->waiting--;
    }
    return jobs->next < jobs->plan->count ? &jobs->of[jobs->next++] : NULL;
}

/* What one thread works with. */
struct hand {
    struct jobs *jobs;
    struct mailwhy_worker *worker;
};

static gpointer work(gpointer context) {
    struct hand *hand = context;
    struct jobs *jobs = hand->jobs;
    const struct job_plan *plan = jobs->plan;
    struct mailwhy_worker *worker = hand->worker;
    g_mutex_lock(&jobs->lock);
    for (struct job *job; (job = take_job(jobs)) != NULL;) {
        g_mutex_unlock(&jobs->lock);
        job->jobs = jobs;
        job->out = g_string_new(NULL);
        int status = plan->run(plan->context, worker, (size_t)(job - jobs->of), job);
        g_mutex_lock(&jobs->lock);
        job->is_done = true;
        jobs->status = MAX(jobs->status, status);
        write_finished(jobs);
    }
    g_mutex_unlock(&jobs->lock);
    mailwhy_worker_free(worker);
    return NULL;
}

int jobs_run(const struct job_plan *plan) {
    struct jobs jobs = {.plan = plan, .of = g_new0(struct job, plan->count + 1)};
    unsigned threads = (unsigned)MAX(MIN(plan->threads, plan->count), 1);
    g_autofree struct hand *hands = g_new(struct hand, threads);
    g_autoptr(GPtrArray) started = g_ptr_array_new();
    for (unsigned i = 0; i < threads; i++) /* before there are threads: a worker may start processes */
        hands[i] = (struct hand){&jobs, mailwhy_worker_new(plan->why)};
    for (unsigned i = 1; i < threads; i++)
        g_ptr_array_add(started, g_thread_new("mailwhy", work, &hands[i]));
    work(&hands[0]);
    for (guint i = 0; i < started->len; i++)
        g_thread_join(started->pdata[i]);
    if (plan->shows_progress)
        fputs("\r\033[K", stderr);
    g_free(jobs.of);
    return jobs.status;
}
