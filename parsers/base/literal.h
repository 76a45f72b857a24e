/* Which of many patterns can match a text: every branch of a pattern names sets of literals; of each
 * set one must be in the text, and one pass over the text finds the patterns for which that is so. */
#ifndef MAILWHY_LITERAL_H
#define MAILWHY_LITERAL_H

#include "parsers/base/arena.h"

#define LITERAL_LEAST 3  /* shorter literals do not filter */
#define LITERAL_MOST  80 /* sets with more literals do not filter */
#define LITERAL_SETS  8  /* sets of one branch that are kept */

struct literal_set {
    struct slice *literals; /* one of these, in folded case */
    size_t count;
};

struct literal_branch {
    struct literal_set *sets; /* all of these */
    size_t count;
};

/* What a pattern asks of a text. */
struct literal_need {
    struct literal_branch *branches; /* one of these; none: the pattern is always tried */
    size_t count;
    unsigned weight; /* characters that any match holds at least: how specific the pattern is */
};

struct literal_need literal_extract(struct arena *arena, const char *regex);

struct literal_index;

struct literal_index *literal_index_new(size_t patterns);
/* `need` must outlive the index; add all patterns, then finish. */
void literal_index_add(struct literal_index *index, size_t pattern, const struct literal_need *need);
void literal_index_finish(struct literal_index *index);
void literal_index_free(struct literal_index *index);

/* Call `found` once for every pattern that can match `text` (case folded), in no order. */
typedef void literal_found(void *context, size_t pattern);
struct literal_scan; /* scratch of one thread */
struct literal_scan *literal_scan_new(const struct literal_index *index);
void literal_scan_free(struct literal_scan *scan);
void literal_scan_text(struct literal_scan *scan, struct slice text, literal_found *found, void *context);

#endif
