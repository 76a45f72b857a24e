/* libmailwhy: says why mail was rejected, offline.
 *
 *     struct mailwhy *why = mailwhy_new(NULL, stderr);
 *     struct mailwhy_worker *worker = mailwhy_worker_new(why);
 *     struct mailwhy_input input = {.name = "b.eml", .bytes = bytes, .length = length};
 *     int status = mailwhy_explain(worker, &input, mailwhy_format_find("json"), write_to, file);
 *     mailwhy_worker_free(worker);
 *     mailwhy_free(why);
 *
 * A struct mailwhy may be shared by threads; each thread needs a worker of its own. Nothing here
 * opens a file (but for rules, DNS snapshots and the key of pseudonyms), a socket or a terminal. The JSON is
 * described in docs/json.md.
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

/* A format of reports: text, markdown, html, json, ndjson. They are never freed. */
struct mailwhy_format;
const struct mailwhy_format *mailwhy_format_find(const char *name); /* NULL: there is none of that name */
const struct mailwhy_format *mailwhy_format_at(size_t number);      /* NULL: there are no more; 0: text */
const char *mailwhy_format_name(const struct mailwhy_format *format);

struct mailwhy_options {
    const char *const *rule_files; /* rules of one's own, before the built-in ones */
    size_t rule_file_count;
    bool no_builtin_rules;
    const char *const *trusted; /* host names, addresses, CIDR: what they wrote is believed */
    size_t trusted_count;
    const char *const
        *dns_files; /* a DNS snapshot, on which messages are verified; the first that knows wins */
    size_t dns_file_count;
    const char *const *dns_after_files; /* a later snapshot: was it fixed? */
    size_t dns_after_file_count;
    const char *dns_text; /* the same as text in memory, read after the files; NULL: none */
    size_t dns_length;
    unsigned width; /* of text; 0: 80 */
    bool color, verbose, redact;
    const char *
        redact_key_file; /* pseudonyms agree between runs that have the same; it implies redact; NULL: none */
    bool no_second_opinion; /* with a snapshot: libspf2 and libopendkim are not asked beside our own verifier
                             */
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
    unsigned first_line;    /* its number in the file that it came from; 0 counts as 1 */
    const char *damage;     /* what is already known to be wrong with it; NULL: nothing */
    bool is_one_of_several; /* a format that does not name the input otherwise (text) puts its name above */
    bool is_unread;         /* nothing of it could be read: `damage` says why */
};

/* Explain a message. Returns 0, or 65 when the input was damaged or not understood; what could be
 * read is reported all the same. */
int mailwhy_explain(struct mailwhy_worker *worker, const struct mailwhy_input *input,
                    const struct mailwhy_format *format, mailwhy_sink *sink, void *context);

/* Explain one SMTP reply or error text. Returns 0, or 65 when it is empty. */
int mailwhy_explain_reply(struct mailwhy_worker *worker, const char *text, size_t length,
                          const struct mailwhy_format *format, mailwhy_sink *sink, void *context);

/* What a document of reports needs before the first one, between two, and after the last: the page around
 * HTML, the array around JSON. `is_list`: there may be any number of reports; else there is just one. */
void mailwhy_begin(const struct mailwhy_format *format, bool is_list, mailwhy_sink *sink, void *context);
void mailwhy_separate(const struct mailwhy_format *format, mailwhy_sink *sink, void *context);
void mailwhy_end(const struct mailwhy_format *format, bool is_list, mailwhy_sink *sink, void *context);

const char *mailwhy_version(void);

#ifdef __cplusplus
}
#endif

#endif
