/* Lines of logs and who wrote them: see reader.h. */
#define _GNU_SOURCE
#include "parsers/log/reader.h"

#include "parsers/base/scan.h"
#include "parsers/log/dialect.h"
#include "parsers/log/export.h"
#include "parsers/log/frame_page.h"
#include "parsers/log/frame_record.h"
#include "parsers/log/unfold.h"

#include <glib.h>
#include <limits.h>

#define FIRST_BYTES ((size_t)4 << 10) /* that are looked at, where they hold some lines */
#define FEW_LINES   4

static enum line_result try_dialect(struct log_reader *r, size_t number, const struct log_line *line) {
    const struct dialect *dialect = log_dialects[number];
    uint64_t unparsed = r->facts.unparsed;
    enum line_result result = dialect->read(&r->facts, line);
    if (result == LINE_NOT_MINE)
        return result;
    r->facts.last_dialect = dialect;
    r->last_dialect = number;
    r->dialect_lines[number] += result != LINE_UNKNOWN && r->facts.unparsed == unparsed;
    if (result == LINE_UNKNOWN)
        log_facts_add_unknown(&r->facts, line);
    else if (result == LINE_PASSED)
        log_facts_note_trouble(&r->facts, line);
    return result;
}

/* The dialect of the line above is asked first, but a bystander, who takes what nobody else does. */
static void read_by_dialect(struct log_reader *r, const struct log_line *line) {
    const struct dialect *last = r->facts.last_dialect;
    size_t first = last && !last->is_bystander ? r->last_dialect : LOG_DIALECTS;
    if (first < LOG_DIALECTS && try_dialect(r, first, line) != LINE_NOT_MINE)
        return;
    for (size_t i = 0; i < LOG_DIALECTS; i++)
        if (i != first && try_dialect(r, i, line) != LINE_NOT_MINE)
            return;
    log_facts_add_unknown(&r->facts, line);
}

static bool can_repeat(const struct log_event *e) {
    return e->kind == LOG_REJECT || e->kind == LOG_LOGIN || e->kind == LOG_LOST || e->kind == LOG_TLS;
}

/* How often: "last message repeated 3 times", "message repeated 3 times: [ … ]", behind a host that no frame
 * took off or "---". Behind anything else these are the words of whoever sent a mail. -1: it is not such a
 * line. */
static int repetitions(struct slice message) {
    size_t host = scan_char(message, ' ') + 1;
    if (message.len && (ascii_is_alnum(message.ptr[0]) || message.ptr[0] == '-') &&
        !starts(message, "message ") && !starts(message, "last "))
        message = slice_from(message, host);
    if (starts(message, "last "))
        message = slice_from(message, 5);
    return starts(message, "message repeated ")
               ? slice_number(slice_between(message, "repeated ", " times"), NULL)
               : -1;
}

/* It happened so often what happened once, or several times. */
static void multiply(struct log_event *e, int times) {
    int64_t all = (int64_t)MAX(e->times, 1) * times;
    e->times = (int)MIN(all, INT_MAX);
}

/* What the line above counted counts so often again; tries at a recipient are told apart by their queue ids
 * and do not repeat. */
static bool read_repetition(struct log_reader *r, const struct log_line *line) {
    int times = repetitions(line->message);
    if (times < 1)
        return false;
    struct log_facts *f = &r->facts;
    if (r->above_end > r->above && can_repeat(&f->events[r->above_end - 1])) {
        struct log_event *again = log_event_add(f, LOG_REJECT, line); /* may move the events */
        *again = f->events[r->above_end - 1];
        multiply(again, times);
    }
    log_facts_pass(f, NO_MAIL_SYSTEM, "a repetition of the line above", line);
    return true;
}

/* "postfix/smtpd[1]: message repeated 3 times: [ NOQUEUE: reject: …]", as rsyslog writes with the program
 * that said it: left are the words, as if they stood there alone. How often; 0: it is not such a line. */
static int take_quoted_repetition(struct log_line *line) {
    static const char mark[] = "message repeated ";
    struct slice rest = slice_from(line->message, sizeof mark - 1);
    size_t digits = 0;
    int times = slice_number(rest, &digits);
    rest = slice_from(rest, digits);
    if (!starts(line->message, mark) || times < 1 || !starts(rest, " times: [ ") ||
        rest.ptr[rest.len - 1] != ']')
        return 0;
    line->message = slice_upto(slice_from(rest, 10), rest.len - 11);
    return times;
}

/* Of the events of a line that happened so often, those that count; see read_repetition. */
static void repeat_events(struct log_reader *r, size_t first, int times) {
    size_t kept = first;
    for (size_t i = first; i < r->facts.count; i++) {
        if (!can_repeat(&r->facts.events[i]))
            continue;
        r->facts.events[kept] = r->facts.events[i];
        multiply(&r->facts.events[kept++], times);
    }
    r->facts.count = kept;
}

static void note_time(struct log_reader *r, int64_t time) {
    if (time == -1)
        return;
    if (r->first == -1 || time < r->first) {
        r->first = time;
        r->first_offset = r->facts.stamps.has_offset ? r->facts.stamps.offset : 0;
    }
    r->last = time > r->last ? time : r->last;
}

/* A row of a table has no frame, and neither has an entry of a queue's listing. */
static bool read_row(struct log_reader *r, struct slice text) {
    if (!r->facts.has_rows && !r->is_queue)
        return false;
    struct log_line line = {.text = text, .time = -1, .message = text};
    return try_dialect(r, r->is_queue ? DIALECT_mailq : DIALECT_export, &line) != LINE_NOT_MINE;
}

static void read_framed(struct log_reader *r, struct slice text) {
    struct log_line line;
    frame_take(&r->frames, &r->facts.stamps, text, &r->facts.chunk, &line);
    if (r->frames.columns.is_table && slice_equal(text, r->frames.columns.names)) {
        log_facts_pass(&r->facts, NO_MAIL_SYSTEM, "the names of the columns", &line);
        return;
    }
    if (!line.program.len && read_repetition(r, &line))
        return;
    note_time(r, line.time);
    r->above = r->facts.count;
    bool may_repeat = line.message.len && line.message.ptr[0] == 'm' && line.program.len;
    int times = may_repeat ? take_quoted_repetition(&line) : 0;
    read_by_dialect(r, &line);
    if (times)
        repeat_events(r, r->above, times);
    r->above_end = r->facts.count;
}

static void read_line(struct log_reader *r, struct slice text) {
    size_t events = r->facts.count;
    if (!read_row(r, text))
        read_framed(r, text);
    if (r->facts.count > events)
        note_time(r, r->facts.events[r->facts.count - 1].time);
}

/* When the file begins, where the clock says in which year. 0: no line of its header has a time. */
static int64_t time_of_header(struct log_reader *r, const struct log_input *input, enum record_form form) {
    struct slice rest = input->header;
    struct slice text;
    struct stamps stamps = {.now = input->now, .clock = input->clock};
    while (record_next(form, &rest, &text)) {
        struct log_line line;
        frame_take(&r->frames, &stamps, slice_upto(text, LIMIT_LOG_LINE), &r->facts.chunk, &line);
        if (line.time > 0)
            return line.time;
    }
    return 0;
}

static void begin_chunk(struct log_reader *r, const struct log_input *input) {
    r->lines = r->records = r->cut = 0;
    r->above = r->above_end = 0;
    r->first = r->last = -1;
    r->first_offset = 0;
    memset(r->dialect_lines, 0, sizeof r->dialect_lines);
    log_facts_begin(&r->facts);
    frames_begin(&r->frames, input->header, &r->facts.chunk);
    r->facts.stamps = (struct stamps){.now = input->now, .clock = input->clock};
    r->facts.number = input->number;
    r->facts.header = input->header;
    export_begin(&r->facts);
}

static void read_text(struct log_reader *r, struct slice text) {
    while (text.len && (text.ptr[text.len - 1] == '\r' || text.ptr[text.len - 1] == '\n'))
        text.len--;
    r->cut += text.len > LIMIT_LOG_LINE;
    r->records += text.len > 0;
    if (text.len)
        read_line(r, slice_upto(text, LIMIT_LOG_LINE));
}

/* A line of a paste that lost its end: what stands behind it is told as not understood. */
static void note_joined(struct log_reader *r, struct slice text) {
    size_t at = unfold_joined(text, r->facts.stamps.now);
    struct slice rest = slice_from(text, at);
    struct log_line line = {.text = rest, .time = -1, .message = rest};
    if (rest.len)
        log_facts_add_unknown(&r->facts, &line);
}

static void read_page(struct log_reader *r, struct slice text) {
    struct slice piece;
    text = slice_upto(text, LIMIT_LOG_LINE);
    while (page_next(&text, &piece, &r->facts.chunk))
        read_text(r, slice_trim(piece));
}

static void read_lines(struct log_reader *r, struct slice rest) {
    bool is_table = r->facts.has_rows || r->frames.columns.is_table;
    bool is_small = rest.len <= FIRST_BYTES && slice_equal(rest, r->facts.header) && !is_table; /* a paste */
    bool has_marks = is_small && page_has_marks(rest);
    bool has_entities = slice_equal(rest, r->facts.header) && page_has_entities(rest); /* also around rows */
    bool is_page = page_is_html(r->facts.header);
    struct unfold unfold = is_small ? unfold_begin(rest, r->facts.stamps.now) : (struct unfold){.now = 0};
    for (r->facts.line = 0; rest.len; r->facts.line++) {
        const char *end = memchr(rest.ptr, '\n', rest.len);
        size_t len = end ? (size_t)(end - rest.ptr) : rest.len;
        size_t lines_below = 0;
        bool may_go_on = export_may_go_on(&r->facts, rest.ptr[0]);
        size_t record = may_go_on                    ? export_record_length(&r->facts, rest, len)
                        : r->frames.columns.is_table ? table_row_length(&r->frames.columns.table, rest, len)
                                                     : len;
        size_t broken = is_small && record <= len ? unfold_length(&unfold, rest, len) : len;
        for (; len < MAX(record, broken); lines_below++)
            len += 1 + slice_find_char(slice_from(rest, len + 1), '\n');
        struct slice text = slice_upto(rest, len);
        if (broken == len && lines_below)
            text = unfold_text(&unfold, text, &r->facts.chunk);
        if (has_marks)
            text = page_without_marks(text, &r->facts.chunk);
        if (has_entities)
            text = page_without_entities(text, &r->facts.chunk);
        rest = slice_from(rest, len + 1);
        r->lines += 1 + lines_below;
        if (is_page)
            read_page(r, text);
        else
            read_text(r, text);
        if (is_small)
            note_joined(r, text);
        r->facts.line += (uint32_t)lines_below;
    }
}

static uint32_t count_lines(const char *start, const char *end) {
    uint32_t count = 0;
    for (; start < end; start++)
        count += *start == '\n';
    return count;
}

/* The line of a record is that in which it begins. */
static void read_records(struct log_reader *r, struct slice rest, enum record_form form) {
    const char *at = rest.ptr;
    struct slice text;
    r->facts.line = 0;
    while (record_next(form, &rest, &text)) {
        r->facts.line += count_lines(at, text.ptr);
        at = text.ptr;
        read_text(r, text);
    }
    r->lines = r->facts.line + count_lines(at, rest.ptr + rest.len);
}

/* Objects are records of a log where the first has a line in it; else they are left to those who read
 * exports.
 */
static enum record_form form_of(struct log_reader *r, const struct log_input *input) {
    enum record_form form = record_form_of(input->header);
    struct slice rest = input->header;
    struct slice text;
    struct log_line line;
    if (form != RECORD_OBJECT || !record_next(form, &rest, &text))
        return form;
    frame_take(&r->frames, &r->facts.stamps, text, &r->facts.chunk, &line);
    return line.message.ptr != text.ptr ? form : RECORD_LINE;
}

/* Does the newest line stand first, as exports of collectors have it? */
static bool is_newest_first(const struct log_facts *f) {
    size_t falls = 0, rises = 0;
    int64_t before = -1;
    if (!f->count || f->events[0].time <= f->events[f->count - 1].time) /* most logs */
        return false;
    for (size_t i = 0; i < f->count; i++) {
        int64_t time = f->events[i].time;
        if (time == -1)
            continue;
        falls += before != -1 && time < before;
        rises += before != -1 && time > before;
        before = time;
    }
    return falls > rises * 2;
}

static void reverse(struct log_event *events, size_t count) {
    for (size_t i = 0; i + i + 1 < count; i++) {
        struct log_event first = events[i];
        events[i] = events[count - 1 - i];
        events[count - 1 - i] = first;
    }
}

/* The oldest line first; those of one line as it told them. */
static void turn_round(struct log_facts *f) {
    reverse(f->events, f->count);
    for (size_t i = 0, n; i < f->count; i += n) {
        for (n = 1; i + n < f->count && f->events[i + n].line == f->events[i].line;)
            n++;
        reverse(f->events + i, n);
    }
}

void log_read(struct log_reader *r, const struct log_input *input) {
    begin_chunk(r, input);
    enum record_form form = form_of(r, input);
    r->is_queue = form == RECORD_QUEUE;
    if (input->clock && input->clock->year)
        r->facts.stamps.first = time_of_header(r, input, form);
    r->frames.prefix_len = r->frames.stamp_len = 0; /* of the header, whose year was not known yet */
    if (form == RECORD_LINE)
        read_lines(r, input->bytes);
    else
        read_records(r, input->bytes, form);
    export_end(&r->facts);
    r->is_newest_first = !r->is_queue && (input->is_newest_first || is_newest_first(&r->facts));
    if (r->is_newest_first)
        turn_round(&r->facts);
}

void log_reader_free(struct log_reader *r) {
    export_free(&r->facts);
    frames_free(&r->frames);
    log_facts_free(&r->facts);
}

/* A field that no standard knows, as X-Apparently-To: (RFC 822 section 4.7.5). */
static bool begins_as_extension(struct slice bytes) {
    size_t name = 0;
    while (name < bytes.len && (g_ascii_isalnum(bytes.ptr[name]) || bytes.ptr[name] == '-'))
        name++;
    return slice_starts_nocase(bytes, SLICE("X-")) && name < bytes.len && bytes.ptr[name] == ':';
}

bool log_begins_as_message(struct slice bytes) {
    static const struct slice fields[] = {
        SLICE("Return-Path:"), SLICE("Received:"), SLICE("Delivered-To:"), SLICE("From:"),
        SLICE("Date:"),        SLICE("Subject:"),  SLICE("Message-ID:"),   SLICE("DKIM-Signature:")};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (slice_starts_nocase(bytes, fields[i]))
            return true;
    return begins_as_extension(bytes);
}

bool log_is_likely(struct slice bytes) {
    struct log_reader r = {.lines = 0};
    if (log_begins_as_message(bytes))
        return false;
    struct slice start = slice_upto(bytes, FIRST_BYTES);
    if (count_lines(start.ptr, start.ptr + start.len) < FEW_LINES)
        start = slice_upto(bytes, LIKELY_BYTES);
    const char *end = start.len ? memrchr(start.ptr, '\n', start.len) : NULL;
    if (end)
        start.len = (size_t)(end - start.ptr) + 1;
    struct log_input input = {.bytes = start, .header = start, .now = g_get_real_time() / G_USEC_PER_SEC};
    log_read(&r, &input);
    uint64_t known = 0;
    for (size_t i = 0; i < LOG_DIALECTS; i++)
        known += log_dialects[i]->is_bystander ? 0 : r.dialect_lines[i];
    bool is_log = known > 0 && known * 2 >= r.records - r.facts.unparsed && r.facts.unparsed * 2 <= r.records;
    log_reader_free(&r);
    return is_log;
}
