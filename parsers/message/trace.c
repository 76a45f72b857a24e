/* The trace fields of a header: see trace.h. */
#include "parsers/message/trace.h"

#include "parsers/base/address.h"
#include "parsers/base/date.h"
#include "parsers/message/auth_results.h"
#include "parsers/message/field.h"
#include "parsers/message/field_notes.h"
#include "parsers/message/problem.h"
#include "parsers/message/received.h"
#include "parsers/message/signature.h"

#include <glib.h>

/* Seconds: numbers of more than 12 digits mean no time (RFC 6376 section 3.5). */
#define LATEST     999999999999
#define LIMIT_FROM 4000 /* bytes of a From field that are searched for another domain */

struct reading {
    struct trace *trace;
    struct message *m;
    struct matcher *matcher;
    struct arena *arena;
    struct hop **hops_end;
    struct claim **claims_end;
    struct signature **signatures_end;
    struct field_note **field_notes_end;
    struct points_beside beside;
    struct filter_id **filter_ids_end;
    size_t claims, signatures, field_notes;
    bool has_more_results; /* in one field */
    bool has_more_notes;
    struct field field;
    unsigned position;
};

static unsigned line_of(struct reading *r) {
    return message_line(r->m, r->field.name.ptr);
}

/* A Received field up to the first line that ends with its date, as each program's own ends (RFC 5321 section
 * 4.4). Behind it the mail's first line may go on with the field. */
static struct field upto_date(struct field field) {
    struct slice rest = field.raw;
    struct slice line;
    while (slice_next_line(&rest, &line)) {
        size_t mark = slice_find_last(line, SLICE(";"));
        if (mark < line.len && date_parse(slice_from(line, mark + 1)) != -1)
            return (struct field){field.name,
                                  slice_upto(field.raw, (size_t)(line.ptr + line.len - field.raw.ptr))};
    }
    return field;
}

/* Where the whole is in no form that is known, its client is asked of what stands before the date: what is
 * behind may look like another one. Nothing below is believed then. */
static bool parse_received(struct reading *r, struct hop *hop) {
    bool is_read = received_parse(field_value(r->arena, r->field), r->arena, hop);
    struct field own = hop->is_anchored ? r->field : upto_date(r->field);
    if (own.raw.len == r->field.raw.len)
        return is_read;
    *hop = (struct hop){0};
    is_read = received_parse(field_value(r->arena, own), r->arena, hop);
    hop->is_anchored = false;
    return is_read;
}

static void read_received(struct reading *r) {
    if (++r->trace->hop_count > LIMIT_HOPS)
        return;
    struct hop *hop = ARENA_NEW(r->arena, struct hop);
    bool is_read = parse_received(r, hop);
    r->trace->unread += !is_read;
    hop->position = r->position;
    hop->line = line_of(r);
    *r->hops_end = hop;
    r->hops_end = &hop->next;
}

typedef struct claim *parse_claims(struct slice value, struct arena *arena, bool *has_more);

static void read_claims(struct reading *r, parse_claims *parse, const char *field) {
    if (r->claims > LIMIT_CLAIMS)
        return;
    unsigned line = line_of(r);
    struct claim *claim = parse(field_value(r->arena, r->field), r->arena, &r->has_more_results);
    for (; claim && ++r->claims <= LIMIT_CLAIMS; claim = claim->next) {
        claim->field = field;
        claim->line = line;
        claim->position = r->position;
        *r->claims_end = claim;
        r->claims_end = &claim->next;
    }
    *r->claims_end = NULL;
}

static void read_results(struct reading *r) {
    read_claims(r, auth_results_parse, "Authentication-Results");
}

/* Without the number of its set it is no part of one, and no field of results either. */
static struct claim *arc_results_parse(struct slice value, struct arena *arena, bool *has_more) {
    struct claim *claim = auth_results_parse(value, arena, has_more);
    return claim && claim->instance ? claim : NULL;
}

static void read_arc_results(struct reading *r) {
    read_claims(r, arc_results_parse, "ARC-Authentication-Results");
}

static void read_original_results(struct reading *r) {
    read_claims(r, auth_results_parse, "X-Original-Authentication-Results");
}

static void read_spf(struct reading *r) {
    read_claims(r, received_spf_parse, "Received-SPF");
}

static void add_signature(struct reading *r, enum signature_kind kind) {
    if (r->signatures >= LIMIT_CLAIMS) {
        r->signatures++;
        return;
    }
    struct signature *s = ARENA_NEW(r->arena, struct signature);
    if (!signature_parse(field_value(r->arena, r->field), kind, r->arena, s))
        return;
    s->time = s->time > LATEST ? -1 : s->time;
    s->expires = s->expires > LATEST ? -1 : s->expires;
    r->signatures++;
    s->position = r->position;
    s->line = line_of(r);
    *r->signatures_end = s;
    r->signatures_end = &s->next;
}

static void read_dkim(struct reading *r) {
    add_signature(r, SIGNATURE_DKIM);
}

static void read_arc_message(struct reading *r) {
    add_signature(r, SIGNATURE_ARC_MESSAGE);
}

static void read_arc_seal(struct reading *r) {
    add_signature(r, SIGNATURE_ARC_SEAL);
}

static void read_return_path(struct reading *r) {
    if (r->trace->return_path_position)
        return;
    r->trace->return_path = address_strip(field_value(r->arena, r->field));
    r->trace->return_path_position = r->position;
}

static void read_delivered_to(struct reading *r) {
    if (r->trace->delivered_to_position)
        return;
    struct slice value = address_strip(field_value(r->arena, r->field));
    /* "GMX delivery to jo@example.com" */
    size_t words = slice_find(value, SLICE(" delivery to "));
    r->trace->delivered_to = words < value.len ? slice_from(value, words + strlen(" delivery to ")) : value;
    r->trace->delivered_to_position = r->position;
}

static void read_list_id(struct reading *r) {
    struct slice value = field_value(r->arena, r->field);
    struct slice id = address_in_brackets(value);
    if (!r->trace->list_id.len)
        r->trace->list_id = id.ptr ? id : value;
}

static void read_from(struct reading *r) {
    struct trace *t = r->trace;
    struct slice value = field_value(r->arena, r->field);
    struct slice address;
    if (!t->from_position)
        t->from_position = r->position;
    t->from_last = address_of_mailbox(value);
    if (!t->from.len)
        t->from = t->from_last;
    value = slice_upto(value, LIMIT_FROM);
    while (!t->from_other.len && address_next(&value, &address))
        if (!slice_equal_nocase(address_domain(address), address_domain(t->from)))
            t->from_other = address;
}

static void read_date(struct reading *r) {
    if (!r->trace->date.ptr)
        r->trace->date = r->field.raw;
}

static struct slice last_word(struct slice *text) {
    *text = slice_trim(*text);
    size_t start = text->len;
    while (start > 0 && !ascii_is_space(text->ptr[start - 1]))
        start--;
    struct slice word = slice_from(*text, start);
    *text = slice_upto(*text, start);
    return word;
}

static void read_filter_id(struct reading *r) {
    static const char *const filters[] = {FILTER_RSPAMD, FILTER_OPENDKIM, "DMARC-Filter", "ARC-Filter"};
    struct slice value = field_value(r->arena, r->field);
    struct filter_id *note = ARENA_NEW(r->arena, struct filter_id);
    *note = (struct filter_id){.position = r->position};
    note->id = last_word(&value);
    note->host = last_word(&value);
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
        if (slice_equal_nocase(r->field.name, slice_of(filters[i])))
            note->field = filters[i];
    *r->filter_ids_end = note;
    r->filter_ids_end = &note->next;
}

#define NAME(text)                                                                                           \
    { text, sizeof(text) - 1 }

static const struct {
    struct slice name;
    void (*read)(struct reading *r);
} fields[] = {
    {NAME("received"), read_received},
    {NAME("authentication-results"), read_results},
    {NAME("arc-authentication-results"), read_arc_results},
    {NAME("x-original-authentication-results"), read_original_results},
    {NAME("received-spf"), read_spf},
    {NAME("dkim-signature"), read_dkim},
    {NAME("arc-message-signature"), read_arc_message},
    {NAME("arc-seal"), read_arc_seal},
    {NAME("return-path"), read_return_path},
    {NAME("delivered-to"), read_delivered_to},
    {NAME("list-id"), read_list_id},
    {NAME("x-rspamd-queue-id"), read_filter_id},
    {NAME("dkim-filter"), read_filter_id},
    {NAME("dmarc-filter"), read_filter_id},
    {NAME("arc-filter"), read_filter_id},
    {NAME("from"), read_from},
    {NAME("date"), read_date},
};

static void read_field(struct reading *r) {
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (slice_equal_nocase(r->field.name, fields[i].name)) {
            fields[i].read(r);
            break;
        }
    struct field_note **first = r->field_notes_end;
    if (r->field_notes >= LIMIT_CLAIMS)
        r->has_more_notes |= matcher_header_rules(r->matcher, r->field.name) != NULL;
    else
        r->field_notes_end = field_notes_read(first, r->field.name, r->field.raw, r->matcher, r->arena);
    for (struct field_note *m = *first; m; m = m->next, r->field_notes++) {
        m->position = r->position;
        m->line = line_of(r);
        field_note_join(&r->beside, m, r->arena);
    }
    if (slice_equal_nocase(r->field.name, SLICE("received")))
        r->beside = (struct points_beside){0};
}

static void note_limits(struct reading *r) {
    size_t hops = r->trace->hop_count;
    if (hops > LIMIT_HOPS)
        problem_add(
            &r->m->problems, r->arena, false, 0,
            arena_printf(r->arena, "%zu Received fields: only the first %d were read", hops, LIMIT_HOPS).ptr);
    if (r->claims > LIMIT_CLAIMS || r->signatures > LIMIT_CLAIMS || r->has_more_notes)
        problem_add(&r->m->problems, r->arena, false, 0,
                    "more than " G_STRINGIFY(
                        LIMIT_CLAIMS) " results, signatures or other trace fields: the rest were not read");
    if (r->has_more_results)
        problem_add(&r->m->problems, r->arena, false, 0,
                    "a field with more than " G_STRINGIFY(
                        LIMIT_RESULTS) " results and properties: the rest were not read");
}

void trace_read(struct trace *trace, struct message *message, struct field_list header,
                struct matcher *matcher) {
    *trace = (struct trace){0};
    struct reading r = {.trace = trace, .m = message, .matcher = matcher, .arena = message->arena};
    r.hops_end = &trace->hops;
    r.claims_end = &trace->claims;
    r.signatures_end = &trace->signatures;
    r.field_notes_end = &trace->field_notes;
    r.filter_ids_end = &trace->filter_ids;
    while (field_list_next(&header, &r.field)) {
        r.position++;
        read_field(&r);
    }
    note_limits(&r);
}
