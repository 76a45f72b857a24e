/* What kind of message is it, and what does it say of whom? The report proper (RFC 3464) is read
 * first, then the text for people, which often says more: host, address, command. See bounce.h. */
#include "parsers/bounce/bounce.h"

#include "parsers/base/address.h"
#include "parsers/base/text.h"
#include "parsers/bounce/attached.h"
#include "parsers/bounce/complaint.h"
#include "parsers/bounce/copied.h"
#include "parsers/bounce/dsn.h"
#include "parsers/bounce/likeness.h"
#include "parsers/bounce/named.h"
#include "parsers/bounce/page_links.h"
#include "parsers/bounce/passed_on.h"
#include "parsers/bounce/recipients.h"
#include "parsers/bounce/recognise.h"
#include "parsers/bounce/report_parts.h"
#include "parsers/bounce/textual.h"
#include "parsers/message/field.h"
#include "parsers/message/identity.h"
#include "parsers/message/problem.h"
#include "parsers/rules/format_words.h"

#include <glib.h>

#define LIMIT_SUBJECT ((size_t)1 << 10) /* bytes of it that may tell an outcome */

static const char *const status_types[] = {"message/delivery-status", "message/global-delivery-status", NULL};
static const char *const complaint_types[] = {"message/feedback-report", NULL};
static const char *const receipt_types[] = {"message/disposition-notification",
                                            "message/global-disposition-notification", NULL};

static void read_report(struct reading *r) {
    dsn_read(r->b, part_text(r->m, r->report), part_first_line(r->m, r->report), r->arena);
}

/* Bounces that carry the fields of a report in their text, because a program broke the MIME. */
static bool read_fields_in_text(struct reading *r) {
    static const char mark[] = "Final-Recipient:";
    struct slice text = r->b->human;
    size_t at = slice_find_nocase(text, SLICE(mark));
    if (at == text.len)
        return false;
    size_t start = slice_find_nocase(slice_upto(text, at), SLICE("Reporting-MTA:"));
    size_t action = slice_find_nocase(slice_upto(text, at), SLICE("\nAction:"));
    start = MIN(MIN(start, action), at);
    struct line_counter lines = {text.ptr, r->b->human_line};
    dsn_read(r->b, slice_from(text, start), line_counter_at(&lines, text.ptr + start), r->arena);
    for (struct recipient *p = r->b->recipients; p; p = p->next)
        p->where = p->diagnostic.len ? "Diagnostic-Code in the text" : p->where;
    return r->b->count > 0;
}

/* Read the text as a format says; false when that finds nothing about any recipient. */
static bool read_as(struct reading *r, const struct format *format) {
    struct bounce *b = r->b;
    struct slice returned;
    struct slice report = format_report(r->matcher, format, r->text, &returned);
    if (r->own.ptr && report.ptr >= r->own.ptr + r->own.len) /* it stands in the mail that came back */
        report = format_report(r->matcher, format, r->own, &returned);
    if (!r->returned.len)
        r->returned = report_header_in_text(returned);
    const char *report_start = report.ptr;
    if (format_joins(format) == FORMAT_JOINS_REPORT) {
        char *joined = arena_string(r->arena, report);
        for (char *p = joined; *p; p++)
            if (*p == '\n')
                *p = ' ';
        report.ptr = joined;
    }
    b->human = report;
    struct line_counter lines = {r->text.ptr, r->text_line};
    unsigned first_line = line_counter_at(&lines, report_start);
    b->human_line = first_line;
    return format_read(b, r->matcher, format, report, first_line, r->arena) > 0;
}

/* By a program? Then a report inside it is what came back, not what somebody passes on. */
static bool is_automatic(struct reading *r) {
    struct slice submitted = slice_trim(named_field(r, SLICE("auto-submitted")));
    bool has_null_sender = slice_equal(slice_trim(named_field(r, SLICE("return-path"))), SLICE("<>"));
    bool is_generated = submitted.len && !slice_starts_nocase(submitted, SLICE("no"));
    return has_null_sender || is_generated ||
           named_is_daemon(address_of_mailbox(named_field(r, SLICE("from"))));
}

static void set_text(struct reading *r, struct slice text) {
    r->text = text;
    r->own = r->b->human = text_without_copy(text);
}

/* The text for people; of one that a person passes on, what stands behind the fields of the report. */
static void read_text(struct reading *r, bool whole) {
    struct slice text = report_human_text(r->m, r->human, whole);
    bool is_of_person = !r->report && !is_automatic(r);
    text = is_of_person ? page_links_removed(text, r->arena) : text;
    struct slice report = is_of_person ? passed_on_report(text) : SLICE_EMPTY;
    bool is_html =
        r->human && strcmp(r->human->type, "text/html") == 0; /* its lines are not those of its text */
    struct line_counter lines = {text.ptr, is_html ? 0 : part_first_line(r->m, r->human)};
    if (report.len) {
        struct slice plain = passed_on_quoted(report, r->arena);
        r->text_line = plain.len || is_html ? 0 : line_counter_at(&lines, report.ptr);
        r->b->is_forwarded = true;
        text = plain.len ? plain : report;
    } else {
        r->text_line = lines.line;
    }
    r->b->human_line = r->text_line;
    set_text(r, text);
}

/* The last resort reads what most programs do: an address on a line of its own, and what follows. */
static bool read_as_last(struct reading *r) {
    const struct rule_list *list = &matcher_rules(r->matcher)->lists[RULES_FORMATS];
    for (size_t i = 0; i < list->count; i++) {
        const struct format *f = list->items[i];
        if (format_is_last(f) && read_as(r, f))
            return true;
    }
    return false;
}

/* The host that speaks, where the words by which the format is known name it. */
static void find_reporter(struct reading *r, const struct format *format) {
    struct pattern_match match;
    for (const struct rule_pattern *p = format->recognise; p && p->regex && !r->b->reporter.len; p++)
        if (strstr(p->regex, "(?<reporter>") && matcher_try(r->matcher, p, r->own, 0, &match) &&
            address_is_host(pattern_group(&match, "reporter")))
            r->b->reporter = pattern_group(&match, "reporter");
}

/* The first format that finds a recipient; the best one names the software all the same. Returns whether a
 * format that is not of last resort found what it asks for. */
static bool read_textual(struct reading *r, const struct format *const *formats) {
    const struct format *named = *formats;
    bool found = false;
    for (; *formats && !found; formats++) {
        found = read_as(r, *formats);
        if (found)
            named = *formats;
    }
    if (!found && !r->b->has_report) {
        named_add_failed(r);
        if (r->b->count || !read_as_last(r))
            r->b->human = r->own;
    }
    if (named && !r->b->format)
        r->b->format = named->id;
    if (named && !r->b->software)
        r->b->software = named->software;
    r->b->names_others = named && format_names_others(named);
    if (named)
        find_reporter(r, named);
    return named && !format_is_last(named) && (found || !named->recipient);
}

/* The identities of the returned message; what the report itself said of them is kept. */
static void read_returned(struct reading *r) {
    struct slice said_sender = r->b->returned.sender;
    struct slice header =
        r->returned.len ? r->returned : report_returned(r->m, r->report, r->human, &r->b->returned_whole);
    r->b->returned_header = header;
    identity_read(&r->b->returned, header, r->arena);
    if (said_sender.len)
        r->b->returned.sender = said_sender;
}

static enum input_kind kind_of(const struct format *format) {
    static const enum input_kind kinds[] = {[FORMAT_BOUNCE] = KIND_BOUNCE,
                                            [FORMAT_AUTO_REPLY] = KIND_AUTO_REPLY,
                                            [FORMAT_COMPLAINT] = KIND_COMPLAINT,
                                            [FORMAT_CHALLENGE] = KIND_CHALLENGE};
    _Static_assert(G_N_ELEMENTS(kinds) == FORMAT_KINDS, "a kind of input for each kind of format");
    return kinds[format_kind(format)];
}

/* Else the domain that the daemon writes as. */
static void find_reporter_in_from(struct reading *r) {
    struct slice from = address_of_mailbox(named_field(r, SLICE("from")));
    struct slice host = slice_from(from, slice_find_char(from, '@') + 1);
    if (!r->b->reporter.len && named_is_daemon(from) && address_is_host(host))
        r->b->reporter = host;
}

/* A gateway wraps a report into a notice of its own, which names nobody: then what is inside is all that
 * there is, and as little believed as what somebody passes on. */
static void read_wrapped_report(struct reading *r) {
    const struct part *inside = report_part_forwarded(r->m, status_types);
    if (!inside)
        return;
    named_add_in_text(r);
    if (r->b->count) /* then what is inside is what came back */
        return;
    r->report = inside;
    r->b->is_forwarded = r->b->has_report = true;
    r->b->format = "dsn";
    read_report(r);
    recipients_index(r->b, r->arena);
}

/* Does the message call itself a report on a delivery (RFC 3462, RFC 6522), though that part is missing? */
static bool is_called_report(struct reading *r) {
    struct slice type = named_field(r, SLICE("content-type"));
    return slice_starts_nocase(slice_trim(type), SLICE("multipart/report")) &&
           slice_find_nocase(type, SLICE("delivery-status")) < type.len;
}

static void read_bounce(struct reading *r, const struct format *const *formats) {
    r->b->kind = KIND_BOUNCE;
    if (r->human && r->human->body.len > ENOUGH_TO_TELL)
        read_text(r, true);
    r->b->has_report = (r->report && r->b->count) || read_fields_in_text(r);
    if (r->report || r->b->has_report)
        r->b->format = "dsn";
    bool is_known = read_textual(r, formats);
    if (!r->b->has_report)
        named_drop_own(r);
    find_reporter_in_from(r);
    if (r->b->count == 0 && !r->report)
        read_wrapped_report(r);
    read_returned(r);
    named_find(r);
    named_fill_gaps(r);
    if (r->b->has_report || r->report || is_called_report(r))
        return;
    r->b->likeness = likeness_of(r, is_known);
    format_tell_outcome(r->b, slice_upto(named_field(r, SLICE("subject")), LIMIT_SUBJECT), r->matcher,
                        r->arena);
}

/* Returns false, and leaves it unread, where nothing shows that it is a bounce. */
static bool read_likely_bounce(struct reading *r, const struct format *const *formats) {
    struct reading before = *r;
    struct bounce unread = *r->b;
    read_bounce(r, formats);
    if (r->b->likeness != LIKENESS_NONE)
        return true;
    *r = before;
    *r->b = unread;
    return false;
}

static void read_complaint(struct reading *r, const struct format *format) {
    r->b->kind = KIND_COMPLAINT;
    r->b->format = r->report ? "arf" : format->id;
    if (r->report)
        complaint_read(r->b, part_text(r->m, r->report), r->arena);
    else
        complaint_read_text(r->b, r->b->human, r->arena);
    if (slice_equal_nocase(r->b->complaint.type,
                           SLICE("auth-failure"))) /* nobody complains: it tells the domain's owner */
        r->b->kind = KIND_REPORT;
    read_returned(r);
    if (r->b->count == 0)
        named_add_returned(r);
    if (r->b->count == 0 && !r->report) /* it was not a machine that complained */
        named_add_sender(r);
}

/* By a mail system, to nobody's answer: no away note is. */
static bool is_written_by_daemon(struct reading *r) {
    struct slice path = slice_trim(named_field(r, SLICE("return-path")));
    struct slice from = slice_trim(named_field(r, SLICE("from")));
    return (named_is_daemon(address_of_mailbox(from)) || slice_equal(from, SLICE("<>"))) &&
           (!path.len || slice_equal(path, SLICE("<>")));
}

static void decide(struct reading *r, const struct recognised *found) {
    const struct part *complaint = report_part(r->m, complaint_types);
    if (r->report || r->is_bare_status || is_called_report(r)) {
        read_bounce(r, found->bounces);
    } else if (complaint) {
        r->report = complaint;
        read_complaint(r, NULL);
    } else if (report_part(r->m, receipt_types) &&
               !(found->bounces[0] && !format_is_last(found->bounces[0]))) {
        r->b->kind = KIND_AUTO_REPLY;
        r->b->format = "mdn";
    } else if (found->bounces[0] && !(found->notice && format_is_last(found->bounces[0])) &&
               read_likely_bounce(r, found->bounces)) {
        return;
    } else if (found->notice && kind_of(found->notice) == KIND_AUTO_REPLY && is_written_by_daemon(r)) {
        read_bounce(r, found->bounces); /* that it was made by a program says less than who made it */
    } else if (found->notice) {
        r->b->kind = kind_of(found->notice);
        r->b->format = found->notice->id;
        r->b->software = found->notice->software;
        if (r->b->kind == KIND_COMPLAINT)
            read_complaint(r, found->notice);
        else if (r->b->kind == KIND_CHALLENGE)
            named_add_challenger(r);
    }
}

/* The text for people, and the formats that its own words fit. */
static struct recognised read_human(struct reading *r) {
    r->human = report_human_part(r->m, r->report);
    read_text(r, false);
    return format_recognise(r->matcher, r->m, r->b->human, r->arena);
}

static struct recognised read_indented(struct reading *r, struct recognised found) {
    struct slice text = report_unquoted(r->text, true, r->arena);
    if (text.ptr == r->text.ptr)
        return found;
    set_text(r, text);
    return format_recognise(r->matcher, r->m, r->b->human, r->arena);
}

/* What a person quotes below or between words of their own, where it is a report for sure. */
static struct recognised read_quoted(struct reading *r, struct recognised found) {
    struct slice text = passed_on_quoted(r->text, r->arena);
    struct slice before = r->text;
    if (!text.len)
        return found;
    set_text(r, text);
    struct recognised quoted = format_recognise(r->matcher, r->m, r->b->human, r->arena);
    if (quoted.bounces[0] && !format_is_last(quoted.bounces[0])) {
        r->text_line = r->b->human_line = 0;
        r->b->is_forwarded = true;
        return quoted;
    }
    set_text(r, before);
    return found;
}

static struct recognised recognise(struct reading *r) {
    if (report_is_bare(r->m)) {
        set_text(r, r->m->bytes);
        r->text_line = r->b->human_line = 1;
        r->is_bare_status = true;
        return format_recognise(r->matcher, r->m, r->b->human, r->arena);
    }
    r->report = report_part(r->m, status_types);
    struct recognised found = read_human(r);
    if (r->report || found.bounces[0] || found.notice)
        return found;
    if (is_automatic(r))
        return read_indented(r, found);
    r->report = report_part_forwarded(r->m, status_types);
    r->b->is_forwarded |= r->report != NULL;
    if (r->report)
        return read_human(r);
    found = read_indented(r, found);
    return found.bounces[0] || found.notice ? found : read_quoted(r, found);
}

/* Returns whether a person seems to have written it. */
static bool read_message(struct bounce *bounce, struct message *message, struct matcher *matcher) {
    struct arena *arena = message->arena;
    *bounce = (struct bounce){.kind = KIND_MESSAGE, .arrival = -1};
    struct reading r = {.b = bounce, .m = message, .matcher = matcher, .arena = arena};
    struct recognised found = recognise(&r);
    if (r.report)
        read_report(&r);
    recipients_index(bounce, arena);
    decide(&r, &found);
    bounce->addressee = address_of_mailbox(named_field(&r, SLICE("to")));
    if (bounce->kind != KIND_BOUNCE && bounce->kind != KIND_COMPLAINT && bounce->kind != KIND_REPORT) {
        struct slice header = message->parts->header;
        bounce->returned_header = header;
        if (header.len)
            bounce->returned_whole =
                (struct slice){header.ptr, (size_t)(message->bytes.ptr + message->bytes.len - header.ptr)};
        identity_read(&bounce->returned, header, arena);
    }
    bounce->is_cut = message->is_cut && !(bounce->kind == KIND_BOUNCE && bounce->returned.is_present);
    return !is_automatic(&r);
}

/* A person's mail that says nothing of a delivery may carry a report, saved as a file; its attachments are
 * not looked into. Of an ordinary mail that is attached the reader is told that it is another one. */
static void read_attached(struct bounce *bounce, struct message *message, struct matcher *matcher) {
    struct message *mail = ARENA_NEW(message->arena, struct message);
    const struct part *part = NULL;
    const struct part *ordinary = NULL;
    for (unsigned i = 0; i < MOST_ATTACHED && attached_next(message, &part, mail); i++) {
        struct bounce inner;
        read_message(&inner, mail, matcher);
        if (inner.kind == KIND_BOUNCE || inner.kind == KIND_COMPLAINT || inner.kind == KIND_REPORT) {
            *bounce = inner;
            bounce->is_forwarded = true;
            return;
        }
        ordinary = ordinary ? ordinary : part;
    }
    if (ordinary)
        problem_add(
            &message->problems, message->arena, false, message_line(message, ordinary->body.ptr),
            "a mail is attached, of which nothing is told here: save it as a file of its own, and give "
            "that one");
}

void bounce_read(struct bounce *bounce, struct message *message, struct matcher *matcher) {
    if (read_message(bounce, message, matcher) && bounce->kind == KIND_MESSAGE)
        read_attached(bounce, message, matcher);
}
