/* Typed values on pages: see page.h. */
#include "analyze/report/page.h"

#include "parsers/base/filled.h"

#include <assert.h>

/* Spans are marked inside the texts by control characters, which nothing else on a page can hold: all values
 * are made visible (outlet.c). Where a text is cut, its end ends the span. */
#define SPAN_END '\x1f'

static enum span_kind span_of(enum value_type type) {
    switch (type) {
    case VALUE_OURS:
    case VALUE_SHOWN:
    case VALUE_NUMBER:
    case VALUE_COUNT:
    case VALUE_TIME:
    case VALUE_TRUTH:
        return SPAN_OURS;
    case VALUE_SENTENCE:
    case VALUE_NOTE:
    case VALUE_ADVICE:
        return SPAN_NOTE;
    case VALUE_LINK:
        return SPAN_LINK;
    case VALUE_REPORT:
        return SPAN_REPORT;
    default:
        return SPAN_VALUE;
    }
}

/* The report vouches for a link where scheme and host are words of our rules: what was filled in stands
 * behind them. */
static bool is_vouched(struct slice text) {
    size_t host = slice_find(text, SLICE("://")) + 3;
    size_t path = host < text.len ? host + slice_find_char(slice_from(text, host), '/') : text.len;
    size_t filled = slice_find_char(text, FILLED_OPEN);
    return filled == text.len || path < filled;
}

static struct slice show_span(struct page *p, struct value v) {
    struct slice shown = value_show(&p->outlet, v);
    enum span_kind kind = span_of(v.type);
    if (kind == SPAN_LINK && !is_vouched(v.text))
        kind = SPAN_VALUE;
    if (!p->medium->has_spans || kind == SPAN_OURS || !shown.len)
        return shown;
    return arena_printf(p->outlet.arena, "%c%.*s%c", (char)kind, S(shown), SPAN_END);
}

/* What stands between a link and the words around it. */
static bool is_joint(char c) {
    return c && strchr(" .,;:)", c);
}

/* Where our own words of an advice next name a page; its length when they do not. What is filled in is passed
 * over, whatever it says. */
static size_t find_own_page(struct slice text) {
    struct slice rest = text;
    struct slice piece;
    enum filled kind;
    while (filled_next(&rest, &piece, &kind)) {
        size_t at = kind ? piece.len : slice_find(piece, SLICE("://"));
        if (at == piece.len)
            continue;
        while (at && ascii_is_alpha(piece.ptr[at - 1]))
            at--;
        return (size_t)(piece.ptr - text.ptr) + at;
    }
    return text.len;
}

/* Up to the space behind it, without what ends the sentence; what is filled in may belong to it. */
static size_t page_length(struct slice text) {
    struct slice rest = text;
    struct slice piece;
    enum filled kind;
    size_t end = text.len;
    while (end == text.len && filled_next(&rest, &piece, &kind)) {
        size_t space = kind ? piece.len : slice_find_char(piece, ' ');
        if (space < piece.len)
            end = (size_t)(piece.ptr - text.ptr) + space;
    }
    while (end && is_joint(text.ptr[end - 1]))
        end--;
    return end;
}

/* Words of our own around a link: a medium may set words anew, so what joins them to it stands outside. */
static void append_around(struct page *p, GString *out, struct slice words) {
    while (words.len && is_joint(words.ptr[0])) {
        g_string_append_c(out, words.ptr[0]);
        words = slice_from(words, 1);
    }
    bool is_apart = words.len && words.ptr[words.len - 1] == ' ';
    struct slice shown = show_span(p, as_advice(slice_trim(words)));
    g_string_append_len(out, shown.ptr, (gssize)shown.len);
    g_string_append(out, is_apart ? " " : "");
}

/* The pages that an advice names can be followed. */
static struct slice show_advice(struct page *p, struct slice text) {
    g_autoptr(GString) out = g_string_sized_new(text.len);
    while (text.len) {
        size_t at = find_own_page(text);
        struct slice link = slice_from(text, at);
        link = slice_upto(link, page_length(link));
        append_around(p, out, slice_upto(text, at));
        struct slice shown = show_span(p, as_link(link));
        g_string_append_len(out, shown.ptr, (gssize)shown.len);
        text = slice_from(text, at + link.len);
    }
    return arena_copy(p->outlet.arena, (struct slice){out->str, out->len});
}

static struct slice show(struct page *p, struct value v) {
    if (v.type == VALUE_OURS && p->style.language)
        v.text = slice_of(language_say(p->style.language, arena_string(p->outlet.arena, v.text)));
    return v.type == VALUE_ADVICE && p->medium->has_spans ? show_advice(p, v.text) : show_span(p, v);
}

static bool is_mark(char c) {
    return (c >= SPAN_VALUE && c <= SPAN_REPORT) || c == SPAN_END;
}

bool page_next_span(struct slice *rest, struct span *span) {
    span->kind = SPAN_OURS;
    while (rest->len && is_mark(rest->ptr[0])) {
        span->kind = rest->ptr[0] == SPAN_END ? SPAN_OURS : (enum span_kind)rest->ptr[0];
        *rest = slice_from(*rest, 1);
    }
    size_t length = 0;
    while (length < rest->len && !is_mark(rest->ptr[length]))
        length++;
    span->text = slice_upto(*rest, length);
    *rest = slice_from(*rest, length);
    return length > 0;
}

bool page_has_commands(struct slice text) {
    size_t ticks = 0;
    struct span span;
    while (page_next_span(&text, &span))
        for (size_t i = 0; i < span.text.len && span.kind == SPAN_OURS; i++)
            ticks += span.text.ptr[i] == '`';
    return ticks && ticks % 2 == 0;
}

void page_begin(struct page *p) {
    if (p->medium->begin)
        p->medium->begin(p);
}

void page_end(struct page *p) {
    if (p->outlet.redactor && !p->outlet.collects) {
        static const enum words sections[] = {SECTION_REDACTED, SECTION_ABOUT_THIS_PAGE, SECTION_REDACTED};
        static const enum words words[] = {SAY_REDACTED, SAY_PAGE_REDACTED, SAY_RECEIVER_REDACTED};
        page_section(p, word(sections[p->style.reader]));
        page_row(p, NO_LABEL, word(words[p->style.reader]));
    }
    if (p->medium->end)
        p->medium->end(p);
}

void page_about(struct page *p, struct value title, struct value file) {
    if (p->style.reader == READER_CUSTOMER) /* whose page has words of its own */
        return;
    p->file = value_is_known(file) ? show(p, file) : SLICE_EMPTY;
    struct slice text = show(p, title);
    if (p->medium->about && text.len)
        p->medium->about(p, text);
}

/* What a medium has no place for is shown all the same: a redactor may be collecting. */
void page_title(struct page *p, struct value text, enum emphasis e) {
    struct slice shown = show(p, text);
    if (p->medium->title)
        p->medium->title(p, shown, e);
}

static void begin_section(struct page *p, struct value name, bool is_folded) {
    struct slice shown = show(p, name);
    if (p->medium->section)
        p->medium->section(p, shown, is_folded);
}

void page_section(struct page *p, struct value name) {
    begin_section(p, name, false);
}

void page_section_folded(struct page *p, struct value name) {
    begin_section(p, name, true);
}

void page_row(struct page *p, struct value label, struct value text) {
    page_row_in(p, label, text, EMPHASIS_NONE);
}

void page_row_in(struct page *p, struct value label, struct value text, enum emphasis e) {
    struct slice name = show(p, label);
    struct slice shown = show(p, text);
    if (p->medium->row)
        p->medium->row(p, name, shown, e);
}

void page_item(struct page *p, struct value label, struct value text) {
    if (p->medium->item)
        p->medium->item(p, show(p, label), show(p, text));
    else
        page_row(p, label, text);
}

void page_row_known(struct page *p, struct value label, struct value text) {
    if (value_is_known(text))
        page_row(p, label, text);
}

bool page_figure(struct page *p, struct value label, struct value number, struct value note,
                 enum emphasis e) {
    if (!p->medium->figure)
        return false;
    p->medium->figure(p, show(p, label), show(p, number), show(p, note), e);
    return true;
}

void page_step(struct page *p, struct value label, unsigned number, struct value text) {
    struct slice name = show(p, label);
    struct slice shown = show(p, text);
    if (p->medium->step)
        p->medium->step(p, name, number, shown);
}

void page_quote(struct page *p, struct value text, struct value note) {
    struct slice shown = show(p, text);
    struct slice said = show(p, note);
    if (p->medium->quote)
        p->medium->quote(p, shown, said);
}

void page_copy(struct page *p, struct value text) {
    struct slice shown = show(p, text);
    if (p->medium->copy)
        p->medium->copy(p, shown);
}

/* It has no place for anything: the values are collected as they are shown. */
const struct medium medium_none = {.has_spans = false};

bool page_is_link(struct slice s) {
    if (!slice_starts_nocase(s, SLICE("https://")) && !slice_starts_nocase(s, SLICE("http://")))
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (!ascii_is_alnum(s.ptr[i]) && !(s.ptr[i] && strchr("-._~:/?#@!$&'()*+,;=%", s.ptr[i])))
            return false;
    return true;
}

/* --- tables --- */

static struct table new_table(struct page *p, size_t columns, size_t wide, size_t most_rows) {
    struct table t = {.columns = columns, .wide = wide, .names = columns};
    t.heads = arena_alloc(p->outlet.arena, (most_rows + 1) * columns * sizeof(struct slice));
    t.cells = t.heads + columns;
    t.states = arena_alloc(p->outlet.arena, (most_rows + 1) * columns * sizeof *t.states);
    t.are_numbers = arena_alloc(p->outlet.arena, columns * sizeof *t.are_numbers);
    for (size_t i = 0; i < columns; i++)
        t.are_numbers[i] = true;
    return t;
}

struct table page_table(struct page *p, const enum words *heads, size_t columns, size_t wide,
                        size_t most_rows) {
    struct table t = new_table(p, columns, wide, most_rows);
    for (size_t i = 0; heads && i < columns; i++)
        page_cell(p, &t, word(heads[i]));
    return t;
}

struct table page_table_headed(struct page *p, const struct value *heads, size_t columns, size_t wide,
                               size_t most_rows) {
    struct table t = new_table(p, columns, wide, most_rows);
    for (size_t i = 0; i < columns; i++)
        page_cell(p, &t, heads[i]);
    return t;
}

void page_cell(struct page *p, struct table *t, struct value value) {
    page_cell_in(p, t, value, EMPHASIS_NONE);
}

void page_cell_in(struct page *p, struct table *t, struct value value, enum emphasis e) {
    if (t->filled >= t->columns)
        t->are_numbers[t->filled % t->columns] &= value.type == VALUE_NUMBER || value.type == VALUE_COUNT;
    t->states[t->filled] = e;
    t->heads[t->filled++] = show(p, value);
    t->rows = t->filled / t->columns - 1;
}

void page_table_end(struct page *p, const struct table *t) {
    if (p->medium->table)
        p->medium->table(p, t);
}

/* --- pictures --- */

bool page_has_pictures(const struct page *p) {
    return p->medium->chart != NULL;
}

struct chart page_chart(struct page *p, size_t series, size_t most) {
    struct arena *arena = p->outlet.arena;
    return (struct chart){.series_count = series,
                          .series = arena_alloc(arena, series * sizeof(struct slice)),
                          .labels = arena_alloc(arena, (most + 1) * sizeof(struct slice)),
                          .states = arena_alloc(arena, series * sizeof(enum emphasis)),
                          .values = arena_alloc(arena, (most + 1) * series * sizeof(uint64_t))};
}

void page_chart_end(struct page *p, const struct chart *c) {
    if (p->medium->chart && c->count)
        p->medium->chart(p, c);
}

void page_way(struct page *p, const struct way *w) {
    if (p->medium->way && w->count > 1)
        p->medium->way(p, w);
}

struct slice page_text(struct page *p, struct value v) {
    return page_plain(p->outlet.arena, show(p, v));
}

struct slice page_plain(struct arena *arena, struct slice text) {
    g_autoptr(GString) plain = g_string_sized_new(text.len);
    struct span span;
    while (page_next_span(&text, &span))
        g_string_append_len(plain, span.text.ptr, (gssize)span.text.len);
    return arena_copy(arena, (struct slice){plain->str, plain->len});
}

/* --- sentences --- */

struct value word(enum words words) {
    return as_ours(words_text(words));
}

/* A sentence that is made. */
struct saying {
    struct page *page;
    const struct value *values;
    size_t count, next;
    bool is_one; /* the last value was the number 1 */
    GString *out;
};

/* {} or {N}, of which `c` is the digit or the end. */
static void say_place(struct saying *s, char c) {
    size_t number = ascii_is_digit(c) ? (size_t)(c - '1') : s->next++;
    if (number >= s->count)
        return;
    struct value v = s->values[number];
    struct slice shown = show(s->page, v);
    s->is_one = (v.type == VALUE_COUNT || v.type == VALUE_NUMBER) && v.number == 1;
    g_string_append_len(s->out, shown.ptr, (gssize)shown.len);
}

/* {?one|many} */
static void say_form(struct saying *s, struct slice forms) {
    struct slice one = slice_upto(forms, slice_find_char(forms, '|'));
    struct slice said = s->is_one ? one : slice_from(forms, one.len + 1);
    g_string_append_len(s->out, said.ptr, (gssize)said.len);
}

struct value page_say_values(struct page *p, enum words words, const struct value *values, size_t count) {
    struct saying s = {.page = p, .values = values, .count = count, .out = g_string_new(NULL)};
    struct slice rest = slice_of(language_say(p->style.language, words_text(words)));
    for (size_t open; (open = slice_find_char(rest, '{')) < rest.len;) {
        g_string_append_len(s.out, rest.ptr, (gssize)open);
        rest = slice_from(rest, open + 1);
        struct slice place = slice_upto(rest, slice_find_char(rest, '}'));
        if (place.len && place.ptr[0] == '?')
            say_form(&s, slice_from(place, 1));
        else
            say_place(&s, place.len ? place.ptr[0] : '}');
        rest = slice_from(rest, place.len + 1);
    }
    g_string_append_len(s.out, rest.ptr, (gssize)rest.len);
    assert(s.next == 0 || s.next == count); /* as many values as places, where these are not numbered */
    struct slice text = arena_copy(p->outlet.arena, (struct slice){s.out->str, s.out->len});
    g_string_free(s.out, TRUE);
    return as_type(VALUE_SHOWN, text);
}

struct value page_at_line(struct page *p, unsigned line, struct value text) {
    return line ? page_say(p, SAY_LINE_TEXT, as_number(line), text) : text;
}

struct value page_join(struct page *p, struct value a, const char *between, struct value b) {
    struct slice first = show(p, a);
    struct slice second = show(p, b);
    return as_type(VALUE_SHOWN, arena_printf(p->outlet.arena, "%.*s%s%.*s", S(first),
                                             first.len && second.len ? between : "", S(second)));
}
