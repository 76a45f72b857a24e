/* Events as lines: see event_lines.h. */
#include "analyze/deliveries/event_lines.h"

#include "analyze/deliveries/own_refusals.h"
#include "parsers/base/decimal.h"
#include "parsers/base/hash.h"

#include <string.h>

#define SEPARATOR    '\x1f'
#define HEAD_BYTES   400 /* of a line, beside its texts */
#define TIME_DIGITS  12
#define PLACE_DIGITS 20
#define CHECK_DIGITS 8

/* --- the texts of each kind --- */

/* Where they stand: those that all have, and those of one side of the union. */
static const size_t of_all[] = {offsetof(struct log_event, host), offsetof(struct log_event, queue_id),
                                offsetof(struct log_event, recipient), offsetof(struct log_event, text),
                                offsetof(struct log_event, status_code)};
static const size_t of_arrival[] = {
    offsetof(struct log_event, sender), offsetof(struct log_event, message_id),
    offsetof(struct log_event, client), offsetof(struct log_event, client_ip),
    offsetof(struct log_event, user),   offsetof(struct log_event, script)};
static const size_t of_try[] = {
    offsetof(struct log_event, original), offsetof(struct log_event, relay),
    offsetof(struct log_event, relay_ip), offsetof(struct log_event, next_queue_id),
    offsetof(struct log_event, try_id),   offsetof(struct log_event, local_ip)};
#define SIDE G_N_ELEMENTS(of_try)

static bool is_arrival(const struct log_event *e) {
    return e->kind == LOG_CLIENT || e->kind == LOG_MESSAGE_ID || e->kind == LOG_QUEUED ||
           e->kind == LOG_REJECT || e->kind == LOG_LOGIN || e->kind == LOG_SCRIPT;
}

static struct slice *text_at(struct log_event *e, size_t offset) {
    return (struct slice *)(void *)((char *)e + offset);
}

/* --- writing --- */

static const char *escapes(void) {
    static char of[256];
    static gsize is_ready;
    if (g_once_init_enter(&is_ready)) {
        of['\\'] = '\\';
        of['\t'] = 't';
        of['\n'] = 'n';
        of['\r'] = 'r';
        of['"'] = 'q';
        of[SEPARATOR] = 'u';
        of[0] = '0';
        g_once_init_leave(&is_ready, 1);
    }
    return of;
}

/* At `out`, where there is room for twice its bytes. */
static char *put_text(char *out, struct slice text) {
    const char *of = escapes();
    for (size_t i = 0; i < text.len; i++) {
        char escape = of[(unsigned char)text.ptr[i]];
        if (escape)
            *out++ = '\\';
        *out++ = escape ? escape : text.ptr[i];
    }
    return out;
}

static char *put_number(char *out, int64_t number) {
    out = decimal_write(out, number);
    *out++ = ' ';
    return out;
}

static char *put_digits(char *out, uint64_t number, size_t digits) {
    for (size_t i = digits; i-- > 0; number /= 10)
        out[i] = (char)('0' + number % 10);
    out[digits] = '\t';
    return out + digits + 1;
}

/* Behind LOG_ID_END stands what keeps recipients of one message apart: they may belong together. */
static struct slice key_of_id(struct slice id) {
    size_t len = slice_find_char(id, LOG_ID_END);
    return len ? slice_upto(id, len) : id;
}

/* A name that a filter or a delivery has is the host's own, one that a message store gave is not. */
struct event_key {
    struct slice host, id;
    bool is_try; /* else the host is empty */
};

static struct event_key key_of_try(const struct log_event *e) {
    return (struct event_key){log_is_stores(e->try_id) ? SLICE_EMPTY : e->host, e->try_id, true};
}

/* Both sides of what a host's server refuses to the host's own programs. */
static struct event_key key_of_own_refusal(const struct log_event *e) {
    return (struct event_key){e->host, own_refusals_recipient(e), true};
}

static struct event_key key_of(const struct log_event *e) {
    struct slice id = key_of_id(e->queue_id);
    if (!id.len && e->kind == LOG_REJECT && own_refusals_recipient(e).len)
        return key_of_own_refusal(e);
    if (id.len || is_arrival(e) || !e->try_id.len)
        return (struct event_key){SLICE_EMPTY, id.len ? id : SLICE("="), false};
    return key_of_try(e);
}

static unsigned links_of(const struct log_event *e, struct event_key links[EVENT_MOST_KEYS - 1]) {
    unsigned count = 0;
    if (own_refusals_recipient(e).len && (e->queue_id.len || e->kind != LOG_REJECT))
        links[count++] = key_of_own_refusal(e);
    if (is_arrival(e) || e->kind == LOG_SAID)
        return count;
    if (e->try_id.len && e->queue_id.len)
        links[count++] = key_of_try(e);
    if (e->next_queue_id.len)
        links[count++] = (struct event_key){SLICE_EMPTY, key_of_id(e->next_queue_id), false};
    return count;
}

static char *put_key(char *out, struct event_key key) {
    if (key.is_try) {
        *out++ = '=';
        out = put_text(out, key.host);
        *out++ = '=';
    }
    return put_text(out, key.id);
}

static char *put_links(char *out, const struct log_event *e) {
    struct event_key links[EVENT_MOST_KEYS - 1];
    unsigned count = links_of(e, links);
    for (unsigned i = 0; i < count; i++) {
        *out++ = SEPARATOR;
        out = put_key(out, links[i]);
    }
    return out;
}

static uint64_t number_of_key(struct event_key key) {
    uint64_t host = key.is_try ? hash_alike(key.host.ptr, key.host.len, 1) : 0;
    return hash_alike(key.id.ptr, key.id.len, host);
}

unsigned event_keys_of(const struct log_event *e, uint64_t keys[EVENT_MOST_KEYS]) {
    struct event_key links[EVENT_MOST_KEYS - 1];
    unsigned count = links_of(e, links);
    keys[0] = number_of_key(key_of(e));
    for (unsigned i = 0; i < count; i++)
        keys[i + 1] = number_of_key(links[i]);
    return count + 1;
}

static char *put_order(char *out, struct event_writer *w) {
    *out++ = '\t';
    out = put_digits(out, (uint64_t)w->time, TIME_DIGITS);
    return put_digits(out, w->place << 32 | (w->number++ & UINT32_MAX), PLACE_DIGITS);
}

bool event_stands_alone(const struct log_event *e) {
    bool is_own = e->kind == LOG_REJECT && own_refusals_recipient(e).len;
    return (e->kind == LOG_REJECT && !e->is_client_later && !is_own) || e->kind == LOG_LOGIN ||
           e->kind == LOG_LOST || e->kind == LOG_TLS || e->kind == LOG_TLS_USED;
}

/* Room at the end of the lines, which put_end takes. */
static char *put_begin(struct event_writer *w, size_t room) {
    size_t used = w->out->len;
    g_string_set_size(w->out, used + room);
    w->out->len = used;
    return w->out->str + used;
}

static void put_end(struct event_writer *w, char *out) {
    *out++ = '\n';
    *out = '\0';
    w->out->len = (gsize)(out - w->out->str);
}

static char *put_event(char *out, struct log_event *e, const struct judged_event *judged, struct slice file) {
    unsigned flags = (unsigned)e->is_remote | (unsigned)e->is_forwarded << 1 | (unsigned)e->is_retold << 2 |
                     (unsigned)e->is_client_later << 3 | (unsigned)e->is_last << 4 |
                     (unsigned)e->is_for_open << 5 | (unsigned)e->is_relayed << 6;
    const size_t *side = is_arrival(e) ? of_arrival : of_try;
    out = put_number(out, e->kind);
    out = put_number(out, e->status);
    out = put_number(out, flags);
    out = put_number(out, e->recipients);
    out = put_number(out, e->delay);
    out = put_number(out, e->time);
    out = put_number(out, is_arrival(e) ? e->size : e->connecting);
    out = put_number(out, is_arrival(e) ? 0 : e->sending);
    out = put_number(out, (int64_t)judged->line);
    out = put_text(out, file);
    for (size_t i = 0; i < G_N_ELEMENTS(of_all) + SIDE; i++) {
        *out++ = SEPARATOR;
        out =
            put_text(out, *text_at(e, i < G_N_ELEMENTS(of_all) ? of_all[i] : side[i - G_N_ELEMENTS(of_all)]));
    }
    return out;
}

bool event_writer_hear(struct event_writer *w, struct log_event *e) {
    w->time = MAX(w->time, e->time);
    if (e->kind == LOG_SCRIPT) {
        script_note_set(&w->script, e);
        return false;
    }
    if (e->kind == LOG_CLIENT && !e->script.len)
        e->script = script_note_take(&w->script, e);
    return true;
}

static uint32_t check_of(struct slice key, struct slice event) {
    uint64_t number = hash_alike(key.ptr, key.len, 2);
    return (uint32_t)hash_alike(event.ptr, event.len, number);
}

void event_line_write(struct event_writer *w, const struct judged_event *judged, struct slice file) {
    struct log_event e = *judged->event;
    size_t room = HEAD_BYTES + 2 * file.len;
    for (size_t i = 0; i < G_N_ELEMENTS(of_all); i++)
        room += 6 * text_at(&e, of_all[i])->len; /* a host and an id may stand in three places */
    for (size_t i = 0; i < SIDE; i++)
        room += 6 * text_at(&e, of_try[i])->len;
    char *begin = put_begin(w, room);
    char *out = put_key(begin, key_of(&e));
    struct slice key = {begin, (size_t)(out - begin)};
    out = put_links(put_order(out, w), &e);
    *out++ = '\t';
    struct slice event = {out, 0};
    out = put_event(out, &e, judged, file);
    event.len = (size_t)(out - event.ptr);
    uint32_t check = check_of(key, event);
    w->sum += check;
    *out++ = SEPARATOR;
    put_end(w, out + g_snprintf(out, CHECK_DIGITS + 1, "%08" G_GINT32_MODIFIER "x", check));
}

void event_line_write_counted(struct event_writer *w, struct slice bytes) {
    char *out = put_order(put_begin(w, HEAD_BYTES + 2 * bytes.len), w);
    *out++ = '\t';
    put_end(w, put_text(out, bytes));
}

/* --- reading --- */

static struct slice unescaped(struct slice text, struct arena *arena) {
    static const char plain[256] = {
        ['\\'] = '\\', ['t'] = '\t', ['n'] = '\n', ['r'] = '\r', ['q'] = '"', ['u'] = SEPARATOR};
    if (slice_find_char(text, '\\') == text.len)
        return text;
    char *out = arena_alloc(arena, text.len);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++)
        out[len++] =
            text.ptr[i] == '\\' && i + 1 < text.len ? plain[(unsigned char)text.ptr[++i]] : text.ptr[i];
    return (struct slice){out, len};
}

static struct slice take_upto(struct slice *rest, char end) {
    size_t len = slice_find_char(*rest, end);
    struct slice taken = slice_upto(*rest, len);
    *rest = slice_from(*rest, len + 1);
    return taken;
}

static bool take_number(struct slice *rest, int64_t least, int64_t most, int64_t *number) {
    struct slice digits = take_upto(rest, ' ');
    bool is_negative = digits.len && digits.ptr[0] == '-';
    int64_t value = 0;
    if (is_negative)
        digits = slice_from(digits, 1);
    if (!digits.len || digits.len > 18)
        return false;
    for (size_t i = 0; i < digits.len; i++) {
        if (!ascii_is_digit(digits.ptr[i]))
            return false;
        value = value * 10 + (digits.ptr[i] - '0');
    }
    *number = is_negative ? -value : value;
    return *number >= least && *number <= most;
}

static bool take_head(struct slice *rest, struct event_line *read) {
    int64_t kind, status, flags, count, delay, time, size, sending, line;
    bool is_whole = take_number(rest, 0, LOG_KINDS - 1, &kind) &&
                    take_number(rest, 0, LOG_STATUSES - 1, &status) && take_number(rest, 0, 127, &flags) &&
                    take_number(rest, INT32_MIN, INT32_MAX, &count) &&
                    take_number(rest, 0, UINT32_MAX, &delay) && take_number(rest, -1, LATEST_TIME, &time) &&
                    take_number(rest, -1, INT64_MAX, &size) && take_number(rest, 0, UINT32_MAX, &sending) &&
                    take_number(rest, 0, INT64_MAX, &line);
    if (!is_whole)
        return false;
    struct log_event *e = &read->event;
    e->kind = (unsigned char)kind;
    e->status = (unsigned char)status;
    e->is_remote = flags & 1;
    e->is_forwarded = flags & 2;
    e->is_retold = flags & 4;
    e->is_client_later = flags & 8;
    e->is_last = flags & 16;
    e->is_for_open = flags & 32;
    e->is_relayed = flags & 64;
    e->recipients = (int)count;
    e->delay = (uint32_t)delay;
    e->time = time;
    if (is_arrival(e)) {
        e->size = size;
    } else {
        e->connecting = (uint32_t)MIN(size, UINT32_MAX);
        e->sending = (uint32_t)sending;
    }
    read->line = (uint64_t)line;
    return true;
}

/* The check at the end is taken off. */
static bool take_check(struct slice *event, struct slice key, uint32_t *check) {
    if (event->len < CHECK_DIGITS + 1 || event->ptr[event->len - CHECK_DIGITS - 1] != SEPARATOR)
        return false;
    struct slice digits = slice_from(*event, event->len - CHECK_DIGITS);
    *event = slice_upto(*event, event->len - CHECK_DIGITS - 1);
    *check = check_of(key, *event);
    char wanted[CHECK_DIGITS + 1];
    g_snprintf(wanted, sizeof wanted, "%08" G_GINT32_MODIFIER "x", *check);
    return slice_equal(digits, slice_of(wanted));
}

bool event_line_read(struct event_line *read, struct slice line, struct arena *arena) {
    struct slice key = take_upto(&line, '\t');
    *read = (struct event_line){.line = 0};
    for (int i = 0; i < 3; i++)
        take_upto(&line, '\t');
    if (!key.len) {
        read->counted = unescaped(line, arena);
        return read->counted.len > 0;
    }
    if (!take_check(&line, key, &read->check) || !take_head(&line, read))
        return false;
    read->file = unescaped(take_upto(&line, SEPARATOR), arena);
    const size_t *side = is_arrival(&read->event) ? of_arrival : of_try;
    for (size_t i = 0; i < G_N_ELEMENTS(of_all) + SIDE; i++) {
        size_t offset = i < G_N_ELEMENTS(of_all) ? of_all[i] : side[i - G_N_ELEMENTS(of_all)];
        *text_at(&read->event, offset) = unescaped(take_upto(&line, SEPARATOR), arena);
    }
    return true;
}
