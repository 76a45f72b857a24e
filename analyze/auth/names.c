/* Results by name: as JSON and reports write them. */
#include "analyze/auth/auth.h"

const char *spf_result_name(enum spf_result result) {
    static const char *const names[] = {"none",     "neutral",   "pass",      "fail",
                                        "softfail", "temperror", "permerror", "unchecked"};
    return names[result];
}

const char *dkim_result_name(enum dkim_result result) {
    static const char *const names[] = {"pass",      "fail",      "neutral",  "policy",
                                        "temperror", "permerror", "unchecked"};
    return names[result];
}

const char *arc_result_name(enum arc_result result) {
    static const char *const names[] = {"none", "pass", "fail", "unchecked"};
    return names[result];
}

const char *dmarc_result_name(enum dmarc_result result) {
    static const char *const names[] = {"none", "pass", "fail", "temperror", "permerror", "unchecked"};
    return names[result];
}

const char *alignment_name(enum alignment alignment) {
    static const char *const names[] = {"none", "relaxed", "strict"};
    return names[alignment];
}
