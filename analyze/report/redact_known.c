/* What was collected, found again in a text under --redact: see redact_known.h. */
#include "analyze/report/redact_known.h"

#include "analyze/report/redact_form.h"
#include "analyze/report/redact_host.h"
#include "analyze/report/redact_link.h"
#include "analyze/report/redact_said.h"

#include <glib.h>

/* <bob>, "bob", 'bob', name=bob, bob=example.org@… */
static bool stands_as_mailbox(const struct scan *s, size_t at, size_t end) {
    static const char pairs[] = "<>\"\"''``";
    char before = scan_char_before(s, at);
    char after = scan_char_at(s, end);
    for (const char *p = pairs; *p; p += 2)
        if (before == p[0] && after == p[1])
            return true;
    struct slice behind = slice_from(s->text, end + 1);
    size_t host = after == '=' ? word_length(behind) : 0;
    return before == '=' || slice_find_char(slice_upto(behind, host), '.') < host;
}

/* A word of the rules or a host, for which a subject would not be known. */
static bool is_telling_of_refusal(const struct scan *s, struct slice word) {
    return word.len >= 4 && names_is_readable(s->names, word);
}

static bool is_subject_known(const struct scan *s, const struct name *name) {
    for (struct slice rest = name->words, word; slice_next_word(&rest, &word);)
        if (names_is_telling(s->names, word))
            return true;
    return false;
}

static bool holds_no_readable(const struct scan *s, struct slice words) {
    for (struct slice rest = words, word; slice_next_word(&rest, &word);)
        if (is_telling_of_refusal(s, word))
            return false;
    return true;
}

/* How far words that stay readable go from `at`: at least two of the rules, or a host. 0: none do. */
static size_t readable_run(const struct scan *s, size_t at, size_t end) {
    size_t strong = 0;
    size_t last = at;
    for (size_t i = at; i < end;) {
        size_t length = word_length(slice_from(s->text, i));
        struct slice word = scan_part(s, i, i + length);
        if (length && !names_is_readable(s->names, word) && !names_is_number(word))
            break;
        bool is_host = slice_find_char(word, '.') < length;
        strong += is_host ? 2 : length && is_telling_of_refusal(s, word);
        i += length ? length : 1;
        if (length)
            last = i;
    }
    return strong >= 2 ? last - at : 0;
}

/* A subject, but for words in it that make a refusal readable: a sender may write one's words into it. */
static void hide_subject(const struct scan *s, const struct name *name, size_t at, size_t end) {
    size_t done = at;
    bool is_said = false;
    while (at < end) {
        size_t length = word_length(slice_from(s->text, at));
        size_t run = length ? readable_run(s, at, end) : 0;
        if (run || (length && !is_said))
            scan_keep(s, done, at);
        if (run)
            scan_keep(s, at, at + run);
        else if (length && !is_said)
            g_string_append(s->out, name->pseudonym);
        is_said = length ? !run : is_said;
        at += run ? run : length ? length : 1;
        done = length ? at : done;
    }
}

static bool is_quoted(const struct scan *s, size_t at, size_t end) {
    char before = scan_char_before(s, at);
    return before && strchr("\"'`", before) && scan_char_at(s, end) == before;
}

static bool take_subject(const struct scan *s, const struct name *name, size_t at, size_t end) {
    bool is_announced = form_is_subject(slice_upto(s->text, at));
    if (is_announced || (is_quoted(s, at, end) && holds_no_readable(s, name->words))) {
        g_string_append(s->out, name->pseudonym);
        return true;
    }
    if (!is_subject_known(s, name))
        return false;
    hide_subject(s, name, at, end);
    return true;
}

/* One word, or a name of several. */
static bool is_hidden(const struct scan *s, const struct name *name, size_t at, size_t end) {
    struct slice word = scan_part(s, at, end);
    bool is_phrase = slice_find_char(name->words, ' ') < name->words.len;
    if (name->kind == NAME_SUBJECT && at < s->url_end && scan_char_before(s, at) != '=')
        return false; /* one word of many in a link */
    if (is_phrase || name->is_anywhere)
        return !names_is_ordinary(s->names, name);
    if (names_is_readable(s->names, word) || names_is_number(word))
        return names_is_telling(s->names, word);
    return names_is_telling(s->names, word) || stands_as_mailbox(s, at, end) ||
           form_is_announced(slice_upto(s->text, at)) ||
           (name->kind != NAME_SUBJECT && word.len > 1 &&
            (form_is_capital(word) || form_is_in_path(s->text, at, end)));
}

size_t scan_take_name(const struct scan *s, size_t at) {
    size_t taken = 0;
    const struct name *name = s->out ? names_at(s->names, slice_from(s->text, at), &taken) : NULL;
    struct slice first = slice_from(s->text, at);
    first = slice_upto(first, word_length(first));
    if (s->out && !name && (taken = slice_find_char(first, '+')) < first.len) /* bob+tag */
        name = names_find(s->names, slice_upto(first, taken));
    if (!name || scan_is_fixed_in_link(s, at))
        return 0;
    if (name->kind == NAME_SUBJECT && slice_find_char(name->words, ' ') < name->words.len)
        return take_subject(s, name, at, at + taken) ? taken : 0;
    if (!is_hidden(s, name, at, at + taken))
        return 0;
    g_string_append(s->out, name->pseudonym);
    return taken;
}

/* kim.lee2 */
static size_t trailing_digits(struct slice word) {
    size_t end = word.len;
    while (end && ascii_is_digit(word.ptr[end - 1]))
        end--;
    return word.len - end;
}

size_t scan_take_joined(const struct scan *s, size_t at) {
    struct slice word = slice_from(s->text, at);
    size_t length = word_length(word);
    size_t end = 0;
    word = slice_upto(word, length);
    bool is_host = redact_is_host(s->names, word);
    if (!s->out || at < s->url_end || is_host || names_is_readable(s->names, word) ||
        names_is_server(s->names, word))
        return 0;
    word.len -= trailing_digits(word);
    for (size_t from = 0; from < word.len; from = end + 1) {
        end = from;
        while (end < word.len && !strchr("._-", word.ptr[end]))
            end++;
        struct slice piece = slice_upto(slice_from(word, from), end - from);
        const struct name *name = names_find(s->names, piece);
        if (name && (name->kind == NAME_USER || name->kind == NAME_PERSON) &&
            names_is_telling(s->names, piece)) {
            g_string_append(s->out, name->pseudonym);
            return length;
        }
    }
    return 0;
}

size_t scan_take_form(const struct scan *s, size_t at) {
    enum name_kind kind;
    size_t length = 0;
    if (s->is_reply && at >= s->url_end && !(length = form_name_at(s->names, s->text, at, &kind)))
        length = said_name_at(s->names, s->text, at, &kind);
    if (!length)
        return 0;
    scan_hide_name(s, kind, scan_part(s, at, at + length));
    return length;
}
