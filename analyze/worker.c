#define _GNU_SOURCE
#include "analyze/worker.h"

#include "analyze/asked.h"
#include "analyze/auth/engine.h"
#include "analyze/sized.h"
#include "analyze/verdict/answers.h"
#include "analyze/verdict/build.h"
#include "analyze/verdict/build_pasted.h"
#include "analyze/verdict/confirm.h"
#include "analyze/verdict/delivery_path.h"
#include "analyze/verdict/feedback_log.h"
#include "parsers/base/file_magic.h"
#include "parsers/base/mime_text.h"
#include "parsers/base/module.h"
#include "parsers/bounce/bounce.h"
#include "parsers/bounce/event_json.h"
#include "parsers/bounce/other_file.h"
#include "parsers/bounce/pasted.h"
#include "parsers/bounce/pasted_header.h"
#include "parsers/feedback/feedback.h"
#include "parsers/message/limits.h"
#include "parsers/message/problem.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_WIDTH 80

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
        worker->second =
            engine()->second_new(why->snapshot, why->dns.raw ? read_for_second : NULL, (void *)why);
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
    const char *advice = other_file_advice(bytes);
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

/* A header that somebody pasted, behind words of their own or without the fields that every mail has, and
 * what Gmail shows in the place of one. Returns whether it was one, and was read. */
static bool read_pasted_header(struct mailwhy_worker *worker, struct slice bytes, unsigned line,
                               struct message *message, struct bounce *bounce) {
    if (bounce->kind != KIND_MESSAGE || pasted_header_is_mail(message->parts->header))
        return false;
    size_t at = pasted_header_at(bytes, &worker->arena);
    if (at == 0 && bytes.len) /* it is what was read */
        return true;
    struct slice header = slice_from(bytes, at);
    struct line_counter lines = {bytes.ptr, line};
    line = line_counter_at(&lines, header.ptr);
    if (at == bytes.len) {
        header = pasted_shown_original(bytes, &worker->arena);
        line = 0;
    }
    if (!header.len)
        return false;
    if (at < bytes.len) /* what was made of the whole is not needed any more */
        arena_reset(&worker->arena);
    message_parse(message, header, line, &worker->arena);
    bounce_read(bounce, message, worker->matcher);
    return true;
}

/* Events of a sending service, which are no mail, whatever a bounce format finds in them. */
static bool holds_events(struct mailwhy_worker *worker, struct slice bytes) {
    struct event_reply reply;
    return bytes.len <= LIMIT_PASTED && json_begins(bytes) &&
           event_json_read(bytes, matcher_rules(worker->matcher), &reply, 1, NULL, &worker->arena) > 0;
}

void worker_report(struct mailwhy_worker *worker, const struct mailwhy_input *input, struct report *report) {
    struct slice bytes = {input->bytes ? input->bytes : "", input->length};
    bool is_other = file_magic_advice(bytes) != NULL; /* a mail inside of an archive is not the whole of it */
    struct message message;
    struct bounce bounce;
    arena_reset(&worker->arena);
    is_other |= holds_events(worker, bytes);
    unsigned line = input->first_line ? input->first_line : 1;
    message_parse(&message, slice_upto(bytes, is_other ? 0 : bytes.len), line, &worker->arena);
    if (feedback_is_bare(bytes)) /* it has no header, so what was found wrong with one says nothing of it */
        message.problems = (struct problem_list){0};
    bounce_read(&bounce, &message, worker->matcher);
    bool is_piece = !is_other && read_pasted_header(worker, bytes, line, &message, &bounce);
    note_damage(&message, input);
    if (worker->why->notice)
        problem_add(&message.problems, &worker->arena, false, 0, worker->why->notice);
    *report = (struct report){.name = slice_of(input->name ? input->name : ""), .bytes = input->length};
    read_feedback(report, &bounce, bytes, &message);
    report_rebuild_paths(report, &message, &bounce, worker->matcher, &worker->why->trust);
    report->problems = message.problems;
    report->problems.end = NULL;
    for (report->problems.end = &report->problems.first; *report->problems.end;)
        report->problems.end = &(*report->problems.end)->next;
    report_build(report, &bounce, worker->matcher, &worker->why->trust, &worker->arena);
    if (input->length && report->kind <= KIND_MESSAGE && !is_piece &&
        (!pasted_header_is_mail(message.parts->header) || pasted_is_labels(bytes)))
        explain_pasted(worker, input, message.parts->header, report);
    if (worker->why->search) {
        report_confirm(report, worker->why->search, &worker->arena);
        feedback_hold_logs(report, &worker->why->search->sent, &worker->why->trust, worker->matcher,
                           &worker->arena);
    }
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
