/* Text of pages: see frame_page.h. */
#include "parsers/log/frame_page.h"

#include "parsers/log/line_text.h"

#define MOST_MARK 300 /* of a mark of a page, with what it links to */

/* Up to the first of `chars` in it, of MOST_MARK bytes; 0: there is none. */
static size_t behind_char(struct slice s, char c) {
    s = slice_upto(s, MOST_MARK);
    size_t at = slice_find_char(s, c);
    return at < s.len ? at + 1 : 0;
}

/* The same of a mark that names an address or a colour: no blank or bracket stands in it, and no quote that
 * it does not close. What does is a line's own. */
static size_t behind_mark(struct slice s, size_t begin, char c) {
    size_t n = begin + behind_char(slice_from(s, begin), c);
    size_t quotes = 0;
    for (size_t i = begin; i + 1 < n; i++) {
        if (strchr(" <>[\\", s.ptr[i] ? s.ptr[i] : ' '))
            return 0;
        quotes += s.ptr[i] == '"';
    }
    return quotes % 2 || n == begin ? 0 : n;
}

/* "[email]", "[EMAIL="bob@example.org"]", "[/color]" at its start; 0: none. */
static size_t bracket_length(struct slice s) {
    static const char *const names[] = {"email", "url", "color"};
    struct slice name = slice_from(s, starts(s, "[/") ? 2 : 1);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t len = strlen(names[i]);
        bool is_one = slice_starts_nocase(name, slice_of(names[i])) && name.len > len &&
                      (name.ptr[len] == ']' || name.ptr[len] == '=');
        if (is_one)
            return behind_mark(s, 1, ']');
    }
    return 0;
}

/* What is to be left out at its start; 0: nothing. */
static size_t mark_length(struct slice s) {
    if (starts(s, "<mailto:"))
        return behind_mark(s, 1, '>');
    if (starts(s, "](mailto:"))
        return behind_mark(s, 1, ')');
    if (!starts(s, "["))
        return 0;
    size_t close = behind_char(s, ']');
    return close && starts(slice_from(s, close - 1), "](mailto:") ? 1 : bracket_length(s);
}

static size_t word_length(struct slice s) {
    size_t n = 0;
    while (n < s.len && n < MOST_MARK &&
           (ascii_is_alnum(s.ptr[n]) || strchr(".-_+=", s.ptr[n] ? s.ptr[n] : ' ')))
        n++;
    return n;
}

/* "<bob at example.org>": the length of "<bob"; 0: it is none. */
static size_t hidden_length(struct slice s) {
    size_t name = starts(s, "<") ? word_length(slice_from(s, 1)) : 0;
    struct slice rest = slice_from(s, 1 + name);
    size_t domain = name && starts(rest, " at ") ? word_length(slice_from(rest, 4)) : 0;
    return domain && starts(slice_from(rest, 4 + domain), ">") ? 1 + name : 0;
}

bool page_has_marks(struct slice text) {
    for (size_t at = 0; at < text.len; at++) {
        char c = text.ptr[at];
        if (c != '[' && c != ']' && c != '<')
            continue;
        struct slice s = slice_from(text, at);
        bool is_end = starts(s, "[/") || starts(s, "](m") || starts(s, "<m");
        if ((is_end && mark_length(s)) || hidden_length(s))
            return true;
    }
    return false;
}

struct slice page_without_marks(struct slice text, struct arena *arena) {
    char *plain = arena_open(arena, text.len + 1);
    size_t used = 0;
    for (size_t i = 0; i < text.len;) {
        struct slice s = slice_from(text, i);
        size_t hidden = s.ptr[0] == '<' ? hidden_length(s) : 0;
        size_t mark = strchr("[]<", s.ptr[0] ? s.ptr[0] : ' ') ? mark_length(s) : 0;
        if (hidden) {
            memcpy(plain + used, s.ptr, hidden);
            used += hidden;
            plain[used++] = '@';
            mark = hidden + 4;
        } else if (!mark) {
            plain[used++] = s.ptr[0];
        }
        i += mark ? mark : 1;
    }
    return arena_close(arena, plain, used);
}

bool page_has_entities(struct slice text) {
    static const char *const quotes[] = {"&quot;", "&#34;"};
    bool is_page =
        slice_has(text, "&lt;") && slice_has(text, "&gt;") && slice_find_char(text, '<') == text.len;
    bool has_quote = slice_find_char(text, '"') < text.len;
    for (size_t i = 0; is_page && has_quote && i < sizeof quotes / sizeof *quotes; i++)
        is_page = !slice_has(text, quotes[i]);
    return is_page;
}

/* The length of an entity at its start, and the byte that it stands for; 0: it is none of these. */
static size_t entity_length(struct slice s, char *c) {
    static const struct {
        const char *entity;
        char c;
    } entities[] = {{"&lt;", '<'},   {"&gt;", '>'},    {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''},
                    {"&#39;", '\''}, {"&#x27;", '\''}, {"&#34;", '"'}, {"&nbsp;", ' '}};
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (starts(s, entities[i].entity)) {
            *c = entities[i].c;
            return strlen(entities[i].entity);
        }
    return 0;
}

struct slice page_without_entities(struct slice text, struct arena *arena) {
    char *plain = arena_open(arena, text.len + 1);
    size_t used = 0;
    for (size_t i = 0; i < text.len;) {
        char c = text.ptr[i];
        size_t n = c == '&' ? entity_length(slice_from(text, i), &c) : 1;
        plain[used++] = c;
        i += n ? n : 1;
    }
    return arena_close(arena, plain, used);
}

/* Tags of HTML that stand around lines; what else stands in brackets is an address. */
static const struct {
    const char *name;
    bool is_line; /* the page shows what stands behind it in a line of its own */
} tags[] = {{"html", true}, {"head", true},  {"body", true},  {"title", true}, {"meta", true},
            {"pre", true},  {"p", true},     {"br", true},    {"div", true},   {"tr", true},
            {"li", true},   {"ul", true},    {"ol", true},    {"table", true}, {"blockquote", true},
            {"hr", true},   {"tbody", true}, {"span", false}, {"td", false},   {"code", false},
            {"b", false},   {"i", false},    {"a", false},    {"em", false},   {"strong", false},
            {"font", false}};

/* The length of the tag at its start; 0: it is none. */
static size_t tag_length(struct slice s, bool *is_line) {
    struct slice name = slice_from(s, starts(s, "</") ? 2 : 1);
    size_t n = 0;
    if (slice_starts_nocase(s, SLICE("<!doctype html")))
        return behind_char(s, '>');
    while (n < name.len && n < MOST_MARK && ascii_is_alpha(name.ptr[n]))
        n++;
    bool is_end = n < name.len && n && (name.ptr[n] == '>' || name.ptr[n] == ' ' || name.ptr[n] == '/');
    for (size_t i = 0; is_end && i < sizeof tags / sizeof *tags; i++)
        if (slice_equal_nocase(slice_upto(name, n), slice_of(tags[i].name))) {
            *is_line = tags[i].is_line;
            return behind_char(s, '>');
        }
    return 0;
}

bool page_is_html(struct slice header) {
    bool is_line = false;
    header = slice_trim(header);
    if (starts(header, "\xef\xbb\xbf"))
        header = slice_from(header, 3);
    return slice_starts_nocase(header, SLICE("<!doctype html")) ||
           (starts(header, "<") && tag_length(header, &is_line) && is_line);
}

bool page_next(struct slice *rest, struct slice *piece, struct arena *arena) {
    char *plain = arena_open(arena, rest->len + 1);
    size_t used = 0;
    size_t at = 0;
    bool is_line = false;
    if (!rest->len)
        return arena_close(arena, plain, 0).len > 0;
    while (at < rest->len && !is_line) {
        struct slice s = slice_from(*rest, at);
        size_t tag = s.ptr[0] == '<' ? tag_length(s, &is_line) : 0;
        if (!tag)
            plain[used++] = s.ptr[0];
        at += tag ? tag : 1;
    }
    *rest = slice_from(*rest, at);
    *piece = page_without_entities(arena_close(arena, plain, used), arena);
    return true;
}
