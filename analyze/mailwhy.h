/* libmailwhy: says why mail was rejected, offline.
 *
 *     struct mailwhy *why = mailwhy_new(NULL);
 *     struct mailwhy_worker *worker = mailwhy_worker_new(why);
 *     struct mailwhy_input input = {.size = sizeof input, .name = "b.eml", .bytes = bytes, .length = length};
 *     struct mailwhy_verdict verdict = {.size = sizeof verdict};
 *     mailwhy_judge(worker, &input);
 *     while (mailwhy_next(worker, &verdict))
 *         printf("%s: %s\n", verdict.recipient, verdict.cause);
 *     mailwhy_worker_free(worker);
 *     mailwhy_free(why);
 *
 * libmailwhy(3) has an overview. Link with `pkg-config --cflags --libs mailwhy`.
 *
 * Threads. A struct mailwhy may be shared by threads, and is not altered once it is made; each thread needs a
 * worker of its own. Nothing that a worker returns may be used by another thread while that worker is called.
 *
 * What it does to your process. It opens the files that it is told of (rules, DNS snapshots, logs, the key of
 * pseudonyms), zone files of the C library, its modules in mailwhy_new, and nothing else: no socket, no
 * terminal. It does not change signals, the locale, the environment or the current folder, and writes to no
 * standard stream. It starts threads only where `jobs` of logs asks for more than one. It forks only where
 * `second_opinion` asks for it: without it, no process is ever started. It enters no sandbox; the program
 * mailwhy does that for itself. Where memory runs out the process is ended, as GLib does it.
 *
 * Structs that grow. The first member of each struct that is handed over is its size, as the caller was
 * compiled with: {.size = sizeof x}. Members are only ever added, at the end. A struct of another version
 * serves: members that it lacks are as if they were 0, and what it has beyond is not looked at where
 * it is 0. A size of 0, or members of a newer version that are not 0, are the caller's error: MAILWHY_USAGE.
 *
 * Texts are UTF-8, and end with a zero byte where no length stands beside them. The JSON is described in
 * docs/json.md; names of causes in docs/causes.md. */
#ifndef MAILWHY_H
#define MAILWHY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct mailwhy;
struct mailwhy_worker;

/* What functions return, after sysexits.h. */
enum mailwhy_status {
    MAILWHY_OK = 0,
    MAILWHY_USAGE = 64,   /* the call was wrong: nothing was done, and `complain` was told why */
    MAILWHY_DATA = 65,    /* the input was damaged or not understood; what could be read was reported */
    MAILWHY_NO_INPUT = 66 /* a file of logs could not be read; the others were reported */
};

/* Gets what is wrong with a call, or with a file: file:line:column: what it is, and for files that people
 * write the line with a mark below, without an end of line. The text is clean, and stands until the function
 * returns. It may be called by any thread that uses the struct mailwhy, while that thread is in a function of
 * it. */
typedef void mailwhy_complaint(void *context, const char *text);

/* Gets what is written, in pieces, by the thread that called. It must not use the worker. */
typedef void mailwhy_sink(void *context, const char *bytes, size_t length);

/* A format of reports: text, markdown, html, json, ndjson. They are never freed. */
struct mailwhy_format;
const struct mailwhy_format *mailwhy_format_find(const char *name); /* NULL: there is none of that name */
const struct mailwhy_format *mailwhy_format_at(size_t number);      /* NULL: there are no more; 0: text */
const char *mailwhy_format_name(const struct mailwhy_format *format);
bool mailwhy_format_is_structured(const struct mailwhy_format *format); /* for programs: json, ndjson */

/* Readers of pages, whom the options may name; NULL: there are no more; 0: support. */
const char *mailwhy_reader_at(size_t number);

/* Languages of the customer's page, by their codes; NULL: there are no more; 0: en. And the one of a locale's
 * name, as LANG has it, or of a list of these with colons between. */
const char *mailwhy_language_at(size_t number);
const char *mailwhy_language_of(const char *locales);

/* What is known before the first input. */
struct mailwhy_options {
    size_t size;
    mailwhy_complaint *complain;   /* NULL: nobody hears what is wrong */
    void *context;                 /* for it */
    const char *const *rule_files; /* rules of one's own, before the built-in ones */
    size_t rule_file_count;
    bool no_builtin_rules;
    bool second_opinion; /* with a DNS snapshot: libspf2 and libopendkim are asked beside our own verifiers,
                          * by a process that is forked with each worker */
    bool redact; /* names, addresses, subjects and ids are pseudonyms in all that is written or returned */
    bool color, verbose; /* of text */
    unsigned width;      /* of text; 0: 80 */
    const char *
        redact_key_file; /* pseudonyms agree between runs that have the same; it implies redact; NULL: none */
    const char *const *trusted; /* host names, addresses, CIDR: what they wrote is believed */
    size_t trusted_count;
    const char *const *dns_files; /* a DNS snapshot (docs/dns.md), on which messages are verified and domains
                                   * audited; the first that knows wins */
    size_t dns_file_count;
    const char *dns_text; /* the same in memory, looked at after the files; NULL: none */
    size_t dns_length;
    const char *const *dns_after_files; /* a later snapshot: was it fixed? */
    size_t dns_after_file_count;
    const char *dns_after_text; /* the same in memory; NULL: none */
    size_t dns_after_length;
    const char *const *own; /* domains, with all below them, and mail addresses of one's own: reports say on
                             * whose side of a delivery these stand */
    size_t own_count;
    const char *reader;   /* of pages: support, customer, receiver; NULL: support. JSON is the same for all */
    const char *language; /* of the customer's page: en, de, …; NULL: English, as all other pages */
};

/* Load the rules and the snapshots. `options` may be NULL: the built-in rules, no DNS. What it points at must
 * outlive the result, it itself need not. NULL: something is wrong, and `complain` was told what. The first
 * call loads the library's modules; one that is missing counts as wrong. */
struct mailwhy *mailwhy_new(const struct mailwhy_options *options);
void mailwhy_free(struct mailwhy *why); /* after its workers; NULL does nothing */

struct mailwhy_worker *mailwhy_worker_new(const struct mailwhy *why);
void mailwhy_worker_free(struct mailwhy_worker *worker); /* NULL does nothing */

/* --- messages and replies --- */

/* One piece of input: a message or bounce, not a mailbox. */
struct mailwhy_input {
    size_t size;
    const char *name; /* that the report shows; NULL: none */
    const char *bytes;
    size_t length;
    unsigned first_line;    /* its number in the file that it came from; 0 counts as 1 */
    bool is_one_of_several; /* a format that does not name the input otherwise (text) puts its name above */
    bool is_unread;         /* nothing of it could be read: `damage` says why */
    const char *damage;     /* what is already known to be wrong with it; NULL: nothing */
};

/* Explain a message. Returns MAILWHY_OK whatever the verdict, or MAILWHY_DATA, or MAILWHY_USAGE. */
int mailwhy_explain(struct mailwhy_worker *worker, const struct mailwhy_input *input,
                    const struct mailwhy_format *format, mailwhy_sink *sink, void *context);

/* Explain one SMTP reply or error text. MAILWHY_DATA: it is empty. */
int mailwhy_explain_reply(struct mailwhy_worker *worker, const char *text, size_t length,
                          const struct mailwhy_format *format, mailwhy_sink *sink, void *context);

/* What a document of reports needs before the first one, between two, and after the last: the page around
 * HTML, the array around JSON. `is_list`: there may be any number of reports; else there is just one. */
void mailwhy_begin(const struct mailwhy_format *format, bool is_list, mailwhy_sink *sink, void *context);
void mailwhy_separate(const struct mailwhy_format *format, mailwhy_sink *sink, void *context);
void mailwhy_end(const struct mailwhy_format *format, bool is_list, mailwhy_sink *sink, void *context);

/* --- verdicts one by one --- */

/* What the JSON says of one recipient (docs/json.md), under the same names. Texts are NULL, and numbers -1,
 * where it says nothing; all stand until the worker's next call. */
struct mailwhy_verdict {
    size_t size;
    const char
        *kind; /* of the input: bounce, message, auto-reply, complaint, report, none; of a reply NULL */
    const char *recipient;            /* address */
    const char *outcome;              /* failed, delayed, delivered, relayed, expanded */
    const char *cause;                /* NULL: the input tells of no delivery */
    const char *title;                /* of the cause */
    const char *underlying;           /* of an expired mail: the cause of the last try */
    const char *fixer;                /* who can fix it: sender-operator, author, … */
    const char *action;               /* suppress, retry, fix, contact, none */
    const char *confidence;           /* certain, likely, guess */
    const char *reply;                /* the words of the refusal */
    const char *enhanced;             /* 5.7.1 */
    const char *host, *ip, *provider; /* who refused it */
    const char *rule;                 /* that decided: its id */
    int code;                         /* 550 */
    int permanent;                    /* 1: the same mail will be refused again, 0: it may pass later */
    int score;                        /* right in 100 such verdicts */
    int64_t retry_after_s;            /* as the reply says */
    const char *json;                 /* all of it: one object, without the end of the line */
};

/* Read a message, or a reply, for mailwhy_next. They return what mailwhy_explain does. */
int mailwhy_judge(struct mailwhy_worker *worker, const struct mailwhy_input *input);
int mailwhy_judge_reply(struct mailwhy_worker *worker, const char *text, size_t length);

/* The next verdict of what was read last: one for each recipient, and one without a cause of what tells of no
 * delivery. False: there are no more (or `size` is 0). */
bool mailwhy_next(struct mailwhy_worker *worker, struct mailwhy_verdict *verdict);

/* --- logs --- */

/* Which logs, and what of them. Texts are NULL and times 0 for any, as the options of `mailwhy log` of the
 * same names, see mailwhy(1). */
struct mailwhy_logs {
    size_t size;
    const char *const *files; /* read as one log, in the order of their times; plain or compressed */
    size_t file_count;
    const char *bytes; /* or a log in memory, in the place of files */
    size_t length;
    const char *name;     /* of that, in the report; NULL: "log" */
    const char *tz;       /* of lines that name no zone: Europe/Berlin, +01:00; NULL: the system's */
    int year;             /* of the first line, where lines name none; 0: the latest that fits */
    unsigned jobs;        /* threads; 0 counts as 1: no other thread is started */
    unsigned top;         /* rows of each table for people; 0: 10 */
    bool lines;           /* with the lines of each mail that was asked for */
    int64_t since, until; /* seconds since the epoch */
    const char *sender, *recipient, *queue_id, *message_id, *domain, *cause, *client, *relay;
};

/* Report on logs: json and the pages sum up, ndjson has a line for each recipient's delivery. MAILWHY_DATA:
 * no line is one of a mail log that is known, or a file is damaged. */
int mailwhy_report_logs(struct mailwhy_worker *worker, const struct mailwhy_logs *logs,
                        const struct mailwhy_format *format, mailwhy_sink *sink, void *context);

/* What a log says of one message to one recipient; texts and numbers as in struct mailwhy_verdict. */
struct mailwhy_delivery {
    size_t size;
    const char *host, *queue_id, *message_id;
    const char *sender, *recipient;
    const char *outcome;      /* sent, bounced, expired, deferred, discarded, held, rejected */
    const char *direction;    /* out, in, local */
    const char *first, *last; /* times of the first and the last try, RFC 3339 in UTC */
    const char *relay_host, *relay_ip, *provider;
    const char *cause, *underlying, *reply, *enhanced;
    const char *file; /* of the last try's line */
    int64_t line;
    int64_t attempts;
    int64_t delay_s; /* from the message's arrival to the last try */
    int code;
    const char *json; /* all of it: one object, without the end of the line */
};

/* Gets a delivery, which stands until it returns. It must not use the worker. */
typedef void mailwhy_delivery_sink(void *context, const struct mailwhy_delivery *delivery);

/* The deliveries of logs one by one, each when its message leaves the queue: nothing is kept of them. Returns
 * what mailwhy_report_logs does. */
int mailwhy_each_delivery(struct mailwhy_worker *worker, const struct mailwhy_logs *logs,
                          mailwhy_delivery_sink *sink, void *context);

/* --- audits --- */

/* Would mail of these domains, sent from this address, be trusted? Texts may be NULL but for the first two.
 */
struct mailwhy_audit {
    size_t size;
    const char *const *domains; /* one in full; several side by side */
    size_t domain_count;
    const char *ip;
    const char *helo;             /* that the server calls itself */
    const char *sender;           /* envelope sender; NULL: postmaster@ each domain */
    const char *const *selectors; /* of DKIM keys */
    size_t selector_count;
};

/* Run all checks on the DNS snapshot of the options. */
int mailwhy_report_audit(struct mailwhy_worker *worker, const struct mailwhy_audit *audit,
                         const struct mailwhy_format *format, mailwhy_sink *sink, void *context);

const char *mailwhy_version(void); /* 1.2.3 */

#ifdef __cplusplus
}
#endif

#endif
