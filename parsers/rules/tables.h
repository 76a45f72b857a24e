/* What matching needs of a rulebase: its scanned patterns, and the index over their literals. Those of the
 * built-in rules are made when mailwhy is built (generate.c). */
#ifndef MAILWHY_RULES_TABLES_H
#define MAILWHY_RULES_TABLES_H

#include "parsers/rules/literal_index.h"
#include "parsers/rules/rules.h"

/* A scanned pattern: the number of its entry, and its own among those of the entry. */
struct pattern_place {
    uint32_t entry, number;
};

struct rule_tables {
    const struct pattern_place *patterns[RULE_KINDS]; /* replies by falling rank */
    const struct literal_index *index[RULE_KINDS];
    const uint32_t *code_rules; /* the numbers of those that ask for no words */
    size_t code_rule_count;
};

extern const struct rule_tables builtin_tables;

struct candidate rule_tables_candidate(const struct rulebase *base, enum rule_kind kind,
                                       struct pattern_place place);

/* To be freed with rule_tables_free. */
void rule_tables_build(struct rule_tables *tables, const struct rulebase *base);
void rule_tables_free(struct rule_tables *tables);

#endif
