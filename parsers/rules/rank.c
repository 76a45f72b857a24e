/* How strong a reply rule is before any text is seen: see rank.h. */
#include "parsers/rules/rank.h"

#include "parsers/rules/words.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

const char *const rule_level_words[] = {"phrase", "exact", "hint", "near", "bare", NULL};
static const enum rule_level levels[] = {LEVEL_PHRASE, LEVEL_EXACT, LEVEL_HINT, LEVEL_NEAR, LEVEL_BARE};
_Static_assert(COUNT(rule_level_words) == COUNT(levels) + 1, "a level for each word");

enum rule_level rule_level(const struct reply_rule *rule) {
    if (!rule->text)
        return rule->enhanced ? LEVEL_ENHANCED : LEVEL_CODE;
    return levels[word_number(rule_level_words, rule->level)];
}

unsigned rule_rank(const struct reply_rule *r) {
    unsigned conditions = (r->provider != NULL) + (r->software != NULL) + (r->reporter != NULL) +
                          (r->command != NULL) + (r->code != NULL) + (r->enhanced != NULL);
    return (unsigned)rule_level(r) * 8 + conditions;
}
