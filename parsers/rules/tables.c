/* Patterns of a rulebase and their index: see tables.h. */
#include "parsers/rules/tables.h"

#include "parsers/base/text.h"
#include "parsers/rules/rank.h"

#include <glib.h>

/* The member of an entry that holds the patterns which texts are scanned for; 0: its kind has none. */
static const size_t scanned_member[RULE_KINDS] = {
    [RULES_REPLIES] = offsetof(struct reply_rule, text),
    [RULES_PROVIDERS] = offsetof(struct provider, text),
    [RULES_FORMATS] = offsetof(struct format, recognise),
    [RULES_PHRASES] = offsetof(struct phrase, text),
};

static GArray *collect_patterns(const struct rulebase *base, int kind) {
    GArray *patterns = g_array_new(FALSE, FALSE, sizeof(struct candidate));
    const struct rule_list *list = &base->lists[kind];
    for (size_t i = 0; i < list->count && scanned_member[kind]; i++) {
        const struct rule_pattern *p =
            *(const struct rule_pattern *const *)(const void *)((const char *)list->items[i] +
                                                                scanned_member[kind]);
        for (; p && p->regex; p++) {
            struct candidate s = {list->items[i], p};
            g_array_append_val(patterns, s);
        }
    }
    return patterns;
}

static gint by_rank(gconstpointer a, gconstpointer b) {
    unsigned x = rule_rank(((const struct candidate *)a)->entry);
    unsigned y = rule_rank(((const struct candidate *)b)->entry);
    return x > y ? -1 : x < y;
}

/* The examples of the rules are replies as they really come. */
static struct slice typical_text(const struct rulebase *base, struct arena *arena) {
    const struct rule_list *list = &base->lists[RULES_REPLIES];
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < list->count; i++)
        for (const char *const *e = ((const struct reply_rule *)list->items[i])->examples; e && *e; e++)
            g_string_append(text, *e);
    return text_fold_case(arena, (struct slice){text->str, text->len});
}

static struct literal_index *build_index(const GArray *patterns, const struct rulebase *base) {
    struct arena arena = {0};
    struct literal_need *needs = g_new0(struct literal_need, patterns->len + 1);
    for (guint i = 0; i < patterns->len; i++)
        needs[i] = literal_extract(&arena, g_array_index(patterns, struct candidate, i).pattern->regex);
    struct literal_index *index = literal_index_build(needs, patterns->len, typical_text(base, &arena));
    g_free(needs);
    arena_free(&arena);
    return index;
}

static void collect_code_rules(struct rule_tables *tables, const struct rulebase *base) {
    const struct rule_list *list = &base->lists[RULES_REPLIES];
    GPtrArray *found = g_ptr_array_new();
    for (size_t i = 0; i < list->count; i++)
        if (!((const struct reply_rule *)list->items[i])->text)
            g_ptr_array_add(found, (gpointer)list->items[i]);
    tables->code_rule_count = found->len;
    tables->code_rules = (const struct reply_rule *const *)g_ptr_array_free(found, FALSE);
}

void rule_tables_build(struct rule_tables *tables, const struct rulebase *base) {
    collect_code_rules(tables, base);
    for (int kind = 0; kind < RULE_KINDS; kind++) {
        GArray *patterns = collect_patterns(base, kind);
        if (kind == RULES_REPLIES)
            g_array_sort(patterns, by_rank);
        tables->index[kind] = build_index(patterns, base);
        tables->patterns[kind] = (const void *)g_array_free(patterns, FALSE);
    }
}

void rule_tables_free(struct rule_tables *tables) {
    for (int kind = 0; kind < RULE_KINDS; kind++) {
        literal_index_free((struct literal_index *)tables->index[kind]);
        g_free((gpointer)tables->patterns[kind]);
    }
    g_free((gpointer)tables->code_rules);
}
