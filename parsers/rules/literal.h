/* What a pattern needs of a text: every branch of a regular expression names sets of literals; of each set
 * one must be in the text. literal_index.h and literal_scan.h find the patterns for which that is so. */
#ifndef MAILWHY_LITERAL_H
#define MAILWHY_LITERAL_H

#include "parsers/base/arena.h"

#define LITERAL_LEAST 3  /* shorter literals do not filter */
#define LITERAL_MOST  80 /* sets with more literals do not filter */

struct literal_set {
    struct slice *literals; /* one of these, in folded case */
    size_t count;
};

struct literal_branch {
    const struct literal_set **sets; /* all of these */
    size_t count;
};

/* What a pattern asks of a text. */
struct literal_need {
    struct literal_branch *branches; /* one of these; none: the pattern is always tried */
    size_t count;
    unsigned weight; /* characters that any match holds at least: how specific the pattern is */
};

struct literal_need literal_extract(struct arena *arena, const char *regex);

#endif
