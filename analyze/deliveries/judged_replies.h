/* What kinds of replies say, each judged once, by whichever of several threads met it first. */
#ifndef MAILWHY_JUDGED_REPLIES_H
#define MAILWHY_JUDGED_REPLIES_H

#include "analyze/deliveries/reply_class.h"
#include "parsers/base/slice.h"

#include <stdint.h>

#define LIMIT_CACHED 100000 /* kinds of replies; beyond it each is judged anew */

struct judged_reply {
    struct slice key; /* its kind */
    union {
        const struct reply_class *class; /* of a failure */
        unsigned taken;                  /* of a success: enum taken of reply_cache.c */
    };
};

/* Any thread may call these. What they give lives as long as the whole. */
struct judged_replies;
struct judged_replies *judged_replies_new(void);
void judged_replies_free(struct judged_replies *judged);

/* The reply of that kind, which has that hash; NULL: none was judged. */
const struct judged_reply *judged_replies_find(struct judged_replies *judged, uint64_t hash,
                                               struct slice key);

/* Keep a copy. Gives that of another thread where it was first; NULL where there are too many. */
const struct judged_reply *judged_replies_add(struct judged_replies *judged, uint64_t hash,
                                              const struct judged_reply *reply);

/* The one class with that content. */
const struct reply_class *judged_replies_class(struct judged_replies *judged,
                                               const struct reply_class *class);

#endif
