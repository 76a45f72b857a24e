/* One pass over a text under --redact: at each place finders are tried in turn, and the first that takes
 * something decides (redact_text.c). A finder returns how many bytes it took at `at`, for which it has
 * written what is to stand in the report; 0: there is nothing of its kind. */
#ifndef MAILWHY_REDACT_SCAN_H
#define MAILWHY_REDACT_SCAN_H

#include "analyze/report/names.h"

#define TOKEN_LEAST        20 /* shorter words are no tokens */
#define TOKEN_LEAST_DIGITS 4

struct scan {
    struct names *names;
    struct slice text;
    GString *out;                /* NULL: collect */
    bool is_reply;               /* its form tells names too */
    size_t url_end;              /* before it, a link is being read */
    size_t url_path;             /* where its host ends */
    unsigned depth;              /* how often what is read was decoded */
    void (*run)(struct scan *s); /* goes through all of a text: through what was decoded too */
};

static inline char scan_char_at(const struct scan *s, size_t at) {
    return at < s->text.len ? s->text.ptr[at] : '\0';
}

static inline char scan_char_before(const struct scan *s, size_t at) {
    return at ? s->text.ptr[at - 1] : '\0';
}

static inline struct slice scan_part(const struct scan *s, size_t from, size_t to) {
    return (struct slice){s->text.ptr + from, to - from};
}

/* Is there a word in it that is neither a number nor one that stays readable (names_is_readable)? */
bool scan_is_peculiar(const struct scan *s, struct slice text);

/* Write a pseudonym; bytes of the text as they are. Nothing is written while names are collected. */
void scan_hide(const struct scan *s, enum name_kind kind, struct slice text);
/* The same of a name that is hidden wherever else it stands too. */
void scan_hide_name(const struct scan *s, enum name_kind kind, struct slice text);
void scan_keep(const struct scan *s, size_t from, size_t to);

/* Does the text end with those words, or with one of them, and with no longer word? Case does not matter. */
bool scan_ends_with(struct slice text, struct slice words);
bool scan_ends_with_one(struct slice text, const char *const *words, size_t count);

#endif
