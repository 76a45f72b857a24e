/* Kinds of lines that are no event, each with a sample: known ones are passed over on purpose, others are not
 * understood. */
#ifndef MAILWHY_LOG_LINE_KINDS_H
#define MAILWHY_LOG_LINE_KINDS_H

#include "parsers/base/arena.h"
#include "parsers/log/line.h"

#define LIMIT_KINDS                                                                                          \
    300 /* that one reader keeps; lines of further kinds are counted, but without a sample                   \
         */

struct line_kind {
    struct line_kind *next;
    const char *dialect; /* its name; "?" of lines that are not understood */
    const char *key;     /* of a known kind: its name where it is written in the source */
    struct slice name, sample;
    uint64_t count;
    uint64_t first;      /* the place of the sample, which is the first such line; of several the least */
    struct slice raw;    /* the beginning of that line, as it stands there */
    char *room;          /* of both */
    const char *trouble; /* "warning", "error", "fatal", "panic": what a program says of itself; NULL: none */
    bool is_known;
};

struct line_kinds { /* all zero: empty */
    struct line_kind *first;
    size_t count;
    struct arena arena, scratch;
};

/* A line at `place` (its time, or another number that grows along the log) is of the known kind `key`, a
 * literal. */
void line_kinds_pass(struct line_kinds *kinds, const char *dialect, const char *key,
                     const struct log_line *line, uint64_t place);

/* A line that is not understood. Those of one program whose first words are the same are one kind. */
void line_kinds_add_unknown(struct line_kinds *kinds, const struct log_line *line, uint64_t place);

/* A record of the kind of export `dialect` that is not understood because of `what`, a literal, and the word
 * that is not known, of which the letters, digits, '-' and '_' are told. */
void line_kinds_add_unknown_as(struct line_kinds *kinds, const char *dialect, const char *what,
                               struct slice word, const struct log_line *line, uint64_t place);

/* Does one of the words below begin with it? */
static inline bool line_kinds_may_be_trouble(char first) {
    return first == 'w' || first == 'e' || first == 'f' || first == 'p';
}

/* A line that begins with such a word ("fatal: …"), alike as above; of others nothing is done. */
void line_kinds_add_trouble(struct line_kinds *kinds, const struct log_line *line, uint64_t place);

/* Add a kind that was counted elsewhere; its texts are copied, dialect and trouble stay the caller's. */
void line_kinds_merge_one(struct line_kinds *to, const struct line_kind *kind);

/* The word for a trouble as kinds have it; NULL: there is none such. */
const char *line_kinds_trouble(struct slice word);

/* Add the kinds of `from`, copied, to those of `to`, which may become more than LIMIT_KINDS. */
void line_kinds_merge(struct line_kinds *to, const struct line_kinds *from);

/* The unknown ones first, then by falling count. */
void line_kinds_sort(struct line_kinds *kinds);

void line_kinds_free(struct line_kinds *kinds);

#endif
