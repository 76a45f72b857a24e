/* Patterns of a rulebase and their index: see tables.h. */
#include "parsers/rules/tables.h"

#include "parsers/base/text.h"
#include "parsers/rules/packed.h"
#include "parsers/rules/rank.h"

#include <glib.h>

/* The member of an entry that holds the patterns which texts are scanned for; 0: its kind has none. */
static const size_t scanned_member[RULE_KINDS] = {
    [RULES_REPLIES] = offsetof(struct reply_rule, text),  [RULES_PROVIDERS] = offsetof(struct provider, text),
    [RULES_FORMATS] = offsetof(struct format, recognise), [RULES_PHRASES] = offsetof(struct phrase, text),
    [RULES_TAKEN] = offsetof(struct taken_rule, text),
};

static const struct rule_pattern *scanned_patterns(const void *entry, enum rule_kind kind) {
    return *(const struct rule_pattern *const *)(const void *)((const char *)entry + scanned_member[kind]);
}

struct candidate rule_tables_candidate(const struct rulebase *base, enum rule_kind kind,
                                       struct pattern_place place) {
    const void *entry = rule_list_entry(&base->lists[kind], place.entry);
    return (struct candidate){entry, scanned_patterns(entry, kind) + place.number};
}

static GArray *collect_patterns(const struct rulebase *base, enum rule_kind kind) {
    GArray *places = g_array_new(FALSE, FALSE, sizeof(struct pattern_place));
    const struct rule_list *list = &base->lists[kind];
    for (uint32_t i = 0; i < list->count && scanned_member[kind]; i++) {
        const struct rule_pattern *patterns = scanned_patterns(rule_list_entry(list, i), kind);
        for (uint32_t n = 0; patterns && patterns[n].regex; n++) {
            struct pattern_place place = {i, n};
            g_array_append_val(places, place);
        }
    }
    return places;
}

static unsigned rank_of(gconstpointer place, gconstpointer replies) {
    return rule_rank(rule_list_entry(replies, ((const struct pattern_place *)place)->entry));
}

static gint by_rank(gconstpointer a, gconstpointer b, gpointer replies) {
    unsigned x = rank_of(a, replies);
    unsigned y = rank_of(b, replies);
    return x > y ? -1 : x < y;
}

/* The examples of the rules are replies as they really come. */
static struct slice typical_text(const struct rulebase *base, struct arena *arena) {
    const struct rule_list *list = &base->lists[RULES_REPLIES];
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < list->count; i++)
        for (const char *const *e = ((const struct reply_rule *)rule_list_entry(list, i))->examples; e && *e;
             e++)
            g_string_append(text, *e);
    return text_fold_case(arena, (struct slice){text->str, text->len});
}

static struct literal_index *build_index(const GArray *places, const struct rulebase *base,
                                         enum rule_kind kind) {
    struct arena arena = {0};
    struct literal_need *needs = g_new0(struct literal_need, places->len + 1);
    for (guint i = 0; i < places->len; i++) {
        struct pattern_place place = g_array_index(places, struct pattern_place, i);
        needs[i] = literal_extract(&arena, rule_tables_candidate(base, kind, place).pattern->regex);
    }
    struct literal_index *index = literal_index_build(needs, places->len, typical_text(base, &arena));
    g_free(needs);
    arena_free(&arena);
    return index;
}

static void collect_code_rules(struct rule_tables *tables, const struct rulebase *base) {
    const struct rule_list *list = &base->lists[RULES_REPLIES];
    GArray *found = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (uint32_t i = 0; i < list->count; i++)
        if (!((const struct reply_rule *)rule_list_entry(list, i))->text)
            g_array_append_val(found, i);
    tables->code_rule_count = found->len;
    tables->code_rules = (const uint32_t *)(const void *)g_array_free(found, FALSE);
}

void rule_tables_build(struct rule_tables *tables, const struct rulebase *base) {
    collect_code_rules(tables, base);
    for (enum rule_kind kind = 0; kind < RULE_KINDS; kind++) {
        GArray *places = collect_patterns(base, kind);
        if (kind == RULES_REPLIES)
            g_array_sort_with_data(places, by_rank, (gpointer)&base->lists[kind]);
        tables->index[kind] = build_index(places, base, kind);
        tables->patterns[kind] = (const void *)g_array_free(places, FALSE);
    }
}

void rule_tables_free(struct rule_tables *tables) {
    for (int kind = 0; kind < RULE_KINDS; kind++) {
        literal_index_free((struct literal_index *)tables->index[kind]);
        g_free((gpointer)tables->patterns[kind]);
    }
    g_free((gpointer)tables->code_rules);
}
