/* Matching: see matcher.h. */
#include "parsers/rules/matcher.h"

#include "parsers/base/text.h"

#include <glib.h>

struct ruleset {
    const struct rulebase *base;
    struct literal_index *index[RULE_KINDS];
    GArray *patterns[RULE_KINDS]; /* struct candidate */
    GPtrArray *code_rules;
};

struct matcher {
    const struct ruleset *set;
    struct literal_scan *scan[RULE_KINDS];
    GHashTable *compiled; /* struct rule_pattern → struct pattern */
    GArray *found;        /* uint32_t: the numbers of the patterns that the last scan found */
    GArray *candidates;   /* struct candidate: the same as their entries */
    const char *stopped;
};

static const size_t scanned_member[RULE_KINDS] = {
    [RULES_REPLIES] = offsetof(struct reply_rule, text),
    [RULES_PROVIDERS] = offsetof(struct provider, text),
    [RULES_FORMATS] = offsetof(struct format, recognise),
    [RULES_PHRASES] = offsetof(struct phrase, text),
};

static void collect_patterns(struct ruleset *set, int kind) {
    const struct rule_list *list = &set->base->lists[kind];
    for (size_t i = 0; i < list->count && scanned_member[kind]; i++) {
        const struct rule_pattern *p =
            *(const struct rule_pattern *const *)(const void *)((const char *)list->items[i] +
                                                                scanned_member[kind]);
        for (; p && p->regex; p++) {
            struct candidate s = {list->items[i], p};
            g_array_append_val(set->patterns[kind], s);
        }
    }
}

static gint by_rank(gconstpointer a, gconstpointer b) {
    unsigned x = rule_rank(((const struct candidate *)a)->entry);
    unsigned y = rule_rank(((const struct candidate *)b)->entry);
    return x > y ? -1 : x < y;
}

static void collect_code_rules(struct ruleset *set) {
    const struct rule_list *list = &set->base->lists[RULES_REPLIES];
    set->code_rules = g_ptr_array_new();
    for (size_t i = 0; i < list->count; i++)
        if (!((const struct reply_rule *)list->items[i])->text)
            g_ptr_array_add(set->code_rules, (gpointer)list->items[i]);
}

struct ruleset *ruleset_new(const struct rulebase *base) {
    struct ruleset *set = g_new0(struct ruleset, 1);
    set->base = base;
    collect_code_rules(set);
    for (int kind = 0; kind < RULE_KINDS; kind++) {
        set->patterns[kind] = g_array_new(FALSE, FALSE, sizeof(struct candidate));
        collect_patterns(set, kind);
        if (kind == RULES_REPLIES)
            g_array_sort(set->patterns[kind], by_rank);
        set->index[kind] = literal_index_new(set->patterns[kind]->len);
        for (guint i = 0; i < set->patterns[kind]->len; i++)
            literal_index_add(set->index[kind], i,
                              &g_array_index(set->patterns[kind], struct candidate, i).pattern->need);
        literal_index_finish(set->index[kind]);
    }
    return set;
}

void ruleset_free(struct ruleset *set) {
    if (!set)
        return;
    for (int kind = 0; kind < RULE_KINDS; kind++) {
        g_array_free(set->patterns[kind], TRUE);
        literal_index_free(set->index[kind]);
    }
    g_ptr_array_free(set->code_rules, TRUE);
    g_free(set);
}

static void free_compiled(gpointer p) {
    pattern_free(p);
    g_free(p);
}

struct matcher *matcher_new(const struct ruleset *set) {
    struct matcher *m = g_new0(struct matcher, 1);
    m->set = set;
    m->compiled = g_hash_table_new_full(NULL, NULL, NULL, free_compiled);
    m->found = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    m->candidates = g_array_new(FALSE, FALSE, sizeof(struct candidate));
    for (int kind = 0; kind < RULE_KINDS; kind++)
        m->scan[kind] = literal_scan_new(set->index[kind]);
    return m;
}

void matcher_free(struct matcher *m) {
    if (!m)
        return;
    for (int kind = 0; kind < RULE_KINDS; kind++)
        literal_scan_free(m->scan[kind]);
    g_hash_table_destroy(m->compiled);
    g_array_free(m->found, TRUE);
    g_array_free(m->candidates, TRUE);
    pattern_thread_end();
    g_free(m);
}

const struct rulebase *matcher_rules(const struct matcher *m) {
    return m->set->base;
}

struct match_text match_text(struct arena *arena, struct slice text) {
    text = slice_upto(text, LIMIT_MATCH_TEXT);
    while (text.len && (text.ptr[text.len - 1] & 0x80) && !g_utf8_validate(text.ptr, (gssize)text.len, NULL))
        text.len--; /* no half character at the cut */
    return (struct match_text){text, text_fold_case(arena, text)};
}

static struct pattern *compiled(struct matcher *m, const struct rule_pattern *pattern) {
    struct pattern *p = g_hash_table_lookup(m->compiled, pattern);
    if (!p) {
        p = g_new0(struct pattern, 1);
        g_hash_table_insert(m->compiled, (gpointer)pattern, p);
    }
    return p;
}

bool matcher_try(struct matcher *m, const struct rule_pattern *pattern, struct slice text, size_t start,
                 struct pattern_match *match) {
    int result = pattern_match(compiled(m, pattern), pattern->regex, text, start, match);
    if (result == PATTERN_LIMIT)
        m->stopped = pattern->regex;
    return result == PATTERN_MATCH;
}

bool matcher_first(struct matcher *m, const struct rule_pattern *list, struct slice text,
                   struct pattern_match *match) {
    bool found = false;
    for (; list && list->regex; list++) {
        struct pattern_match one;
        if (matcher_try(m, list, text, 0, &one) && (!found || one.whole.ptr < match->whole.ptr)) {
            *match = one;
            found = true;
        }
    }
    return found;
}

const struct reply_rule *const *matcher_code_rules(const struct matcher *m, size_t *count) {
    *count = m->set->code_rules->len;
    return (const struct reply_rule *const *)m->set->code_rules->pdata;
}

static void note_found(void *context, size_t number) {
    uint32_t n = (uint32_t)number;
    GArray *found = context;
    g_array_append_val(found, n);
}

static gint by_number(gconstpointer a, gconstpointer b) {
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

size_t matcher_candidates(struct matcher *m, enum rule_kind kind, struct match_text text, struct candidate **list) {
    g_array_set_size(m->found, 0);
    g_array_set_size(m->candidates, 0);
    literal_scan_text(m->scan[kind], text.folded, note_found, m->found);
    g_array_sort(m->found, by_number);
    for (guint i = 0; i < m->found->len; i++)
        g_array_append_val(m->candidates, g_array_index(m->set->patterns[kind], struct candidate,
                                                        g_array_index(m->found, uint32_t, i)));
    *list = (struct candidate *)(void *)m->candidates->data;
    return m->candidates->len;
}

void matcher_scan(struct matcher *m, enum rule_kind kind, struct match_text text, matcher_found *found,
                  void *context) {
    struct candidate *list;
    size_t count = matcher_candidates(m, kind, text, &list);
    struct pattern_match match;
    for (size_t i = 0; i < count; i++)
        if (matcher_try(m, list[i].pattern, text.text, 0, &match))
            found(context, list[i].entry, list[i].pattern, &match);
}

const char *matcher_stopped(struct matcher *m) {
    const char *stopped = m->stopped;
    m->stopped = NULL;
    return stopped;
}
