/* The library: see mailwhy.h. */
#define _GNU_SOURCE
#include "analyze/asked.h"
#include "analyze/auth/check_kinds.h"
#include "analyze/auth/engine.h"
#include "analyze/complaints.h"
#include "analyze/internal.h"
#include "analyze/report/common_words.h"
#include "analyze/report/reader.h"
#include "analyze/sized.h"
#include "analyze/verdict/answers.h"
#include "analyze/verdict/build.h"
#include "analyze/verdict/build_pasted.h"
#include "analyze/verdict/confirm.h"
#include "analyze/verdict/delivery_path.h"
#include "analyze/version.h"
#include "parsers/base/file_errors.h"
#include "parsers/base/file_magic.h"
#include "parsers/base/hash.h"
#include "parsers/base/input.h"
#include "parsers/base/mime_text.h"
#include "parsers/base/module.h"
#include "parsers/base/shown_name.h"
#include "parsers/bounce/bounce.h"
#include "parsers/bounce/pasted.h"
#include "parsers/feedback/feedback.h"
#include "parsers/message/limits.h"
#include "parsers/message/problem.h"
#include "parsers/rules/check.h"
#include "parsers/rules/load.h"

#include <errno.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_WIDTH 80

const char *mailwhy_version(void) {
    return MAILWHY_VERSION;
}

void why_complain(const struct mailwhy *why, const char *text) {
    if (why->options.complain)
        why->options.complain(why->options.context, text);
}

/* Take the files of a snapshot into memory, to be read in read_sources. */
static struct dns_source *open_sources(const char *const *files, size_t count) {
    struct dns_source *sources = g_new0(struct dns_source, count + 1);
    for (size_t i = 0; i < count; i++) {
        int fd = input_descriptor(files[i], 0);
        bool is_named = strcmp(files[i], "-") != 0;
        sources[i].error = fd < 0 ? (errno ? errno : EBADF) : input_read_raw(&sources[i].raw, fd, is_named);
        if (fd >= 0)
            close(fd);
    }
    return sources;
}

static void close_sources(struct dns_source **sources, size_t count) {
    for (size_t i = 0; *sources && i < count; i++)
        input_close(&(*sources)[i].raw);
    g_free(*sources);
    *sources = NULL;
}

static void open_snapshots(struct mailwhy *why) {
    const struct mailwhy_options *o = &why->options;
    if (!o->dns_file_count && !o->dns_text)
        return;
    why->snapshot = snapshot_new();
    why->dns = open_sources(o->dns_files, o->dns_file_count);
    if (!o->dns_after_file_count && !o->dns_after_text)
        return;
    why->after = snapshot_new();
    why->dns_after = open_sources(o->dns_after_files, o->dns_after_file_count);
}

static void close_snapshots(struct mailwhy *why) {
    close_sources(&why->dns, why->options.dns_file_count);
    close_sources(&why->dns_after, why->options.dns_after_file_count);
}

static void read_sources(struct snapshot *snapshot, struct dns_source *sources, const char *const *files,
                         size_t count, struct file_errors *errors) {
    for (size_t i = 0; i < count; i++) {
        struct dns_source *source = &sources[i];
        input_expand(&source->raw);
        if (source->error || source->raw.damage) {
            g_autofree char *name = shown_name(files[i]);
            errors->count++;
            if (errors->out)
                fprintf(errors->out, "mailwhy: %s: %s\n", name,
                        source->error ? g_strerror(source->error) : source->raw.damage);
        } else {
            engine()->read_dns(snapshot_add(snapshot, files[i]), source->raw.bytes, errors);
        }
    }
}

static void read_text(struct snapshot *snapshot, const char *text, size_t length, const char *name,
                      struct file_errors *errors) {
    if (text)
        engine()->read_dns(snapshot_add(snapshot, name), (struct slice){text, length}, errors);
}

static void read_snapshots(struct mailwhy *why, struct file_errors *errors) {
    const struct mailwhy_options *o = &why->options;
    read_sources(why->snapshot, why->dns, o->dns_files, o->dns_file_count, errors);
    read_text(why->snapshot, o->dns_text, o->dns_length, "the DNS snapshot", errors);
    if (!why->dns_after)
        return;
    read_sources(why->after, why->dns_after, o->dns_after_files, o->dns_after_file_count, errors);
    read_text(why->after, o->dns_after_text, o->dns_after_length, "the DNS after that", errors);
}

static void begin_redaction(struct mailwhy *why, struct file_errors *errors) {
    const struct mailwhy_options *o = &why->options;
    if (!o->redact)
        return;
    const char *wrong = redact_key_get(&why->redact_key, o->redact_key_file);
    if (wrong) {
        g_autofree char *name = shown_name(o->redact_key_file ? o->redact_key_file : "--redact");
        errors->count++;
        if (errors->out)
            fprintf(errors->out, "mailwhy: %s: %s\n", name, wrong);
        return;
    }
    why->common_words = common_words_new(&why->rules);
    why->redaction = (struct redaction){why->redact_key.bytes, why->redact_key.length, why->common_words,
                                        why->reader == READER_RECEIVER};
}

static bool read_dns(struct mailwhy *why, FILE *out) {
    struct file_errors found = {.out = out};
    if (why->dns)
        read_snapshots(why, &found);
    close_snapshots(why);
    return found.count == 0;
}

bool why_read_dns(struct mailwhy *why, bool is_aloud) {
    struct complaints complaints;
    if (!is_aloud)
        return read_dns(why, NULL);
    complaints_open(&complaints);
    bool is_right = read_dns(why, complaints.out);
    complaints_pass(&complaints, why->options.complain, why->options.context);
    return is_right;
}

struct mailwhy *why_new(const struct mailwhy_options *options) {
    struct mailwhy *why = why_new_unread(options);
    if (!why || why_read_dns(why, true))
        return why;
    mailwhy_free(why);
    return NULL;
}

/* What is not loaded now might be of another version later, and nobody could be told. */
struct mailwhy *mailwhy_new(const struct mailwhy_options *options) {
    g_autofree char *missing = modules_load();
    struct mailwhy *why = missing ? NULL : why_new(options);
    struct mailwhy unmade = {0};
    if (missing && (!options || sized_take(&unmade.options, sizeof unmade.options, options)))
        why_complain(&unmade, missing);
    return why;
}

static void complain_of(struct file_errors *errors, const char *what, const char *name) {
    g_autofree char *shown = shown_name(name);
    errors->count++;
    if (errors->out)
        fprintf(errors->out, "no %s is called %s\n", what, shown);
}

static void find_reader(struct mailwhy *why, struct file_errors *errors) {
    if (!reader_find(why->options.reader, &why->reader))
        complain_of(errors, "reader", why->options.reader);
    if (!language_find(why->options.language, &why->language))
        complain_of(errors, "language", why->options.language);
}

static uint64_t number_of_rules(const struct mailwhy_options *o) {
    uint64_t number = o->no_builtin_rules;
    for (size_t i = 0; i < o->rule_file_count; i++) {
        g_autofree char *bytes = NULL;
        gsize length = 0;
        if (g_file_get_contents(o->rule_files[i], &bytes, &length, NULL))
            number = hash_alike(bytes, length, number ? number : 1);
    }
    return number;
}

/* NULL, or what is wrong, to be freed. */
static char *fault_of(const struct mailwhy_options *o) {
    if (!asked_list_is_whole(o->rule_files, o->rule_file_count) ||
        !asked_list_is_whole(o->trusted, o->trusted_count) || !asked_list_is_whole(o->own, o->own_count) ||
        !asked_list_is_whole(o->dns_files, o->dns_file_count) ||
        !asked_list_is_whole(o->dns_after_files, o->dns_after_file_count))
        return g_strdup(LACKS_AN_ENTRY);
    if (!asked_bytes_are_whole((struct slice){o->dns_text, o->dns_length}) ||
        !asked_bytes_are_whole((struct slice){o->dns_after_text, o->dns_after_length}))
        return g_strdup(LACKS_BYTES);
    if (o->width && (o->width < LEAST_WIDTH || o->width > MOST_WIDTH))
        return g_strdup_printf("a width is 0 or %d to %d", LEAST_WIDTH, MOST_WIDTH);
    char *fault = asked_entry_fault("no host, address or network of one's own, to be trusted", o->trusted,
                                    o->trusted_count, trust_entry_is_valid);
    return fault ? fault
                 : asked_entry_fault("no domain or mail address of one's own", o->own, o->own_count,
                                     own_name_is_valid);
}

/* All but the DNS files. */
static bool load(struct mailwhy *why, FILE *out) {
    const struct mailwhy_options *o = &why->options;
    struct file_errors found = {.out = out};
    g_autofree char *fault = fault_of(o);
    if (fault) {
        fprintf(out, "%s\n", fault);
        return false;
    }
    rulebase_load(&why->rules, o->rule_files, o->rule_file_count, o->no_builtin_rules, &found);
    why->rules_number = number_of_rules(o);
    if (o->rule_file_count) {
        rulebase_check(&why->rules, &found);
        check_kinds_verify_rules(&why->rules, &found);
    }
    find_reader(why, &found);
    begin_redaction(why, &found);
    return found.count == 0;
}

struct mailwhy *why_new_unread(const struct mailwhy_options *options) {
    struct mailwhy *why = g_new0(struct mailwhy, 1);
    struct complaints complaints;
    if (options && !sized_take(&why->options, sizeof why->options, options)) {
        why_complain(why, SIZED_WRONGLY);
        g_free(why);
        return NULL;
    }
    why->options.redact |= why->options.redact_key_file != NULL;
    complaints_open(&complaints);
    bool is_right = load(why, complaints.out);
    complaints_pass(&complaints, why->options.complain, why->options.context);
    if (!is_right) {
        mailwhy_free(why);
        return NULL;
    }
    why->trust = (struct trust_list){why->options.trusted, why->options.trusted_count};
    why->own = (struct own_names){why->options.own, why->options.own_count};
    why->set = ruleset_new(&why->rules);
    open_snapshots(why);
    return why;
}

void mailwhy_free(struct mailwhy *why) {
    if (!why)
        return;
    close_snapshots(why);
    ruleset_free(why->set);
    common_words_free(why->common_words);
    snapshot_free(why->snapshot);
    snapshot_free(why->after);
    rulebase_free(&why->rules);
    g_free(why);
}

struct mailwhy_worker *worker_new_alone(const struct mailwhy *why) {
    struct mailwhy_worker *worker = g_new0(struct mailwhy_worker, 1);
    worker->why = why;
    worker->matcher = matcher_new(why->set);
    if (why->snapshot)
        worker->dkim = engine()->checker_new();
    worker->scratch.out = g_string_sized_new(4096);
    return worker;
}

/* The process of the second opinions reads the files itself, in its own sandbox. */
static void read_for_second(void *why) {
    why_read_dns(why, false);
}

void worker_start_second(struct mailwhy_worker *worker) {
    const struct mailwhy *why = worker->why;
    if (why->snapshot && why->options.second_opinion)
        worker->second = engine()->second_new(why->snapshot, why->dns ? read_for_second : NULL, (void *)why);
}

struct mailwhy_worker *mailwhy_worker_new(const struct mailwhy *why) {
    struct mailwhy_worker *worker = worker_new_alone(why);
    worker_start_second(worker);
    return worker;
}

void mailwhy_worker_free(struct mailwhy_worker *worker) {
    if (!worker)
        return;
    records_free(&worker->records);
    matcher_free(worker->matcher);
    if (worker->why->snapshot) {
        engine()->checker_free(worker->dkim);
        engine()->second_free(worker->second);
    }
    arena_free(&worker->arena);
    arena_free(&worker->scratch.arena);
    g_string_free(worker->scratch.out, TRUE);
    g_free(worker);
}

bool worker_takes(const struct mailwhy_worker *worker, void *ours, size_t size, const void *callers) {
    if (sized_take(ours, size, callers))
        return true;
    why_complain(worker->why, SIZED_WRONGLY);
    return false;
}

void worker_forget(struct mailwhy_worker *worker) {
    GString *out = worker->scratch.out;
    arena_reset(&worker->arena);
    arena_reset(&worker->scratch.arena);
    void (*forget)(void) = FROM_LOADED(MODULE_MESSAGE, mime_forget);
    if (forget)
        forget();
    explicit_bzero(out->str, out->allocated_len);
    g_string_truncate(out, 0);
}

static void note_damage(struct message *message, const struct mailwhy_input *input) {
    if (input->damage)
        problem_add(&message->problems, message->arena, true, input->is_unread ? input->first_line : 0,
                    input->damage);
    if (input->length == 0 && !input->is_unread)
        problem_add(&message->problems, message->arena, true, 0, "the input is empty");
}

struct auth_tools worker_tools(const struct mailwhy_worker *worker) {
    return (struct auth_tools){worker->why->snapshot, &worker->why->rules, worker->dkim, worker->second};
}

bool worker_tools_after(const struct mailwhy_worker *worker, struct auth_tools *tools) {
    *tools = (struct auth_tools){worker->why->after, &worker->why->rules, worker->dkim, NULL};
    return worker->why->after != NULL;
}

/* What has no header of mail may be words about a delivery, or a file of another kind. */
static void explain_pasted(struct mailwhy_worker *worker, const struct mailwhy_input *input,
                           struct slice header, struct report *report) {
    struct slice bytes = {input->bytes, input->length};
    const char *advice = file_magic_advice(bytes);
    bool has_header = report->kind == KIND_MESSAGE && !advice && pasted_header_may_be_mail(header);
    struct arena *arena = &worker->arena;
    if (!advice && report_build_pasted(report, bytes, worker->matcher, arena))
        return;
    report->kind = has_header ? KIND_MESSAGE : KIND_NONE;
    if (has_header)
        return;
    problem_add(
        &report->problems, arena, true, input->first_line ? input->first_line : 1,
        advice ? advice
               : "this is no mail message: it begins with no header field of mail, and no reply of a mail "
                 "server is known in its words");
    report->has_error = true;
}

/* What a receiver reports on a domain's mail stands in an attachment of a mail that says nothing of a
 * delivery, or alone. */
static void read_feedback(struct report *report, struct bounce *bounce, struct slice bytes,
                          struct message *message) {
    struct feedback *feedback = ARENA_NEW(message->arena, struct feedback);
    if ((bounce->kind != KIND_MESSAGE && bounce->kind != KIND_AUTO_REPLY) ||
        !feedback_read(feedback, bytes, message))
        return;
    bounce->kind = KIND_REPORT;
    report->feedback = feedback;
}

void worker_report(struct mailwhy_worker *worker, const struct mailwhy_input *input, struct report *report) {
    struct slice bytes = {input->bytes ? input->bytes : "", input->length};
    struct message message;
    struct bounce bounce;
    arena_reset(&worker->arena);
    message_parse(&message, bytes, input->first_line ? input->first_line : 1, &worker->arena);
    if (feedback_is_bare(bytes)) /* it has no header, so what was found wrong with one says nothing of it */
        message.problems = (struct problem_list){0};
    note_damage(&message, input);
    if (worker->why->notice)
        problem_add(&message.problems, &worker->arena, false, 0, worker->why->notice);
    bounce_read(&bounce, &message, worker->matcher);
    *report = (struct report){.name = slice_of(input->name ? input->name : ""), .bytes = input->length};
    read_feedback(report, &bounce, bytes, &message);
    report_rebuild_paths(report, &message, &bounce, worker->matcher, &worker->why->trust);
    report->problems = message.problems;
    report->problems.end = NULL;
    for (report->problems.end = &report->problems.first; *report->problems.end;)
        report->problems.end = &(*report->problems.end)->next;
    report_build(report, &bounce, worker->matcher, &worker->why->trust, &worker->arena);
    if (input->length && report->kind <= KIND_MESSAGE &&
        (!pasted_header_is_mail(message.parts->header) || pasted_is_labels(bytes)))
        explain_pasted(worker, input, message.parts->header, report);
    if (worker->why->search)
        report_confirm(report, worker->why->search, &worker->arena);
    if (worker->why->snapshot) {
        struct auth_tools tools = worker_tools(worker);
        struct auth_tools after;
        bool has_after = worker_tools_after(worker, &after);
        report_verify(report, &bounce, &tools, has_after ? &after : NULL, &worker->arena);
    }
    report_answer(report, &worker->why->trust, &worker->arena);
    report_take_side(report, &bounce, &worker->why->own, &worker->why->trust, &worker->arena);
}

const struct redaction *worker_redaction(const struct mailwhy_worker *worker) {
    return worker->why->options.redact ? &worker->why->redaction : NULL;
}

/* The time of the report, which builds that are to be the same again set (reproducible-builds.org). */
static int64_t now(void) {
    const char *given = getenv("SOURCE_DATE_EPOCH");
    return given ? g_ascii_strtoll(given, NULL, 10) : g_get_real_time() / G_USEC_PER_SEC;
}

void worker_begin(struct mailwhy_worker *worker, const struct mailwhy_format *format, bool is_list,
                  mailwhy_sink *sink, void *context) {
    worker->is_in_list = is_list;
    mailwhy_begin(format, is_list, sink, context);
}

static struct writing writing_for(struct mailwhy_worker *worker, const struct mailwhy_format *format,
                                  mailwhy_sink *sink, void *context) {
    const struct mailwhy_options *o = &worker->why->options;
    return (struct writing){
        .format = format,
        .style = {o->width ? o->width : DEFAULT_WIDTH, o->color, o->verbose, worker->why->reader,
                  worker->why->reader == READER_CUSTOMER ? worker->why->language : NULL, &worker->why->rules},
        .foot = {worker->why->asked, worker->why->verify, now(), worker->is_in_list},
        .redaction = worker_redaction(worker),
        .scratch = &worker->scratch,
        .sink = sink,
        .context = context};
}

void worker_write(struct mailwhy_worker *worker, const struct mailwhy_format *format,
                  const struct report_form *form, const void *what, mailwhy_sink *sink, void *context) {
    struct writing writing = writing_for(worker, format, sink, context);
    report_write(&writing, form, what);
}

int worker_explain(struct mailwhy_worker *worker, const struct mailwhy_input *input, const struct many *many,
                   const struct mailwhy_format *format, mailwhy_sink *sink, void *context) {
    struct report report;
    struct writing writing = writing_for(worker, format, sink, context);
    worker_report(worker, input, &report);
    writing.heading = input->is_one_of_several ? report.name : SLICE_EMPTY;
    writing.label = many->label;
    if (format)
        report_write(&writing, &form_message, &report);
    if (many->facts) {
        GString *facts = worker->scratch.out; /* nothing of it is left where the next input is read */
        mail_facts_write(facts, &report, many->head, &worker->why->rules, &worker->arena);
        many->facts(context, facts->str, facts->len);
        g_string_truncate(facts, 0);
    }
    report_verification_close(&report);
    return report.has_error ? MAILWHY_DATA : MAILWHY_OK;
}

static bool are_whole(const struct mailwhy_worker *worker, struct slice bytes) {
    if (asked_bytes_are_whole(bytes))
        return true;
    why_complain(worker->why, LACKS_BYTES);
    return false;
}

int mailwhy_explain(struct mailwhy_worker *worker, const struct mailwhy_input *given,
                    const struct mailwhy_format *format, mailwhy_sink *sink, void *context) {
    struct mailwhy_input input;
    if (!worker_takes(worker, &input, sizeof input, given) ||
        !are_whole(worker, (struct slice){input.bytes, input.length}))
        return MAILWHY_USAGE;
    return worker_explain(worker, &input, &(struct many){.label = SLICE_EMPTY}, format, sink, context);
}

int mailwhy_explain_reply(struct mailwhy_worker *worker, const char *text, size_t length,
                          const struct mailwhy_format *format, mailwhy_sink *sink, void *context) {
    struct verdict verdict;
    if (!are_whole(worker, (struct slice){text, length}))
        return MAILWHY_USAGE;
    arena_reset(&worker->arena);
    verdict_of_reply(&verdict, (struct slice){text, length}, worker->matcher, &worker->arena);
    worker_write(worker, format, &form_reply, &verdict, sink, context);
    return slice_trim((struct slice){text, length}).len ? MAILWHY_OK : MAILWHY_DATA;
}
