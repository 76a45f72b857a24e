/* One input: see explain_input.h. */
#include "analyze/commands/explain_input.h"

#include "analyze/commands/status.h"
#include "parsers/log/likely.h"
#include "parsers/message/mailbox.h"

#include <glib.h>

static const char *shown(const char *path) {
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

static int explain_one(const struct explaining *e, struct mailwhy_input *input) {
    e->begin_report(e->context);
    input->is_one_of_several = e->is_one_of_several;
    return mailwhy_explain(e->worker, input, e->format, e->write, e->context);
}

static int explain_mbox(const struct explaining *e, const char *path, const struct input *file) {
    struct slice rest = file->bytes;
    unsigned line = 1;
    struct mailwhy_input input = {.size = sizeof(struct mailwhy_input), .name = path};
    struct slice message;
    int status = STATUS_OK;
    while (mbox_next(&rest, &line, &message, &input.first_line)) {
        input.bytes = message.ptr;
        input.length = message.len;
        input.damage = rest.len == 0 ? file->damage : NULL;
        int explained = explain_one(e, &input);
        status = MAX(status, explained);
    }
    return status;
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
    if (!input.damage && strcmp(path, "-") == 0 && log_bytes_are_likely(file->bytes))
        input.damage = "this is a mail log: `mailwhy log` explains it";
    return explain_one(e, &input);
}

void explain_unread(const struct explaining *e, const char *path, const char *why) {
    struct mailwhy_input input = {.size = sizeof(struct mailwhy_input),
                                  .name = shown(path),
                                  .damage = why,
                                  .is_unread = true,
                                  .is_one_of_several = e->is_one_of_several};
    mailwhy_explain(e->worker, &input, e->format, e->write, e->context);
}
