/* Reports as one HTML file that asks for nothing from outside; its policy forbids it. Everything from outside
 * is escaped. A report is an article: a header for each title, then sections with definition lists, ordered
 * lists, quotations and tables, which tell the same where no style is applied. The document around a run of
 * them is html_document.h. */
#include "analyze/report/html.h"

#include "analyze/report/html_document.h"
#include "analyze/report/html_picture.h"
#include "analyze/report/html_text.h"
#include "analyze/version.h"

#define SHORT 26 /* bytes of a cell that stays on one line, as a time */

/* What is begun and not ended, the innermost last. */
enum {
    OPEN_HEADER = 1,
    OPEN_SECTION = 2,
    OPEN_FOLD = 4, /* inside of the section */
    OPEN_LIST = 8,
    OPEN_STEPS = 16,
    OPEN_FIGURES = 32,
    OPEN_BLOCKS = OPEN_LIST | OPEN_STEPS | OPEN_FIGURES,
    OPEN_ALL = 63,
    OPEN_HEAD = 64 /* of the document */
};

static void end_open(struct page *p, unsigned what) {
    static const struct {
        unsigned open;
        const char *tag;
    } ends[] = {{OPEN_STEPS, "</ol>\n"},     {OPEN_FIGURES, "</dl>\n"},      {OPEN_LIST, "</dl>\n"},
                {OPEN_FOLD, "</details>\n"}, {OPEN_SECTION, "</section>\n"}, {OPEN_HEADER, "</header>\n"}};
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        if (p->open & what & ends[i].open)
            g_string_append(p->out, ends[i].tag);
    p->open &= ~what;
}

static void element(struct page *p, const char *begin, struct slice text, const char *end) {
    g_string_append(p->out, begin);
    html_append(p->out, text);
    g_string_append(p->out, end);
}

/* Begin an element whose words are the page's. */
static void begin_translated(struct page *p, const char *element) {
    if (p->style.language)
        g_string_append_printf(p->out, "<%s lang=\"%s\">", element, p->style.language->code);
    else
        g_string_append_printf(p->out, "<%s>", element);
}

static void begin_article(struct page *p) {
    begin_translated(p, "article");
    g_string_append_c(p->out, '\n');
}

static void begin(struct page *p) {
    p->open = p->foot.is_in_list ? 0 : OPEN_HEAD;
    if (p->foot.is_in_list)
        begin_article(p);
}

/* Of a document with one report this ends the head; the first that such a report says, where nobody has. */
static void about(struct page *p, struct slice title) {
    if (!(p->open & OPEN_HEAD))
        return;
    p->open = 0;
    begin_translated(p, "title");
    html_append_plain(p->out, title);
    g_string_append(p->out, " · mailwhy</title>\n");
    html_body_begin(p->out);
    begin_article(p);
}

static void append_sign(struct page *p, enum emphasis e) {
    if (e != EMPHASIS_NONE)
        g_string_append_printf(p->out, "<span class=\"sign %s\" aria-hidden=\"true\">%s</span> ",
                               html_state_class(e), html_state_sign(e));
}

static void title(struct page *p, struct slice text, enum emphasis e) {
    about(p, text);
    end_open(p, OPEN_ALL);
    g_string_append_printf(p->out, "<header class=\"%s\">\n<h1>", html_state_class(e));
    append_sign(p, e);
    element(p, "", text, "</h1>\n");
    p->open = OPEN_HEADER;
}

static void section(struct page *p, struct slice name, bool is_folded) {
    about(p, name);
    end_open(p, OPEN_ALL);
    g_string_append(p->out, is_folded ? "<section><details><summary>" : "<section>");
    element(p, "<h2>", name, is_folded ? "</h2></summary>\n" : "</h2>\n");
    p->open = is_folded ? OPEN_SECTION | OPEN_FOLD : OPEN_SECTION;
}

static void row(struct page *p, struct slice name, struct slice text, enum emphasis e) {
    about(p, text);
    end_open(p, OPEN_STEPS | OPEN_FIGURES);
    if (name.len) {
        g_string_append(p->out, p->open & OPEN_LIST ? "" : "<dl>\n");
        element(p, "<dt>", name, "</dt>");
        p->open |= OPEN_LIST;
    }
    bool is_item = p->open & OPEN_LIST;
    g_string_append_printf(p->out, e == EMPHASIS_NONE ? "<%s>" : "<%s class=\"%s\">", is_item ? "dd" : "p",
                           html_state_class(e));
    append_sign(p, e);
    element(p, "", text, is_item ? "</dd>\n" : "</p>\n");
}

static void item(struct page *p, struct slice label, struct slice text) {
    about(p, text);
    end_open(p, OPEN_BLOCKS);
    element(p, "<h3>", label, " ");
    element(p, "", text, "</h3>\n");
}

/* The key figures stand side by side. */
static void figure(struct page *p, struct slice label, struct slice number, struct slice note,
                   enum emphasis e) {
    end_open(p, OPEN_LIST | OPEN_STEPS);
    if (!(p->open & OPEN_FIGURES))
        g_string_append(p->out, "<dl class=\"key\">\n");
    p->open |= OPEN_FIGURES;
    g_string_append_printf(p->out, "<div class=\"%s\">", html_state_class(e));
    element(p, "<dt>", label, "</dt>");
    element(p, "<dd>", number, "");
    if (note.len)
        element(p, " <small>", note, "</small>");
    g_string_append(p->out, "</dd></div>\n");
}

/* Steps have a heading of their own: in the header of a report they are a section. */
static void step(struct page *p, struct slice name, unsigned number, struct slice text) {
    end_open(p, OPEN_LIST | OPEN_FIGURES);
    if (name.len && !(p->open & OPEN_SECTION))
        section(p, name, false);
    else if (name.len)
        element(p, "<h3>", name, "</h3>\n");
    if (!(p->open & OPEN_STEPS))
        g_string_append(p->out, "<ol>\n");
    p->open |= OPEN_STEPS;
    g_string_append_printf(p->out, "<li value=\"%u\">", number);
    element(p, "", text, "</li>\n");
}

static void quote(struct page *p, struct slice text, struct slice note) {
    end_open(p, OPEN_BLOCKS);
    element(p, "<figure><blockquote>", text, "</blockquote>");
    if (note.len)
        element(p, "<figcaption>", note, "</figcaption>");
    g_string_append(p->out, "</figure>\n");
}

static void copy(struct page *p, struct slice text) {
    end_open(p, OPEN_BLOCKS);
    element(p, "<pre>", text, "</pre>\n");
}

/* --- tables --- */

static void head_cell(struct page *p, const struct table *t, size_t column) {
    if (!t->heads[column].len) { /* which heads nothing */
        g_string_append(p->out, "<td></td>");
        return;
    }
    element(p, t->are_numbers[column] && t->rows ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">",
            t->heads[column], "</th>");
}

/* Where there is no room for columns, the head stands before the cell (page.css). */
static void cell(struct page *p, const struct table *t, size_t row_number, size_t column) {
    size_t at = row_number * t->columns + column;
    enum emphasis e = t->states[at + t->columns];
    g_string_append(p->out, column == t->names ? "<th scope=\"row\"" : "<td");
    const char *kind = t->are_numbers[column]                           ? "n"
                       : column == t->wide                              ? "wide"
                       : column != t->names && t->cells[at].len < SHORT ? "s"
                                                                        : "";
    if (*kind || e != EMPHASIS_NONE)
        g_string_append_printf(p->out, " class=\"%s%s%s\"", kind, *kind && e != EMPHASIS_NONE ? " " : "",
                               e == EMPHASIS_NONE ? "" : html_state_class(e));
    if (t->heads[column].len && column != t->names) {
        g_string_append(p->out, " data-l=\"");
        html_append_plain(p->out, t->heads[column]);
        g_string_append_c(p->out, '"');
    }
    g_string_append_c(p->out, '>');
    append_sign(p, e);
    element(p, "", t->cells[at], column == t->names ? "</th>" : "</td>");
}

/* The names of rows come first, wherever they stand where lines are short. */
static void each_cell(struct page *p, const struct table *t, size_t row_number, bool is_head) {
    for (size_t i = 0; i < t->columns + 1; i++) {
        size_t column = i == 0 ? t->names : i - 1;
        if (column >= t->columns || (i && column == t->names))
            continue;
        if (is_head)
            head_cell(p, t, column);
        else
            cell(p, t, row_number, column);
    }
}

static void table(struct page *p, const struct table *t) {
    end_open(p, OPEN_BLOCKS);
    g_string_append(p->out, "<table>\n<thead><tr>");
    each_cell(p, t, 0, true);
    g_string_append(p->out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < t->rows; i++) {
        g_string_append(p->out, "<tr>");
        each_cell(p, t, i, false);
        g_string_append(p->out, "</tr>\n");
    }
    g_string_append(p->out, "</tbody></table>\n");
}

static void chart(struct page *p, const struct chart *c) {
    end_open(p, OPEN_BLOCKS);
    html_chart(p, c);
}

static void way(struct page *p, const struct way *w) {
    end_open(p, OPEN_BLOCKS);
    html_way(p, w);
}

/* --- the foot --- */

static void end(struct page *p) {
    about(p, p->file);
    end_open(p, OPEN_ALL);
    g_string_append(p->out, "<footer><p>");
    if (p->file.len)
        element(p, "", p->file, " · ");
    g_string_append(p->out, "mailwhy " MAILWHY_VERSION);
    if (p->foot.now > 0)
        element(p, " · ", page_text(p, as_time(p->foot.now)), "");
    if (p->style.reader == READER_SUPPORT && p->foot.options && *p->foot.options)
        element(p, " · ", page_text(p, as_stranger(slice_of(p->foot.options))), "");
    g_string_append(p->out, "</p></footer>\n</article>\n");
}

/* Inside of a page whose head stands already, of a server whose options are not the reader's. */
static void begin_part(struct page *p) {
    p->open = 0;
    p->foot.options = NULL;
    begin_article(p);
}

static void heading(GString *out, struct slice label, struct slice name) {
    g_string_append(out, "<p class=\"input\"");
    if (label.len)
        g_string_append_printf(out, " id=\"r%.*s\"", S(label));
    g_string_append_printf(out, "><b>%.*s%s", S(label), label.len && name.len ? " " : "");
    html_append_escaped(out, name);
    g_string_append(out, "</b></p>\n");
}

#define MEDIUM(begins)                                                                                       \
    {                                                                                                        \
        .has_spans = true, .begin = (begins), .about = about, .title = title, .section = section,            \
        .row = row, .item = item, .figure = figure, .step = step, .quote = quote, .copy = copy,              \
        .table = table, .chart = chart, .way = way, .end = end                                               \
    }
static const struct medium medium = MEDIUM(begin);
static const struct medium medium_part = MEDIUM(begin_part);

const struct mailwhy_format format_html_part = {.name = "html", .medium = &medium_part, .heading = heading};

const struct mailwhy_format format_html = {.name = "html",
                                           .medium = &medium,
                                           .begin_document = html_document_begin,
                                           .end_document = html_document_end,
                                           .heading = heading};
