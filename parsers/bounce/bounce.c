/* What kind of message is it, and what does it say of whom? The report proper (RFC 3464) is read
 * first, then the text for people, which often says more: host, address, command. See bounce.h. */
#include "parsers/bounce/bounce.h"

#include "parsers/base/address.h"
#include "parsers/base/text.h"
#include "parsers/bounce/complaint.h"
#include "parsers/bounce/copied.h"
#include "parsers/bounce/dsn.h"
#include "parsers/bounce/page_links.h"
#include "parsers/bounce/passed_on.h"
#include "parsers/bounce/recipients.h"
#include "parsers/bounce/recognise.h"
#include "parsers/bounce/report_parts.h"
#include "parsers/bounce/textual.h"
#include "parsers/message/field.h"
#include "parsers/message/identity.h"
#include "parsers/rules/format_words.h"

#include <glib.h>

struct reading {
    struct bounce *b;
    struct message *m;
    struct matcher *matcher;
    struct arena *arena;
    const struct part *report, *human;
    struct slice text; /* the whole text for people; b->human is what of it is the report */
    struct slice returned;
    unsigned text_line;  /* of the text's first line; 0: not known */
    bool is_bare_status; /* there is nothing but fields of a report */
};

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

/* Without what it returns of the message; the line that says that a copy follows is the report's own. */
static struct slice own_words(struct slice text) {
    struct slice copy;
    struct slice own = text_before_copy(text, &copy);
    return copy.ptr ? slice_upto(text, (size_t)(copy.ptr - text.ptr)) : own;
}

static bool is_daemon(struct slice address) {
    return slice_starts_nocase(address, SLICE("mailer-daemon@")) ||
           slice_starts_nocase(address, SLICE("postmaster@"));
}

/* The value of a field of the report's own header. */
static struct slice own_field(struct reading *r, struct slice name) {
    return field_value(r->arena, field_find(r->m->parts->header, name));
}

/* By a program? Then a report inside it is what came back, not what somebody passes on. */
static bool is_automatic(struct reading *r) {
    struct slice submitted = slice_trim(own_field(r, SLICE("auto-submitted")));
    bool has_null_sender = slice_equal(slice_trim(own_field(r, SLICE("return-path"))), SLICE("<>"));
    bool is_generated = submitted.len && !slice_starts_nocase(submitted, SLICE("no"));
    return has_null_sender || is_generated || is_daemon(address_of_mailbox(own_field(r, SLICE("from"))));
}

static void set_text(struct reading *r, struct slice text) {
    r->text = text;
    r->b->human = own_words(text);
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

/* Recipients that the header names (Exim, Gmail). */
static void add_failed_recipients(struct reading *r) {
    struct slice header = r->m->parts->header;
    struct field f;
    while (header.len && field_next(&header, &f)) {
        if (!slice_equal_nocase(f.name, SLICE("x-failed-recipients")))
            continue;
        struct slice value = field_value(r->arena, f);
        while (value.len) {
            size_t comma = slice_find_char(value, ',');
            struct slice address = address_strip(slice_upto(value, comma));
            if (address_is_valid(address))
                recipient_find_or_add(r->b, address, r->arena);
            value = slice_from(value, comma + 1);
        }
    }
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
        if (strstr(p->regex, "(?<reporter>") && matcher_try(r->matcher, p, r->text, 0, &match) &&
            address_is_host(pattern_group(&match, "reporter")))
            r->b->reporter = pattern_group(&match, "reporter");
}

/* The first format that finds a recipient; the best one names the software all the same. */
static void read_textual(struct reading *r, const struct format *const *formats) {
    const struct format *named = *formats;
    bool found = false;
    for (; *formats && !found; formats++) {
        found = read_as(r, *formats);
        if (found)
            named = *formats;
    }
    if (!found && !r->b->has_report) {
        add_failed_recipients(r);
        if (r->b->count || !read_as_last(r))
            r->b->human = own_words(r->text);
    }
    if (named && !r->b->format)
        r->b->format = named->id;
    if (named && !r->b->software)
        r->b->software = named->software;
    r->b->names_others = named && format_names_others(named);
    if (named)
        find_reporter(r, named);
}

/* `own`: own_addressee, which is found once: looking for it takes the length of the header. */
static bool is_own_address(struct slice own, struct slice address) {
    return slice_equal_nocase(address, own) || is_daemon(address) ||
           slice_starts_nocase(address, SLICE("support@")) ||
           slice_starts_nocase(address, SLICE("helpdesk@"));
}

/* To whom the report itself is sent. */
static struct slice own_addressee(struct reading *r) {
    return address_strip(own_field(r, SLICE("to")));
}

/* Of what a text names, the report's own addressee is no recipient of the mail that came back. */
static void drop_own_recipients(struct reading *r) {
    struct recipient **link = &r->b->recipients;
    struct slice own = own_addressee(r);
    size_t kept = 0;
    for (const struct recipient *p = r->b->recipients; p; p = p->next)
        kept += !is_own_address(own, p->address);
    while (*link && kept) {
        if (is_own_address(own, (*link)->address)) {
            *link = (*link)->next;
            r->b->count--;
        } else {
            link = &(*link)->next;
        }
    }
    if (!kept)
        return;
    r->b->end = link;
    recipients_index(r->b, r->arena);
}

/* A report that no format reads further: the addresses in it that are not the reader's own. */
static void add_addresses_in_text(struct reading *r) {
    struct slice rest = slice_upto(r->b->human, (size_t)16 << 10);
    struct slice own = own_addressee(r);
    struct slice line;
    for (int found = 0; found < 20 && slice_next_line(&rest, &line);) {
        struct slice address = address_in_text(line);
        if (!address.len || is_own_address(own, address) ||
            slice_starts_nocase(slice_trim(line), SLICE("from:")))
            continue;
        recipient_find_or_add(r->b, address, r->arena);
        found++;
    }
}

static void add_returned_recipient(struct reading *r) {
    struct slice address = address_of_mailbox(r->b->returned.to);
    if (address.len)
        recipient_find_or_add(r->b, address, r->arena);
}

static void add_sender(struct reading *r) {
    struct slice address = address_of_mailbox(own_field(r, SLICE("from")));
    if (address.len)
        recipient_find_or_add(r->b, address, r->arena);
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

/* Who is it about, where the report does not say? */
static void find_recipients(struct reading *r) {
    if (r->b->count == 0 && r->b->kind == KIND_BOUNCE)
        add_addresses_in_text(r);
    if (r->b->count == 0)
        add_returned_recipient(r);
    if (r->b->count == 0)
        recipient_add(r->b, r->arena);
}

/* A recipient that the report names by a file or a pipe: the address is elsewhere. */
static void mend_address(struct reading *r, struct recipient *p) {
    if (address_is_valid(p->address) || r->b->count != 1)
        return;
    struct slice better = address_is_valid(p->original) ? p->original : address_in_text(p->sentence);
    if (!better.len)
        better = address_strip(own_field(r, SLICE("x-failed-recipients")));
    if (!address_is_valid(better))
        better = address_in_text(r->b->human);
    if (better.len && !is_own_address(own_addressee(r), better))
        p->address = better;
}

static void fill_gaps(struct reading *r) {
    for (struct recipient *p = r->b->recipients; p; p = p->next) {
        mend_address(r, p);
        if (r->b->count == 1)
            phrases_apply(p, r->matcher, NULL, r->b->human, r->arena);
        else if (p->diagnostic.len && !p->host.len)
            phrases_apply(p, r->matcher, NULL, text_clean_block(r->arena, p->diagnostic), r->arena);
        if (!p->sentence.len && r->b->count == 1)
            p->sentence = r->b->human;
    }
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
    struct slice from = address_of_mailbox(own_field(r, SLICE("from")));
    struct slice host = slice_from(from, slice_find_char(from, '@') + 1);
    if (!r->b->reporter.len && is_daemon(from) && address_is_host(host))
        r->b->reporter = host;
}

/* A gateway wraps a report into a notice of its own, which names nobody: then what is inside is all that
 * there is, and as little believed as what somebody passes on. */
static void read_wrapped_report(struct reading *r) {
    r->report = report_part_forwarded(r->m, status_types);
    if (!r->report)
        return;
    r->b->is_forwarded = r->b->has_report = true;
    r->b->format = "dsn";
    read_report(r);
    recipients_index(r->b, r->arena);
}

static void read_bounce(struct reading *r, const struct format *const *formats) {
    r->b->kind = KIND_BOUNCE;
    if (r->human && r->human->body.len > ENOUGH_TO_TELL)
        read_text(r, true);
    r->b->has_report = r->report || read_fields_in_text(r);
    if (r->b->has_report)
        r->b->format = "dsn";
    read_textual(r, formats);
    if (!r->b->has_report)
        drop_own_recipients(r);
    find_reporter_in_from(r);
    if (r->b->count == 0 && !r->report)
        read_wrapped_report(r);
    read_returned(r);
    find_recipients(r);
    fill_gaps(r);
}

static void read_complaint(struct reading *r, const struct format *format) {
    r->b->kind = KIND_COMPLAINT;
    r->b->format = r->report ? "arf" : format->id;
    if (r->report)
        complaint_read(r->b, part_text(r->m, r->report), r->arena);
    if (slice_equal_nocase(r->b->complaint.type,
                           SLICE("auth-failure"))) /* nobody complains: it tells the domain's owner */
        r->b->kind = KIND_REPORT;
    read_returned(r);
    if (r->b->count == 0)
        add_returned_recipient(r);
    if (r->b->count == 0 && !r->report) /* it was not a machine that complained */
        add_sender(r);
}

/* Does the message call itself a report on a delivery (RFC 3462, RFC 6522), though that part is missing? */
static bool is_called_report(struct reading *r) {
    struct slice type = own_field(r, SLICE("content-type"));
    return slice_starts_nocase(slice_trim(type), SLICE("multipart/report")) &&
           slice_find_nocase(type, SLICE("delivery-status")) < type.len;
}

/* By a mail system, to nobody's answer: no away note is. */
static bool is_written_by_daemon(struct reading *r) {
    struct slice path = slice_trim(own_field(r, SLICE("return-path")));
    struct slice from = slice_trim(own_field(r, SLICE("from")));
    return (is_daemon(address_of_mailbox(from)) || slice_equal(from, SLICE("<>"))) &&
           (!path.len || slice_equal(path, SLICE("<>")));
}

static void decide(struct reading *r, const struct recognised *found) {
    const struct part *complaint = report_part(r->m, complaint_types);
    if (r->report || r->is_bare_status || is_called_report(r)) {
        read_bounce(r, found->bounces);
    } else if (complaint) {
        r->report = complaint;
        read_complaint(r, NULL);
    } else if (report_part(r->m, receipt_types)) {
        r->b->kind = KIND_AUTO_REPLY;
        r->b->format = "mdn";
    } else if (found->bounces[0] && !(found->notice && format_is_last(found->bounces[0]))) {
        read_bounce(r, found->bounces);
    } else if (found->notice && kind_of(found->notice) == KIND_AUTO_REPLY && is_written_by_daemon(r)) {
        read_bounce(r, found->bounces); /* that it was made by a program says less than who made it */
    } else if (found->notice) {
        r->b->kind = kind_of(found->notice);
        r->b->format = found->notice->id;
        r->b->software = found->notice->software;
        if (r->b->kind == KIND_COMPLAINT)
            read_complaint(r, found->notice);
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

/* The fields of a report alone (RFC 3464, section 2.1), as people paste them: its own, and none of mail. */
static bool is_bare_status(struct reading *r) {
    static const char *const of_mail[] = {"from", "received", "subject", "content-type"};
    struct slice header = r->m->parts->header;
    for (size_t i = 0; i < G_N_ELEMENTS(of_mail); i++)
        if (field_find(header, slice_of(of_mail[i])).name.len)
            return false;
    return (field_find(header, SLICE("reporting-mta")).name.len ||
            field_find(header, SLICE("final-recipient")).name.len) &&
           slice_find_nocase(r->m->bytes, SLICE("Final-Recipient:")) < r->m->bytes.len;
}

static struct recognised recognise(struct reading *r) {
    if (is_bare_status(r)) {
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

void bounce_read(struct bounce *bounce, struct message *message, struct matcher *matcher) {
    struct arena *arena = message->arena;
    *bounce = (struct bounce){.kind = KIND_MESSAGE, .arrival = -1};
    struct reading r = {.b = bounce, .m = message, .matcher = matcher, .arena = arena};
    struct recognised found = recognise(&r);
    if (r.report)
        read_report(&r);
    recipients_index(bounce, arena);
    decide(&r, &found);
    bounce->addressee = address_of_mailbox(own_field(&r, SLICE("to")));
    if (bounce->kind != KIND_BOUNCE && bounce->kind != KIND_COMPLAINT && bounce->kind != KIND_REPORT) {
        struct slice header = message->parts->header;
        bounce->returned_header = header;
        if (header.len)
            bounce->returned_whole =
                (struct slice){header.ptr, (size_t)(message->bytes.ptr + message->bytes.len - header.ptr)};
        identity_read(&bounce->returned, header, arena);
    }
    bounce->is_cut = message->is_cut && !(bounce->kind == KIND_BOUNCE && bounce->returned.is_present);
}
