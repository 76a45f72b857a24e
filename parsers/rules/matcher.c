/* Matching: see matcher.h. */
#include "parsers/rules/matcher.h"

#include "parsers/base/text.h"
#include "parsers/rules/literal_scan.h"
#include "parsers/rules/packed.h"
#include "parsers/rules/tables.h"

#include <glib.h>

/* What stands before and behind the site's name, and the rules of such fields, NULL at the end. */
struct site_header {
    struct slice start, end;
    GPtrArray *rules;
};

/* Of each kind of entry the scanned patterns and their index; those of the built-in rules were made when
 * mailwhy was built. */
struct ruleset {
    const struct rulebase *base;
    struct rule_tables tables;
    bool is_own;          /* the tables were made here */
    struct arena names;   /* keys of the two tables below */
    GHashTable *headers;  /* a field's name in lower case → GPtrArray of its rules, NULL at the end */
    GArray *site_headers; /* struct site_header: of those with a "*" in the place of a site's name */
    GHashTable
        *hosts; /* as providers name them (lower case, suffixes with their dot) → place in the list + 1 */
};

struct matcher {
    const struct ruleset *set;
    struct literal_scan *scan[RULE_KINDS];
    GHashTable *compiled;  /* struct rule_pattern → struct pattern */
    GArray *found;         /* uint32_t: the numbers of the patterns that the last scan found */
    GArray *candidates;    /* struct candidate: the same as their entries */
    GPtrArray *code_rules; /* NULL until they are asked for */
    const char *stopped;
    const struct opinion_model *opinion;
};

static bool is_builtin(const struct rulebase *base) {
    for (int kind = 0; kind < RULE_KINDS; kind++)
        if (base->lists[kind].items != builtin_rules.lists[kind].items ||
            base->lists[kind].packed != builtin_rules.lists[kind].packed)
            return false;
    return builtin_tables.index[0] != NULL;
}

static char *lower_name(struct arena *arena, const char *name) {
    char *lower = arena_string(arena, slice_of(name));
    for (char *c = lower; *c; c++)
        *c = ascii_lower(*c);
    return lower;
}

static void index_site_header(struct ruleset *set, const char *name, GPtrArray *rules) {
    const char *star = strchr(name, '*');
    if (star) {
        struct site_header h = {{name, (size_t)(star - name)}, slice_of(star + 1), rules};
        g_array_append_val(set->site_headers, h);
    }
}

static void index_headers(struct ruleset *set) {
    const struct rule_list *list = &set->base->lists[RULES_HEADERS];
    set->headers = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
    set->site_headers = g_array_new(FALSE, FALSE, sizeof(struct site_header));
    for (size_t i = 0; i < list->count; i++)
        for (const char *const *f = ((const struct header_rule *)list->items[i])->field; *f; f++) {
            char *name = lower_name(&set->names, *f);
            GPtrArray *rules = g_hash_table_lookup(set->headers, name);
            if (!rules) {
                rules = g_ptr_array_new();
                g_hash_table_insert(set->headers, name, rules);
                index_site_header(set, name, rules);
            }
            if (rules->len)
                g_ptr_array_set_size(rules, (gint)rules->len - 1);
            g_ptr_array_add(rules, (gpointer)list->items[i]);
            g_ptr_array_add(rules, NULL);
        }
}

/* The rules of a field's name that has the name of a site in it, "X-*-MailScanner-SpamCheck"; of several that
 * fit the longest, so that "X-*-Outgoing-Class" is not taken for a site's "X-*-Class". */
static GPtrArray *rules_of_site(const struct ruleset *set, struct slice lower) {
    const struct site_header *best = NULL;
    for (guint i = 0; i < set->site_headers->len; i++) {
        const struct site_header *h = &g_array_index(set->site_headers, struct site_header, i);
        size_t length = h->start.len + h->end.len;
        if (lower.len > length && slice_equal(slice_upto(lower, h->start.len), h->start) &&
            slice_equal(slice_from(lower, lower.len - h->end.len), h->end) &&
            (!best || length > best->start.len + best->end.len))
            best = h;
    }
    return best ? best->rules : NULL;
}

const struct header_rule *const *matcher_header_rules(const struct matcher *m, struct slice name) {
    char lower[80];
    if (name.len >= sizeof lower)
        return NULL;
    for (size_t i = 0; i < name.len; i++)
        lower[i] = ascii_lower(name.ptr[i]);
    lower[name.len] = '\0';
    GPtrArray *rules = g_hash_table_lookup(m->set->headers, lower);
    rules = rules ? rules : rules_of_site(m->set, (struct slice){lower, name.len});
    return rules ? (const struct header_rule *const *)rules->pdata : NULL;
}

static void index_hosts(struct ruleset *set) {
    const struct rule_list *list = &set->base->lists[RULES_PROVIDERS];
    set->hosts = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = list->count; i-- > 0;) /* the first provider that names it has it */
        for (const char *const *h = ((const struct provider *)list->items[i])->hosts; h && *h; h++)
            g_hash_table_replace(set->hosts, lower_name(&set->names, *h), GSIZE_TO_POINTER(i + 1));
}

/* A name without a dot, as hosts inside a provider have it: entries that end in a hyphen are how it begins,
 * with # for each number: "p#-icloudmta-" of p00-icloudmta-smtpin-us-west-2a-12. */
static size_t host_inside(const struct ruleset *set, const char *name) {
    char start[64];
    size_t len = 0;
    for (; *name && *name != '.' && len + 2 < sizeof start; name++) {
        if (*name < '0' || *name > '9')
            start[len++] = *name;
        else if (!len || start[len - 1] != '#')
            start[len++] = '#';
        start[len] = '\0';
        gpointer found = *name == '-' ? g_hash_table_lookup(set->hosts, start) : NULL;
        if (found)
            return GPOINTER_TO_SIZE(found);
    }
    return 0;
}

/* Answers as host_fits_entry (parsers/base/host.h) of each entry would, by a look-up for each label; of
 * several the longest: hotmail-com.olc.protection.outlook.com is Outlook.com's, not Microsoft 365's. */
const struct provider *matcher_provider_of_host(const struct matcher *m, struct slice host) {
    char name[260] = ".";
    while (host.len && host.ptr[host.len - 1] == '.')
        host.len--;
    if (!host.len || host.len > 255)
        return NULL;
    for (size_t i = 0; i < host.len; i++)
        name[i + 1] = ascii_lower(host.ptr[i]);
    size_t best = GPOINTER_TO_SIZE(g_hash_table_lookup(m->set->hosts, name + 1));
    if (!best && !strchr(name + 1, '.'))
        best = host_inside(m->set, name + 1);
    for (const char *suffix = name; suffix && !best; suffix = strchr(suffix + 1, '.'))
        best = GPOINTER_TO_SIZE(g_hash_table_lookup(m->set->hosts, suffix));
    return best ? m->set->base->lists[RULES_PROVIDERS].items[best - 1] : NULL;
}

struct ruleset *ruleset_new(const struct rulebase *base) {
    struct ruleset *set = g_new0(struct ruleset, 1);
    set->base = base;
    set->is_own = !is_builtin(base);
    if (set->is_own)
        rule_tables_build(&set->tables, base);
    else
        set->tables = builtin_tables;
    index_headers(set);
    index_hosts(set);
    return set;
}

void ruleset_free(struct ruleset *set) {
    if (!set)
        return;
    if (set->is_own)
        rule_tables_free(&set->tables);
    g_hash_table_destroy(set->headers);
    g_array_free(set->site_headers, TRUE);
    g_hash_table_destroy(set->hosts);
    arena_free(&set->names);
    g_free(set);
}

static void free_compiled(gpointer p) {
    pattern_free(p);
    g_free(p);
}

/* They stand behind those of files. */
static bool has_builtin_replies(const struct rulebase *base) {
    const struct rule_list *list = &base->lists[RULES_REPLIES];
    return list->count &&
           ((const struct reply_rule *)rule_list_entry(list, list->count - 1))->place.is_builtin;
}

struct matcher *matcher_new(const struct ruleset *set) {
    struct matcher *m = g_new0(struct matcher, 1);
    m->set = set;
    m->opinion = has_builtin_replies(set->base) ? &builtin_opinion : NULL;
    m->compiled = g_hash_table_new_full(NULL, NULL, NULL, free_compiled);
    m->found = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    m->candidates = g_array_new(FALSE, FALSE, sizeof(struct candidate));
    for (int kind = 0; kind < RULE_KINDS; kind++)
        m->scan[kind] = literal_scan_new(set->tables.index[kind]);
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
    if (m->code_rules)
        g_ptr_array_free(m->code_rules, TRUE);
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

static struct candidate candidate(const struct matcher *m, enum rule_kind kind, uint32_t number) {
    return rule_tables_candidate(m->set->base, kind, m->set->tables.patterns[kind][number]);
}

static void know_list(struct matcher *m, const struct rule_pattern *list) {
    for (; list && list->regex; list++)
        compiled(m, list);
}

static void know_all(struct matcher *m) {
    const struct rule_list *lists = m->set->base->lists;
    for (enum rule_kind kind = 0; kind < RULE_KINDS; kind++)
        for (uint32_t i = 0; m->set->tables.index[kind] && i < m->set->tables.index[kind]->patterns; i++)
            compiled(m, candidate(m, kind, i).pattern);
    for (size_t i = 0; i < lists[RULES_HEADERS].count; i++) {
        const struct header_rule *h = lists[RULES_HEADERS].items[i];
        know_list(m, h->find);
        know_list(m, h->each);
    }
    for (size_t i = 0; i < lists[RULES_FORMATS].count; i++) {
        const struct format *f = lists[RULES_FORMATS].items[i];
        const struct rule_pattern *const all[] = {f->also,      f->begin, f->returned,
                                                  f->recipient, f->end,   f->find};
        for (size_t n = 0; n < G_N_ELEMENTS(all); n++)
            know_list(m, all[n]);
    }
}

/* What several threads compile: each takes the next that none has taken. */
struct compiling {
    struct matcher *matcher;
    gpointer *patterns; /* struct rule_pattern, each once */
    guint count;
    gint next; /* atomic */
};

static void *compile_some(void *context) {
    struct compiling *c = context;
    for (guint i; (i = (guint)g_atomic_int_add(&c->next, 1)) < c->count;) {
        const struct rule_pattern *pattern = c->patterns[i];
        pattern_compile(g_hash_table_lookup(c->matcher->compiled, pattern), pattern->regex);
    }
    return NULL;
}

void matcher_compile_all(struct matcher *m, unsigned threads) {
    know_all(m);
    struct compiling c = {.matcher = m};
    c.patterns = g_hash_table_get_keys_as_array(m->compiled, &c.count);
    GThread *other = threads > 1 ? g_thread_try_new("compile", compile_some, &c, NULL) : NULL;
    compile_some(&c);
    if (other)
        g_thread_join(other);
    g_free(c.patterns);
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

const struct reply_rule *const *matcher_code_rules(struct matcher *m, size_t *count) {
    const struct rule_tables *tables = &m->set->tables;
    *count = tables->code_rule_count;
    if (!m->code_rules) {
        m->code_rules = g_ptr_array_new();
        for (size_t i = 0; i < *count; i++)
            g_ptr_array_add(m->code_rules, (gpointer)rule_list_entry(&m->set->base->lists[RULES_REPLIES],
                                                                     tables->code_rules[i]));
    }
    return (const struct reply_rule *const *)m->code_rules->pdata;
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

size_t matcher_candidates(struct matcher *m, enum rule_kind kind, struct match_text text,
                          struct candidate **list) {
    g_array_set_size(m->found, 0);
    g_array_set_size(m->candidates, 0);
    literal_scan_text(m->scan[kind], text.folded, note_found, m->found);
    g_array_sort(m->found, by_number);
    for (guint i = 0; i < m->found->len; i++) {
        struct candidate found = candidate(m, kind, g_array_index(m->found, uint32_t, i));
        g_array_append_val(m->candidates, found);
    }
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

const struct opinion_model *matcher_opinion(const struct matcher *m) {
    return m->opinion;
}

void matcher_use_opinion(struct matcher *m, const struct opinion_model *opinion) {
    m->opinion = opinion;
}

const char *matcher_stopped(struct matcher *m) {
    const char *stopped = m->stopped;
    m->stopped = NULL;
    return stopped;
}

struct literal_glance matcher_glance(const struct matcher *m, enum rule_kind kind, struct slice usual) {
    return literal_glance_of(m->set->tables.index[kind], usual);
}
