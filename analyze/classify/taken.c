/* Mail that was taken and not delivered: see taken.h. */
#include "analyze/classify/taken.h"

const struct taken_rule *taken_rule_of(struct matcher *matcher, struct match_text reply) {
    struct candidate *list;
    size_t count = matcher_candidates(matcher, RULES_TAKEN, reply, &list);
    for (size_t i = 0; i < count; i++) {
        struct pattern_match match;
        if (matcher_try(matcher, list[i].pattern, reply.text, 0, &match))
            return list[i].entry;
    }
    return NULL;
}
