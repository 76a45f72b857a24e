/* How strong a reply rule is before any text is seen: see rank.h. */
#include "parsers/rules/rank.h"

enum rule_level rule_level(const struct reply_rule *rule) {
    if (!rule->text)
        return rule->enhanced ? LEVEL_ENHANCED : LEVEL_CODE;
    switch (rule->level ? rule->level[0] : 'p') {
    case 'e':
        return LEVEL_EXACT;
    case 'h':
        return LEVEL_HINT;
    case 'n':
        return LEVEL_NEAR;
    case 'b':
        return LEVEL_BARE;
    default:
        return LEVEL_PHRASE;
    }
}

unsigned rule_rank(const struct reply_rule *r) {
    unsigned conditions = (r->provider != NULL) + (r->software != NULL) + (r->reporter != NULL) +
                          (r->command != NULL) + (r->code != NULL) + (r->enhanced != NULL);
    return (unsigned)rule_level(r) * 8 + conditions;
}
