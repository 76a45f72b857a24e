/* What is to be known of inputs: see survey.h. */
#define _GNU_SOURCE
#include "analyze/commands/survey.h"

#include "analyze/commands/complain.h"
#include "analyze/commands/jobs.h"
#include "analyze/commands/reading.h"
#include "analyze/crew/crew_process.h"
#include "analyze/worker.h"
#include "parsers/message/mailbox.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
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

/* `file` is one message, or no mail. */
static void survey_one(const struct surveyor *s, const char *name, const struct input *file,
                       struct crew_desk *desk) {
    s->survey->read(s->survey->context, s->worker, name, file, s->found);
    crew_write(desk, s->found->str, s->found->len);
    explicit_bzero(s->found->str, s->found->len);
    g_string_truncate(s->found, 0);
}

static void survey_mailbox(const struct surveyor *s, const char *name, const struct input *file,
                           uint64_t done, struct crew_desk *desk) {
    struct slice rest = file->bytes;
    struct input message = {0};
    unsigned line = 1;
    unsigned first;
    for (uint64_t place = 1; mbox_next(&rest, &line, &message.bytes, &first); place++) {
        if (place <= done)
            continue;
        message.damage = rest.len ? NULL : file->damage;
        crew_begin_message(desk, first, message.bytes.len, STATUS_OK);
        survey_one(s, name, &message, desk);
    }
}

static int read_handed(void *self, const struct crew_order *order, struct crew_desk *desk) {
    const struct surveyor *s = self;
    const char *name = name_of(s->survey, order->number);
    struct input file = {0};
    if (order->number >= s->survey->inputs->paths->len) {
        crew_close(order);
        crew_begin_report(desk);
        survey_one(s, name, NULL, desk);
        return STATUS_OK;
    }
    if (crew_read(desk, order, strcmp(name, "-") != 0, &file))
        return STATUS_NO_INPUT;
    if (is_mbox(file.bytes)) {
        survey_mailbox(s, name, &file, order->done, desk);
    } else {
        crew_begin_report(desk);
        survey_one(s, name, &file, desk);
    }
    worker_forget(s->worker);
    input_forget(&file);
    return STATUS_OK;
}

static struct crew_opened open_job(const void *context, size_t number, enum crew_reach reach, int *status) {
    const struct survey *survey = context;
    if (number < survey->inputs->paths->len)
        return inputs_job(survey->inputs, number, reach, survey->trouble, status);
    int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (fd < 0 && reach == CREW_FIRST)
        complain_of_error(name_of(survey, number), errno);
    *status = fd < 0 ? STATUS_NO_INPUT : STATUS_OK;
    return (struct crew_opened){fd, -1};
}

static void end_job(const void *context, size_t number) {
    inputs_end_job(((const struct survey *)context)->inputs, number);
}

static void say_failure(const void *context, size_t number, const struct crew_loss *loss, mailwhy_sink *sink,
                        void *sink_context, GString *facts) {
    (void)facts;
    (void)sink;
    (void)sink_context;
    g_autofree char *where =
        loss->line ? g_strdup_printf("the message at line %" PRIu64 ": ", loss->line) : g_strdup("");
    g_autofree char *what = g_strconcat(where, loss->why, NULL);
    complain_of(name_of(context, number), what);
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
                            .ended = end_job,
                            .fail = say_failure,
                            .context = survey};
    reading_prepare();
    return count ? jobs_run(&plan, NULL) : STATUS_OK;
}
