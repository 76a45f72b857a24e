/* One record: see json_record.h. */
#include "parsers/log/json_record.h"

#include "parsers/log/json_value.h"

#include "parsers/base/address.h"
#include "parsers/base/smtp_reply.h"

static const struct {
    const char *word;
    int kind; /* enum log_kind */
    enum log_status status;
} types[] = {
    {"Delivery", LOG_ATTEMPT, LOG_SENT},       {"Bounce", LOG_ATTEMPT, LOG_BOUNCED},
    {"AdminBounce", LOG_ATTEMPT, LOG_BOUNCED}, {"TransientFailure", LOG_ATTEMPT, LOG_DEFERRED},
    {"Expiration", LOG_ATTEMPT, LOG_GIVEN_UP}, {"Rejection", LOG_REJECT, LOG_BOUNCED},
    {"delivered", LOG_ATTEMPT, LOG_SENT},      {"bounced", LOG_ATTEMPT, LOG_BOUNCED},
    {"deferred", LOG_ATTEMPT, LOG_DEFERRED},   {"rejected", LOG_REJECT, LOG_BOUNCED},
};

static int64_t time_of(struct log_facts *f, const json_t *object) {
    static const char *const keys[] = {"timestamp", "event_time", "time", "@timestamp", "ts", NULL};
    struct slice text = json_value_any(object, keys, &f->chunk);
    struct stamps none = {0};
    int64_t time;
    if (text.len == 10 || text.len == 13) {
        int head = slice_number(slice_upto(text, 9), NULL);
        return head < 0 ? -1 : head * (int64_t)10 + (text.ptr[9] - '0');
    }
    return stamp_take(&none, &text, &time) ? time : -1;
}

static struct slice enhanced_of(const json_t *object, struct arena *arena) {
    static const char *const keys[] = {"class", "subject", "detail"};
    int code[3];
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        code[i] = (int)json_integer_value(json_object_get(object, keys[i]));
    return enhanced_text(arena, code);
}

/* KumoMTA: {"code":550,"enhanced_code":{"class":5,…},"content":"…"}; others a text. */
static void read_response(struct log_facts *f, const json_t *object, struct log_event *e) {
    static const char *const keys[] = {"response", "reply", "message", "reason", "dsn_msg", NULL};
    const json_t *response = json_object_get(object, "response");
    if (!json_is_object(response)) {
        e->text = json_value_any(object, keys, &f->chunk);
        return;
    }
    struct slice content = json_value_text(response, "content", &f->chunk);
    struct slice code = json_value_text(response, "code", &f->chunk);
    e->status_code = enhanced_of(json_object_get(response, "enhanced_code"), &f->chunk);
    e->text = arena_printf(&f->chunk, "%.*s %.*s%s%.*s", (int)code.len, code.ptr ? code.ptr : "",
                           (int)e->status_code.len, e->status_code.ptr ? e->status_code.ptr : "",
                           e->status_code.len ? " " : "", (int)content.len, content.ptr ? content.ptr : "");
}

static void read_peer(struct log_facts *f, const json_t *object, struct slice *host, struct slice *ip) {
    static const char *const hosts[] = {"host", "mx", "relay", "remote_host", NULL};
    static const char *const ips[] = {"ip", "remote_ip", "relay_ip", NULL};
    const json_t *peer = json_object_get(object, "peer_address");
    *host = json_is_object(peer) ? json_value_text(peer, "name", &f->chunk)
                                 : json_value_any(object, hosts, &f->chunk);
    while (host->len && host->ptr[host->len - 1] == '.')
        host->len--;
    *ip = json_is_object(peer) ? json_value_text(peer, "addr", &f->chunk)
                               : json_value_any(object, ips, &f->chunk);
}

static void add_events(struct log_facts *f, const struct log_line *framed, const json_t *object,
                       size_t type) {
    static const char *const ids[] = {"id", "queue_id", "uuid", "message_uuid", NULL};
    static const char *const senders[] = {"sender", "mail_from", "from", NULL};
    static const char *const recipients[] = {"recipient", "rcpt_to", "rcpt", "to", NULL};
    struct slice sender = address_unbracket(json_value_any(object, senders, &f->chunk));
    struct slice recipient = address_unbracket(json_value_any(object, recipients, &f->chunk));
    if (types[type].kind == LOG_REJECT) {
        struct log_event *e = log_event_add(f, LOG_REJECT, framed);
        e->sender = sender;
        e->recipient = recipient;
        read_response(f, object, e);
        read_peer(f, object, &e->client, &e->client_ip);
        return;
    }
    struct slice id = json_value_any(object, ids, &f->chunk);
    struct slice name = arena_printf(&f->chunk, "%.*s", (int)id.len, id.ptr ? id.ptr : "");
    struct log_event *e = log_event_add(f, LOG_QUEUED, framed);
    e->queue_id = name;
    e->sender = sender;
    e->recipients = 1;
    e->size = json_integer_value(json_object_get(object, "size"));
    e = log_event_add(f, LOG_ATTEMPT, framed);
    e->queue_id = name;
    e->recipient = recipient;
    e->status = (unsigned char)types[type].status;
    e->is_last = types[type].status != LOG_DEFERRED;
    read_response(f, object, e);
    read_peer(f, object, &e->relay, &e->relay_ip);
}

enum line_result json_record_read(struct log_facts *f, const struct log_line *line) {
    static const char *const keys[] = {"type", "event", "status", "action", NULL};
    json_t *object =
        json_loadb(line->text.ptr, line->text.len, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(object)) {
        json_decref(object);
        return LINE_UNKNOWN;
    }
    struct log_line framed = *line;
    framed.time = time_of(f, object);
    struct slice type = json_value_any(object, keys, &f->chunk);
    enum line_result result = type.len ? LINE_PASSED : LINE_UNKNOWN;
    for (size_t i = 0; i < sizeof types / sizeof *types && result != LINE_EVENT; i++)
        if (slice_equal_nocase(type, slice_of(types[i].word))) {
            add_events(f, &framed, object, i);
            result = LINE_EVENT;
        }
    json_decref(object);
    return result == LINE_PASSED ? log_pass(f, &dialect_json, "another kind of record", line) : result;
}
