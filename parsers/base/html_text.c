/* The text of HTML: see html_text.h. A stack of the open elements says what is hidden; end tags that are left
 * out are known by the elements that follow (html_element.c). No library of Debian's serves: gumbo takes 127
 * MB for 20 KB of nested <div> and ends the process at 100 KB; libxml2 searches all open elements for each
 * end tag, knows the references of HTML 4 only, and loads ICU. */
#include "parsers/base/html_text.h"

#include "parsers/base/html_element.h"
#include "parsers/base/html_reference.h"
#include "parsers/base/html_style.h"
#include "parsers/base/html_tag.h"
#include "parsers/base/text.h"

#include <glib.h>

struct open_element {
    const struct html_element *element; /* NULL: an unknown one */
    struct slice name;
    bool is_hidden, is_unseen, is_tiny, is_pre; /* with what is inherited */
};

struct reader {
    GString *out;
    bool has_space;  /* white space came since the last character */
    unsigned breaks; /* line ends to come before the next character: 2 leave an empty line */
    bool keeps_lines;
    size_t depth;
    struct open_element open[LIMIT_HTML_NESTING];
};

static const struct open_element *top(const struct reader *r) {
    static const struct open_element none = {0};
    return r->depth ? &r->open[r->depth - 1] : &none;
}

/* --- what is written --- */

static void break_line(struct reader *r, unsigned breaks) {
    r->breaks = MAX(r->breaks, breaks);
    r->has_space = false;
}

/* A second one at the same place leaves an empty line. */
static void take_line_end(struct reader *r) {
    break_line(r, r->breaks ? 2 : 1);
}

static void begin_character(struct reader *r) {
    for (; r->breaks && r->out->len; r->breaks--)
        g_string_append_c(r->out, '\n');
    if (r->has_space && r->out->len)
        g_string_append_c(r->out, ' ');
    r->breaks = 0;
    r->has_space = false;
}

/* White space that folds. */
static bool is_space(gunichar c) {
    return (c < 0x80 && ascii_is_space((char)c)) || c == 0xa0 || (c >= 0x2000 && c <= 0x200a) ||
           c == 0x202f || c == 0x205f;
}

/* Characters that take no room: a word may be broken up with them, which a reader does not see. */
static bool is_without_width(gunichar c) {
    return c == 0xad || c == 0x34f || c == 0x200b || c == 0x2060 || c == 0xfeff;
}

static void take_character(struct reader *r, gunichar c) {
    bool is_pre = r->keeps_lines || top(r)->is_pre;
    if (is_without_width(c) || c == '\r')
        return;
    if (is_pre && c == '\n') {
        begin_character(r);
        g_string_append_c(r->out, '\n');
    } else if (!is_pre && is_space(c)) {
        r->has_space = r->breaks == 0;
    } else {
        begin_character(r);
        g_string_append_unichar(r->out, is_space(c) ? ' ' : c);
    }
}

/* --- text --- */

static gunichar character_at(struct slice s, size_t *len) {
    unsigned char first = (unsigned char)s.ptr[0];
    gunichar c = first < 0x80 ? first : g_utf8_get_char_validated(s.ptr, (gssize)s.len);
    bool is_damaged = c == (gunichar)-1 || c == (gunichar)-2;
    *len = is_damaged ? 1 : (size_t)g_unichar_to_utf8(c, NULL);
    return is_damaged ? 0xfffd : c;
}

static bool is_shown(const struct open_element *e) {
    return !e->is_hidden && !e->is_unseen && !e->is_tiny;
}

static bool is_in_head(const struct reader *r) {
    return r->depth && top(r)->element && top(r)->element->group == HTML_GROUP_HEAD;
}

static void take_text(struct reader *r, struct slice text) {
    if (is_in_head(r) && slice_trim(text).len) /* its end tag was left out */
        r->depth--;
    if (!is_shown(top(r)))
        return;
    while (text.len) {
        char decoded[HTML_REFERENCE_MOST];
        size_t decoded_len = 0;
        size_t len = html_reference_read(text, decoded, &decoded_len);
        struct slice rest = {decoded, decoded_len};
        for (size_t used; len && rest.len; rest = slice_from(rest, used))
            take_character(r, character_at(rest, &used));
        if (!len)
            take_character(r, character_at(text, &len));
        text = slice_from(text, len);
    }
}

/* --- elements --- */

static void close_from(struct reader *r, size_t depth) {
    while (r->depth > depth) {
        const struct html_element *e = r->open[--r->depth].element;
        if (e && e->flags & HTML_BLOCK && is_shown(top(r)))
            break_line(r, e->flags & HTML_PARAGRAPH ? 2 : 1);
    }
}

/* Close the open elements that the start of another ends. */
static void close_groups(struct reader *r, unsigned ends) {
    size_t keep = r->depth;
    for (size_t i = r->depth; i-- > 0 && ends;) {
        const struct html_element *e = r->open[i].element;
        if (e && e->group & ends)
            keep = i;
        if (e)
            ends &= ~e->guards;
    }
    close_from(r, keep);
}

static void open_element(struct reader *r, const struct html_element *e, const struct html_tag *tag) {
    if (r->depth == LIMIT_HTML_NESTING)
        return;
    struct html_style style = html_style_read(tag->attributes);
    struct open_element element = *top(r);
    element.element = e;
    element.name = tag->name;
    element.is_hidden |= style.is_hidden || (e && e->flags & HTML_HIDDEN);
    element.is_unseen = style.has_visibility ? style.is_unseen : element.is_unseen;
    element.is_tiny = style.has_size ? style.is_tiny : element.is_tiny;
    element.is_pre |= e && e->flags & HTML_PRE;
    r->open[r->depth++] = element;
}

/* Layout around an element's start. */
static void lay_out(struct reader *r, const struct html_element *e) {
    if (!e || !is_shown(top(r)))
        return;
    if (e->flags & HTML_BREAK)
        take_line_end(r);
    else if (e->flags & HTML_BLOCK)
        break_line(r, e->flags & HTML_PARAGRAPH ? 2 : 1);
    else if (e->flags & HTML_CELL)
        r->has_space = r->breaks == 0;
}

/* Up to the end tag of `name`; all of `s` where there is none. */
static size_t raw_length(struct slice s, struct slice name) {
    size_t at = 0;
    while (at < s.len) {
        at += slice_find(slice_from(s, at), SLICE("</"));
        struct slice behind = slice_from(s, at + 2 + name.len);
        if (slice_starts_nocase(slice_from(s, at + 2), name) &&
            (!behind.len || ascii_is_space(behind.ptr[0]) || strchr("/>", behind.ptr[0])))
            break;
        at += 2;
    }
    return MIN(at, s.len);
}

/* An address in angle brackets that a program did not escape; in plain text any word. */
static bool is_text(const struct reader *r, const struct html_tag *tag) {
    return r->keeps_lines || slice_find_char(tag->name, '@') < tag->name.len;
}

/* `whole` is the tag, `behind` what follows it; returns how much of that belongs to it. */
static size_t take_start_tag(struct reader *r, const struct html_tag *tag, struct slice whole,
                             struct slice behind) {
    const struct html_element *e = html_element_find(tag->name);
    if (is_in_head(r) && !(e && e->flags & HTML_OF_HEAD))
        r->depth--;
    if (!e && is_text(r, tag)) {
        take_text(r, whole);
        return 0;
    }
    if (e)
        close_groups(r, e->ends);
    lay_out(r, e);
    if (e && e->flags & HTML_RAW)
        return raw_length(behind, tag->name);
    if (!e || !(e->flags & HTML_VOID))
        open_element(r, e, tag);
    return 0;
}

static void take_end_tag(struct reader *r, const struct html_tag *tag) {
    const struct html_element *e = html_element_find(tag->name);
    unsigned group = e ? e->group : HTML_GROUP_OTHER;
    for (size_t i = r->depth; i-- > 0;) {
        const struct open_element *open = &r->open[i];
        if (slice_equal_nocase(open->name, tag->name)) {
            close_from(r, i);
            return;
        }
        if (open->element && open->element->guards & group)
            break;
    }
    if (e && (e->flags & HTML_BREAK || e->group == HTML_GROUP_P)) /* "</br>", "</p>" without a start */
        lay_out(r, e);
}

/* Plain text with the wrong label has no tags, or only what looks like one, as "<bob@example.org>". */
static bool has_known_tag(struct slice html) {
    struct html_tag tag;
    for (size_t len; html.len; html = slice_from(html, len)) {
        html = slice_from(html, slice_find_char(html, '<'));
        enum html_markup kind = html.len ? html_markup_read(html, &len, &tag) : HTML_TEXT;
        if (!html.len || ((kind == HTML_START_TAG || kind == HTML_END_TAG) && html_element_find(tag.name)))
            return html.len > 0;
    }
    return false;
}

static void read_html(struct reader *r, struct slice html) {
    struct html_tag tag = {0};
    while (html.len) {
        size_t len = slice_find_char(html, '<');
        enum html_markup kind = len ? HTML_TEXT : html_markup_read(html, &len, &tag);
        struct slice behind = slice_from(html, len);
        if (kind == HTML_TEXT)
            take_text(r, slice_upto(html, len));
        else if (kind == HTML_END_TAG)
            take_end_tag(r, &tag);
        else if (kind == HTML_START_TAG)
            len += take_start_tag(r, &tag, slice_upto(html, len), behind);
        html = slice_from(html, len);
    }
}

struct slice html_to_text(struct arena *arena, struct slice html) {
    struct reader *r = g_new0(struct reader, 1);
    r->out = g_string_sized_new(html.len / 2);
    r->keeps_lines = !has_known_tag(html);
    read_html(r, html);
    struct slice text = text_clean_block(arena, (struct slice){r->out->str, r->out->len});
    g_string_free(r->out, TRUE);
    g_free(r);
    return text;
}
