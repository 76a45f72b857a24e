/* Fields of a mail in other texts: see redact_field.h. */
#include "analyze/report/redact_field.h"

#include <glib.h>

#define LONGEST_VALUE 512
#define LONGEST_SIGN  4 /* between the word that announces a subject, and that */

/* Where Postfix's words behind the field of a header check begin. */
static size_t check_end(struct slice rest) {
    return slice_find_last_nocase(slice_upto(rest, slice_find_last_nocase(rest, SLICE("; from=<"))),
                                  SLICE(" from "));
}

/* The last quote; without one there is no subject. */
static size_t quote_end(struct slice rest) {
    size_t end = slice_find_last(slice_upto(rest, slice_find_char(rest, '\n')), SLICE("'"));
    return end < rest.len ? end : 0;
}

static size_t line_end(struct slice rest) {
    return MIN(slice_find_char(rest, '\n'), slice_find_char(rest, '"'));
}

/* Before the address, on the same line. */
static size_t address_begin(struct slice rest) {
    rest = slice_upto(rest, LONGEST_VALUE);
    size_t end = slice_find_char(rest, '<');
    return end < slice_find_char(rest, '\n') && end < slice_find_char(rest, '@') ? end : 0;
}

size_t scan_take_header_field(const struct scan *s, size_t at) {
    static const struct {
        struct slice before;
        enum name_kind kind;
        size_t (*end)(struct slice rest);
    } fields[] = {{SLICE("header Subject: "), NAME_SUBJECT, check_end},
                  {SLICE(" Subject '"), NAME_SUBJECT, quote_end},  /* IronPort */
                  {SLICE(" Subject: "), NAME_SUBJECT, line_end},   /* Sendmail, MailScanner */
                  {SLICE("\"Subject: "), NAME_SUBJECT, line_end},  /* Exim */
                  {SLICE(" From: "), NAME_PERSON, address_begin}}; /* amavis: "From: Kim_Example_<kim@…>" */
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
        struct slice before = fields[i].before;
        bool is_first = at + 1 == before.len && before.ptr[at] == '\''; /* the text begins with it */
        before = slice_from(before, is_first);
        if (at < before.len || !slice_equal_nocase(scan_part(s, at - before.len, at), before))
            continue;
        size_t end = fields[i].end(slice_from(s->text, at));
        struct slice value = slice_upto(slice_from(s->text, at), end);
        if (!slice_trim(value).len)
            continue;
        scan_hide_name(s, fields[i].kind, value);
        return end;
    }
    return 0;
}

/* --- what a word announces --- */

/* How far the subject before `at` goes, by what its word is followed by; 0: none is announced. */
static size_t announced_length(const struct scan *s, size_t at) {
    char before = scan_char_before(s, at);
    struct slice rest = slice_upto(slice_from(s->text, at), LONGEST_VALUE);
    size_t line = slice_find_char(rest, '\n');
    if (before == '"' || before == '\'')
        return slice_find_char(slice_upto(rest, line), before) % (line + (line == 0));
    static const char *const ends[] = {
        ")", " From: ", " To: ", " Date: ", " Message-ID: ", ", Hits", " was ", " has been "};
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        line = MIN(line, slice_find_nocase(slice_upto(rest, line), slice_of(ends[i])));
    return line;
}

size_t scan_take_subject(const struct scan *s, size_t at) {
    static const char *const words[] = {"Subject",   "Betreff", "Objet", "Asunto", "Assunto", "Oggetto",
                                        "Onderwerp", "Sujet",   "Тема",  "主题",   "件名",    "thread-topic"};
    struct slice before = slice_upto(s->text, at);
    bool has_sign = false;
    if (!s->is_reply || at < s->url_end || !at || ascii_is_space(scan_char_at(s, at)) ||
        scan_char_at(s, at) == '"' || scan_char_at(s, at) == '\'')
        return 0;
    while (before.len && at - before.len < LONGEST_SIGN && strchr(" :=\"'", before.ptr[before.len - 1])) {
        has_sign |= before.ptr[before.len - 1] != ' ';
        before.len--;
    }
    if (!has_sign || !scan_ends_with_one(before, words, G_N_ELEMENTS(words)))
        return 0;
    size_t length = announced_length(s, at);
    struct slice value = scan_part(s, at, at + length);
    if (!length || !scan_is_peculiar(s, value))
        return 0;
    scan_hide_name(s, NAME_SUBJECT, value);
    return length;
}
