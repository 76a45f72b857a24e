/* Events of one record: see export_record.h. */
#include "parsers/log/export_record.h"

#include "parsers/base/address.h"
#include "parsers/base/smtp_reply.h"
#include "parsers/log/export_entry.h"
#include "parsers/log/export_outcome.h"
#include "parsers/log/export_time.h"
#include "parsers/rules/export_word.h"

#include <glib.h>

/* What a field says: of all recipients the same, of each its own, or what stands in each one's element. */
struct value {
    struct slice shared;
    struct record_pieces pieces;
    const struct record_name *in_element;
};

struct reading {
    struct log_facts *facts;
    const struct log_line *line;
    const struct export_plan *plan;
    const struct json_nodes *nodes;
    size_t object;
    const struct record_name *list; /* the recipients' name, where they are elements of a list */
    size_t recipients;
    struct value event[LIMIT_EVENT_NAMES];
    struct value fields[EXPORT_FIELDS];
    int64_t time, queued;
    uint64_t unknown; /* recipients of which it is not known what happened */
};

static bool is_of_list(const struct record_name *name, const struct record_name *list) {
    if (!list || name->list != list->list)
        return false;
    for (unsigned i = 0; i < list->list; i++)
        if (!slice_equal(name->steps[i], list->steps[i]))
            return false;
    return true;
}

/* {"class":5,"subject":1,"detail":1} as 5.1.1; of another object nothing. */
static struct slice joined_numbers(const struct reading *r, size_t node) {
    const struct json_node *n = &r->nodes->nodes[node];
    if (n->type != JSON_OBJECT || n->children != 3)
        return SLICE_EMPTY;
    const struct json_node *three = n + 1;
    for (int i = 0; i < 3; i++)
        if (three[i].type != JSON_NUMBER)
            return SLICE_EMPTY;
    return arena_printf(&r->facts->chunk, "%.*s.%.*s.%.*s", S(three[0].text), S(three[1].text),
                        S(three[2].text));
}

static struct slice text_of(const struct reading *r, size_t node) {
    if (r->nodes->nodes[node].type == JSON_OBJECT)
        return joined_numbers(r, node);
    return record_unbraced(slice_trim(json_text(&r->nodes->nodes[node], &r->facts->chunk)));
}

/* A value for several recipients: pieces, where there is one for each; else, of a single piece, the same. */
static void take_pieces(const struct reading *r, size_t node, struct value *value) {
    bool is_list = r->nodes->nodes[node].type == JSON_LIST;
    if (!is_list)
        value->shared = text_of(r, node);
    if (!is_list && r->recipients < 2)
        return;
    struct record_pieces pieces = record_split(r->nodes, node, &r->facts->chunk);
    if (pieces.count == r->recipients)
        value->pieces = pieces;
    else if (pieces.count > 1) /* whose each is cannot be told */
        value->shared = SLICE_EMPTY;
    else if (is_list && pieces.count)
        value->shared = pieces.items[0];
}

static bool take_name(const struct reading *r, const struct record_name *name, struct value *value) {
    if (name->list && is_of_list(name, r->list)) {
        value->in_element = name;
        return true;
    }
    size_t node = name->list ? 0 : record_find(r->nodes, r->object, name, 0, name->count);
    if (!node)
        return false;
    take_pieces(r, node, value);
    return value->shared.len || value->pieces.count;
}

/* "a+b": the values of both, with a blank between them. */
static bool take_both(const struct reading *r, const struct record_name *name, struct value *value) {
    struct value a = {.in_element = NULL};
    struct value b = {.in_element = NULL};
    take_name(r, name, &a);
    take_name(r, name + 1, &b);
    value->shared = a.shared.len && b.shared.len
                        ? arena_printf(&r->facts->chunk, "%.*s %.*s", S(a.shared), S(b.shared))
                    : a.shared.len ? a.shared
                                   : b.shared;
    return value->shared.len > 0;
}

static void take_value(const struct reading *r, const struct export_names *names, struct value *value) {
    for (size_t i = 0; i < names->count; i += 1 + names->names[i].has_second)
        if ((names->names[i].has_second ? take_both : take_name)(r, &names->names[i], value))
            return;
}

/* The i-th recipient's. */
static struct slice value_of(const struct reading *r, const struct value *value, size_t i, size_t element) {
    const struct record_name *name = value->in_element;
    size_t node = name ? record_find(r->nodes, element, name, name->list, name->count) : 0;
    if (name)
        return node ? text_of(r, node) : SLICE_EMPTY;
    return value->pieces.count ? value->pieces.items[i] : value->shared;
}

/* The first of the recipients' names that the record has. Returns the node of the list of elements; 0: the
 * recipients stand in a text, a list of texts, or nowhere. */
static size_t find_recipients(struct reading *r) {
    const struct export_names *names = &r->plan->fields[EXPORT_RECIPIENT];
    struct value *value = &r->fields[EXPORT_RECIPIENT];
    for (size_t i = 0; i < names->count; i++) {
        const struct record_name *name = &names->names[i];
        unsigned steps = name->list ? name->list : name->count;
        size_t node = record_find(r->nodes, r->object, name, 0, steps);
        if (!node)
            continue;
        const struct json_node *found = &r->nodes->nodes[node];
        bool has_elements = found->type == JSON_LIST && found->children;
        if (name->list && has_elements && found[1].type == JSON_OBJECT) {
            r->list = name;
            r->recipients = found->children;
            value->in_element = name;
            return node;
        }
        value->pieces = record_split(r->nodes, node, &r->facts->chunk);
        r->recipients = value->pieces.count;
        if (r->recipients)
            return 0;
    }
    return 0;
}

static struct log_event *add_event(const struct reading *r, enum log_kind kind, struct slice queue_id) {
    struct log_event *e = log_event_add(r->facts, kind, r->line);
    e->queue_id = queue_id;
    e->time = r->time;
    e->host = SLICE_EMPTY; /* what it is of is said by its id, whichever host wrote it down */
    return e;
}

static struct slice shared(const struct reading *r, enum export_field field) {
    return r->fields[field].pieces.count ? r->fields[field].pieces.items[0] : r->fields[field].shared;
}

/* Each recipient's story is a message of its own, for other records may tell of the others. */
static struct slice key_of(const struct reading *r, struct slice recipient) {
    struct slice id = address_unbracket(shared(r, EXPORT_QUEUE_ID));
    if (!id.len && r->plan->is_line) /* lines without an id tell of a mail each */
        id = log_own_id(r->facts);
    return arena_printf(&r->facts->chunk, "%.*s%c%.*s", S(id), LOG_ID_END, S(recipient));
}

static void add_reject(const struct reading *r, const struct export_entry *from) {
    struct log_event *e = add_event(r, LOG_REJECT, shared(r, EXPORT_QUEUE_ID));
    e->sender = address_strip(shared(r, EXPORT_SENDER));
    e->recipient = from->recipient;
    e->client = shared(r, EXPORT_CLIENT);
    e->client_ip = shared(r, EXPORT_CLIENT_IP);
    if (!e->client.len && !e->client_ip.len) { /* it names the other side, whichever side that is */
        e->client = from->relay;
        e->client_ip = from->relay_ip;
    }
    e->status_code = from->status;
    e->text = from->reply;
}

static void add_message(const struct reading *r, struct slice key) {
    struct log_event *e = add_event(r, LOG_QUEUED, key);
    e->sender = address_strip(shared(r, EXPORT_SENDER));
    e->recipients = 1;
    e->time = r->queued;
    e->size = slice_number(shared(r, EXPORT_SIZE), NULL);
    struct slice user = shared(r, EXPORT_USER);
    if (!r->facts->wants_stories && !user.len)
        return;
    struct slice message_id = address_unbracket(shared(r, EXPORT_MESSAGE_ID));
    if (message_id.len && r->facts->wants_stories)
        add_event(r, LOG_MESSAGE_ID, key)->message_id = message_id;
    struct slice client = shared(r, EXPORT_CLIENT);
    struct slice client_ip = shared(r, EXPORT_CLIENT_IP);
    if (!client.len && !client_ip.len && !user.len)
        return;
    e = add_event(r, LOG_CLIENT, key);
    e->user = user;
    e->client = client;
    e->client_ip = client_ip;
}

static bool is_yes(const char *word) {
    return word && strcmp(word, "yes") == 0;
}

static void add_try(const struct reading *r, const struct export_entry *from, enum log_status status) {
    struct slice key = key_of(r, from->recipient);
    bool repeats = is_yes(r->plan->kind->repeats);
    add_message(r, key);
    if (from->last_reply.len) {
        struct log_event *told = add_event(r, LOG_TRY_REPLIED, key);
        told->recipient = from->recipient;
        told->text = from->last_reply;
    }
    struct log_event *e = add_event(r, LOG_ATTEMPT, key);
    e->recipient = from->recipient;
    e->status = (unsigned char)status;
    e->is_last = status != LOG_DEFERRED && !repeats;
    e->is_retold = repeats;
    e->is_remote = is_yes(r->plan->kind->remote);
    e->relay = from->relay;
    e->relay_ip = from->relay_ip;
    e->status_code = from->status;
    e->text = from->reply;
}

/* A line of an SMTP session, which says whose message comes next, or something of it. */
static void add_said(const struct reading *r, const struct export_entry *from, enum outcome_kind kind) {
    struct slice session = shared(r, EXPORT_QUEUE_ID);
    if (!session.len) /* connections to one peer, where they have no names */
        session = arena_printf(&r->facts->chunk, "%c%.*s", LOG_ID_END, S(from->relay_ip));
    if (kind == OUTCOME_OVER) {
        add_event(r, LOG_DONE, session);
    } else if (from->reply.len) {
        struct log_event *e = add_event(r, LOG_SAID, session);
        e->text = from->reply;
        e->relay_ip = address_ip_in_text(from->relay_ip);
        e->is_remote = kind == OUTCOME_HEARD;
    }
}

static void add_of_kind(const struct reading *r, const struct export_entry *e,
                        const struct export_outcome *outcome) {
    switch (outcome->kind) {
    case OUTCOME_TRY:
        add_try(r, e,
                outcome->status == LOG_BOUNCED && export_entry_is_expiry(e) ? LOG_GIVEN_UP : outcome->status);
        break;
    case OUTCOME_REFUSAL:
        add_reject(r, e);
        break;
    case OUTCOME_SAID:
    case OUTCOME_HEARD:
    case OUTCOME_OVER:
        add_said(r, e, outcome->kind);
        break;
    case OUTCOME_NONE:
        if (e->message_id.len && !e->recipient.len)
            add_event(r, LOG_MESSAGE_ID, shared(r, EXPORT_QUEUE_ID))->message_id = e->message_id;
        break;
    }
}

/* Why the entry is not understood; NULL: it is. */
static const char *fault_of(const struct export_outcome *outcome, const struct export_entry *e) {
    if (!outcome)
        return "event";
    if (outcome->kind != OUTCOME_TRY && outcome->kind != OUTCOME_REFUSAL)
        return NULL;
    if (outcome->kind == OUTCOME_REFUSAL && !e->recipient.len)
        return NULL; /* of a client, a sender or a mail whose recipients other lines name */
    return !e->recipient.len ? "no recipient" : export_entry_is_cut(e) ? "a recipient that is cut off" : NULL;
}

static bool is_spoken_of(const struct reading *r, const struct export_entry *e) {
    struct slice domain = shared(r, EXPORT_OF_DOMAIN);
    return !domain.len || slice_equal_nocase(address_domain(e->recipient), domain);
}

static void add_entry(struct reading *r, struct export_entry *e) {
    const struct export_outcome *outcome = export_outcome_of(r->plan->kind, e->event);
    if (outcome && outcome->kind < OUTCOME_SAID)
        export_entry_clean(e, &r->facts->chunk);
    const char *fault = fault_of(outcome, e);
    if (outcome && !fault) {
        if (is_spoken_of(r, e))
            add_of_kind(r, e, outcome);
        return;
    }
    r->unknown++;
    log_facts_add_unknown_as(r->facts, r->line, r->plan->kind->id, fault, outcome ? SLICE_EMPTY : e->event);
}

static struct slice event_of(const struct reading *r, size_t i, size_t element) {
    struct slice words = SLICE_EMPTY;
    for (size_t n = 0; n < MIN(r->plan->event.count, LIMIT_EVENT_NAMES); n++) {
        struct slice word = value_of(r, &r->event[n], i, element);
        if (word.len && words.len)
            words = arena_printf(&r->facts->chunk, "%.*s%c%.*s", S(words), EXPORT_WORD_END, S(word));
        else if (word.len)
            words = word;
    }
    return words;
}

static void read_recipient(struct reading *r, size_t i, size_t element) {
    const struct value *f = r->fields;
    struct export_entry e = {.recipient = value_of(r, &f[EXPORT_RECIPIENT], i, element),
                             .event = event_of(r, i, element),
                             .reply = value_of(r, &f[EXPORT_REPLY], i, element),
                             .code = value_of(r, &f[EXPORT_CODE], i, element),
                             .status = value_of(r, &f[EXPORT_STATUS], i, element),
                             .last_reply = value_of(r, &f[EXPORT_LAST_REPLY], i, element),
                             .relay = value_of(r, &f[EXPORT_RELAY], i, element),
                             .relay_ip = value_of(r, &f[EXPORT_RELAY_IP], i, element)};
    export_entry_find(&e, r->plan, &r->facts->chunk);
    add_entry(r, &e);
}

enum line_result export_record_read(struct log_facts *facts, const struct log_line *line,
                                    const struct export_plan *plan, const struct json_nodes *nodes,
                                    size_t object, bool is_day_first) {
    struct reading r = {.facts = facts, .line = line, .plan = plan, .nodes = nodes, .object = object};
    size_t before = facts->count;
    size_t list = find_recipients(&r);
    for (size_t i = 0; i < MIN(plan->event.count, LIMIT_EVENT_NAMES); i++) {
        struct export_names one = {&plan->event.names[i], 1};
        take_value(&r, &one, &r.event[i]);
    }
    for (enum export_field f = EXPORT_RECIPIENT + 1; f < EXPORT_FIELDS; f++)
        take_value(&r, &plan->fields[f], &r.fields[f]);
    r.time = export_time(shared(&r, EXPORT_TIME), is_day_first);
    r.time = r.time == -1 ? line->time : r.time;
    r.queued = export_time(shared(&r, EXPORT_QUEUED), is_day_first);
    size_t element = list ? list + 1 : 0;
    for (size_t i = 0; i < r.recipients || i == 0; i++) {
        read_recipient(&r, i, element);
        element = element ? nodes->nodes[element].next : 0;
    }
    bool is_understood = facts->count > before || !r.unknown;
    facts->export_records[MIN(plan->number, LOG_EXPORT_KINDS - 1)] += is_understood;
    if (facts->count > before)
        return LINE_EVENT;
    if (!is_understood)
        return LINE_UNKNOWN;
    log_facts_pass(facts, plan->kind->id, "a record of no delivery", line);
    return LINE_PASSED;
}
