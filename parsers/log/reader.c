/* Lines of logs, their frames, and who wrote them: see log.h. */
#define _GNU_SOURCE
#include "parsers/log/dialect.h"

#include "parsers/base/text.h"

#include <glib.h>

#define LIMIT_KINDS  300 /* of lines that are no event, each with a sample */
#define SAMPLE_BYTES 300
#define LIKELY_BYTES ((size_t)4 << 10) /* in which it must show that it is a log */

static const struct dialect *const dialects[] = {
    &dialect_postfix,  &dialect_exim,     &dialect_sendmail, &dialect_opensmtpd,
    &dialect_qmail,    &dialect_courier,  &dialect_dovecot,  &dialect_json,
    &dialect_powermta, &dialect_exchange, &dialect_trace,    &dialect_other_programs,
};

const char *dialect_name(size_t number) {
    return number < G_N_ELEMENTS(dialects) ? dialects[number]->name : NULL;
}

bool slice_has(struct slice s, const char *word) {
    return s.len && memmem(s.ptr, s.len, word, strlen(word)) != NULL;
}

struct slice slice_between(struct slice s, const char *open, const char *close) {
    const char *start = s.len ? memmem(s.ptr, s.len, open, strlen(open)) : NULL;
    if (!start)
        return SLICE_EMPTY;
    s = slice_from(s, (size_t)(start - s.ptr) + strlen(open));
    const char *end = s.len ? memmem(s.ptr, s.len, close, strlen(close)) : NULL;
    return end ? slice_upto(s, (size_t)(end - s.ptr)) : SLICE_EMPTY;
}

struct slice log_angles(struct slice s) {
    if (s.len >= 2 && s.ptr[0] == '<' && s.ptr[s.len - 1] == '>')
        return slice_from(slice_upto(s, s.len - 1), 1);
    return s;
}

void log_split_host(struct slice s, struct slice *host, struct slice *ip) {
    size_t open = slice_find_char(s, '[');
    *host = slice_trim(slice_upto(s, open));
    *ip = SLICE_EMPTY;
    if (open < s.len) {
        s = slice_from(s, open + 1);
        *ip = slice_upto(s, slice_find_char(s, ']'));
        if (slice_starts_nocase(*ip, SLICE("IPv6:")))
            *ip = slice_from(*ip, 5);
    }
    while (host->len && host->ptr[host->len - 1] == '.')
        host->len--;
}

struct log_event *log_event_add(struct log_reader *r, enum log_kind kind, const struct log_line *line) {
    if (r->count == r->room) {
        r->room = r->room ? 2 * r->room : 4096;
        r->events = g_renew(struct log_event, r->events, r->room);
    }
    struct log_event *e = &r->events[r->count++];
    memset(e, 0, sizeof *e);
    e->kind = (unsigned char)kind;
    e->line = r->line;
    e->time = line->time;
    e->host = line->host;
    e->size = -1;
    return e;
}

static void add_kind(struct log_reader *r, struct line_kind kind, const struct log_line *line) {
    if (r->kind_count == LIMIT_KINDS)
        return;
    struct line_kind *added = ARENA_NEW(&r->arena, struct line_kind);
    struct slice clean = text_clean_line(&r->arena, slice_upto(line->text, SAMPLE_BYTES));
    kind.sample = arena_copy(&r->arena, text_upto(clean, SAMPLE_BYTES)); /* clean may be the line itself */
    kind.next = r->kinds;
    kind.count = 1;
    kind.first = r->number << 32 | r->line;
    *added = kind;
    r->kinds = added;
    r->kind_count++;
}

enum log_read log_pass(struct log_reader *r, const struct dialect *dialect, const char *key,
                       const struct log_line *line) {
    for (struct line_kind *kind = r->kinds; kind; kind = kind->next)
        if (kind->key == key && kind->dialect == dialect->name) {
            kind->count++;
            return LINE_PASSED;
        }
    add_kind(
        r, (struct line_kind){.dialect = dialect->name, .key = key, .name = slice_of(key), .is_known = true},
        line);
    return LINE_PASSED;
}

static void count_unknown_kind(struct log_reader *r, struct slice name, const struct log_line *line) {
    r->unparsed++;
    for (struct line_kind *kind = r->kinds; kind; kind = kind->next)
        if (!kind->key && slice_equal(kind->name, name)) {
            kind->count++;
            return;
        }
    add_kind(r, (struct line_kind){.dialect = "?", .name = arena_copy(&r->arena, name)}, line);
}

/* What makes lines alike: the program and the first words that are no number, address or id. */
static void count_unknown(struct log_reader *r, const struct log_line *line) {
    char name[80];
    size_t used = 0;
    struct slice rest = slice_upto(line->message, 200);
    struct slice word;
    size_t words = 0;
    for (size_t i = 0; i < line->program.len && used < 30; i++)
        name[used++] = line->program.ptr[i];
    while (words < 4 && slice_next_word(&rest, &word)) {
        bool is_plain = word.len < 20;
        for (size_t i = 0; i < word.len; i++)
            is_plain &= ascii_is_alpha(word.ptr[i]) || strchr("-_:,.'", word.ptr[i]) != NULL;
        if (!is_plain || used + word.len + 2 > sizeof name)
            continue;
        if (used)
            name[used++] = ' ';
        memcpy(name + used, word.ptr, word.len);
        used += word.len;
        words++;
    }
    count_unknown_kind(r, (struct slice){name, used}, line);
}

/* "prog[123]: ", "prog: ", also with a priority in front as RFC 5424 and some relays write it. */
static bool take_program(struct slice *rest, struct log_line *line) {
    struct slice start = slice_upto(*rest, 120);
    const char *colon = start.len ? memchr(start.ptr, ':', start.len) : NULL;
    if (!colon || colon == start.ptr || memchr(start.ptr, ' ', (size_t)(colon - start.ptr)))
        return false;
    const char *end = colon;
    if (end[-1] == ']') {
        while (end > start.ptr && end[-1] != '[')
            end--;
        end -= end > start.ptr;
    }
    line->program = (struct slice){start.ptr, (size_t)(end - start.ptr)};
    size_t used = (size_t)(colon - start.ptr) + 1;
    *rest = slice_from(*rest, used < rest->len && rest->ptr[used] == ' ' ? used + 1 : used);
    return line->program.len > 0;
}

/* "<22>1 2026-11-24T09:14:07Z host postfix/smtp 123 - - message" (RFC 5424), without the priority. */
static bool take_rfc5424(struct slice *rest, struct log_line *line) {
    struct slice pid;
    struct slice id;
    if (!slice_next_word(rest, &line->host) || !slice_next_word(rest, &line->program) ||
        !slice_next_word(rest, &pid) || !slice_next_word(rest, &id))
        return false;
    *rest = slice_trim(*rest);
    if (rest->len && rest->ptr[0] == '[') { /* structured data */
        size_t end = slice_find(*rest, SLICE("] "));
        *rest = slice_from(*rest, end + 1);
    } else {
        *rest = slice_from(*rest, 1);
    }
    *rest = slice_trim(*rest);
    return true;
}

static bool take_priority(struct slice *rest) {
    size_t i = 1;
    if (!rest->len || rest->ptr[0] != '<')
        return false;
    while (i < rest->len && i < 5 && ascii_is_digit(rest->ptr[i]))
        i++;
    if (i >= rest->len || rest->ptr[i] != '>')
        return false;
    bool is_5424 = i + 2 < rest->len && rest->ptr[i + 1] == '1' && rest->ptr[i + 2] == ' ';
    *rest = slice_from(*rest, is_5424 ? i + 3 : i + 1);
    return is_5424;
}

/* Lines of one second and one host begin alike: then only the program is to be read. */
static bool has_same_prefix(const struct log_reader *r, struct slice text, struct log_line *line) {
    if (!r->prefix_len || text.len <= r->prefix_len || memcmp(text.ptr, r->prefix, r->prefix_len) != 0)
        return false;
    struct slice framed = slice_from(text, r->prefix_len);
    if (!take_program(&framed, line))
        return false;
    line->time = r->prefix_time;
    line->host = (struct slice){text.ptr + r->prefix_host, r->prefix_len - r->prefix_host - 1};
    line->message = framed;
    return true;
}

static void keep_prefix(struct log_reader *r, struct slice text, const struct log_line *line) {
    size_t host = (size_t)(line->host.ptr - text.ptr);
    size_t len = host + line->host.len + 1;
    r->prefix_len = 0;
    if (len > sizeof r->prefix)
        return;
    memcpy(r->prefix, text.ptr, len);
    r->prefix_len = len;
    r->prefix_host = host;
    r->prefix_time = line->time;
}

static void read_frame(struct log_reader *r, struct slice text, struct log_line *line) {
    struct slice rest = text;
    *line = (struct log_line){.text = text, .time = -1, .message = text};
    if (text.ptr[0] == '{' && journal_frame(r, line))
        return;
    if (has_same_prefix(r, text, line))
        return;
    bool is_5424 = take_priority(&rest);
    if (!log_stamp(r, &rest, &line->time))
        return;
    line->message = rest.len && rest.ptr[0] == ' ' ? slice_from(rest, 1) : rest;
    struct slice framed = line->message;
    if (text.ptr[0] == '@') /* multilog: no host, no program */
        return;
    if (is_5424 && take_rfc5424(&framed, line)) {
        line->message = framed;
        return;
    }
    size_t blank = slice_find_char(framed, ' ');
    struct slice host = slice_upto(framed, blank);
    framed = slice_from(framed, blank + 1);
    if (host.len && host.ptr[host.len - 1] != ':' && take_program(&framed, line)) {
        line->host = host;
        line->message = framed;
        keep_prefix(r, text, line);
    } else {
        line->program = SLICE_EMPTY;
    }
}

static enum log_read try_dialect(struct log_reader *r, size_t number, const struct log_line *line) {
    enum log_read result = dialects[number]->read(r, line);
    if (result == LINE_NOT_MINE)
        return result;
    r->last_dialect = dialects[number];
    r->dialect_lines[number]++;
    if (result == LINE_UNKNOWN)
        count_unknown(r, line);
    return result;
}

static size_t number_of(const struct dialect *dialect) {
    size_t n = 0;
    while (dialects[n] != dialect)
        n++;
    return n;
}

/* "last message repeated 3 times", "message repeated 3 times: [ … ]": what was counted above counts so often
 * again; tries at a recipient are told apart by their queue ids and do not repeat. */
static bool read_repetition(struct log_reader *r, struct slice text) {
    struct slice count = slice_between(text, "message repeated ", " times");
    int times = slice_number(count, NULL);
    if (!count.len || times < 1)
        return false;
    const struct log_event *last = r->count ? &r->events[r->count - 1] : NULL;
    if (last && last->kind >= LOG_REJECT && last->kind <= LOG_TLS) {
        struct log_line same = {.time = last->time, .host = last->host};
        struct log_event copy = *last;
        struct log_event *again = log_event_add(r, (enum log_kind)copy.kind, &same);
        *again = copy;
        again->recipients = times;
    }
    return true;
}

static void read_line(struct log_reader *r, struct slice text) {
    struct log_line line;
    read_frame(r, text, &line);
    if (!line.program.len && slice_has(line.message, "message repeated ") &&
        read_repetition(r, line.message)) {
        log_pass(r, &dialect_other_programs, "a repetition of the line above", &line);
        return;
    }
    if (line.time != -1) {
        r->first = r->first == -1 || line.time < r->first ? line.time : r->first;
        r->last = line.time > r->last ? line.time : r->last;
    }
    if (r->last_dialect && try_dialect(r, number_of(r->last_dialect), &line) != LINE_NOT_MINE)
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(dialects); i++)
        if (dialects[i] != r->last_dialect && try_dialect(r, i, &line) != LINE_NOT_MINE)
            return;
    count_unknown(r, &line);
}

void log_read(struct log_reader *r, struct slice bytes) {
    r->count = 0;
    r->lines = r->unparsed = r->cut = 0;
    r->first = r->last = -1;
    memset(r->dialect_lines, 0, sizeof r->dialect_lines);
    arena_reset(&r->chunk);
    r->prefix_len = 0;
    r->last_dialect = NULL;
    r->table = NULL;
    r->asked_count = 0;
    for (r->line = 0; bytes.len; r->line++) {
        const char *end = memchr(bytes.ptr, '\n', bytes.len);
        size_t len = end ? (size_t)(end - bytes.ptr) : bytes.len;
        struct slice text = slice_upto(bytes, len);
        bytes = slice_from(bytes, len + 1);
        while (text.len && text.ptr[text.len - 1] == '\r')
            text.len--;
        r->cut += text.len > LIMIT_LOG_LINE;
        r->lines++;
        if (text.len)
            read_line(r, slice_upto(text, LIMIT_LOG_LINE));
    }
}

void log_reader_free(struct log_reader *r) {
    g_free(r->events);
    arena_free(&r->arena);
    arena_free(&r->chunk);
}

bool log_is_likely(struct slice bytes) {
    struct log_reader r = {.now = INT64_MAX / 2, .stamp_len = 0};
    struct slice start = slice_upto(bytes, LIKELY_BYTES);
    const char *end = start.len ? memrchr(start.ptr, '\n', start.len) : NULL;
    if (end)
        start.len = (size_t)(end - start.ptr) + 1;
    r.now = g_get_real_time() / G_USEC_PER_SEC;
    r.header = start;
    log_read(&r, start);
    uint64_t known = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(dialects) && dialects[i] != &dialect_other_programs; i++)
        known += r.dialect_lines[i];
    bool is_log = known > 0 && known * 2 >= r.lines - r.unparsed && r.unparsed * 2 <= r.lines;
    log_reader_free(&r);
    return is_log;
}
