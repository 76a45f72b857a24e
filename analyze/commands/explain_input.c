/* One input: see explain_input.h. */
#include "analyze/commands/explain_input.h"

#include "analyze/status.h"
#include "analyze/verdict/build_pasted.h"
#include "analyze/verdict/mail_summary.h"
#include "analyze/worker.h"
#include "parsers/bounce/event_json.h"
#include "parsers/log/likely.h"
#include "parsers/message/mailbox.h"

#include <glib.h>

static const char *shown(const char *path) {
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

/* `place`: among the reports on a mailbox; 0: the input is one mail. `is_alone`: it is the only report. */
static int explain_one(const struct explaining *e, struct mailwhy_input *input, uint32_t place,
                       bool is_alone) {
    char label[48] = "";
    struct mail_report head = {.place = place,
                               .line = input->first_line,
                               .is_one_of_several = place > 0,
                               .is_unread = input->is_unread};
    input->is_one_of_several = e->is_one_of_several;
    if (!e->is_summed)
        return worker_explain(e->worker, input, &(struct many){.facts = NULL}, e->format, e->write,
                              e->context);
    mail_label(label, sizeof label, e->number, &head, e->is_one_of_several);
    struct many many = {is_alone ? SLICE_EMPTY : slice_of(label), head, e->facts};
    return worker_explain(e->worker, input, &many, e->format, e->write, e->context);
}

static bool holds_one(struct slice mailbox) {
    struct slice message;
    unsigned line = 1;
    unsigned first_line;
    return mbox_next(&mailbox, &line, &message, &first_line) &&
           !mbox_next(&mailbox, &line, &message, &first_line);
}

static int explain_mbox(const struct explaining *e, const char *path, const struct input *file) {
    struct slice rest = file->bytes;
    unsigned line = 1;
    struct mailwhy_input input = {.size = sizeof(struct mailwhy_input), .name = shown(path)};
    struct slice message;
    uint32_t place = 0;
    bool is_alone = !e->is_one_of_several && holds_one(file->bytes);
    int status = STATUS_OK;
    while (mbox_next(&rest, &line, &message, &input.first_line)) {
        if (++place <= e->done)
            continue;
        input.bytes = message.ptr;
        input.length = message.len;
        input.damage = rest.len == 0 ? file->damage : NULL;
        e->begin_message(e->context, input.first_line, message.len, status);
        int explained = explain_one(e, &input, place, is_alone);
        status = MAX(status, explained);
    }
    return status;
}

/* One event of a sending service tells of one mail, and whose address was refused; a log of them is counted.
 */
static bool is_event_of_service(struct mailwhy_worker *worker, struct slice bytes) {
    struct event_reply replies[2];
    const char *service = NULL;
    const struct rulebase *rules = matcher_rules(worker->matcher);
    arena_reset(&worker->arena);
    return bytes.len <= LOG_SHORT && json_begins(bytes) &&
           event_json_read(bytes, rules, replies, G_N_ELEMENTS(replies), &service, &worker->arena) == 1 &&
           service && rulebase_provider(rules, service);
}

bool input_is_log(struct mailwhy_worker *worker, struct slice bytes) {
    struct report report = {.name = SLICE_EMPTY};
    if (is_event_of_service(worker, bytes))
        return false;
    if (!log_bytes_are_likely(bytes) || !log_bytes_are_silent(bytes))
        return log_bytes_are_likely(bytes);
    arena_reset(&worker->arena);
    return !report_build_pasted(&report, bytes, worker->matcher, &worker->arena);
}

int explain_input(const struct explaining *e, const char *path, const struct input *file) {
    if (is_mbox(file->bytes))
        return explain_mbox(e, path, file);
    struct mailwhy_input input = {.size = sizeof(struct mailwhy_input),
                                  .name = shown(path),
                                  .bytes = file->bytes.ptr,
                                  .length = file->bytes.len,
                                  .first_line = 1,
                                  .damage = file->damage};
    if (!input.damage && input_is_log(e->worker, file->bytes))
        input.damage = "this is a mail log: `mailwhy log` explains it";
    e->begin_report(e->context);
    return explain_one(e, &input, 0, !e->is_one_of_several);
}

static unsigned bounded(uint64_t number) { /* a process that was taken over says what it likes */
    return (unsigned)MIN(number, INT32_MAX);
}

void explain_unread(const struct explaining *e, const char *path, const struct unread *unread) {
    struct mailwhy_input input = {.size = sizeof(struct mailwhy_input),
                                  .name = shown(path),
                                  .damage = unread->why,
                                  .first_line = bounded(unread->line),
                                  .is_unread = true};
    explain_one(e, &input, bounded(unread->place), false);
}
