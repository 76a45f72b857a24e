/* A reply's words without what tells whose mail it was: see neutral.h. */
#include "analyze/commands/neutral.h"

#include "parsers/base/ip.h"

#include <glib.h>

static bool is_run_char(char c) {
    return ascii_is_alnum(c) || (c && strchr("._-@+%:", c));
}

/* Without the punctuation that ends a sentence. */
static size_t run_length(struct slice text) {
    size_t n = 0;
    while (n < text.len && is_run_char(text.ptr[n]))
        n++;
    while (n && strchr(".:-", text.ptr[n - 1]))
        n--;
    return n;
}

static bool is_of(struct slice name, struct slice domain) {
    if (!domain.len || name.len < domain.len)
        return false;
    size_t before = name.len - domain.len;
    return slice_equal_nocase(slice_from(name, before), domain) && (!before || name.ptr[before - 1] == '.');
}

/* What stands for a run of letters; NULL: itself. */
static const char *neutral_run(struct slice run, struct slice own, struct slice other) {
    struct ip ip;
    size_t at = slice_find_char(run, '@');
    struct slice domain = at < run.len ? slice_from(run, at + 1) : run;
    if (ip_parse(run, &ip))
        return slice_find_char(run, ':') < run.len ? "2001:db8::1" : "192.0.2.1";
    if (at < run.len)
        return is_of(domain, own) ? "user@example.com" : "user@example.org";
    if (is_of(run, own))
        return slice_equal_nocase(run, own) ? "example.com" : "mail.example.com";
    if (is_of(run, other))
        return slice_equal_nocase(run, other) ? "example.org" : "mail.example.org";
    return NULL;
}

struct slice neutral_words(struct arena *arena, struct slice words, struct slice own, struct slice other) {
    g_autoptr(GString) out = g_string_new(NULL);
    while (words.len) {
        size_t n = run_length(words);
        const char *neutral = n ? neutral_run(slice_upto(words, n), own, other) : NULL;
        if (neutral)
            g_string_append(out, neutral);
        else
            g_string_append_len(out, words.ptr, (gssize)MAX(n, 1));
        words = slice_from(words, MAX(n, 1));
    }
    return arena_copy(arena, (struct slice){out->str, out->len});
}

/* An id has many letters and some digits among them, a pseudonym (redact.h) is a letter and eight digits of
 * base 16; a code such as S3150 is short. */
static bool is_id(struct slice run) {
    size_t digits = 0;
    bool is_pseudonym = run.len == 9;
    for (size_t i = 0; i < run.len; i++) {
        digits += ascii_is_digit(run.ptr[i]);
        is_pseudonym &= i == 0 || g_ascii_isxdigit(run.ptr[i]);
    }
    return is_pseudonym || (run.len > 8 && digits > 2);
}

static bool varies(struct slice run) {
    struct ip ip;
    return ip_parse(run, &ip) || slice_find_char(run, '@') < run.len || is_of(run, SLICE("example.com")) ||
           is_of(run, SLICE("example.org")) || is_id(run);
}

/* How many bytes at the beginning stand for bytes that were no text (U+FFFD, one or several). */
static size_t unreadable_length(struct slice text) {
    static const struct slice mark = SLICE("\xEF\xBF\xBD");
    size_t n = 0;
    while (slice_starts_nocase(slice_from(text, n), mark))
        n += mark.len;
    return n;
}

/* How long the mark of an unseen character is that begins the text: "<U+001B>" (visible.h); rules do not see
 * the character. 0: there is none. */
static size_t unseen_length(struct slice text) {
    size_t n = 3;
    if (!slice_starts_nocase(text, SLICE("<U+")))
        return 0;
    while (n < text.len && g_ascii_isxdigit(text.ptr[n]))
        n++;
    return n > 6 && n < text.len && text.ptr[n] == '>' ? n + 1 : 0;
}

char *neutral_pattern(struct slice words, size_t *letters) {
    GString *out = g_string_new(NULL);
    *letters = 0;
    while (words.len) {
        size_t n = run_length(words);
        size_t unreadable = unreadable_length(words);
        size_t unseen = unseen_length(words);
        if (unreadable || unseen) {
            g_string_append(out, unseen ? "\\S*" : "\\S+");
            words = slice_from(words, MAX(unreadable, unseen));
            continue;
        }
        struct slice run = slice_upto(words, MAX(n, 1));
        g_autofree char *escaped = g_regex_escape_string(run.ptr, (gint)run.len);
        bool is_gap = n && varies(run);
        g_string_append(out, is_gap ? "\\S+" : escaped);
        *letters += is_gap ? 0 : n;
        words = slice_from(words, run.len);
    }
    return g_string_free(out, FALSE);
}
