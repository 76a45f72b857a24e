/* libmailwhy: says why mail was rejected, offline.
 *
 *     struct mailwhy *why = mailwhy_new(NULL, stderr);
 *     struct mailwhy_worker *worker = mailwhy_worker_new(why);
 *     struct mailwhy_input input = {.name = "b.eml", .bytes = bytes, .length = length};
 *     int status = mailwhy_explain(worker, &input, MAILWHY_JSON, write_to, file);
 *     mailwhy_worker_free(worker);
 *     mailwhy_free(why);
 *
 * A struct mailwhy may be shared by threads; each thread needs a worker of its own. Nothing here
 * opens a file (but for rule and DNS files), a socket or a terminal. The JSON is described in docs/json.md.
 */
#ifndef MAILWHY_H
#define MAILWHY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

struct mailwhy;
struct mailwhy_worker;

enum mailwhy_format { MAILWHY_TEXT, MAILWHY_MARKDOWN, MAILWHY_HTML, MAILWHY_JSON, MAILWHY_NDJSON };

struct mailwhy_options {
    const char *const *rule_files; /* rules of one's own, before the built-in ones */
    size_t rule_file_count;
    bool no_builtin_rules;
    const char *const *trusted; /* host names, addresses, CIDR: what they wrote is believed */
    size_t trusted_count;
    const char *const
        *dns_files; /* a DNS snapshot, on which messages are verified; the first that knows wins */
    size_t dns_file_count;
    unsigned width; /* of text; 0: 80 */
    bool color, verbose, redact;
};

/* Load the rules and the snapshot. Errors in their files are written to `errors` as file:line:column; the
 * result is then NULL. `options` may be NULL, and must outlive the result otherwise. */
struct mailwhy *mailwhy_new(const struct mailwhy_options *options, FILE *errors);
void mailwhy_free(struct mailwhy *why);

struct mailwhy_worker *mailwhy_worker_new(const struct mailwhy *why);
void mailwhy_worker_free(struct mailwhy_worker *worker);

typedef void mailwhy_sink(void *context, const char *bytes, size_t length);

/* One piece of input: a message or bounce, not a mailbox. */
struct mailwhy_input {
    const char *name;
    const char *bytes;
    size_t length;
    unsigned first_line; /* its number in the file that it came from; 0 counts as 1 */
    const char *damage;  /* what is already known to be wrong with it; NULL: nothing */
};

/* Explain a message. Returns 0, or 65 when the input was damaged or not understood; what could be
 * read is reported all the same. HTML comes without the page around it (mailwhy_html_begin). */
int mailwhy_explain(struct mailwhy_worker *worker, const struct mailwhy_input *input,
                    enum mailwhy_format format, mailwhy_sink *sink, void *context);

/* Explain one SMTP reply or error text. Returns 0, or 65 when it is empty. */
int mailwhy_explain_reply(struct mailwhy_worker *worker, const char *text, size_t length,
                          enum mailwhy_format format, mailwhy_sink *sink, void *context);

void mailwhy_html_begin(mailwhy_sink *sink, void *context);
void mailwhy_html_end(mailwhy_sink *sink, void *context);

const char *mailwhy_version(void);

#ifdef __cplusplus
}
#endif

#endif
