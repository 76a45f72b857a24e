/* See pasted_text.h. */
#include "parsers/bounce/pasted_text.h"

#include "parsers/base/html_text.h"
#include "parsers/base/smtp_reply.h"
#include "parsers/bounce/about_mail.h"
#include "parsers/bounce/page_links.h"

#include <glib.h>

/* Of Sendmail's, which marks what it said in a session so (">>> RCPT To:<…>"); four are a quotation's. */
static bool is_said_by_client(struct slice line) {
    return slice_starts_nocase(line, SLICE(">>>")) && !slice_starts_nocase(line, SLICE(">>>>"));
}

/* The marks of a quotation at the start of a line, of several levels. */
static size_t quotation_marks(struct slice line) {
    size_t used = 0;
    if (!line.ptr || !line.len || line.ptr[0] != '>' || is_said_by_client(line))
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
    text = page_links_removed(slice_upto(text, LIMIT_PASTED), arena);
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
        if (slice_find_nocase(text, slice_of(marks[i])) < text.len)
            return html_to_text(arena, text);
    bool is_quoted = quotation_marks(text) || slice_find(text, SLICE("\n>")) < text.len;
    return is_quoted ? unquoted(text, arena) : text;
}

/* --- among words --- */

struct plain {
    char *out;
    size_t used;
};

static void put(struct plain *p, struct slice s) {
    if (s.len)
        memcpy(p->out + p->used, s.ptr, s.len);
    p->used += s.len;
}

/* Does what was written so far end in a word that a code in brackets follows? ("SMTP Error (450): ",
 * roundcube/roundcubemail issues 8103 and 6572; "retcode (550); ", python/cpython:Lib/smtplib.py.) */
static bool announces_code(const struct plain *p) {
    static const struct slice words[] = {SLICE(":"),     SLICE("error"), SLICE("code"),
                                         SLICE("reply"), SLICE("smtp"),  SLICE("response")};
    struct slice before = slice_trim((struct slice){p->out, p->used});
    before = slice_from(before, before.len > 16 ? before.len - 16 : 0);
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (slice_ends_nocase(before, words[i]))
            return true;
    return false;
}

/* "(450): " or "[550] " at the start of `s`: writes ": 450" and returns how much of `s` that is; 0: it is
 * none. */
static size_t put_bracketed(struct plain *p, struct slice s) {
    struct slice digits = slice_upto(slice_from(s, 1), 3);
    char closing = s.ptr[0] == '(' ? ')' : ']';
    if (s.len < 7 || reply_code(digits) < 400 || s.ptr[4] != closing || !announces_code(p))
        return 0;
    size_t length = strchr(":;", s.ptr[5]) && s.ptr[5] ? 6 : 5;
    if (s.ptr[length] != ' ')
        return 0;
    put(p, SLICE(": "));
    put(p, digits);
    return length;
}

/* "5.7.1Unauthorized" at the start of `s` is "5.7.1 Unauthorized" (odoo/odoo issue 75032). */
static size_t put_enhanced(struct plain *p, struct slice s) {
    int enhanced[3];
    size_t n = 0;
    while (n < s.len && (ascii_is_digit(s.ptr[n]) || s.ptr[n] == '.'))
        n++;
    bool is_glued =
        n < s.len && s.ptr[n] >= 'A' && s.ptr[n] <= 'Z' && enhanced_parse(slice_upto(s, n), enhanced) == n;
    if (!is_glued)
        return 0;
    put(p, slice_upto(s, n));
    put(p, SLICE(" "));
    return n;
}

/* Writes what the start of `s` stands for, where it stands for anything else than itself; returns how much of
 * `s` that is. */
static size_t put_mark(struct plain *p, struct slice s) {
    size_t n = 0;
    char last = p->used ? p->out[p->used - 1] : '\n';
    switch (s.ptr[0]) {
    case '`':
        while (n < s.len && s.ptr[n] == '`')
            n++;
        put(p, SLICE("\""));
        return n;
    case '*':
        return s.len > 1 && s.ptr[1] == '*' ? 2 : 0;
    case '\\': /* a line end as strings of programs have it, before a code */
        if (s.len < 3 || s.ptr[1] != 'n' || !strchr("245", s.ptr[2]))
            return 0;
        put(p, SLICE("\n"));
        return 2;
    case '(':
    case '[':
        return put_bracketed(p, s);
    default:
        return ascii_is_digit(s.ptr[0]) && ascii_is_space(last) ? put_enhanced(p, s) : 0;
    }
}

/* Does the line go on from the one before? It is indented, and no frame of a stack. */
static bool is_folded(struct slice line, struct slice words) {
    static const struct slice frames[] = {SLICE("at "), SLICE("File "), SLICE("code: "), SLICE("... ")};
    for (size_t i = 0; i < G_N_ELEMENTS(frames); i++)
        if (slice_starts_nocase(words, frames[i]))
            return false;
    return words.len && ascii_is_space(line.ptr[0]);
}

#define MOST_QUOTED 600 /* bytes behind the line in which a quotation of a reply may end */

/* Does a quotation that begins with a code go on behind this line? `rest` is the text behind it. */
static bool is_quoting(struct slice line, struct slice rest) {
    size_t at = slice_find_last(line, SLICE("\""));
    if (at == line.len || reply_code(slice_upto(slice_from(line, at + 1), 3)) < 400)
        return false;
    rest = slice_upto(rest, MOST_QUOTED);
    size_t end = slice_find(rest, SLICE("\""));
    return end < rest.len && end < slice_find(rest, SLICE("\n\n"));
}

/* Is an address cut at the end of this line, as "<bob@exam"? It ends in the next line before any blank. */
static bool cuts_address(struct slice line, struct slice rest) {
    size_t at = slice_find_last(line, SLICE("<"));
    struct slice word = slice_from(line, at);
    if (at == line.len || !memchr(word.ptr, '@', word.len) || memchr(word.ptr, '>', word.len) ||
        memchr(word.ptr, ' ', word.len))
        return false;
    for (size_t i = 0; i < rest.len && !ascii_is_space(rest.ptr[i]); i++)
        if (rest.ptr[i] == '>')
            return true;
    return false;
}

struct slice pasted_plain(struct slice text, struct arena *arena) {
    bool is_quoted = false; /* inside a quotation of a reply, which goes on in the next line */
    bool is_cut = false;
    /* each line taken adds one line end at most, each enhanced code of six bytes or more a blank */
    struct plain p = {arena_open(arena, text.len + text.len / 6 + 2), 0};
    for (struct slice line; slice_next_line(&text, &line);) {
        struct slice words = slice_trim(line);
        if (p.used && !is_cut)
            put(&p, is_quoted || is_folded(line, words) ? SLICE(" ") : SLICE("\n"));
        is_quoted = is_quoting(words, text) || (is_quoted && slice_find(words, SLICE("\"")) == words.len);
        is_cut = cuts_address(words, text);
        if (slice_starts_nocase(words, SLICE("```")) && slice_find_char(words, ' ') == words.len)
            continue;
        while (words.len) {
            size_t taken = put_mark(&p, words);
            if (!taken)
                put(&p, slice_upto(words, 1));
            words = slice_from(words, MAX(taken, 1));
        }
    }
    return arena_close(arena, p.out, p.used);
}
