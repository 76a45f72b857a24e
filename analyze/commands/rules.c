/* `mailwhy rules check|test|list|missing`: the rules' own commands. */
#define _GNU_SOURCE
#include "analyze/commands/rules.h"

#include "analyze/auth/check_kinds.h"
#include "analyze/commands/output.h"

static int rules_check(struct options *options) {
    struct rulebase base;
    struct rule_errors errors = {.out = stderr};
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

static int rules_list(struct options *options) {
    struct rulebase base;
    struct rule_errors errors = {.out = stderr};
    rulebase_load(&base, options->arguments, options->argument_count, false, &errors);
    for (size_t i = 0; i < base.lists[RULES_REPLIES].count; i++) {
        const struct reply_rule *r = base.lists[RULES_REPLIES].items[i];
        printf("%-34s %-24s %s:%u\n", r->id, r->cause, r->source.file, r->source.line);
    }
    rulebase_free(&base);
    return errors.count ? STATUS_CONFIG : STATUS_OK;
}

int command_rules(struct options *options) {
    static const struct command commands[] = {
        {"check", rules_check}, {"test", rules_test}, {"list", rules_list}, {"missing", rules_missing}};
    const char *name = options->argument_count ? options->arguments[0] : "";
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
        if (strcmp(commands[i].name, name) == 0) {
            options->arguments++;
            options->argument_count--;
            return commands[i].run(options);
        }
    fputs("usage: mailwhy rules check|test|list [FILE...]\n       mailwhy rules missing INPUT...\n", stderr);
    return STATUS_USAGE;
}
