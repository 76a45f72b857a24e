/* `mailwhy explain [CAUSE]`: a cause's page, or the list of causes. */
#include "analyze/commands/options.h"
#include "analyze/commands/output.h"
#include "analyze/internal.h"
#include "analyze/report/html.h"
#include "analyze/report/render.h"

static void list_causes(const struct rulebase *rules, GString *out) {
    const struct rule_list *list = &rules->lists[RULES_CAUSES];
    for (size_t i = 0; i < list->count; i++) {
        const struct cause *c = list->items[i];
        g_string_append_printf(out, "%-26s %s\n", c->id, c->title);
    }
}

static int explain_cause(const struct mailwhy *why, const struct options *options, const char *id,
                         GString *out) {
    static const struct medium *const media[] = {&medium_text, &medium_markdown, &medium_html};
    const struct cause *cause = rulebase_cause(&why->rules, id);
    if (!cause || strcmp(cause->id, id) != 0) {
        fprintf(stderr, "mailwhy: there is no cause `%s`; `mailwhy explain` lists them\n", id);
        return STATUS_USAGE;
    }
    struct page page = {.medium = media[MIN(options->format, MAILWHY_HTML)],
                        .out = out,
                        .width = options->library.width,
                        .color = options->library.color};
    struct arena arena = {0};
    present_cause(&page, &why->rules, cause, &arena);
    arena_free(&arena);
    return STATUS_OK;
}

int command_explain(struct options *options) {
    struct mailwhy *why = options_load(options);
    struct output output;
    int status = STATUS_OK;
    if (!why)
        return STATUS_CONFIG;
    g_autoptr(GString) out = g_string_new(NULL);
    if (options->format == MAILWHY_HTML)
        html_page_begin(out);
    if (options->argument_count == 0)
        list_causes(&why->rules, out);
    for (size_t i = 0; i < options->argument_count; i++)
        if (explain_cause(why, options, options->arguments[i], out) != STATUS_OK)
            status = STATUS_USAGE;
    if (options->format == MAILWHY_HTML)
        html_page_end(out);
    mailwhy_free(why);
    if (!output_open(&output, options->output))
        return STATUS_OUTPUT;
    output_write(&output, out->str, out->len);
    return output_close(&output) ? status : STATUS_OUTPUT;
}
