/* Frames: see frame.h. */
#include "parsers/log/frame.h"

#include "parsers/log/bare.h"
#include "parsers/log/carrier.h"
#include "parsers/log/frame_collector.h"
#include "parsers/log/frame_fortimail.h"
#include "parsers/log/frame_json.h"
#include "parsers/log/frame_paste.h"
#include "parsers/log/frame_record.h"
#include "parsers/log/frame_service.h"
#include "parsers/log/frame_syslog.h"
#include "parsers/log/frame_table.h"
#include "parsers/log/line_text.h"

static const struct frame {
    frame_take_one *take;
    bool is_outermost; /* it stands around all others */
    bool is_inside;    /* it may stand in the message of a program too */
    bool is_doubtful;  /* it is one only where something is known to stand in it */
    bool has_header;   /* a time at its beginning: it belongs to the line's text */
    bool is_above;     /* it stands before what has a time, never behind it */
} frames_known[] = {
    {.take = record_take, .is_outermost = true},
    {.take = collector_take_tagged},
    {.take = collector_take_cells, .is_outermost = true},
    {.take = collector_take_pack, .is_outermost = true},
    {.take = collector_take_events, .is_outermost = true},
    {.take = service_take_cloud, .is_above = true},
    {.take = syslog_take, .is_inside = true, .has_header = true},
    {.take = json_frame_take_docker, .is_inside = true},
    {.take = json_frame_take, .is_inside = true, .is_doubtful = true},
    {.take = frame_table_take, .is_outermost = true, .is_doubtful = true},
    {.take = paste_take_stream},
    {.take = service_take},
    {.take = service_take_pod, .is_above = true},
    {.take = service_take_labels},
    {.take = paste_take_field},
    {.take = paste_take_mark},
    {.take = paste_take_margin},
    {.take = paste_take_quotes},
    {.take = paste_take_emphasis, .is_above = true},
    {.take = paste_take_row, .is_above = true},
    {.take = paste_take_sign, .is_above = true},
    {.take = paste_take_count},
    {.take = paste_take_place, .is_above = true},
    {.take = fortimail_take},
};
#define FRAMES (sizeof frames_known / sizeof *frames_known)

/* May another layer stand in the message of a program? Most begin otherwise, which is found out fast. */
static inline bool may_hold_more(struct slice s) {
    return s.len > 8 && (s.ptr[0] == '{' || s.ptr[0] == '@' || s.ptr[3] == ' ' || s.ptr[4] == '-' ||
                         s.ptr[0] == '<' || s.ptr[0] == '[' || (s.ptr[0] == 'p' && s.ptr[7] == '/'));
}

static bool has_unit(struct slice program) {
    return program.len > 8 && memcmp(program.ptr + program.len - 8, ".service", 8) == 0;
}

/* rsyslog's programname ends at the slash. */
static bool is_vague(struct slice program) {
    return has_unit(program) || (program.len == 7 && memcmp(program.ptr, "postfix", 7) == 0);
}

/* `journalctl -o with-unit` writes "postfix@-.service" for the program. */
static void name_program(struct log_line *line) {
    bool is_unit = has_unit(line->program);
    bool is_known = line->program.len && !is_vague(line->program);
    struct slice found = is_known ? SLICE_EMPTY : bare_program(line->message);
    if (found.len) {
        line->program = found;
    } else if (is_unit) {
        line->program = slice_upto(line->program, line->program.len - 8);
        line->program = slice_upto(line->program, slice_find_char(line->program, '@'));
    }
}

/* A record that says all twice names the same program inside too. */
static bool may_carry(const struct frames *frames, struct slice program, struct slice inside) {
    return slice_equal(program, inside) || (carrier_is_one(program) && !frames->is_direct);
}

/* Exim's own stamp inside of another frame, which may name a host or a container, is all the header that its
 * lines have. */
static bool is_exim_inside(const struct framing *f, const struct frame *frame, const struct log_line *line,
                           const struct log_line *taken) {
    bool is_inside = (f->depth || line->program.len) && !starts(line->program, "exim");
    return is_inside && frame->has_header && taken->program.ptr == line->program.ptr &&
           bare_has_exim_id(taken->message);
}

static bool try(const struct framing *f, size_t number, struct log_line *line) {
    const struct frame *frame = &frames_known[number];
    struct slice before = line->message;
    if ((frame->is_outermost && f->depth) || (frame->is_above && line->time != -1) ||
        (line->program.len && !frame->is_inside))
        return false;
    struct log_line taken = *line;
    if (!frame->take(f, &taken) || !taken.message.len)
        return false;
    if (is_exim_inside(f, frame, line, &taken))
        taken.program = SLICE("exim");
    /* inside of a program's message a time alone is that program's own */
    if (line->program.len && frame->has_header && taken.program.ptr == line->program.ptr)
        return false;
    if (line->program.len && !may_carry(f->frames, line->program, taken.program))
        return false;
    taken.text = frame->has_header ? before : taken.message;
    *line = taken;
    f->frames->last[f->depth] = (unsigned char)(number + 1);
    return true;
}

/* Which frame was it? FRAMES: none. */
static size_t take_layer(const struct framing *f, struct log_line *line) {
    size_t first = f->frames->last[f->depth];
    if (first && try(f, first - 1, line))
        return first - 1;
    for (size_t i = 0; i < FRAMES; i++)
        if (i + 1 != first && try(f, i, line))
            return i;
    return FRAMES;
}

/* Does the layer tell who wrote what stands in it? */
static bool names_program(const struct log_line *line, const struct log_line *before) {
    return line->program.len ? line->program.ptr != before->program.ptr : bare_program(line->message).len > 0;
}

static void take_layers(struct framing *f, struct log_line *line) {
    struct log_line sure = *line;
    bool is_doubtful = false;
    while (f->depth < FRAME_DEPTH && (!line->program.len || may_hold_more(line->message))) {
        size_t taken = take_layer(f, line);
        if (taken == FRAMES)
            break;
        f->depth++;
        is_doubtful = frames_known[taken].is_doubtful || (is_doubtful && !frames_known[taken].has_header);
        if (!is_doubtful || names_program(line, &sure))
            sure = *line;
    }
    *line = sure;
}

/* Is it a log of Exim's own of which more than the first line stands at the margin? Of a block that was
 * pasted without its first blanks only that one does. */
static bool is_flush(struct slice header, struct stamps stamps) {
    size_t lines = 0;
    bool is_exim = false;
    struct slice line;
    while (slice_next_line(&header, &line)) {
        int64_t time;
        if (!line.len || line.ptr[0] == ' ' || line.ptr[0] == '\t')
            continue;
        lines++;
        if (!ascii_is_digit(line.ptr[0]) || !stamp_take(&stamps, &line, &time) || !starts(line, " "))
            continue;
        line = slice_from(line, 1);
        is_exim |= log_is_exim_id(slice_upto(line, slice_find_char(line, ' '))) || starts(line, "H=") ||
                   starts(line, "U=");
    }
    return is_exim && lines > 1;
}

/* ",,", ";;;": the length of what stands before the empty cells at the end of the line. */
static size_t length_before_cells(struct slice line) {
    size_t n = line.len;
    while (n && (line.ptr[n - 1] == ',' || line.ptr[n - 1] == ';'))
        n--;
    return n;
}

/* Do a line's last two cells stand empty? A sheet's program keeps them for each line that has fewer than the
 * widest. */
static bool has_cells(struct slice header) {
    struct slice line;
    while (slice_next_line(&header, &line)) {
        line.len -= line.len && line.ptr[line.len - 1] == '\r';
        if (line.len > length_before_cells(line) + 1)
            return true;
    }
    return false;
}

#define WIDE_BLANK "\xc2\xa0"
#define MOST_FRAME 16 /* bytes at the start of a file, among which one stands that parts a date */

static struct slice without_wide_blanks(struct slice text, struct arena *arena) {
    char *plain = arena_open(arena, text.len + 1);
    size_t used = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool is_one = starts(slice_from(text, i), WIDE_BLANK);
        plain[used++] = is_one ? ' ' : text.ptr[i];
        i += is_one;
    }
    return arena_close(arena, plain, used);
}

void frames_begin(struct frames *frames, struct slice header, struct arena *arena) {
    struct json_nodes nodes = frames->nodes;
    *frames = (struct frames){.nodes = nodes};
    frames->has_escapes = header.len && memchr(header.ptr, '\x1b', header.len);
    frames->has_cells = has_cells(header);
    frames->has_wide_blanks = slice_has(slice_upto(header, MOST_FRAME), WIDE_BLANK);
    frames->is_altered = frames->has_escapes || frames->has_cells || frames->has_wide_blanks;
    frames->is_flush = is_flush(header, (struct stamps){.now = 0});
    frame_columns_find(&frames->columns, header, arena);
    service_find(frames, header, arena);
}

void frames_free(struct frames *frames) {
    json_nodes_free(&frames->nodes);
}

#define SYSLOG 7 /* its row above, counted from 1 */

/* The stamp of Exim's own log, mostly that of the line above, with the blank behind it. */
static bool take_stamp(struct frames *f, struct stamps *stamps, struct slice *text) {
    struct slice rest = *text;
    if (!f->stamp_len || text->len <= f->stamp_len || memcmp(text->ptr, f->stamp, f->stamp_len) != 0) {
        f->stamp_len = 0;
        if (!ascii_is_digit(rest.ptr[0]) || !stamp_take(stamps, &rest, &f->stamp_time) || !starts(rest, " "))
            return false;
        size_t len = text->len - rest.len + 1;
        if (len > sizeof f->stamp)
            return false;
        f->stamp_len = len;
        memcpy(f->stamp, text->ptr, len);
    }
    *text = slice_from(*text, f->stamp_len);
    return true;
}

/* A line of Exim's own log: most of such a file, and soon known. */
static bool take_exim(struct frames *frames, struct stamps *stamps, struct log_line *line) {
    struct slice rest = line->message;
    if (!take_stamp(frames, stamps, &rest) || !bare_is_exim(rest))
        return false;
    line->time = frames->stamp_time;
    line->message = rest;
    frames->last[0] = SYSLOG;
    return true;
}

/* The line without what a terminal, a page or a sheet put into it. */
static struct slice as_written(const struct frames *frames, struct slice text, struct arena *arena) {
    if (frames->has_escapes)
        text = paste_without_colours(text, arena);
    if (frames->has_wide_blanks)
        text = without_wide_blanks(text, arena);
    return frames->has_cells ? slice_upto(text, length_before_cells(text)) : text;
}

void frame_take(struct frames *frames, struct stamps *stamps, struct slice text, struct arena *arena,
                struct log_line *line) {
    if (frames->is_altered)
        text = as_written(frames, text, arena);
    *line = (struct log_line){.text = text, .time = -1, .message = text};
    if (!text.len || (syslog_take_again(frames, line) && !may_hold_more(line->message))) {
        if (is_vague(line->program))
            name_program(line);
        return;
    }
    bool is_bare = !line->program.len || starts(line->program, "exim");
    if (is_bare && take_exim(frames, stamps, line))
        return;
    struct framing f = {frames, stamps, arena, 0};
    take_layers(&f, line);
    name_program(line);
}
