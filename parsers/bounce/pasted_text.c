/* See pasted_text.h. */
#include "parsers/bounce/pasted_text.h"

#include "parsers/base/html_text.h"
#include "parsers/bounce/pasted.h"

#include <glib.h>

/* The marks of a quotation at the start of a line, of several levels; ">>> " is Sendmail's. */
static size_t quotation_marks(struct slice line) {
    size_t used = 0;
    if (!line.ptr || !line.len || line.ptr[0] != '>' || slice_starts_nocase(line, SLICE(">>>")))
        return 0;
    for (size_t at = 0; at < line.len && (line.ptr[at] == '>' || line.ptr[at] == ' '); at++)
        if (line.ptr[at] == '>')
            used = at + 1 + (at + 1 < line.len && line.ptr[at + 1] == ' ');
    return used;
}

/* As it was before a mail program quoted it. */
static struct slice unquoted(struct slice text, struct arena *arena) {
    char *copy = arena_open(arena, text.len + 1);
    size_t used = 0;
    for (struct slice line; slice_next_line(&text, &line);) {
        line = slice_from(line, quotation_marks(line));
        if (line.len)
            memcpy(copy + used, line.ptr, line.len);
        used += line.len;
        copy[used++] = '\n';
    }
    return arena_close(arena, copy, used);
}

struct slice pasted_text(struct slice text, struct arena *arena) {
    static const char *const marks[] = {"&lt;", "&quot;", "&#39;", "&amp;", "&#x27;", "<br", "</"};
    text = slice_upto(text, LIMIT_PASTED);
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
        if (slice_find_nocase(text, slice_of(marks[i])) < text.len)
            return html_to_text(arena, text);
    bool is_quoted = quotation_marks(text) || slice_find(text, SLICE("\n>")) < text.len;
    return is_quoted ? unquoted(text, arena) : text;
}
