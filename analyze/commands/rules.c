/* `mailwhy rules check|list`: are the rules well formed, and which are there? */
#include "analyze/commands/rules.h"

#include "analyze/auth/check_kinds.h"
#include "analyze/commands/load.h"
#include "analyze/commands/output.h"
#include "analyze/report/present_code.h"
#include "parsers/base/file_errors.h"
#include "parsers/base/shown_name.h"
#include "parsers/rules/check.h"
#include "parsers/rules/load.h"
#include "parsers/rules/packed.h"

static int print_text(const GString *text, const struct file_errors *errors) {
    if (!output_whole(NULL, text->str, text->len))
        return STATUS_OUTPUT;
    return errors->count ? STATUS_CONFIG : STATUS_OK;
}

/* What is loaded: the files of the command line, those of rules.d, the built-in rules. */
static bool load(struct rulebase *base, struct options *options, struct file_errors *errors) {
    for (size_t i = 0; i < options->argument_count; i++)
        g_ptr_array_add(options->rule_files, (gpointer)options->arguments[i]);
    if (!options_add_rules_folder(options))
        return false;
    rulebase_load(base, (const char *const *)options->rule_files->pdata, options->rule_files->len, false,
                  errors);
    return true;
}

int rules_check(struct options *options) {
    struct rulebase base;
    struct file_errors errors = {.out = stderr};
    g_autoptr(GString) text = g_string_new(NULL);
    if (!load(&base, options, &errors))
        return STATUS_CONFIG;
    rulebase_check(&base, &errors);
    check_kinds_verify_rules(&base, &errors);
    if (!options->quiet && errors.count == 0)
        g_string_printf(text,
                        "%zu reply rules, %zu header rules, %zu formats, %zu providers, %zu block lists, "
                        "%zu causes, %zu exports: no error\n",
                        base.lists[RULES_REPLIES].count, base.lists[RULES_HEADERS].count,
                        base.lists[RULES_FORMATS].count, base.lists[RULES_PROVIDERS].count,
                        base.lists[RULES_BLOCKLISTS].count, base.lists[RULES_CAUSES].count,
                        base.lists[RULES_EXPORTS].count);
    rulebase_free(&base);
    return print_text(text, &errors);
}

int rules_list(struct options *options) {
    struct rulebase base;
    struct file_errors errors = {.out = stderr};
    g_autoptr(GString) text = g_string_new(NULL);
    if (!load(&base, options, &errors))
        return STATUS_CONFIG;
    if (options->format != mailwhy_format_at(0)) {
        form_write_alone(options->format, &form_rules, &base, true, text);
        rulebase_free(&base);
        return print_text(text, &errors);
    }
    for (size_t i = 0; i < base.lists[RULES_REPLIES].count; i++) {
        const struct reply_rule *r = rule_list_entry(&base.lists[RULES_REPLIES], i);
        g_autofree char *id = shown_name(r->id);
        g_autofree char *cause = shown_name(r->cause);
        g_autofree char *file = shown_name(r->place.file);
        g_string_append_printf(text, "%-34s %-24s %s:%u\n", id, cause, file, r->place.line);
    }
    rulebase_free(&base);
    return print_text(text, &errors);
}
