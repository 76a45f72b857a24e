/* A rulebase of built-in rules and of files: see load.h. */
#include "parsers/rules/load.h"

#include "parsers/rules/rule_files.h"

void rulebase_load(struct rulebase *base, const char *const *files, size_t count, bool no_builtin,
                   struct file_errors *errors) {
    *base = (struct rulebase){0};
    if (count == 0 && !no_builtin)
        memcpy(base->lists, builtin_rules.lists, sizeof base->lists);
    else
        FROM_MODULE(MODULE_YAML, rule_files_load)(base, files, count, no_builtin, errors);
}
