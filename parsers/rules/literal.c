/* Required literals of a regular expression. Reads just enough of the syntax (PCRE2 as rules use
 * it) to be right: what it does not know ends a literal, which only makes the filter weaker. */
#include "parsers/rules/literal.h"

#include "parsers/base/text.h"

#include <glib.h>
#include <stdint.h>

#define MOST_OF_CHOICE   64 /* branches of an alternation that are kept apart */
#define MOST_OF_SEQUENCE 24 /* and of several alternations in a row, each with each */

struct reader {
    struct arena *arena;
    const char *at;
};

/* What a part of the expression requires: one of the branches (GPtrArray), and of it all sets
 * (struct literal_set, in the arena). A branch without sets requires nothing. */
struct need {
    GPtrArray *branches;
    unsigned weight;
};

static struct need read_choice(struct reader *r, int depth);

static void free_branch(gpointer branch) {
    g_ptr_array_free(branch, TRUE);
}

static GPtrArray *branches_new(void) {
    return g_ptr_array_new_with_free_func(free_branch);
}

static struct need need_nothing(void) {
    struct need n = {branches_new(), 0};
    g_ptr_array_add(n.branches, g_ptr_array_new());
    return n;
}

static size_t shortest_of(const struct literal_set *set) {
    size_t shortest = SIZE_MAX;
    for (size_t i = 0; i < set->count; i++)
        shortest = MIN(shortest, set->literals[i].len);
    return shortest;
}

/* The set that says most: long literals, few of them. */
static const struct literal_set *best_set(const GPtrArray *branch) {
    const struct literal_set *best = NULL;
    for (guint i = 0; i < branch->len; i++) {
        const struct literal_set *set = branch->pdata[i];
        if (!best || shortest_of(set) * best->count > shortest_of(best) * set->count)
            best = set;
    }
    return best;
}

/* One set that holds the best of each branch; NULL when a branch has none, or it would be too large. */
static const struct literal_set *unite(struct arena *arena, const GPtrArray *branches) {
    size_t total = 0;
    for (guint i = 0; i < branches->len; i++) {
        const struct literal_set *best = best_set(branches->pdata[i]);
        if (!best)
            return NULL;
        total += best->count;
    }
    if (total > LITERAL_MOST)
        return NULL;
    struct literal_set *united = ARENA_NEW(arena, struct literal_set);
    united->literals = arena_alloc(arena, total * sizeof *united->literals);
    for (guint i = 0; i < branches->len; i++) {
        const struct literal_set *best = best_set(branches->pdata[i]);
        memcpy(united->literals + united->count, best->literals, best->count * sizeof *best->literals);
        united->count += best->count;
    }
    return united;
}

static void collapse(struct arena *arena, struct need *n) {
    const struct literal_set *united = unite(arena, n->branches);
    g_ptr_array_set_size(n->branches, 0);
    g_ptr_array_add(n->branches, g_ptr_array_new());
    if (united)
        g_ptr_array_add(n->branches->pdata[0], (gpointer)united);
}

static void add_set(struct need *n, const struct literal_set *set) {
    for (guint i = 0; i < n->branches->len; i++)
        g_ptr_array_add(n->branches->pdata[i], (gpointer)set);
}

static GPtrArray *branch_join(const GPtrArray *a, const GPtrArray *b) {
    GPtrArray *joined = g_ptr_array_new();
    for (guint i = 0; i < a->len; i++)
        g_ptr_array_add(joined, a->pdata[i]);
    for (guint i = 0; i < b->len; i++)
        g_ptr_array_add(joined, b->pdata[i]);
    return joined;
}

/* One after the other: each branch with each. Takes `other`. */
static void need_times(struct arena *arena, struct need *n, struct need other) {
    if (n->branches->len * other.branches->len > MOST_OF_SEQUENCE)
        collapse(arena, &other);
    GPtrArray *product = branches_new();
    for (guint i = 0; i < n->branches->len; i++)
        for (guint k = 0; k < other.branches->len; k++)
            g_ptr_array_add(product, branch_join(n->branches->pdata[i], other.branches->pdata[k]));
    g_ptr_array_free(n->branches, TRUE);
    g_ptr_array_free(other.branches, TRUE);
    n->branches = product;
    n->weight += other.weight;
}

/* One or the other. Takes `other`. */
static void need_plus(struct arena *arena, struct need *n, struct need other) {
    while (other.branches->len)
        g_ptr_array_add(n->branches, g_ptr_array_steal_index(other.branches, 0));
    g_ptr_array_free(other.branches, TRUE);
    n->weight = MIN(n->weight, other.weight);
    if (n->branches->len > MOST_OF_CHOICE)
        collapse(arena, n);
}

static void end_run(struct reader *r, GString *run, struct need *all) {
    if (run->len >= LITERAL_LEAST) {
        struct literal_set *set = ARENA_NEW(r->arena, struct literal_set);
        set->literals = ARENA_NEW(r->arena, struct slice);
        set->literals[0] = text_fold_case(r->arena, (struct slice){run->str, MIN(run->len, UINT8_MAX)});
        set->count = 1;
        add_set(all, set);
    }
    all->weight += (unsigned)g_utf8_strlen(run->str, (gssize)run->len);
    g_string_truncate(run, 0);
}

/* Is what stands before the reader optional or repeated? Moves past the quantifier. */
static bool read_quantifier(struct reader *r, bool *may_be_absent) {
    const char *p = r->at;
    *may_be_absent = false;
    if (*p == '?' || *p == '*')
        *may_be_absent = true;
    else if (*p == '{' && (ascii_is_digit(p[1]) || p[1] == ',')) {
        *may_be_absent = p[1] == '0' || p[1] == ',';
        while (*p && *p != '}')
            p++;
        if (!*p)
            return false;
    } else if (*p != '+')
        return false;
    p++;
    if (*p == '?' || *p == '+')
        p++;
    r->at = p;
    return true;
}

static void skip_class(struct reader *r) {
    const char *p = r->at + 1;
    if (*p == '^')
        p++;
    if (*p == ']')
        p++;
    while (*p && *p != ']') {
        if (*p == '[' && p[1] == ':' && strstr(p + 2, ":]"))
            p = strstr(p + 2, ":]") + 1;
        else if (*p == '\\' && p[1])
            p++;
        p++;
    }
    r->at = *p ? p + 1 : p;
}

/* After '(': past the group's flags or name. Returns whether what it holds must be in the text: also
 * what a lookbehind asks for must, but not what a negative one does. */
static bool read_group_head(struct reader *r) {
    static const char *const required[] = {"?:", "?>", "?=", "?<=", NULL};
    const char *p = r->at;
    if (*p != '?')
        return *p != '*';
    for (const char *const *head = required; *head; head++)
        if (g_str_has_prefix(p, *head)) {
            r->at += strlen(*head);
            return true;
        }
    bool is_name = p[1] == 'P' || p[1] == '\'' || (p[1] == '<' && p[2] != '!');
    const char *end = p + 1 + strcspn(p + 1, is_name ? ">'" : ":)=!>");
    if (p[1] == '\'')
        end = p + 2 + strcspn(p + 2, "'");
    bool has_flags = *end == ':' && strspn(p + 1, "imnsxJU-") == (size_t)(end - p - 1);
    r->at = *end && *end != ')' ? end + 1 : end;
    return is_name || has_flags;
}

static void read_group(struct reader *r, struct need *all, int depth) {
    r->at++;
    bool required = read_group_head(r);
    struct need inner = read_choice(r, depth + 1);
    if (*r->at == ')')
        r->at++;
    bool absent = false;
    read_quantifier(r, &absent);
    if (required && !absent)
        need_times(r->arena, all, inner);
    else
        g_ptr_array_free(inner.branches, TRUE);
}

/* Past what belongs to an escape with an operand: \x41 \x{2019} \pL \p{Lu} \1. */
static void skip_operand(struct reader *r, char escape) {
    int left = escape == 'x' ? 2 : escape == 'p' || escape == 'P' ? 1 : 0;
    if (left && *r->at == '{') {
        while (*r->at && *r->at != '}')
            r->at++;
        left = *r->at ? 1 : 0;
    }
    while (left-- > 0 && (escape != 'x' || *r->at == '}' || g_ascii_isxdigit(*r->at)) && *r->at)
        r->at++;
}

/* One escaped or plain character that stands for itself; false for classes and assertions. */
static bool read_character(struct reader *r, GString *run) {
    if (*r->at == '\\') {
        char c = r->at[1];
        r->at += c ? 2 : 1;
        if (!c || ascii_is_alnum(c)) {
            skip_operand(r, c);
            return false;
        }
        g_string_append_c(run, c);
        return true;
    }
    const char *next = g_utf8_find_next_char(r->at, NULL);
    g_string_append_len(run, r->at, next - r->at);
    r->at = next;
    return true;
}

static struct need read_sequence(struct reader *r, int depth) {
    struct need all = need_nothing();
    GString *run = g_string_new(NULL);
    while (*r->at && *r->at != '|' && *r->at != ')') {
        bool absent;
        size_t before = run->len;
        if (*r->at == '(' && depth < 50) {
            end_run(r, run, &all);
            read_group(r, &all, depth);
        } else if (*r->at == '[') {
            end_run(r, run, &all);
            skip_class(r);
            read_quantifier(r, &absent);
        } else if (strchr("^$.(", *r->at)) {
            end_run(r, run, &all);
            r->at++;
            read_quantifier(r, &absent);
        } else {
            bool literal = read_character(r, run);
            bool repeated = read_quantifier(r, &absent);
            if (literal && repeated && absent)
                g_string_truncate(run, before);
            if (!literal || repeated)
                end_run(r, run, &all);
        }
    }
    end_run(r, run, &all);
    g_string_free(run, TRUE);
    return all;
}

static struct need read_choice(struct reader *r, int depth) {
    struct need all = read_sequence(r, depth);
    while (*r->at == '|') {
        r->at++;
        need_plus(r->arena, &all, read_sequence(r, depth));
    }
    return all;
}

static struct literal_branch keep_branch(struct arena *arena, const GPtrArray *branch) {
    struct literal_branch kept = {arena_alloc(arena, branch->len * sizeof(void *)), branch->len};
    memcpy(kept.sets, branch->pdata, branch->len * sizeof(void *));
    return kept;
}

static bool requires_something(const GPtrArray *branches) {
    for (guint i = 0; i < branches->len; i++)
        if (((const GPtrArray *)branches->pdata[i])->len == 0)
            return false;
    return true;
}

struct literal_need literal_extract(struct arena *arena, const char *regex) {
    struct reader r = {arena, regex};
    struct need n = read_choice(&r, 0);
    struct literal_need result = {.weight = n.weight};
    if (*r.at == '\0' && requires_something(n.branches)) { /* else it is not balanced: nothing is known */
        result.count = n.branches->len;
        result.branches = arena_alloc(arena, result.count * sizeof *result.branches);
        for (size_t i = 0; i < result.count; i++)
            result.branches[i] = keep_branch(arena, n.branches->pdata[i]);
    }
    g_ptr_array_free(n.branches, TRUE);
    return result;
}
