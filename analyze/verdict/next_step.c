/* What a program does with a verdict: see next_step.h. */
#include "analyze/verdict/next_step.h"

#include <glib.h>

const char *verdict_action(const struct verdict *v) {
    static const struct {
        const char *cause, *action;
    } rows[] = {
        {"notice.complaint", "suppress"},
        {"notice.challenge", "contact"},
        {"notice.fraud", "fix"},
        {"notice.virus", "fix"},
        {"notice", "none"},
        {"recipient.unknown", "suppress"},
        {"recipient.moved", "suppress"},
        {"recipient.syntax", "suppress"},
        {"recipient.disabled", "suppress"},
        {"domain", "suppress"},
    };
    const struct cause *cause = verdict_root_cause(v);
    bool may_pass = v->is_lasting_known && !v->is_permanent;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        if (cause_is_of(cause->id, rows[i].cause))
            return may_pass && strcmp(rows[i].action, "suppress") == 0 ? "retry" : rows[i].action;
    if (may_pass)
        return "retry";
    return verdict_is_senders(v) ? "fix" : strcmp(v->fixer, "nobody") == 0 ? "none" : "contact";
}
