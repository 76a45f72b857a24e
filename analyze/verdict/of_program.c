/* Verdicts on what mail programs and scripts tell: see of_program.h. */
#include "analyze/verdict/of_program.h"

#include <glib.h>

/* What lies between a program and its outgoing server; of other causes the fixer stays. */
static bool is_between(const char *cause) {
    static const char *const causes[] = {
        "network",        "access.login-required", "relay.denied", "sender.syntax",
        "sender.refused", "sender.spoofed",        "tls",          "unknown"};
    for (size_t i = 0; i < G_N_ELEMENTS(causes); i++)
        if (cause_is_of(cause, causes[i]))
            return true;
    return false;
}

void verdict_of_program(struct verdict *v) {
    const char *cause = verdict_root_cause(v)->id;
    if (cause_is_of(v->cause->id, "notice"))
        return;
    v->is_of_program = true;
    if (v->is_lasting_known && !v->is_permanent)
        v->is_given_up = v->is_permanent = true;
    if (cause_is_of(cause, "receiver") || strcmp(cause, "access.denied") == 0)
        v->fixer = "sender-operator"; /* what it spoke to is the outgoing server */
    else if (strcmp(v->fixer, "nobody") == 0 || is_between(cause))
        v->fixer = "author";
}
