/* What validating an ARC chain came to: see arc_verdict.h. */
#include "analyze/auth/arc_verdict.h"

#include <glib.h>

const char *arc_result_name(enum arc_result result) {
    static const char *const names[] = {"none", "pass", "fail", "unchecked"};
    _Static_assert(G_N_ELEMENTS(names) == ARC_RESULTS, "a name for each");
    return names[result];
}
