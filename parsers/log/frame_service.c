/* Layers of containers: see frame_service.h. */
#include "parsers/log/frame_service.h"

#include "parsers/log/bare.h"
#include "parsers/log/carrier.h"
#include "parsers/log/frame_paste.h"
#include "parsers/log/frame_syslog.h"
#include "parsers/log/line_text.h"

#define MOST_NAME 128 /* bytes of a service's name, with what stands around it */

static size_t name_length(struct slice s) {
    size_t n = 0;
    while (n < s.len && (ascii_is_alnum(s.ptr[n]) || strchr("._-@", s.ptr[n] ? s.ptr[n] : ' ')))
        n++;
    return n;
}

/* "app" of "app-1", "app_1_3d8b20f9756e", "app.1.q6m2d8tb1x0f@node-a"; a pod and its container as they are.
 */
static struct slice base_of(struct slice name) {
    if (slice_find_char(name, '/') < name.len || slice_find_char(name, ' ') < name.len)
        return name;
    for (size_t i = 1; i + 1 < name.len; i++)
        if (strchr("._-", name.ptr[i] ? name.ptr[i] : ' ') && ascii_is_digit(name.ptr[i + 1]))
            return slice_upto(name, i);
    return name;
}

/* May it be a mail system's? One whose name does not say so may where the start of the file has no others. */
static bool is_believed(struct frames *frames, struct slice name) {
    bool is_known = name.len == frames->name_len && memcmp(name.ptr, frames->name, name.len) == 0;
    if (is_known)
        return frames->is_believed;
    if (!name.len || name.len > sizeof frames->name)
        return false;
    memcpy(frames->name, name.ptr, name.len);
    frames->name_len = name.len;
    frames->is_believed = slice_equal(base_of(name), frames->service) ||
                          carrier_of(slice_upto(name, slice_find_char(name, '@'))) == CARRIER_MAIL;
    return frames->is_believed;
}

static bool take(const struct framing *f, struct log_line *line, size_t n, struct slice name) {
    if (!n || n >= line->message.len || !is_believed(f->frames, name))
        return false;
    line->message = slice_from(line->message, n);
    return true;
}

/* --- docker compose, docker service, kubectl --- */

static size_t service_length(struct slice s, struct slice *name) {
    s = slice_upto(s, MOST_NAME);
    if (starts(s, "[pod/")) {
        size_t n = slice_find(s, SLICE("] "));
        *name = slice_upto(slice_from(s, 5), n - 5);
        return n < s.len ? n + 2 : 0;
    }
    size_t n = name_length(s);
    size_t end = n;
    while (end < s.len && s.ptr[end] == ' ')
        end++;
    *name = slice_upto(s, n);
    return n && end > n && end + 1 < s.len && s.ptr[end] == '|' && s.ptr[end + 1] == ' ' ? end + 2 : 0;
}

bool service_take(const struct framing *f, struct log_line *line) {
    struct slice name;
    size_t n = service_length(line->message, &name);
    return take(f, line, n, name);
}

/* --- stern --- */

/* "postfix-wqlf5 postfix 2026-11-24T09:14:07 …": a pod and its container. */
static size_t pod_length(const struct framing *f, struct slice s, struct slice *name) {
    size_t pod = name_length(s);
    size_t container = name_length(slice_from(s, pod + 1));
    size_t n = pod + container + 2;
    bool is_one = pod && container && n < s.len && s.ptr[pod] == ' ' && s.ptr[n - 1] == ' ' &&
                  slice_find_char(slice_upto(s, pod), '-') < pod;
    *name = slice_upto(s, n - 1);
    return is_one && paste_begins_a_line(f, slice_from(s, n)) ? n : 0;
}

bool service_take_pod(const struct framing *f, struct log_line *line) {
    struct slice name;
    size_t n = pod_length(f, line->message, &name);
    return take(f, line, n, name);
}

/* --- Loki --- */

/* The container that a stream's labels name; empty: they name none. */
static struct slice labelled(struct slice labels) {
    static const char *const names[] = {"container=\"", "container_name=\"", "compose_service=\"", "pod=\""};
    struct slice found = SLICE_EMPTY;
    for (size_t i = 0; i < sizeof names / sizeof *names && !found.len; i++) {
        size_t at = slice_find(labels, slice_of(names[i]));
        bool is_name =
            at < labels.len && at && !ascii_is_alnum(labels.ptr[at - 1]) && labels.ptr[at - 1] != '_';
        struct slice value = slice_from(labels, is_name ? at + strlen(names[i]) : labels.len);
        found = slice_upto(value, slice_find_char(value, '"'));
    }
    return found;
}

/* "{filename=\"/var/log/mail.log\", job=\"mail\"} ": the labels of a stream, as Loki's logcli shows them. */
bool service_take_labels(const struct framing *f, struct log_line *line) {
    struct slice s = line->message;
    size_t name = name_length(slice_from(s, 1));
    bool is_quoted = false;
    size_t end = 0;
    if (!starts(s, "{") || !name || !starts(slice_from(s, 1 + name), "=\""))
        return false;
    while (end < s.len && (is_quoted || s.ptr[end] != '}')) {
        is_quoted ^= s.ptr[end] == '"';
        end += is_quoted && s.ptr[end] == '\\' ? 2 : 1;
    }
    struct slice container = labelled(slice_upto(s, end));
    while (++end < s.len && (s.ptr[end] == ' ' || s.ptr[end] == '\t'))
        continue;
    if (container.len)
        return take(f, line, end, container);
    line->message = slice_from(s, end < s.len ? end : 0);
    return end < s.len;
}

/* --- Fly, Heroku --- */

/* "app[4d891c45a7d587] fra [info]", "app[mail.1]: ": its length, with the blank behind it; 0: it is none.
 * Fly's machine runs nothing else. */
static size_t cloud_length(struct slice s, struct slice *name) {
    size_t end = slice_find_char(slice_upto(s, MOST_NAME), ']');
    if (!starts(s, "app[") || end >= MOST_NAME || end + 2 >= s.len)
        return 0;
    *name = slice_upto(slice_from(s, 4), end - 4);
    struct slice rest = slice_from(s, end + 1);
    if (starts(rest, ": "))
        return end + 3;
    size_t region = name_length(slice_from(rest, 1));
    struct slice level = slice_from(rest, 1 + region);
    size_t close = slice_find(slice_upto(level, 12), SLICE("]"));
    if (rest.ptr[0] != ' ' || !region || !starts(level, " [") || close >= 12)
        return 0;
    *name = SLICE("mail");
    end += 2 + region + close + 1;
    return end + (end < s.len && s.ptr[end] == ' ');
}

bool service_take_cloud(const struct framing *f, struct log_line *line) {
    struct log_line taken = *line;
    struct slice name;
    if (!line->message.len || !ascii_is_digit(line->message.ptr[0]) ||
        !stamp_take(f->stamps, &taken.message, &taken.time) || !starts(taken.message, " app["))
        return false;
    taken.message = slice_from(taken.message, 1);
    size_t n = cloud_length(taken.message, &name);
    if (!take(f, &taken, n, name))
        return false;
    *line = taken;
    return true;
}

/* --- the start of a file --- */

static bool is_of_mail_system(struct slice program) {
    static const char *const names[] = {"postfix/", "exim", "sendmail", "sm-", "smtpd", "opensmtpd"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (starts(program, names[i]))
            return true;
    return false;
}

/* Did a mail system write it, as far as a header of syslog or the form of its message say? */
static bool is_mail(const struct framing *f, struct slice text) {
    struct log_line line = {.text = text, .time = -1, .message = text};
    if (!text.len)
        return false;
    if (!syslog_take(f, &line))
        return bare_program(text).len > 0;
    return is_of_mail_system(line.program) ||
           (!line.program.len && (bare_program(line.message).len || bare_is_exim(line.message)));
}

void service_find(struct frames *frames, struct slice header, struct arena *arena) {
    struct frames scratch = {.stamp_len = 0};
    struct stamps stamps = {.now = 0};
    struct framing f = {&scratch, &stamps, arena, 0};
    struct slice line, name;
    struct slice only = SLICE_EMPTY;
    size_t lines = 0;
    size_t mails = 0;
    bool is_one = true;
    while (slice_next_line(&header, &line)) {
        size_t n = line.len ? service_length(line, &name) : 0;
        if (line.len && !n)
            n = pod_length(&f, line, &name);
        if (!n) {
            frames->is_direct = frames->is_direct || is_mail(&f, line);
            continue;
        }
        is_one &= !only.len || slice_equal(base_of(name), only);
        only = base_of(name);
        lines++;
        mails += is_mail(&f, slice_from(line, n));
    }
    if (is_one && 2 * mails > lines)
        frames->service = only;
}
