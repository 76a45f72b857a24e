/* Jobs in order: see jobs.h. */
#include "analyze/commands/jobs.h"

#include "analyze/status.h"

#include <glib.h>
#include <stdio.h>
#include <time.h>

#define AHEAD   4096               /* finished jobs that may wait for an earlier one */
#define WAITING ((size_t)64 << 20) /* bytes of reports that may wait before others are made */

struct job {
    GString *out;   /* NULL: nothing was written, or all is */
    size_t whole;   /* bytes of it that are whole reports */
    GString *facts; /* NULL: the same of what is said for a summary */
    size_t whole_facts;
    GArray *lengths; /* size_t: of each of the whole reports, where there is a bound; NULL: there is none */
    bool has_report, has_first, is_done;
    bool is_open; /* its last report is not whole */
};

struct jobs {
    const struct job_plan *plan;
    struct crew *crew;
    struct job *of;
    size_t next, written;     /* the next to be handed over; to be written */
    size_t waiting;           /* bytes of all that is not written */
    struct job_counts counts; /* reports that were begun; that are left out */
    size_t bytes;             /* of reports that were written, where there is a bound */
    bool is_full;             /* nothing more is written */
    unsigned batch;           /* how many are handed over at once */
    bool has_report;          /* was one written? */
    int status;
    time_t shown;
};

/* --- writing, in order --- */

static void separate(const struct job_plan *plan, mailwhy_sink *sink, void *context) {
    if (plan->format)
        mailwhy_separate(plan->format, sink, context);
}

static void append(void *context, const char *bytes, size_t length) {
    struct job *job = context;
    if (!job->out)
        job->out = g_string_sized_new(MAX(length, 512));
    g_string_append_len(job->out, bytes, (gssize)length);
}

static void append_facts(struct job *job, const char *bytes, size_t length) {
    if (!job->facts)
        job->facts = g_string_sized_new(MAX(length, 512));
    g_string_append_len(job->facts, bytes, (gssize)length);
}

/* All that there is, in both. */
static void note_whole(struct job *job) {
    size_t length = (job->out ? job->out->len : 0) - job->whole;
    if (job->lengths && length)
        g_array_append_val(job->lengths, length);
    job->whole += length;
    job->whole_facts = job->facts ? job->facts->len : 0;
    job->is_open = false;
}

static void take_facts(struct jobs *jobs, struct job *job) {
    const struct job_plan *plan = jobs->plan;
    if (!job->whole_facts)
        return;
    plan->take_facts(plan->facts_context, (size_t)(job - jobs->of), job->facts->str, job->whole_facts);
    g_string_erase(job->facts, 0, (gssize)job->whole_facts);
    jobs->waiting -= job->whole_facts;
    job->whole_facts = 0;
}

/* How many bytes of the whole reports keep within the bound. */
static size_t within_bound(struct jobs *jobs, const struct job *job) {
    size_t kept = 0;
    for (guint i = 0; job->lengths && i < job->lengths->len; i++) {
        size_t length = g_array_index(job->lengths, size_t, i);
        jobs->is_full |= jobs->bytes && jobs->bytes + length > jobs->plan->most_bytes;
        jobs->counts.left_out += jobs->is_full;
        kept += jobs->is_full ? 0 : length;
        jobs->bytes += jobs->is_full ? 0 : length;
    }
    if (job->lengths)
        g_array_set_size(job->lengths, 0);
    return job->lengths ? kept : job->whole;
}

/* Write what is whole of the first job that is not written. */
static void write_whole(struct jobs *jobs, struct job *job) {
    const struct job_plan *plan = jobs->plan;
    take_facts(jobs, job);
    if (!job->whole)
        return;
    size_t kept = within_bound(jobs, job);
    if (kept && !job->has_first && jobs->has_report)
        separate(plan, plan->sink, plan->sink_context);
    job->has_first = true;
    jobs->has_report |= kept > 0;
    plan->sink(plan->sink_context, job->out->str, kept);
    g_string_erase(job->out, 0, (gssize)job->whole);
    jobs->waiting -= job->whole;
    job->whole = 0;
}

static void show_progress(struct jobs *jobs) {
    size_t count = jobs->plan->count;
    time_t now = jobs->plan->shows_progress ? time(NULL) : jobs->shown; /* the first time after a second */
    if (now == jobs->shown)
        return;
    jobs->shown = now;
    int done = (int)(jobs->written * 30 / count);
    fprintf(stderr, "\r[%-30.*s] %zu of %zu", done, "##############################", jobs->written, count);
}

static void write_finished(struct jobs *jobs) {
    while (jobs->written < jobs->plan->count && jobs->of[jobs->written].is_done) {
        struct job *job = &jobs->of[jobs->written++];
        write_whole(jobs, job);
        if (job->out)
            g_string_free(job->out, TRUE);
        if (job->facts)
            g_string_free(job->facts, TRUE);
        if (job->lengths)
            g_array_free(job->lengths, TRUE);
        job->out = job->facts = NULL;
        job->lengths = NULL;
    }
    show_progress(jobs);
}

/* --- what is heard of an input --- */

static void end_report(struct jobs *jobs, struct job *job) {
    note_whole(job);
    if (job == &jobs->of[jobs->written])
        write_whole(jobs, job);
}

/* Another report of the job. */
static void begin_report(struct jobs *jobs, struct job *job) {
    end_report(jobs, job);
    if (jobs->plan->most_bytes && !job->lengths)
        job->lengths = g_array_new(FALSE, FALSE, sizeof(size_t));
    size_t before = job->out ? job->out->len : 0;
    if (job->has_report)
        separate(jobs->plan, append, job);
    job->has_report = job->is_open = true;
    jobs->counts.reports++;
    jobs->waiting += (job->out ? job->out->len : 0) - before;
}

static void hear_report(void *context, size_t number) {
    struct jobs *jobs = context;
    begin_report(jobs, &jobs->of[number]);
}

static void hear_bytes(void *context, size_t number, const char *bytes, size_t length) {
    struct jobs *jobs = context;
    append(&jobs->of[number], bytes, length);
    jobs->waiting += length;
}

static void hear_facts(void *context, size_t number, const char *bytes, size_t length) {
    struct jobs *jobs = context;
    if (!jobs->plan->take_facts)
        return;
    append_facts(&jobs->of[number], bytes, length);
    jobs->waiting += length;
}

static void hear_log(void *context, size_t number) {
    const struct job_plan *plan = ((struct jobs *)context)->plan;
    if (plan->take_log)
        plan->take_log(plan->facts_context, number);
}

static void hear_end(void *context, size_t number, int status) {
    struct jobs *jobs = context;
    struct job *job = &jobs->of[number];
    note_whole(job);
    job->is_done = true;
    if (jobs->plan->ended)
        jobs->plan->ended(jobs->plan->context, number);
    jobs->status = MAX(jobs->status, status);
    write_finished(jobs);
}

/* What there is of a report that was begun is dropped, with the separator before it. */
static void hear_dropped(void *context, size_t number) {
    struct jobs *jobs = context;
    struct job *job = &jobs->of[number];
    if (job->out) {
        jobs->waiting -= job->out->len - job->whole;
        g_string_truncate(job->out, job->whole);
    }
    if (job->facts) {
        jobs->waiting -= job->facts->len - job->whole_facts;
        g_string_truncate(job->facts, job->whole_facts);
    }
    jobs->counts.reports -= job->is_open;
    job->is_open = false;
    job->has_report = job->whole || job->has_first;
}

static void hear_loss(void *context, size_t number, const struct crew_loss *loss) {
    struct jobs *jobs = context;
    struct job *job = &jobs->of[number];
    hear_dropped(jobs, number);
    begin_report(jobs, job);
    size_t before = job->out ? job->out->len : 0;
    g_autoptr(GString) facts = g_string_new(NULL);
    jobs->plan->fail(jobs->plan->context, number, loss, append, job, facts);
    hear_facts(jobs, number, facts->str, facts->len);
    jobs->waiting += (job->out ? job->out->len : 0) - before;
    jobs->status = STATUS_BUG;
    end_report(jobs, job);
}

static void hear_failure(void *context, size_t number, const struct crew_loss *loss) {
    hear_loss(context, number, loss);
    hear_end(context, number, STATUS_BUG);
}

static struct crew_opened open_again(void *context, size_t number, enum crew_reach reach) {
    const struct job_plan *plan = ((struct jobs *)context)->plan;
    int status;
    return plan->open(plan->context, number, reach, &status);
}

/* --- handing over --- */

static bool may_hand(const struct jobs *jobs) {
    return jobs->next < jobs->plan->count && jobs->next < jobs->written + AHEAD && jobs->waiting < WAITING;
}

static void hand_to(struct jobs *jobs, unsigned member) {
    const struct job_plan *plan = jobs->plan;
    struct crew_order orders[CREW_QUEUE];
    unsigned count = 0;
    unsigned most = MIN(crew_room(jobs->crew, member), jobs->batch);
    while (count < most && may_hand(jobs)) {
        size_t number = jobs->next++;
        int status = STATUS_OK;
        struct crew_opened opened = plan->open(plan->context, number, CREW_FIRST, &status);
        if (opened.fd >= 0)
            orders[count++] = (struct crew_order){number, opened, 0};
        else
            hear_end(jobs, number, status);
    }
    if (count)
        crew_hand(jobs->crew, member, orders, count);
}

int jobs_run(const struct job_plan *plan, struct job_counts *counts) {
    struct jobs jobs = {.plan = plan, .of = g_new0(struct job, plan->count + 1), .shown = time(NULL)};
    struct crew_events events = {hear_report,  hear_bytes, hear_facts,   hear_log,   hear_end,
                                 hear_dropped, hear_loss,  hear_failure, open_again, &jobs};
    unsigned size = plan->crew.size;
    jobs.batch = (unsigned)MIN(plan->count / (4 * (size_t)size) + 1, CREW_QUEUE / 2);
    jobs.crew = crew_new(&plan->crew, &events);
    while (jobs.written < plan->count) {
        for (unsigned i = 0; i < size; i++)
            if (crew_room(jobs.crew, i) >= (plan->crew.is_isolated ? 1 : jobs.batch))
                hand_to(&jobs, i);
        if (jobs.written < plan->count)
            crew_hear(jobs.crew, jobs.written, jobs.waiting >= WAITING);
    }
    crew_free(jobs.crew);
    if (plan->shows_progress)
        fputs("\r\033[K", stderr);
    g_free(jobs.of);
    if (counts)
        *counts = jobs.counts;
    return jobs.status;
}
