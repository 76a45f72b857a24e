/* Text inside of HTML: see html_text.h. */
#include "analyze/report/html_text.h"

#include "analyze/report/command_words.h"

void html_append_escaped(GString *out, struct slice s) {
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

static void append_ours(GString *out, struct slice text, bool *is_command) {
    for (size_t tick; (tick = slice_find_char(text, '`')) < text.len; *is_command = !*is_command) {
        html_append_escaped(out, slice_upto(text, tick));
        g_string_append(out, *is_command ? "</code>" : "<code>");
        text = slice_from(text, tick + 1);
    }
    html_append_escaped(out, text);
}

static void append_note(GString *out, struct slice text) {
    struct slice before, command;
    while (command_next(text, &before, &command, &text)) {
        html_append_escaped(out, before);
        g_string_append(out, "<code>");
        html_append_escaped(out, command);
        g_string_append(out, "</code>");
    }
    html_append_escaped(out, text);
}

static void append_link(GString *out, struct slice text) {
    if (!page_is_link(text)) {
        html_append_escaped(out, text);
        return;
    }
    g_string_append(out, "<a href=\"");
    html_append_escaped(out, text);
    g_string_append(out, "\" rel=\"noreferrer noopener\">");
    html_append_escaped(out, text);
    g_string_append(out, "</a>");
}

/* A stranger's text is isolated, so that its direction turns nothing around it (HTML Living Standard, bdi).
 */
void html_append(GString *out, struct slice text) {
    struct span span;
    bool is_command = false;
    bool marks_commands = page_has_commands(text);
    while (page_next_span(&text, &span)) {
        switch (span.kind) {
        case SPAN_OURS:
            if (marks_commands)
                append_ours(out, span.text, &is_command);
            else
                html_append_escaped(out, span.text);
            break;
        case SPAN_VALUE:
            g_string_append(out, "<bdi>");
            html_append_escaped(out, span.text);
            g_string_append(out, "</bdi>");
            break;
        case SPAN_NOTE:
            append_note(out, span.text);
            break;
        case SPAN_REPORT:
            g_string_append_printf(out, "<a href=\"#r%.*s\">%.*s</a>", S(span.text), S(span.text));
            break;
        case SPAN_LINK:
            append_link(out, span.text);
            break;
        }
    }
}

void html_append_plain(GString *out, struct slice text) {
    struct span span;
    while (page_next_span(&text, &span))
        html_append_escaped(out, span.text);
}
