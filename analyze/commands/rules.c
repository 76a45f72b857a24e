/* `mailwhy rules check|list`: are the rules well formed, and which are there? */
#include "analyze/commands/rules.h"

#include "analyze/auth/check_kinds.h"
#include "analyze/internal.h"
#include "parsers/base/file_errors.h"
#include "parsers/rules/check.h"
#include "parsers/rules/load.h"

int rules_check(struct options *options) {
    struct rulebase base;
    struct file_errors errors = {.out = stderr};
    rulebase_load(&base, options->arguments, options->argument_count, false, &errors);
    rulebase_check(&base, &errors);
    check_kinds_verify_rules(&base, &errors);
    if (!options->quiet && errors.count == 0)
        printf("%zu reply rules, %zu header rules, %zu formats, %zu providers, %zu block lists, %zu causes: "
               "no error\n",
               base.lists[RULES_REPLIES].count, base.lists[RULES_HEADERS].count,
               base.lists[RULES_FORMATS].count, base.lists[RULES_PROVIDERS].count,
               base.lists[RULES_BLOCKLISTS].count, base.lists[RULES_CAUSES].count);
    rulebase_free(&base);
    return errors.count ? STATUS_CONFIG : STATUS_OK;
}

int rules_list(struct options *options) {
    struct rulebase base;
    struct file_errors errors = {.out = stderr};
    rulebase_load(&base, options->arguments, options->argument_count, false, &errors);
    for (size_t i = 0; i < base.lists[RULES_REPLIES].count; i++) {
        const struct reply_rule *r = base.lists[RULES_REPLIES].items[i];
        printf("%-34s %-24s %s:%u\n", r->id, r->cause, r->source.file, r->source.line);
    }
    rulebase_free(&base);
    return errors.count ? STATUS_CONFIG : STATUS_OK;
}
