/* `mailwhy reply [TEXT]...`: what does this SMTP reply or error text mean? */
#define _GNU_SOURCE
#include "analyze/commands/reply.h"

#include "analyze/commands/complain.h"
#include "analyze/commands/load.h"
#include "analyze/commands/output.h"
#include "analyze/commands/reading.h"
#include "analyze/commands/reading_apart.h"
#include "analyze/worker.h"
#include "parsers/base/slice.h"
#include "parsers/bounce/other_file.h"
#include "parsers/bounce/pasted.h"

#include <errno.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

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

/* The lines from `text` on, and what standard input has behind them, are a reply each. */
static void explain_lines(struct replying *r, struct slice text) {
    for (struct slice line; slice_next_line(&text, &line);)
        if (slice_trim(line).len)
            explain(r, line.ptr, line.len);
    char *line = NULL;
    size_t size = 0;
    for (ssize_t got; (got = getline(&line, &size, stdin)) > 0;)
        if (slice_trim((struct slice){line, (size_t)got}).len)
            explain(r, line, (size_t)got);
    free(line);
}

/* Standard input is a list of replies, a line each, or one text; the start of it tells which. */
static void explain_input(struct replying *r) {
    GString *start = g_string_new(NULL);
    char *line = NULL;
    size_t size = 0;
    for (ssize_t got; start->len < LIMIT_PASTED && (got = getline(&line, &size, stdin)) > 0;)
        g_string_append_len(start, line, got);
    free(line);
    struct slice text = {start->str, start->len};
    bool is_list = pasted_is_list(text);
    const char *advice = other_file_advice(text);
    if (!advice && pasted_begins_as_mail(text))
        advice = "this is a mail or its header, no reply: `mailwhy -`, or `mailwhy FILE`, explains it";
    if (advice) {
        complain(advice);
        r->status = STATUS_DATA;
        g_string_free(start, TRUE);
        return;
    }
    if (is_list)
        explain_lines(r, text);
    else if (slice_trim(text).len)
        explain(r, text.ptr, text.len);
    if (!feof(stdin) &&
        (is_list || start->len < LIMIT_PASTED)) { /* also where there was no memory for a line */
        complain_of_error("-", errno);
        r->status = STATUS_NO_INPUT;
    }
    if (!r->count && r->status == STATUS_OK) {
        complain("there is no text to explain");
        r->status = STATUS_DATA;
    }
    g_string_free(start, TRUE);
}

static int explain_all(void *context) {
    struct replying *r = context;
    const struct options *options = r->options;
    bool is_list = options->argument_count != 1;
    reading_begin_aloud(options);
    worker_begin(r->worker, options->format, is_list, output_write, &r->output);
    for (size_t i = 0; i < options->argument_count; i++) {
        if (!slice_trim(slice_of(options->arguments[i])).len)
            complain("a text is empty: give what the server said, in quotation marks");
        explain(r, options->arguments[i], strlen(options->arguments[i]));
    }
    if (options->argument_count == 0)
        explain_input(r);
    mailwhy_end(options->format, is_list, output_write, &r->output);
    return r->status;
}

/* One word that names a file is a mistake, not a reply. */
static bool is_a_file(const struct options *options) {
    const char *word = options->argument_count == 1 ? options->arguments[0] : "";
    return strpbrk(word, "/.") && !strpbrk(word, " \n") && access(word, F_OK) == 0;
}

int command_reply(struct options *options) {
    if (options->argument_count == 1 && strcmp(options->arguments[0], "-") == 0)
        options->argument_count = 0; /* standard input, as of the other commands */
    if (is_a_file(options))
        return usage_error(
            options->command,
            "`%s` is a file: `mailwhy %s` explains a bounce, `mailwhy reply < %s` replies, a line each",
            options->arguments[0], options->arguments[0], options->arguments[0]);
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
