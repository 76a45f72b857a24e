/* Logs of which every line is a JSON object: KumoMTA and whoever names things as it does; and the
 * frame of `journalctl -o json`, in which other dialects stand. */
#include "parsers/log/dialect.h"

#include <jansson.h>

static struct slice text_of(struct log_reader *r, const json_t *object, const char *key) {
    const json_t *value = json_object_get(object, key);
    if (json_is_string(value))
        return arena_copy(&r->chunk, (struct slice){json_string_value(value), json_string_length(value)});
    if (json_is_integer(value))
        return arena_printf(&r->chunk, "%lld", (long long)json_integer_value(value));
    return SLICE_EMPTY;
}

/* The first of the keys that is there. */
static struct slice any_of(struct log_reader *r, const json_t *object, const char *const *keys) {
    struct slice text = SLICE_EMPTY;
    for (; *keys && !text.len; keys++)
        text = text_of(r, object, *keys);
    return text;
}

bool journal_frame(struct log_reader *r, struct log_line *line) {
    json_t *object = json_loadb(line->text.ptr, line->text.len, JSON_ALLOW_NUL, NULL);
    struct slice message = text_of(r, object, "MESSAGE");
    struct slice program = text_of(r, object, "SYSLOG_IDENTIFIER");
    if (message.len && program.len) {
        line->message = message;
        line->program = program;
        line->host = text_of(r, object, "_HOSTNAME");
        struct slice time = text_of(r, object, "__REALTIME_TIMESTAMP");
        line->time =
            time.len == 16 ? slice_number(slice_upto(time, 9), NULL) * (int64_t)10 + (time.ptr[9] - '0') : -1;
    }
    json_decref(object);
    return message.len && program.len;
}

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

static int64_t time_of(struct log_reader *r, const json_t *object) {
    static const char *const keys[] = {"timestamp", "event_time", "time", "@timestamp", "ts", NULL};
    struct slice text = any_of(r, object, keys);
    struct log_reader none = {0};
    int64_t time;
    if (text.len == 10 || text.len == 13) {
        int head = slice_number(slice_upto(text, 9), NULL);
        return head < 0 ? -1 : head * (int64_t)10 + (text.ptr[9] - '0');
    }
    return log_stamp(&none, &text, &time) ? time : -1;
}

/* KumoMTA: {"code":550,"enhanced_code":{"class":5,…},"content":"…"}; others a text. */
static void read_response(struct log_reader *r, const json_t *object, struct log_event *e) {
    static const char *const keys[] = {"response", "reply", "message", "reason", "dsn_msg", NULL};
    const json_t *response = json_object_get(object, "response");
    if (!json_is_object(response)) {
        e->text = any_of(r, object, keys);
        return;
    }
    struct slice content = text_of(r, response, "content");
    struct slice code = text_of(r, response, "code");
    const json_t *enhanced = json_object_get(response, "enhanced_code");
    if (json_is_object(enhanced))
        e->status_code =
            arena_printf(&r->chunk, "%d.%d.%d", (int)json_integer_value(json_object_get(enhanced, "class")),
                         (int)json_integer_value(json_object_get(enhanced, "subject")),
                         (int)json_integer_value(json_object_get(enhanced, "detail")));
    e->text = arena_printf(&r->chunk, "%.*s %.*s%s%.*s", (int)code.len, code.ptr ? code.ptr : "",
                           (int)e->status_code.len, e->status_code.ptr ? e->status_code.ptr : "",
                           e->status_code.len ? " " : "", (int)content.len, content.ptr ? content.ptr : "");
}

static void read_peer(struct log_reader *r, const json_t *object, struct slice *host, struct slice *ip) {
    static const char *const hosts[] = {"host", "mx", "relay", "remote_host", NULL};
    static const char *const ips[] = {"ip", "remote_ip", "relay_ip", NULL};
    const json_t *peer = json_object_get(object, "peer_address");
    *host = json_is_object(peer) ? text_of(r, peer, "name") : any_of(r, object, hosts);
    while (host->len && host->ptr[host->len - 1] == '.')
        host->len--;
    *ip = json_is_object(peer) ? text_of(r, peer, "addr") : any_of(r, object, ips);
}

static void add_events(struct log_reader *r, const struct log_line *framed, const json_t *object,
                       size_t type) {
    static const char *const ids[] = {"id", "queue_id", "uuid", "message_uuid", NULL};
    static const char *const senders[] = {"sender", "mail_from", "from", NULL};
    static const char *const recipients[] = {"recipient", "rcpt_to", "rcpt", "to", NULL};
    struct slice sender = log_angles(any_of(r, object, senders));
    struct slice address = log_angles(any_of(r, object, recipients));
    if (types[type].kind == LOG_REJECT) {
        struct log_event *e = log_event_add(r, LOG_REJECT, framed);
        e->sender = sender;
        e->address = address;
        read_response(r, object, e);
        read_peer(r, object, &e->client, &e->client_ip);
        return;
    }
    struct slice id = any_of(r, object, ids);
    struct slice name = arena_printf(&r->chunk, "%.*s", (int)id.len, id.ptr ? id.ptr : "");
    struct log_event *e = log_event_add(r, LOG_QUEUED, framed);
    e->queue_id = name;
    e->address = sender;
    e->recipients = 1;
    e->size = json_integer_value(json_object_get(object, "size"));
    e = log_event_add(r, LOG_ATTEMPT, framed);
    e->queue_id = name;
    e->address = address;
    e->status = (unsigned char)types[type].status;
    e->is_last = types[type].status != LOG_DEFERRED;
    read_response(r, object, e);
    read_peer(r, object, &e->relay, &e->relay_ip);
}

static enum log_read json_read(struct log_reader *r, const struct log_line *line) {
    static const char *const keys[] = {"type", "event", "status", "action", NULL};
    if (line->text.ptr[0] != '{' || line->program.len)
        return LINE_NOT_MINE;
    json_t *object = json_loadb(line->text.ptr, line->text.len, JSON_ALLOW_NUL, NULL);
    if (!json_is_object(object)) {
        json_decref(object);
        return LINE_UNKNOWN;
    }
    struct log_line framed = *line;
    framed.time = time_of(r, object);
    struct slice type = any_of(r, object, keys);
    enum log_read result = type.len ? LINE_PASSED : LINE_UNKNOWN;
    for (size_t i = 0; i < sizeof types / sizeof *types && result != LINE_EVENT; i++)
        if (slice_equal_nocase(type, slice_of(types[i].word))) {
            add_events(r, &framed, object, i);
            result = LINE_EVENT;
        }
    json_decref(object);
    return result == LINE_PASSED ? log_pass(r, &dialect_json, "another kind of record", line) : result;
}

const struct dialect dialect_json = {"json", json_read};
