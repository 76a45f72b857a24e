/* The names that are nearest to a word that means nothing: what somebody may have meant to write. */
#ifndef MAILWHY_NEAREST_H
#define MAILWHY_NEAREST_H

#include "parsers/base/slice.h"

#define NEAREST_MOST 8

struct nearest {
    struct slice word;
    const char **names; /* found so far, the nearest first */
    size_t count, most; /* most: how many are wanted, up to NEAREST_MOST */
    unsigned distances[NEAREST_MOST];
};

/* Take `name` if `compared`, by which it is known, is near enough to the word. A name is taken once. */
void nearest_offer(struct nearest *n, struct slice compared, const char *name);

/* Where names are all but the word (a letter apart), the others are left out. */
void nearest_settle(struct nearest *n);

#endif
