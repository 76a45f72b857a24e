/* Pages for terminals and pipes: a label column, text folded at the width. */
#include "analyze/report/text.h"
#include "analyze/report/command_words.h"
#include "analyze/report/page.h"

#define LABEL_WIDTH  19
#define TITLE_MARGIN 4

static const char *const colors[] = {[EMPHASIS_NONE] = "\033[1m",
                                     [EMPHASIS_BAD] = "\033[1;31m",
                                     [EMPHASIS_GOOD] = "\033[1;32m",
                                     [EMPHASIS_WARN] = "\033[1;33m"};
_Static_assert(G_N_ELEMENTS(colors) == EMPHASES, "a color for each");

static void append(GString *out, struct slice s) {
    g_string_append_len(out, s.ptr, (gssize)s.len);
}

/* Columns that a text takes: wide characters take two, combining ones none. */
static size_t columns(struct slice s) {
    size_t n = 0;
    while (s.len) {
        gunichar c = g_utf8_get_char_validated(s.ptr, (gssize)s.len);
        bool bad = c == (gunichar)-1 || c == (gunichar)-2;
        n += bad ? 1 : g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
        s = slice_from(s, bad ? 1 : (size_t)g_unichar_to_utf8(c, NULL));
    }
    return n;
}

static void indent(GString *out, size_t n) {
    for (size_t i = 0; i < n; i++)
        g_string_append_c(out, ' ');
}

#define MOST_OF_COMMAND 500 /* bytes between backticks that are looked at */

/* The next piece that is not folded: a word, or a command between backticks that fits into a line of `room`
 * columns. */
static bool next_piece(struct slice *rest, size_t room, struct slice *piece) {
    struct slice text = *rest;
    struct slice before;
    struct slice command;
    struct slice behind;
    if (!slice_next_word(rest, piece))
        return false;
    text = slice_from(text, (size_t)(piece->ptr - text.ptr));
    struct slice head = slice_upto(text, MOST_OF_COMMAND);
    if (piece->ptr[0] != '`' || !command_next(head, &before, &command, &behind) || before.len)
        return true;
    size_t end = (size_t)(behind.ptr - head.ptr);
    while (end < head.len && !ascii_is_space(head.ptr[end]))
        end++;
    if (columns(slice_upto(head, end)) <= room) {
        *piece = slice_upto(head, end);
        *rest = slice_from(text, end);
    }
    return true;
}

/* A word longer than a line is left whole: addresses and links must stay copyable. The text begins in column
 * `at`, and goes on in column `margin`. */
static void append_folded_at(struct page *p, size_t at, size_t margin, struct slice text) {
    bool is_first = true;
    struct slice word;
    size_t room = p->style.width > margin ? p->style.width - margin : 0;
    while (next_piece(&text, room, &word)) {
        size_t wide = columns(word);
        if (!is_first && at + 1 + wide > p->style.width) {
            g_string_append_c(p->out, '\n');
            indent(p->out, margin);
            at = margin;
        } else if (!is_first) {
            g_string_append_c(p->out, ' ');
            at++;
        }
        append(p->out, word);
        at += wide;
        is_first = false;
    }
    g_string_append_c(p->out, '\n');
}

static void append_folded(struct page *p, size_t margin, struct slice text) {
    append_folded_at(p, margin, margin, text);
}

/* Only our own words begin at the left margin: what follows in a folded title stands below its text. */
static void title(struct page *p, struct slice text, enum emphasis e) {
    if (p->out->len && p->out->str[p->out->len - 1] == '\n' && p->out->len > 1 &&
        p->out->str[p->out->len - 2] != '\n')
        g_string_append_c(p->out, '\n');
    if (p->style.color)
        g_string_append(p->out, colors[e]);
    append_folded_at(p, 0, TITLE_MARGIN, text);
    if (p->style.color) {
        g_string_truncate(p->out, p->out->len - 1);
        g_string_append(p->out, "\033[0m\n");
    }
}

static void section(struct page *p, struct slice name, bool is_folded) {
    (void)is_folded; /* there is nothing to unfold on paper */
    g_string_append(p->out, p->style.color ? "\n\033[1m" : "\n");
    append(p->out, name);
    g_string_append(p->out, p->style.color ? "\033[0m\n" : "\n");
}

static void label(struct page *p, struct slice name) {
    size_t wide = columns(name);
    g_string_append(p->out, "  ");
    append(p->out, name);
    indent(p->out, wide < LABEL_WIDTH ? LABEL_WIDTH - wide : 1);
}

static void row(struct page *p, struct slice name, struct slice text, enum emphasis e) {
    (void)e; /* the words say it */
    label(p, name);
    append_folded(p, LABEL_WIDTH + 2, text);
}

static void step(struct page *p, struct slice name, unsigned number, struct slice text) {
    label(p, name);
    g_string_append_printf(p->out, "%u. ", number);
    append_folded(p, LABEL_WIDTH + 5, text);
}

static void quote(struct page *p, struct slice text, struct slice note) {
    g_string_append(p->out, "  - ");
    append_folded(p, 4, text);
    if (!note.len)
        return;
    g_string_append(p->out, p->style.color ? "\033[2m    " : "    ");
    append_folded(p, 4, note);
    if (p->style.color)
        g_string_append(p->out, "\033[0m");
}

static void copy(struct page *p, struct slice text) {
    g_string_append_len(p->out, text.ptr, (gssize)text.len);
    g_string_append_c(p->out, '\n');
}

static size_t longest_word(struct slice text) {
    size_t most = 0;
    struct slice word;
    while (slice_next_word(&text, &word))
        most = MAX(most, columns(word));
    return most;
}

/* As wide as the cells and the heads, which may be `folded` between words; returns the sum. */
static size_t column_widths(const struct table *t, size_t *widths, bool without_wide, bool folded) {
    size_t sum = 0;
    for (size_t c = 0; c < t->columns; c++) {
        widths[c] = folded ? longest_word(t->heads[c]) : columns(t->heads[c]);
        for (size_t r = 0; r < t->rows; r++)
            widths[c] = MAX(widths[c], columns(t->cells[r * t->columns + c]));
        sum += without_wide && c == t->wide ? 0 : widths[c] + 2;
    }
    return sum;
}

/* Takes what has room in so many columns off a head. */
static struct slice next_line(struct slice *head, size_t wide) {
    struct slice rest = *head;
    struct slice line = SLICE_EMPTY;
    struct slice word;
    while (slice_next_word(&rest, &word)) {
        const char *start = line.len ? line.ptr : word.ptr;
        struct slice longer = {start, (size_t)(word.ptr + word.len - start)};
        if (line.len && columns(longer) > wide)
            break;
        line = longer;
        *head = rest;
    }
    return line;
}

static void append_cells(struct page *p, const struct table *t, const struct slice *cells,
                         const size_t *widths, bool is_inline) {
    indent(p->out, 2);
    for (size_t c = 0; c < t->columns; c++) {
        if (c == t->wide && !is_inline)
            continue;
        size_t used = columns(cells[c]);
        size_t free = used < widths[c] ? widths[c] - used : 0;
        indent(p->out, t->are_numbers[c] ? free : 0);
        append(p->out, cells[c]);
        indent(p->out, t->are_numbers[c] ? 2 : free + 2);
    }
    while (p->out->len && p->out->str[p->out->len - 1] == ' ')
        g_string_truncate(p->out, p->out->len - 1);
    g_string_append_c(p->out, '\n');
    if (!is_inline && t->wide < t->columns && cells[t->wide].len) {
        indent(p->out, 5);
        append_folded(p, 5, cells[t->wide]);
    }
}

static void append_heads(struct page *p, const struct table *t, const size_t *widths, bool is_inline) {
    struct slice *heads = arena_alloc(p->outlet.arena, t->columns * sizeof *heads);
    struct slice *line = arena_alloc(p->outlet.arena, t->columns * sizeof *line);
    bool is_done;
    for (size_t c = 0; c < t->columns; c++)
        heads[c] = is_inline || c != t->wide ? t->heads[c] : SLICE_EMPTY;
    do {
        is_done = true;
        for (size_t c = 0; c < t->columns; c++) {
            line[c] = next_line(&heads[c], widths[c]);
            is_done = is_done && !slice_trim(heads[c]).len;
        }
        append_cells(p, t, line, widths, is_inline);
    } while (!is_done);
}

static void table(struct page *p, const struct table *t) {
    size_t *widths = arena_alloc(p->outlet.arena, t->columns * sizeof *widths);
    bool is_inline = column_widths(t, widths, false, false) <= p->style.width;
    if (!is_inline && column_widths(t, widths, true, false) > p->style.width)
        column_widths(t, widths, true, true);
    g_string_append(p->out, p->style.color ? "\033[2m" : "");
    append_heads(p, t, widths, is_inline);
    g_string_append(p->out, p->style.color ? "\033[0m" : "");
    for (size_t r = 0; r < t->rows; r++)
        append_cells(p, t, t->cells + r * t->columns, widths, is_inline);
}

static void heading(GString *out, struct slice label, struct slice name) {
    g_string_append(out, "==> ");
    append(out, label);
    g_string_append(out, label.len && name.len ? "  " : "");
    append(out, name);
    g_string_append_c(out, '\n');
}

static const struct medium medium = {.title = title,
                                     .section = section,
                                     .row = row,
                                     .step = step,
                                     .quote = quote,
                                     .copy = copy,
                                     .table = table};

const struct mailwhy_format format_text = {
    .name = "text", .medium = &medium, .separator = "\n", .heading = heading};
