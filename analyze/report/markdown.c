/* Pages as Markdown, to paste into a ticket. Everything from outside is escaped, so that no mail
 * can put links, images or HTML into the ticket (CommonMark 0.31, section 2.4). Parentheses are harmless
 * where brackets are escaped, and signs of headings and lists where they do not begin the text. */
#include "analyze/report/markdown.h"
#include "analyze/report/page.h"

static void append_escaped(GString *out, struct slice s) {
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c && (strchr("\\`*_[]<>|~&@", c) || (i == 0 && strchr("#+-=", c))))
            g_string_append_c(out, '\\');
        g_string_append_c(out, c);
    }
}

static void title(struct page *p, struct slice text, enum emphasis e) {
    (void)e;
    g_string_append(p->out, "\n## ");
    append_escaped(p->out, text);
    g_string_append(p->out, "\n\n");
}

static void section(struct page *p, struct slice name) {
    g_string_append(p->out, "\n### ");
    append_escaped(p->out, name);
    g_string_append(p->out, "\n\n");
}

static void label(struct page *p, struct slice name) {
    g_string_append(p->out, name.len ? "- **" : "  - ");
    append_escaped(p->out, name);
    g_string_append(p->out, name.len ? ":** " : "");
}

static void row(struct page *p, struct slice name, struct slice text) {
    label(p, name);
    append_escaped(p->out, text);
    g_string_append_c(p->out, '\n');
}

static void step(struct page *p, struct slice name, unsigned number, struct slice text) {
    if (name.len) {
        g_string_append(p->out, "- **");
        append_escaped(p->out, name);
        g_string_append(p->out, ":**\n");
    }
    g_string_append_printf(p->out, "  %u. ", number);
    append_escaped(p->out, text);
    g_string_append_c(p->out, '\n');
}

static void quote(struct page *p, struct slice text, struct slice note) {
    g_string_append(p->out, "\n> ");
    append_escaped(p->out, text);
    g_string_append(p->out, "\n>\n> *");
    append_escaped(p->out, note);
    g_string_append(p->out, "*\n");
}

static void table(struct page *p, const struct table *t) {
    g_string_append(p->out, "\n|");
    for (size_t c = 0; c < t->columns; c++) {
        g_string_append_c(p->out, ' ');
        append_escaped(p->out, t->heads[c]);
        g_string_append(p->out, " |");
    }
    g_string_append(p->out, "\n|");
    for (size_t c = 0; c < t->columns; c++)
        g_string_append(p->out, "---|");
    for (size_t i = 0; i < t->rows * t->columns; i++) {
        g_string_append(p->out, i % t->columns ? " " : "\n| ");
        append_escaped(p->out, t->cells[i]);
        g_string_append(p->out, " |");
    }
    g_string_append(p->out, "\n\n");
}

static const struct medium medium = {NULL, title, section, row, step, quote, table, NULL};

const struct mailwhy_format format_markdown = {.name = "markdown", .medium = &medium};
