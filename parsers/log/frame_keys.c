/* Names of keys: see frame_keys.h. docs/dialects.md says where each was seen. */
#include "parsers/log/frame_keys.h"

#include "parsers/log/carrier.h"
#include "parsers/log/program.h"

#define LONGEST_NAME 64 /* bytes of a name with what it stands in */

/* The whole line as it came, where a record has it; else what is left of it. */
static const char *const messages[] = {"rawmsg",        "event.original",
                                       "_raw",          "MESSAGE",
                                       "message",       "log",
                                       "msg",           "_msg",
                                       "line",          "full_message",
                                       "short_message", "@message",
                                       "textPayload",   "SyslogMessage",
                                       "stringValue",   NULL};
static const char *const times[] = {"__REALTIME_TIMESTAMP",
                                    "@timestamp",
                                    "timereported",
                                    "timestamp",
                                    "time",
                                    "_time",
                                    "ISODATE",
                                    "DATE",
                                    "date",
                                    "EventTime",
                                    "TimeGenerated",
                                    "ts",
                                    "timeUnixNano",
                                    NULL};
static const char *const hosts[] = {
    "_HOSTNAME", "host.name", "host.hostname", "hostname",       "host",          "HOST",   "syslog_hostname",
    "logsource", "HostName",  "Computer",      "agent.hostname", "beat.hostname", "source", NULL};
static const char *const programs[] = {"SYSLOG_IDENTIFIER",
                                       "syslogtag",
                                       "PROGRAM",
                                       "program",
                                       "syslog_program",
                                       "ident",
                                       "appname",
                                       "app_name",
                                       "app-name",
                                       "application_name",
                                       "_application_name",
                                       "log.syslog.appname",
                                       "process.name",
                                       "ProcessName",
                                       "programname",
                                       "SourceName",
                                       NULL};
/* Whose container's output it is, where a collector says so: which is no mail system's wrote what it was
 * sent.
 */
static const char *const carriers[] = {"kubernetes.container_name",
                                       "kubernetes.container.name",
                                       "container_name",
                                       "container.name",
                                       "docker.container_name",
                                       "CONTAINER_NAME",
                                       "_container_name",
                                       "labels.container",
                                       "labels.container_name",
                                       "logName",
                                       NULL};
/* What says more of a container that is called "app". */
static const char *const hints[] = {"IMAGE_NAME", "_image_name", "kubernetes.pod_name", "kubernetes.pod.name",
                                    NULL};

static const char *const *const keys[FRAME_KEYS] = {
    [KEY_MESSAGE] = messages, [KEY_TIME] = times,       [KEY_HOST] = hosts,
    [KEY_PROGRAM] = programs, [KEY_CARRIER] = carriers, [KEY_HINT] = hints};

/* Objects whose members count as the record's own: of Elasticsearch, Splunk, Google Cloud, Datadog, Graylog
 * and OpenTelemetry. */
static const char *const wrappers[] = {"_source", "result", "jsonPayload", "content",
                                       "message", "body",   NULL};

const char *const frame_lists[] = {"events",       "logEvents", "hits",       "messages",
                                   "resourceLogs", "scopeLogs", "logRecords", NULL};

int frame_key_rank(enum frame_key key, struct slice name) {
    for (int i = 0; keys[key][i]; i++)
        if (slice_equal_nocase(name, slice_of(keys[key][i])))
            return i;
    return -1;
}

/* Google Cloud's logName ends in "/logs/postfix-stdout", with its slashes as "%2F". */
static enum carrier carrier_of_log(struct slice name) {
    size_t folder = slice_find_last(name, SLICE("/"));
    return carrier_is_one(folder < name.len ? slice_from(name, folder + 1) : name) ? CARRIER_MAIL
                                                                                   : CARRIER_OTHER;
}

/* Words of others never say that it is a mail system's. */
static void keep_carrier(struct frame_values *v, bool is_hint, struct slice name, struct slice value) {
    enum carrier carrier =
        slice_equal_nocase(name, SLICE("logName")) ? carrier_of_log(value) : carrier_of(value);
    if (is_hint)
        v->is_mail |= carrier == CARRIER_MAIL && !v->is_wrapped;
    else if (carrier == CARRIER_OTHER || (carrier == CARRIER_UNKNOWN && v->is_wrapped))
        v->is_others = v->is_certain = true;
    else if (carrier == CARRIER_UNKNOWN)
        v->is_others = true;
}

void frame_values_keep(struct frame_values *v, struct slice name, struct slice value) {
    for (int key = 0; value.len && key < FRAME_KEYS; key++) {
        int rank = frame_key_rank((enum frame_key)key, name) + 1;
        if (rank && (key == KEY_CARRIER || key == KEY_HINT))
            keep_carrier(v, key == KEY_HINT, name, value);
        if (!rank || (v->ranks[key] && rank >= v->ranks[key]))
            continue;
        v->ranks[key] = rank;
        v->values[key] = value;
    }
}

/* Seconds of a count of seconds, of milli-, micro- or nanoseconds since the epoch, which the number of digits
 * tells from 2001 to 2286; else of a time stamp. -1: it is none. */
static int64_t time_of(struct slice text, struct stamps *stamps) {
    size_t n = 0;
    int64_t time = -1;
    while (n < text.len && ascii_is_digit(text.ptr[n]))
        n++;
    bool is_count = n == 10 || (n == text.len && (n == 13 || n == 16 || n == 19));
    if (is_count && (n == text.len || text.ptr[n] == '.'))
        return slice_number(slice_upto(text, 9), NULL) * (int64_t)10 + (text.ptr[9] - '0');
    struct stamps own = {.now = stamps->now, .clock = stamps->clock, .first = stamps->first};
    if (!stamp_take(&own, &text, &time))
        return -1;
    stamps->has_local |= own.has_local;
    return time;
}

bool frame_values_apply(const struct frame_values *v, struct stamps *stamps, struct log_line *line) {
    struct slice message = slice_trim(v->values[KEY_MESSAGE]);
    struct slice host = v->values[KEY_HOST];
    struct slice tag = v->values[KEY_PROGRAM]; /* also as "postfix/smtp[450]:" */
    if (!message.len || v->is_certain || (v->is_others && !v->is_mail))
        return false;
    int64_t time = v->values[KEY_TIME].len ? time_of(v->values[KEY_TIME], stamps) : -1;
    struct slice program = slice_upto(tag, slice_find_char(tag, '['));
    struct slice rest = tag;
    struct slice before_colon = program_take(&rest);
    line->message = message;
    line->time = time == -1 ? line->time : time;
    if (host.len && host.ptr[0] != '/') /* "source" of some is a file */
        line->host = host;
    if (tag.len)
        line->program = before_colon.len ? before_colon : program;
    return true;
}

/* [67,56,70]: bytes (systemd's journalctl, src/shared/logs-show.c); a field that was set twice is a list of
 * its values, of which the first counts. */
static struct slice text_of_list(const struct json_nodes *nodes, size_t list, struct arena *arena) {
    size_t count = nodes->nodes[list].children;
    size_t at = list + 1;
    if (count && nodes->nodes[at].type == JSON_STRING)
        return json_text(&nodes->nodes[at], arena);
    if (count && nodes->nodes[at].type == JSON_LIST)
        return text_of_list(nodes, at, arena);
    char *text = arena_open(arena, count + 1);
    size_t used = 0;
    for (size_t i = 0; i < count && nodes->nodes[at].type == JSON_NUMBER; i++, at = nodes->nodes[at].next) {
        int byte = slice_number(nodes->nodes[at].text, NULL);
        text[used++] = (char)(byte > 0 && byte < 256 ? byte : ' ');
    }
    return arena_close(arena, text, used);
}

static struct slice text_of(const struct json_nodes *nodes, size_t node, struct arena *arena) {
    return nodes->nodes[node].type == JSON_LIST ? text_of_list(nodes, node, arena)
                                                : json_text(&nodes->nodes[node], arena);
}

static bool is_wanted(struct slice name) {
    for (int key = 0; key < FRAME_KEYS; key++)
        if (frame_key_rank((enum frame_key)key, name) >= 0)
            return true;
    return false;
}

static bool is_wrapper(struct slice name) {
    for (const char *const *wrapper = wrappers; *wrapper; wrapper++)
        if (slice_equal(name, slice_of(*wrapper)))
            return true;
    return false;
}

/* The members of an object, whose names stand behind `above` and a dot; those of a wrapper in the record
 * `object` stand beside its own. */
static void keep_members(struct frame_values *v, const struct json_nodes *nodes, size_t object,
                         struct slice above, struct arena *arena) {
    size_t count = nodes->nodes[object].children;
    size_t at = object + 1;
    for (size_t i = 0; i < count; i++, at = nodes->nodes[at].next) {
        const struct json_node *member = &nodes->nodes[at];
        char path[LONGEST_NAME];
        struct slice name = member->name;
        if (above.len + 1 + name.len > sizeof path)
            continue;
        if (above.len) {
            memcpy(path, above.ptr, above.len);
            path[above.len] = '.';
            memcpy(path + above.len + 1, name.ptr, name.len);
            name = (struct slice){path, above.len + 1 + name.len};
        }
        if (member->type == JSON_OBJECT && !object && is_wrapper(name)) {
            v->is_wrapped = true;
            keep_members(v, nodes, at, SLICE_EMPTY, arena);
            v->is_wrapped = false;
        } else if (member->type == JSON_OBJECT && !above.len)
            keep_members(v, nodes, at, name, arena);
        else if (member->type != JSON_OBJECT && is_wanted(name))
            frame_values_keep(v, name, text_of(nodes, at, arena));
    }
}

bool frame_keys_take(const struct json_nodes *nodes, struct stamps *stamps, struct arena *arena,
                     struct log_line *line) {
    struct frame_values v = {.ranks = {0}};
    if (!nodes->count || nodes->nodes[0].type != JSON_OBJECT)
        return false;
    keep_members(&v, nodes, 0, SLICE_EMPTY, arena);
    return frame_values_apply(&v, stamps, line);
}
