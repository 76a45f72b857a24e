/* Reports as one HTML file without outside resources or scripts; its policy forbids both. Everything
 * from outside is escaped. A report is an article; the page around a run of them is
 * the format's begin and end. */
#include "analyze/report/html.h"
#include "analyze/report/page.h"

static void append_escaped(GString *out, struct slice s) {
    for (size_t i = 0; i < s.len; i++) {
        switch (s.ptr[i]) {
        case '&':
            g_string_append(out, "&amp;");
            break;
        case '<':
            g_string_append(out, "&lt;");
            break;
        case '>':
            g_string_append(out, "&gt;");
            break;
        case '"':
            g_string_append(out, "&quot;");
            break;
        case '\'':
            g_string_append(out, "&#39;");
            break;
        default:
            g_string_append_c(out, s.ptr[i]);
        }
    }
}

/* A stranger's text is isolated, so that its direction turns nothing around it (HTML Living Standard, bdi).
 */
static void append_text(GString *out, struct slice text) {
    struct span span;
    while (page_next_span(&text, &span)) {
        g_string_append(out, span.kind == SPAN_VALUE ? "<bdi>" : "");
        append_escaped(out, span.text);
        g_string_append(out, span.kind == SPAN_VALUE ? "</bdi>" : "");
    }
}

#define STYLE                                                                                                \
    "body{font:16px/1.45 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem;"              \
    "color:#222;background:#fff}\n"                                                                          \
    "h2{font-size:1.25rem;margin:2rem 0 .5rem}h3{font-size:1rem;margin:1.2rem 0 .3rem}\n"                    \
    ".bad{color:#a40000}.good{color:#0a6b1e}.warn{color:#8a5a00}\n"                                          \
    "div.row{display:grid;grid-template-columns:9rem 1fr;gap:.5rem;margin:.2rem 0;"                          \
    "overflow-wrap:anywhere}\nb{font-weight:600}\n"                                                          \
    "blockquote{margin:.4rem 0;padding:.3rem .8rem;border-left:3px solid #bbb;overflow-wrap:anywhere}\n"     \
    "pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85rem;margin:.3rem 0}\n"                     \
    "table{border-collapse:collapse;font-size:.9rem;margin:.4rem 0}td,th{text-align:left;"                   \
    "vertical-align:top;padding:.2rem .6rem .2rem 0;overflow-wrap:anywhere}\n"                               \
    "blockquote small{display:block;color:#666}\n"                                                           \
    "@media(prefers-color-scheme:dark){body{background:#161616;color:#ddd}.bad{color:#ff8a80}"               \
    ".good{color:#8fd19e}.warn{color:#ffcc66}blockquote small{color:#999}}\n"

const char html_style[] = STYLE;

static const char html_begin[] =
    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
    "'unsafe-inline'\">\n<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<meta name=\"format-detection\" content=\"telephone=no,date=no,address=no,email=no,url=no\">\n"
    "<title>mailwhy report</title>\n<style>\n" STYLE "</style></head><body>\n";

static void begin(struct page *p) {
    if (p->style.language)
        g_string_append_printf(p->out, "<article lang=\"%s\">\n", p->style.language->code);
    else
        g_string_append(p->out, "<article>\n");
}

static void title(struct page *p, struct slice text, enum emphasis e) {
    static const char *const classes[] = {[EMPHASIS_NONE] = "plain",
                                          [EMPHASIS_BAD] = "bad",
                                          [EMPHASIS_GOOD] = "good",
                                          [EMPHASIS_WARN] = "warn"};
    _Static_assert(G_N_ELEMENTS(classes) == EMPHASES, "a class for each");
    g_string_append_printf(p->out, "<h2 class=\"%s\">", classes[e]);
    append_text(p->out, text);
    g_string_append(p->out, "</h2>\n");
}

static void section(struct page *p, struct slice name) {
    g_string_append(p->out, "<h3>");
    append_text(p->out, name);
    g_string_append(p->out, "</h3>\n");
}

static void label(struct page *p, struct slice name) {
    g_string_append(p->out, "<div class=\"row\"><b>");
    append_text(p->out, name);
    g_string_append(p->out, "</b><span>");
}

static void row(struct page *p, struct slice name, struct slice text) {
    label(p, name);
    append_text(p->out, text);
    g_string_append(p->out, "</span></div>\n");
}

static void step(struct page *p, struct slice name, unsigned number, struct slice text) {
    label(p, name);
    g_string_append_printf(p->out, "%u. ", number);
    append_text(p->out, text);
    g_string_append(p->out, "</span></div>\n");
}

static void quote(struct page *p, struct slice text, struct slice note) {
    g_string_append(p->out, "<blockquote>");
    append_text(p->out, text);
    if (note.len) {
        g_string_append(p->out, "<small>");
        append_text(p->out, note);
        g_string_append(p->out, "</small>");
    }
    g_string_append(p->out, "</blockquote>\n");
}

static void copy(struct page *p, struct slice text) {
    g_string_append(p->out, "<pre>");
    append_text(p->out, text);
    g_string_append(p->out, "</pre>\n");
}

static void table(struct page *p, const struct table *t) {
    g_string_append(p->out, "<table><tr>");
    for (size_t c = 0; c < t->columns; c++) {
        g_string_append(p->out, "<th>");
        append_text(p->out, t->heads[c]);
        g_string_append(p->out, "</th>");
    }
    for (size_t i = 0; i < t->rows * t->columns; i++) {
        g_string_append(p->out, i % t->columns ? "<td>" : "</tr>\n<tr><td>");
        append_text(p->out, t->cells[i]);
        g_string_append(p->out, "</td>");
    }
    g_string_append(p->out, "</tr></table>\n");
}

static void end(struct page *p) {
    g_string_append(p->out, "</article>\n");
}

static void heading(GString *out, struct slice name) {
    g_string_append(out, "<p class=\"input\"><b>");
    append_escaped(out, name);
    g_string_append(out, "</b></p>\n");
}

static const struct medium medium = {true, begin, title, section, row, step, quote, copy, table, end};

const struct mailwhy_format format_html_part = {.name = "html", .medium = &medium, .heading = heading};

const struct mailwhy_format format_html = {
    .name = "html", .medium = &medium, .begin = html_begin, .end = "</body></html>\n", .heading = heading};
