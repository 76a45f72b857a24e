/* `mailwhy reply [TEXT]...`: what does this SMTP reply or error text mean? */
#define _GNU_SOURCE
#include "analyze/commands/reply.h"

#include "analyze/commands/complain.h"
#include "analyze/commands/load.h"
#include "analyze/commands/output.h"
#include "analyze/commands/reading.h"
#include "analyze/commands/reading_apart.h"
#include "parsers/base/slice.h"

#include <errno.h>
#include <stdlib.h>

struct replying {
    struct options *options;
    struct mailwhy_worker *worker;
    struct output output;
    unsigned count;
    int status;
};

static void explain(struct replying *r, const char *text, size_t length) {
    if (r->count++)
        mailwhy_separate(r->options->format, output_write, &r->output);
    int status = mailwhy_explain_reply(r->worker, text, length, r->options->format, output_write, &r->output);
    r->status = MAX(r->status, status);
}

static void explain_lines(struct replying *r) {
    char *line = NULL;
    size_t size = 0;
    for (ssize_t got; (got = getline(&line, &size, stdin)) > 0;) {
        size_t length = slice_trim((struct slice){line, (size_t)got}).len;
        if (length)
            explain(r, line, (size_t)got);
    }
    if (!feof(stdin)) { /* also where there was no memory for a line */
        complain_of_error("-", errno);
        r->status = STATUS_NO_INPUT;
    }
    free(line);
}

static int explain_all(void *context) {
    struct replying *r = context;
    const struct options *options = r->options;
    bool is_list = options->argument_count != 1;
    const char *notice = reading_begin(options, SANDBOX_READER);
    if (notice)
        complain(notice);
    mailwhy_begin(options->format, is_list, output_write, &r->output);
    for (size_t i = 0; i < options->argument_count; i++)
        explain(r, options->arguments[i], strlen(options->arguments[i]));
    if (options->argument_count == 0)
        explain_lines(r);
    mailwhy_end(options->format, is_list, output_write, &r->output);
    return r->status;
}

int command_reply(struct options *options) {
    struct mailwhy *why = options_load(options);
    if (!why)
        return STATUS_CONFIG;
    struct replying r = {.options = options, .worker = mailwhy_worker_new(why)};
    if (output_open(&r.output, options->output)) {
        r.status = reading_apart(&r.output, explain_all, &r);
        if (!output_close(&r.output) && r.status != STATUS_BUG)
            r.status = STATUS_OUTPUT;
    } else {
        r.status = STATUS_OUTPUT;
    }
    mailwhy_worker_free(r.worker);
    mailwhy_free(why);
    return r.status;
}
