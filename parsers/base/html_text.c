/* The readable text of an HTML part: tags dropped, block elements as line ends, the common
 * character references decoded. For reading reports only: nothing is ever rendered from it. */
#include "parsers/base/html_text.h"

#include <glib.h>

static const struct {
    const char *name, *text;
} references[] = {{"&lt;", "<"},  {"&gt;", ">"},   {"&quot;", "\""},
                  {"&#39;", "'"}, {"&nbsp;", " "}, {"&amp;", "&"}};

static const char *const block_elements[] = {"br",  "p",  "/p",  "div", "/div", "tr",
                                             "/tr", "li", "/li", "h1",  "h2",   NULL};
static const char *const hidden_elements[] = {"script", "style", "head", NULL};

static struct slice tag_name(struct slice tag) {
    size_t n = 0;
    while (n < tag.len && (ascii_is_alnum(tag.ptr[n]) || (n == 0 && tag.ptr[n] == '/')))
        n++;
    return slice_upto(tag, n);
}

static bool is_one_of(struct slice name, const char *const *list) {
    for (; *list; list++)
        if (slice_equal_nocase(name, slice_of(*list)))
            return true;
    return false;
}

/* Past "<tag …>", and past the whole element when it is hidden. */
static struct slice skip_tag(struct slice s, GString *out) {
    struct slice tag = slice_from(s, 1);
    size_t end = slice_find_char(tag, '>');
    struct slice name = tag_name(tag);
    struct slice rest = slice_from(tag, end + 1);
    if (is_one_of(name, block_elements))
        g_string_append_c(out, '\n');
    if (is_one_of(name, hidden_elements)) {
        char close[16];
        g_snprintf(close, sizeof close, "</%.*s", (int)name.len, name.ptr);
        size_t at = slice_find_nocase(rest, slice_of(close));
        rest = slice_from(rest, at);
        return slice_from(rest, slice_find_char(rest, '>') + 1);
    }
    return rest;
}

static size_t read_reference(struct slice s, GString *out) {
    for (size_t i = 0; i < G_N_ELEMENTS(references); i++)
        if (slice_starts_nocase(s, slice_of(references[i].name))) {
            g_string_append(out, references[i].text);
            return strlen(references[i].name);
        }
    return 0;
}

struct slice html_to_text(struct arena *arena, struct slice html) {
    GString *out = g_string_sized_new(html.len / 2);
    while (html.len) {
        size_t used = html.ptr[0] == '&' ? read_reference(html, out) : 0;
        if (used) {
            html = slice_from(html, used);
        } else if (html.ptr[0] == '<' && html.len > 1 &&
                   (ascii_is_alpha(html.ptr[1]) || strchr("/!", html.ptr[1]))) {
            html = skip_tag(html, out);
        } else {
            g_string_append_c(out, html.ptr[0]);
            html = slice_from(html, 1);
        }
    }
    struct slice text = arena_copy(arena, (struct slice){out->str, out->len});
    g_string_free(out, TRUE);
    return text;
}
