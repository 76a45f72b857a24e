/* What is to be known of inputs: see survey.h. */
#define _GNU_SOURCE
#include "analyze/commands/survey.h"

#include "analyze/commands/complain.h"
#include "analyze/commands/crew_process.h"
#include "analyze/commands/jobs.h"
#include "analyze/commands/reading.h"
#include "analyze/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* What a process works with. */
struct surveyor {
    const struct survey *survey;
    struct mailwhy_worker *worker;
    GString *found;
};

static const char *name_of(const struct survey *survey, size_t number) {
    return number < survey->inputs->paths->len ? survey->inputs->paths->pdata[number] : "the command line";
}

static void *begin(const void *context) {
    struct surveyor *s = g_new0(struct surveyor, 1);
    s->survey = context;
    s->worker = worker_new_alone(s->survey->why);
    s->found = g_string_new(NULL);
    reading_begin(s->survey->options, SANDBOX_WORKER);
    why_read_dns(s->survey->why, false);
    if (s->survey->begin)
        s->survey->begin(s->survey->context);
    return s;
}

static int read_handed(void *self, const struct crew_order *order, struct crew_desk *desk) {
    struct surveyor *s = self;
    size_t number = order->number;
    int fd = order->fd;
    const struct survey *survey = s->survey;
    const char *name = name_of(survey, number);
    bool is_input = number < survey->inputs->paths->len;
    struct input file = {0};
    int error = is_input ? input_read(&file, fd, strcmp(name, "-") != 0) : 0;
    close(fd);
    crew_has_read(desk, file.bytes.len);
    if (error)
        return STATUS_NO_INPUT;
    survey->read(survey->context, s->worker, name, is_input ? &file : NULL, s->found);
    crew_begin_report(desk);
    crew_write(desk, s->found->str, s->found->len);
    explicit_bzero(s->found->str, s->found->len);
    g_string_truncate(s->found, 0);
    worker_forget(s->worker);
    input_forget(&file);
    return STATUS_OK;
}

static int open_job(const void *context, size_t number, bool is_again, int *status) {
    const struct survey *survey = context;
    if (number < survey->inputs->paths->len)
        return inputs_job(survey->inputs, number, is_again, survey->trouble, status);
    int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (fd < 0 && !is_again)
        complain_of_error(name_of(survey, number), errno);
    *status = fd < 0 ? STATUS_NO_INPUT : STATUS_OK;
    return fd;
}

static void say_failure(const void *context, size_t number, const struct crew_loss *loss, mailwhy_sink *sink,
                        void *sink_context, GString *facts) {
    (void)facts;
    (void)sink;
    (void)sink_context;
    complain_of(name_of(context, number), loss->why);
}

int survey_run(const struct survey *survey) {
    const struct options *o = survey->options;
    size_t count = survey->inputs->paths->len + survey->has_more;
    struct job_plan plan = {.count = count,
                            .crew = {.size = (unsigned)CLAMP(count, 1, o->jobs),
                                     .is_isolated = o->isolate,
                                     .milliseconds = CREW_INPUT_SECONDS * 1000,
                                     .context = survey,
                                     .begin = begin,
                                     .run = read_handed},
                            .sink = survey->take,
                            .sink_context = survey->context,
                            .open = open_job,
                            .fail = say_failure,
                            .context = survey};
    reading_prepare();
    return count ? jobs_run(&plan, NULL) : STATUS_OK;
}
