/* What change to a body would explain that its hash does not match? See dkim_body.h.
 */
#include "analyze/auth/dkim_body.h"

#include "analyze/auth/body_hash.h"
#include "analyze/auth/digest.h"
#include "analyze/auth/dkim_encoding.h"
#include "analyze/auth/dkim_inserted.h"
#include "parsers/base/text.h"
#include "parsers/message/field.h"
#include "parsers/message/message.h"

#include <glib.h>

#define MOST_TO_TRY ((size_t)4 << 20) /* bytes of a body for which changes are tried */
#define LAST_LINES  1000              /* how many lines at the end may have been added */
#define FIRST_LINES 8                 /* how many lines at the top may have been added */
#define LONGEST     998 /* of a line (RFC 5321 section 4.5.3.1.6): longer ones are broken by servers */

struct trying {
    struct slice body;
    const struct signature *s;
    struct arena *arena;   /* for words */
    struct arena *scratch; /* for bodies */
    const struct mail_bytes *mail;
};

static bool is_signed_body(const struct trying *t, struct slice body) {
    return body_is_signed(t->s, body);
}

/* --- something was added at the end --- */

struct cutting {
    const struct trying *t;
    struct slice found;
};

static bool is_signed_part(void *context, struct slice so_far, const unsigned char *hash, unsigned size) {
    struct cutting *c = context;
    if (!hash_is_signed(c->t->s, hash, size))
        return true;
    c->found = so_far;
    return false;
}

static struct slice first_text(struct slice text, struct arena *arena) {
    for (struct slice line; slice_next_line(&text, &line);)
        if (slice_trim(line).len)
            return text_shown(arena, line, 70);
    return SLICE_EMPTY;
}

static struct slice try_footer(const struct trying *t) {
    struct cutting c = {t, SLICE_EMPTY};
    body_hash_each_line(t->body, t->s->is_relaxed_body, digest_of(t->s), LAST_LINES, is_signed_part, &c);
    if (!c.found.len || !slice_trim(slice_from(t->body, c.found.len)).len)
        return SLICE_EMPTY;
    struct slice added = slice_from(t->body, c.found.len);
    return arena_printf(
        t->arena,
        "text was added at the end of the body, as mailing lists and gateways add a footer or "
        "disclaimer: \"%.*s\"; without it the hash matches",
        S(first_text(added, t->arena)));
}

/* --- something was added at the top --- */

static struct slice try_banner(const struct trying *t) {
    struct slice rest = t->body;
    struct slice line;
    for (int i = 0; i < FIRST_LINES && slice_next_line(&rest, &line); i++)
        if (is_signed_body(t, rest))
            return arena_printf(
                t->arena,
                "text was added at the top of the body (a banner): \"%.*s\"; without it the hash "
                "matches",
                S(first_text(t->body, t->arena)));
    return SLICE_EMPTY;
}

/* --- the text was written in another way --- */

/* Rewrite each line: returns what to put in its place. */
typedef struct slice rewrite_line(struct slice line, bool *is_joined);

static struct slice rewritten(const struct trying *t, rewrite_line *rewrite, bool *is_changed) {
    struct slice rest = t->body;
    char *out = arena_open(t->scratch, t->body.len * 3 + 4);
    size_t used = 0;
    *is_changed = false;
    for (struct slice line; slice_next_line(&rest, &line);) {
        bool is_joined = false;
        struct slice better = rewrite(line, &is_joined);
        *is_changed |= is_joined || better.len != line.len;
        memcpy(out + used, better.ptr ? better.ptr : "", better.len);
        used += better.len;
        if (!is_joined) {
            out[used++] = '\r';
            out[used++] = '\n';
        }
    }
    return arena_close(t->scratch, out, used);
}

static struct slice unescape_from(struct slice line, bool *is_joined) {
    *is_joined = false;
    return slice_starts_nocase(line, SLICE(">From ")) ? slice_from(line, 1) : line;
}

static struct slice unstuff_dot(struct slice line, bool *is_joined) {
    *is_joined = false;
    return slice_starts_nocase(line, SLICE("..")) ? slice_from(line, 1) : line;
}

static struct slice trim_end(struct slice line, bool *is_joined) {
    *is_joined = false;
    while (line.len && (line.ptr[line.len - 1] == ' ' || line.ptr[line.len - 1] == '\t'))
        line.len--;
    return line;
}

/* Servers break long lines, some with "!" before the break (sendmail). */
static struct slice join_broken(struct slice line, bool *is_joined) {
    bool has_mark = line.len >= LONGEST - 10 && line.ptr[line.len - 1] == '!';
    *is_joined = line.len >= LONGEST - 10 && line.len <= LONGEST + 2;
    return slice_upto(line, line.len - (*is_joined && has_mark));
}

static struct slice trim_both(struct slice line, bool *is_joined) {
    *is_joined = false;
    return slice_trim(line);
}

/* Who takes the blanks off the ends of lines takes that of the line above a signature too (RFC 3676 section
 * 4.3). */
static struct slice mark_signature(struct slice line, bool *is_joined) {
    *is_joined = false;
    return slice_equal(line, SLICE("--")) ? SLICE("-- ") : line;
}

static struct slice try_rewriting(const struct trying *t) {
    static const struct {
        rewrite_line *rewrite;
        const char *words;
    } rows[] = {
        {unescape_from,
         "a line that begins with \"From \" got a \">\" in front of it, as mailboxes do (mbox); without it "
         "the hash matches"},
        {unstuff_dot,
         "a line that begins with a dot got a second one (the dot-stuffing of SMTP was not undone); without "
         "it the hash matches"},
        {trim_end, "spaces were added at the ends of lines; without them the hash matches"},
        {join_broken, "lines longer than 998 characters were broken by a server on the way; joined again, "
                      "the hash matches"},
        {mark_signature,
         "the line \"-- \" above a signature lost its blank, as with all blanks at the ends of lines; "
         "with it the hash matches"},
        {trim_both, "the spaces around the lines were changed; without them the hash matches"},
    };
    bool is_changed;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct slice better = rewritten(t, rows[i].rewrite, &is_changed);
        if (is_changed && is_signed_body(t, better))
            return slice_of(rows[i].words);
    }
    return SLICE_EMPTY;
}

/* --- it was encoded in another way --- */

static struct slice try_encoding(const struct trying *t) {
    struct slice body;
    const char *words;
    for (unsigned n = 0; dkim_encoding_guess(t->mail, n, t->scratch, &body, &words); n++) {
        if (body.len && is_signed_body(t, body))
            return slice_of(words);
        arena_reset(t->scratch);
    }
    return SLICE_EMPTY;
}

static struct slice try_inserted(const struct trying *t) {
    return dkim_explain_inserted(t->mail, t->s, t->arena);
}

static struct slice try_charset(const struct trying *t) {
    static const char *const charsets[] = {"ISO-8859-1", "WINDOWS-1252", "ISO-8859-15"};
    for (size_t i = 0; i < G_N_ELEMENTS(charsets) * 2; i++) {
        const char *other = charsets[i / 2];
        gsize len = 0;
        g_autofree char *text = g_convert(t->body.ptr, (gssize)t->body.len, i % 2 ? "UTF-8" : other,
                                          i % 2 ? other : "UTF-8", NULL, &len, NULL);
        if (text && len != t->body.len && is_signed_body(t, (struct slice){text, len}))
            return arena_printf(
                t->arena,
                "the character set of the body was converted (from %s to %s); converted back, the "
                "hash matches",
                i % 2 ? "UTF-8" : other, i % 2 ? other : "UTF-8");
    }
    return SLICE_EMPTY;
}

/* --- it was taken away --- */

static bool is_cut(const struct trying *t) {
    struct slice type = field_find(t->mail->header, SLICE("content-type")).raw;
    size_t at = slice_find_nocase(type, SLICE("boundary="));
    if (at == type.len)
        return false;
    struct slice boundary = slice_from(type, at + 9);
    char quote = boundary.len && boundary.ptr[0] == '"' ? '"' : ';';
    boundary = slice_from(boundary, quote == '"');
    boundary = slice_trim(slice_upto(boundary, slice_find_char(boundary, quote)));
    struct slice end = arena_printf(t->arena, "--%.*s--", S(boundary));
    return boundary.len && boundary.len < 200 && slice_find(t->body, end) == t->body.len;
}

static struct slice try_cut(const struct trying *t) {
    if (is_signed_body(t, SLICE_EMPTY))
        return SLICE("it was signed with an empty body: the whole body was added afterwards");
    if (!slice_trim(t->body).len)
        return SLICE("the body is empty here: it was removed after signing");
    if (is_cut(t))
        return SLICE("the body ends before the end of its last part (its closing boundary is missing): it "
                     "was cut short");
    return SLICE_EMPTY;
}

struct slice dkim_explain_body(const struct mail_bytes *mail, const struct signature *s,
                               struct arena *arena) {
    static struct slice (*const tries[])(const struct trying *) = {
        try_footer, try_banner, try_rewriting, try_encoding, try_charset, try_inserted, try_cut};
    struct arena scratch = {0};
    struct trying t = {mail->body, s, arena, &scratch, mail};
    struct slice found = SLICE_EMPTY;
    if (!digest_of(s) || !s->body_hash.len || mail->body.len > MOST_TO_TRY)
        return found;
    for (size_t i = 0; i < G_N_ELEMENTS(tries) && !found.len; i++) {
        found = tries[i](&t);
        arena_reset(&scratch);
    }
    arena_free(&scratch);
    return found;
}
