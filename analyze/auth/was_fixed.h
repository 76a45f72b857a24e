/* Was it fixed? The checks of one delivery or audit on a later DNS snapshot, beside what they found before.
 */
#ifndef MAILWHY_WAS_FIXED_H
#define MAILWHY_WAS_FIXED_H

#include "analyze/auth/check.h"

enum fixed_state {
    FIXED_NOW,     /* it was wrong, and is right now */
    FIXED_NOT,     /* it is wrong still, or not yet as good as it can be: a warning about what is new */
    FIXED_BROKEN,  /* it was right, or nothing was to check, and fails now */
    FIXED_FOUND,   /* it is wrong now, and the first snapshot did not say */
    FIXED_UNKNOWN, /* the later snapshot does not say */
    FIXED_NEVER    /* it was not wrong, and is not */
};
#define FIXED_STATES (FIXED_NEVER + 1)

struct fixed {
    enum fixed_state state;
    const struct check *before, *after; /* of one kind and subject; one of them may be NULL */
};

/* Hold the checks against each other, in the order of `before`, what is new behind them. The array is in the
 * arena. */
const struct fixed *was_fixed(const struct check_list *before, const struct check_list *after,
                              struct arena *arena, size_t *count);

const char *fixed_state_name(enum fixed_state state); /* fixed, open, broken, found, unknown, unchanged */

#endif
