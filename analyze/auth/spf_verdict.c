/* What an evaluation of SPF comes to: see spf_verdict.h. */
#include "analyze/auth/spf_verdict.h"

#include <glib.h>

const char *spf_result_name(enum spf_result result) {
    static const char *const names[] = {"none",     "neutral",   "pass",      "fail",
                                        "softfail", "temperror", "permerror", "unchecked"};
    _Static_assert(G_N_ELEMENTS(names) == SPF_VERDICT_RESULTS, "a name for each");
    return names[result];
}

const char *spf_identity_name(const struct spf_verdict *verdict) {
    return verdict->is_helo ? "helo" : "mailfrom";
}
