/* The replies in an input: see each_reply.h. */
#include "analyze/commands/each_reply.h"

#include "analyze/report/redact.h"
#include "analyze/verdict/build_pasted.h"
#include "analyze/worker.h"
#include "parsers/base/smtp_reply.h"

struct reading {
    struct mailwhy_worker *worker;
    each_reply_found *found;
    void *context;
};

/* The verdicts of a report, which is of that form. */
static void find_all(struct reading *g, const struct verdict *verdicts, const struct report_form *form,
                     const void *report, const char *where) {
    struct redactor *redactor = report_collect(worker_redaction(g->worker), form, report, false);
    struct outlet outlet = {.arena = &g->worker->arena, .redactor = redactor, .is_page = true};
    for (const struct verdict *v = verdicts; v; v = v->next)
        g->found(g->context, form == &form_message ? report : NULL, v,
                 value_show(&outlet, as_reply(v->reply.text)), value_show(&outlet, as_file(slice_of(where))));
    redactor_free(redactor);
}

static void find_in_message(struct reading *g, const struct mailwhy_input *input) {
    struct report report;
    worker_report(g->worker, input, &report);
    find_all(g, report.verdicts, &form_message, &report, input->name);
}

static void find_in_lines(struct reading *g, struct slice text, const char *name) {
    struct slice line;
    while (slice_next_line(&text, &line)) {
        struct verdict v = {0};
        if (!slice_trim(line).len)
            continue;
        arena_reset(&g->worker->arena);
        verdict_of_reply(&v, line, g->worker->matcher, &g->worker->arena);
        find_all(g, &v, &form_reply, &v, name);
    }
}

/* A text whose lines begin with a reply code is a list of replies. */
static bool is_reply_list(struct slice bytes) {
    return bytes.len > 4 && slice_number(slice_upto(bytes, 3), NULL) >= 400 && strchr(" -", bytes.ptr[3]);
}

void each_reply(struct mailwhy_worker *worker, const char *path, const struct input *file,
                each_reply_found *found, void *context) {
    struct reading f = {worker, found, context};
    struct mailwhy_input input = {.size = sizeof(struct mailwhy_input), .name = path};
    if (is_reply_list(file->bytes)) {
        find_in_lines(&f, file->bytes, path);
    } else {
        input.bytes = file->bytes.ptr;
        input.length = file->bytes.len;
        input.first_line = 1;
        input.damage = file->damage;
        find_in_message(&f, &input);
    }
}
