/* Which pairs of bytes stand side by side in a text: what has none of a phrase's pairs does not hold the
 * phrase. For short texts in which one of many phrases is looked for. Letters are of any case. */
#ifndef MAILWHY_PAIRS_H
#define MAILWHY_PAIRS_H

#include "parsers/base/slice.h"

#include <stdint.h>

#define PAIR_KINDS 1024 /* of two letters each is its own */

struct pairs {
    uint64_t seen[PAIR_KINDS / 64];
};

static inline unsigned pair_kind(const char *two) {
    return (((unsigned)two[0] & 31) << 5 ^ ((unsigned)two[1] | 32)) & (PAIR_KINDS - 1);
}

static inline struct pairs pairs_of(struct slice text) {
    struct pairs pairs = {0};
    for (size_t i = 1; i < text.len; i++) {
        unsigned kind = pair_kind(text.ptr + i - 1);
        pairs.seen[kind / 64] |= (uint64_t)1 << kind % 64;
    }
    return pairs;
}

/* False: the text does not hold the phrase. */
static inline bool pairs_may_hold(const struct pairs *pairs, struct slice phrase) {
    for (size_t i = 1; i < phrase.len; i++) {
        unsigned kind = pair_kind(phrase.ptr + i - 1);
        if (!(pairs->seen[kind / 64] >> kind % 64 & 1))
            return false;
    }
    return true;
}

#endif
