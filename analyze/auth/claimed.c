/* What a claim says it is about: see claimed.h. */
#include "analyze/auth/claimed.h"

struct slice claim_property(const struct claim *claim, const char *name) {
    for (const struct property *p = claim->properties; p; p = p->next)
        if (slice_equal_nocase(p->name, slice_of(name)))
            return p->value;
    return SLICE_EMPTY;
}
