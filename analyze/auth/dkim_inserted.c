/* What was put into a body, or lost from it: see dkim_inserted.h. Cuts are tried, alone and one in the plain
 * text with one in the HTML. */
#include "analyze/auth/dkim_inserted.h"

#include "analyze/auth/body_hash.h"
#include "parsers/base/text.h"
#include "parsers/message/field.h"
#include "parsers/message/message.h"

#include <string.h>

#define MOST_HASHED ((size_t)8 << 20) /* bytes, of all that is tried for one signature */
#define MOST_CUTS   40                /* in one part */
#define MOST_LINES  12                /* of a disclaimer or banner in plain text */
#define MOST_TAGS   6                 /* of HTML at which one may begin or end */
#define MOST_SHOWN  70

/* From `start` up to `end` in the body; nothing where they are the same. */
struct cut {
    size_t start, end;
};

struct trying {
    struct slice body;
    const struct signature *s;
    struct arena scratch;
    size_t hashed;
    struct cut text, html; /* the first part of each kind */
};

static bool is_signed(struct trying *t, struct slice body) {
    t->hashed += body.len;
    bool is_it = t->hashed < MOST_HASHED && body_is_signed(t->s, body);
    arena_reset(&t->scratch);
    return is_it;
}

static struct slice between(const struct trying *t, struct cut c) {
    return slice_from(slice_upto(t->body, c.end), c.start);
}

/* --- the parts --- */

static struct cut *kind_of(struct trying *t, struct slice type) {
    if (slice_find_nocase(type, SLICE("text/html")) < type.len)
        return &t->html;
    return slice_find_nocase(type, SLICE("text/plain")) < type.len ? &t->text : NULL;
}

/* The first part of each kind: what stands between its header and the next line that begins with "--". */
static void find_parts(struct trying *t, struct slice type) {
    struct slice rest = t->body;
    struct slice line;
    struct cut *open = NULL; /* whose body is read */
    bool is_header = false;
    struct cut *named = NULL;
    if (slice_find_nocase(type, SLICE("multipart/")) == type.len) {
        if (kind_of(t, type) == &t->html) /* lines around plain text are tried before */
            t->html = (struct cut){0, t->body.len};
        return;
    }
    while (slice_next_line(&rest, &line)) {
        size_t at = (size_t)(line.ptr - t->body.ptr);
        if (slice_starts_nocase(line, SLICE("--")) && line.len > 3) {
            if (open)
                open->end = at;
            open = named = NULL;
            is_header = true;
        } else if (is_header && !line.len) {
            is_header = false;
            open = named && !named->end ? named : NULL;
            if (open)
                *open = (struct cut){(size_t)(rest.ptr - t->body.ptr), t->body.len};
        } else if (is_header && !named) {
            named = kind_of(t, line);
        }
    }
}

/* --- cuts in one part --- */

struct cuts {
    struct cut list[MOST_CUTS];
    size_t count;
};

static void add(struct cuts *c, size_t start, size_t end) {
    if (c->count < MOST_CUTS && start < end)
        c->list[c->count++] = (struct cut){start, end};
}

/* The start of the line before the one that begins at `at`. */
static size_t line_before(const struct trying *t, size_t at, size_t least) {
    at -= at > least;
    while (at > least && t->body.ptr[at - 1] != '\n')
        at--;
    return at;
}

/* Lines at the end of plain text, or before its last two. */
static void end_of_text(const struct trying *t, struct cuts *c) {
    size_t end = t->text.end;
    for (unsigned left = 0; left < 3; left++) {
        size_t start = end;
        for (unsigned lines = 0; lines < MOST_LINES && start > t->text.start; lines++) {
            start = line_before(t, start, t->text.start);
            add(c, start, end);
        }
        end = line_before(t, end, t->text.start);
    }
}

static void start_of_text(const struct trying *t, struct cuts *c) {
    struct slice rest = between(t, t->text);
    struct slice line;
    for (unsigned lines = 0; lines < MOST_LINES && slice_next_line(&rest, &line); lines++)
        add(c, t->text.start, rest.ptr ? (size_t)(rest.ptr - t->body.ptr) : t->text.end);
}

static bool is_tag(struct slice rest, const char *const *names) {
    for (; *names; names++)
        if (slice_starts_nocase(rest, slice_of(*names)))
            return true;
    return false;
}

static bool has_break(const struct trying *t, size_t at) {
    return at >= 2 && t->body.ptr[at - 2] == '\r' && t->body.ptr[at - 1] == '\n';
}

/* What stands before </body>, from one of the last tags on. */
static void end_of_html(const struct trying *t, struct cuts *c) {
    static const char *const opening[] = {"<p",    "<div",  "<table",  "<br", "<hr",
                                          "<span", "<font", "<center", NULL};
    struct slice html = between(t, t->html);
    size_t end = t->html.start + slice_find_nocase(html, SLICE("</body>"));
    unsigned tags = 0;
    for (size_t at = end; at > t->html.start && tags < MOST_TAGS; at--) {
        if (!is_tag(slice_from(t->body, at - 1), opening))
            continue;
        size_t start = at - 1;
        add(c, start, end);
        if (has_break(t, start))
            add(c, start - 2, end);
        if (has_break(t, start) && has_break(t, end))
            add(c, start - 2, end - 2);
        tags++;
    }
}

/* What stands behind <body>, up to one of the next closing tags. */
static void start_of_html(const struct trying *t, struct cuts *c) {
    static const char *const closing[] = {"</p>",  "</div>", "</table>",  "<br>",
                                          "<br/>", "<hr>",   "</center>", NULL};
    struct slice html = between(t, t->html);
    size_t body = slice_find_nocase(html, SLICE("<body"));
    size_t start = body + slice_find_char(slice_from(html, body), '>') + 1;
    unsigned tags = 0;
    for (size_t at = start; body < html.len && at < html.len && tags < MOST_TAGS; at++) {
        if (!is_tag(slice_from(html, at), closing))
            continue;
        size_t end = t->html.start + at + slice_find_char(slice_from(html, at), '>') + 1;
        add(c, t->html.start + start, end);
        if (slice_starts_nocase(slice_from(t->body, end), SLICE("\r\n")))
            add(c, t->html.start + start, end + 2);
        tags++;
    }
}

/* --- tried --- */

static struct slice without(struct trying *t, struct cut one, struct cut other) {
    struct cut first = one.start < other.start ? one : other;
    struct cut second = one.start < other.start ? other : one;
    char *out = arena_open(&t->scratch, t->body.len + 1);
    size_t used = first.start;
    size_t middle = second.start > first.end ? second.start - first.end : 0;
    memcpy(out, t->body.ptr, used);
    memcpy(out + used, t->body.ptr + first.end, middle);
    used += middle;
    size_t from = second.end > first.end ? second.end : first.end;
    memcpy(out + used, t->body.ptr + from, t->body.len - from);
    return arena_close(&t->scratch, out, used + t->body.len - from);
}

static struct slice first_text(struct slice text, struct arena *arena) {
    for (struct slice line; slice_next_line(&text, &line);)
        if (slice_trim(line).len)
            return text_shown(arena, line, MOST_SHOWN);
    return SLICE_EMPTY;
}

/* Each cut in the plain text with each in the HTML, and each alone. */
static struct slice try_cuts(struct trying *t, const struct cuts *text, const struct cuts *html,
                             const char *where, struct arena *arena) {
    for (size_t i = 0; i <= text->count; i++)
        for (size_t j = 0; j <= html->count && t->hashed < MOST_HASHED; j++) {
            struct cut one = i ? text->list[i - 1] : (struct cut){0};
            struct cut other = j ? html->list[j - 1] : (struct cut){0};
            if ((!i && !j) || !is_signed(t, without(t, one, other)))
                continue;
            return arena_printf(
                arena,
                "text was added at the %s of the parts of the body, as gateways add it: \"%.*s\"; "
                "without it the hash matches",
                where, S(first_text(between(t, i ? one : other), arena)));
        }
    return SLICE_EMPTY;
}

static struct slice try_meta(struct trying *t) {
    size_t start = slice_find_nocase(t->body, SLICE("<meta http-equiv=\"Content-Type\""));
    size_t end = start + slice_find_char(slice_from(t->body, start), '>') + 1;
    if (start == t->body.len || end > t->body.len)
        return SLICE_EMPTY;
    bool is_after = slice_starts_nocase(slice_from(t->body, end), SLICE("\r\n"));
    const struct cut cuts[] = {
        {start, end}, {start - (has_break(t, start) ? 2 : 0), end}, {start, end + (is_after ? 2 : 0)}};
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++)
        if (is_signed(t, without(t, cuts[i], (struct cut){0})))
            return SLICE(
                "a server wrote a <meta> with the character set into the HTML, as Exchange does; without "
                "it the hash matches");
    return SLICE_EMPTY;
}

/* One line, with what may have been lost before it. */
static struct slice try_lost(struct trying *t) {
    static const struct {
        const char *lost, *words;
    } rows[] = {
        {".",
         "a line lost the dot that it began with (a client did not double it, as SMTP wants); with the dot "
         "the hash matches"},
        {"\r\n", "an empty line was lost, as filters do that join several; with it the hash matches"},
    };
    struct slice rest = t->body;
    struct slice line;
    for (size_t at = 0; slice_next_line(&rest, &line) && t->hashed < MOST_HASHED;
         at = rest.ptr ? (size_t)(rest.ptr - t->body.ptr) : t->body.len)
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
            if (line.len && is_signed(t, arena_printf(&t->scratch, "%.*s%s%.*s", S(slice_upto(t->body, at)),
                                                      rows[i].lost, S(slice_from(t->body, at)))))
                return slice_of(rows[i].words);
    return SLICE_EMPTY;
}

struct slice dkim_explain_inserted(const struct mail_bytes *mail, const struct signature *s,
                                   struct arena *arena) {
    struct trying t = {.body = mail->body, .s = s};
    struct cuts text = {0}, html = {0};
    find_parts(&t, field_find(mail->header, SLICE("content-type")).raw);
    struct slice found = try_meta(&t);
    end_of_text(&t, &text);
    end_of_html(&t, &html);
    if (!found.len)
        found = try_cuts(&t, &text, &html, "end", arena);
    text.count = html.count = 0;
    start_of_text(&t, &text);
    start_of_html(&t, &html);
    if (!found.len)
        found = try_cuts(&t, &text, &html, "top", arena);
    if (!found.len)
        found = try_lost(&t);
    arena_free(&t.scratch);
    return found;
}
