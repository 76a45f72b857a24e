/* What verifying a DKIM signature came to: see dkim_verdict.h. */
#include "analyze/auth/dkim_verdict.h"

#include <glib.h>

const char *dkim_result_name(enum dkim_result result) {
    static const char *const names[] = {"pass", "fail", "policy", "temperror", "permerror", "unchecked"};
    _Static_assert(G_N_ELEMENTS(names) == DKIM_RESULTS, "a name for each");
    return names[result];
}
