/* Pictures as SVG: see html_picture.h. Bars are stretched to the width there is, so no text stands in them:
 * that is HTML around them, which folds. The way grows downwards and is never stretched: it is read at 360
 * pixels as at 1600. */
#include "analyze/report/html_picture.h"

#include "analyze/report/html_text.h"
#include "parsers/base/text.h"

const char *html_state_class(enum emphasis e) {
    static const char *const classes[] = {[EMPHASIS_NONE] = "plain",
                                          [EMPHASIS_BAD] = "bad",
                                          [EMPHASIS_GOOD] = "good",
                                          [EMPHASIS_WARN] = "warn"};
    _Static_assert(G_N_ELEMENTS(classes) == EMPHASES, "a class for each");
    return classes[e];
}

const char *html_state_sign(enum emphasis e) {
    static const char *const signs[] = {
        [EMPHASIS_NONE] = "", [EMPHASIS_BAD] = "✕", [EMPHASIS_GOOD] = "✓", [EMPHASIS_WARN] = "!"};
    _Static_assert(G_N_ELEMENTS(signs) == EMPHASES, "a sign for each");
    return signs[e];
}

/* --- charts --- */

static uint64_t sum_of(const struct chart *c, size_t bar) {
    uint64_t sum = 0;
    for (size_t k = 0; k < c->series_count; k++)
        sum += c->values[bar * c->series_count + k];
    return sum;
}

static uint64_t longest_bar(const struct chart *c) {
    uint64_t most = 1;
    for (size_t i = 0; i < c->count; i++)
        most = MAX(most, sum_of(c, i));
    return most;
}

/* Of 1000, and never nothing where there is something. */
static unsigned share(uint64_t value, uint64_t most) {
    unsigned thousandths = (unsigned)((double)value / (double)most * 1000);
    return value && thousandths < 4 ? 4 : thousandths;
}

static void append_legend(struct page *p, const struct chart *c) {
    g_string_append(p->out, "<ul class=\"legend\">");
    for (size_t k = 0; k < c->series_count; k++) {
        g_string_append_printf(p->out,
                               "<li class=\"%s\"><svg width=\"12\" height=\"12\" aria-hidden=\"true\"><rect "
                               "width=\"12\" height=\"12\"/></svg> ",
                               html_state_class(c->states[k]));
        html_append_plain(p->out, c->series[k]);
        g_string_append(p->out, "</li>");
    }
    g_string_append(p->out, "</ul>");
}

static void append_column(struct page *p, const struct chart *c, size_t bar, uint64_t most) {
    unsigned top = 1000;
    for (size_t k = 0; k < c->series_count; k++) {
        unsigned height = share(c->values[bar * c->series_count + k], most);
        height = MIN(height, top);
        top -= height;
        if (height)
            g_string_append_printf(p->out,
                                   "<rect class=\"%s\" x=\"%zu\" y=\"%u\" width=\"8\" height=\"%u\"/>",
                                   html_state_class(c->states[k]), bar * 10 + 1, top, height);
    }
}

/* The columns, and below them the first time, that in the middle and the last. */
static void append_over_time(struct page *p, const struct chart *c) {
    uint64_t most = longest_bar(c);
    g_string_append_printf(p->out,
                           "<p class=\"scale\">%.*s"
                           "</p><svg class=\"columns\" role=\"img\" viewBox=\"0 0 %zu 1000\" "
                           "preserveAspectRatio=\"none\" aria-label=\"",
                           S(value_show(&p->outlet, as_count(most))), c->count * 10);
    html_append_plain(p->out, c->about);
    g_string_append(p->out, "\">");
    for (size_t i = 0; i < c->count; i++)
        append_column(p, c, i, most);
    g_string_append(p->out, "</svg><p class=\"axis\">");
    const size_t marks[] = {0, c->count / 2, c->count - 1};
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        if (i && marks[i] == marks[i - 1])
            continue;
        g_string_append(p->out, "<span>");
        html_append_plain(p->out, c->labels[marks[i]]);
        g_string_append(p->out, "</span> ");
    }
    g_string_append(p->out, "</p>");
}

static void append_ranked(struct page *p, const struct chart *c) {
    uint64_t most = longest_bar(c);
    g_string_append(p->out, "<ul class=\"bars\">");
    for (size_t i = 0; i < c->count; i++) {
        unsigned left = 0;
        g_string_append(p->out, "<li><span>");
        html_append(p->out, c->labels[i]);
        g_string_append(
            p->out,
            "</span> <svg viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
        for (size_t k = 0; k < c->series_count; k++) {
            unsigned width = MIN(share(c->values[i * c->series_count + k], most), 1000 - left);
            g_string_append_printf(p->out, "<rect class=\"%s\" x=\"%u\" width=\"%u\" height=\"10\"/>",
                                   html_state_class(c->states[k]), left, width);
            left += width;
        }
        g_string_append_printf(p->out, "</svg> <b>%.*s</b></li>",
                               S(value_show(&p->outlet, as_count(sum_of(c, i)))));
    }
    g_string_append(p->out, "</ul>");
}

void html_chart(struct page *p, const struct chart *c) {
    g_string_append(p->out, "<figure class=\"chart\">");
    if (c->kind == CHART_OVER_TIME)
        append_over_time(p, c);
    else
        append_ranked(p, c);
    append_legend(p, c);
    g_string_append(p->out, "</figure>\n");
}

/* --- the way --- */

#define STEP        76 /* pixels from one station to the next */
#define FIRST       26
#define LEAST_WIDTH ((size_t)310)
#define BESIDE      54  /* pixels that stand before a text */
#define LETTER      9.4 /* pixels of one, in bold */
#define MOST_LETTER 48  /* of a name; the picture grows with it, and shrinks to the screen */

/* The bytes of the letters that are shown; `letters`: how many. */
static size_t shown_bytes(struct slice plain, size_t *letters) {
    size_t bytes = 0;
    for (*letters = 0; bytes < plain.len && *letters < MOST_LETTER; ++*letters)
        bytes = (size_t)(g_utf8_next_char(plain.ptr + bytes) - plain.ptr);
    return bytes;
}

static size_t width_of(struct page *p, const struct way *w) {
    size_t most = 0;
    for (size_t i = 0; i < w->count * 3; i++) {
        const struct station *s = &w->stations[i / 3];
        const struct slice texts[] = {s->name, s->detail, s->leg};
        size_t letters;
        shown_bytes(page_plain(p->outlet.arena, texts[i % 3]), &letters);
        most = MAX(most, letters);
    }
    return MAX(LEAST_WIDTH, BESIDE + (size_t)((double)(most + 1) * LETTER));
}

static void append_line_of(struct page *p, struct slice text, const char *class, size_t y) {
    struct slice plain = page_plain(p->outlet.arena, text);
    size_t letters;
    size_t bytes = shown_bytes(plain, &letters);
    g_string_append_printf(p->out, "<text class=\"%s\" x=\"%d\" y=\"%zu\">", class, BESIDE, y);
    html_append_escaped(p->out, slice_upto(plain, bytes));
    g_string_append(p->out, bytes < plain.len ? "…</text>" : "</text>");
}

static void append_leg(struct page *p, const struct station *s, size_t y) {
    g_string_append_printf(p->out, "<path class=\"leg %s\" d=\"M28 %zuV%zu\"/>", html_state_class(s->state),
                           y - STEP + 16, y - 16);
    if (s->leg.len)
        append_line_of(p, s->leg, html_state_class(s->state), y - STEP / 2 + 9);
}

/* Between what anybody may have written and what own hosts saw. */
static void append_boundary(struct page *p, struct slice words, size_t y, size_t width) {
    g_string_append_printf(p->out,
                           "<path class=\"boundary\" d=\"M0 %zuH%zu\"/><text class=\"detail\" x=\"%zu\" "
                           "y=\"%zu\" text-anchor=\"end\">",
                           y - STEP / 2 - 9, width, width, y - STEP / 2 + 5);
    html_append_plain(p->out, words);
    g_string_append(p->out, "</text>");
}

static void append_station(struct page *p, const struct station *s, size_t number, size_t y) {
    bool is_refused = s->state == EMPHASIS_BAD;
    g_string_append_printf(p->out, "<circle class=\"%s\" cx=\"28\" cy=\"%zu\" r=\"15\"/>",
                           is_refused       ? "bad"
                           : s->is_believed ? "seen"
                                            : "told",
                           y);
    if (is_refused)
        g_string_append_printf(p->out, "<text class=\"n bad\" x=\"28\" y=\"%zu\">✕</text>", y + 5);
    else
        g_string_append_printf(p->out, "<text class=\"n\" x=\"28\" y=\"%zu\">%zu</text>", y + 5, number);
    append_line_of(p, s->name, "name", s->detail.len ? y - 1 : y + 5);
    if (s->detail.len)
        append_line_of(p, s->detail, "detail", y + 15);
}

void html_way(struct page *p, const struct way *w) {
    size_t width = width_of(p, w);
    size_t height = FIRST * 2 + (w->count - 1) * STEP;
    g_string_append_printf(p->out,
                           "<figure class=\"way\"><svg role=\"img\" width=\"%zu\" height=\"%zu\" "
                           "viewBox=\"0 0 %zu %zu\" aria-label=\"",
                           width, height, width, height);
    html_append_plain(p->out, w->about);
    g_string_append(p->out, "\">");
    for (size_t i = 0; i < w->count; i++) {
        size_t y = FIRST + i * STEP;
        if (i)
            append_leg(p, &w->stations[i], y);
        if (i && w->stations[i].is_believed && !w->stations[i - 1].is_believed)
            append_boundary(p, w->boundary, y, width);
        append_station(p, &w->stations[i], i + 1, y);
    }
    g_string_append(p->out, "</svg></figure>\n");
}
