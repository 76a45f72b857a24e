/* Required literals of a regular expression. Reads just enough of the syntax (PCRE2 as rules use
 * it) to be right: what it does not know ends a literal, which only makes the filter weaker. */
#include "parsers/base/literal.h"

#include "parsers/base/text.h"

#include <glib.h>
#include <limits.h>
#include <stdint.h>

struct reader {
    struct arena *arena;
    const char *at;
};

/* What a part of the expression requires: of each set (GArray of struct slice) one literal. */
struct need {
    GPtrArray *sets; /* NULL: nothing */
    unsigned weight;
};

static struct need read_choice(struct reader *r, int depth);

static void free_set(gpointer set) {
    g_array_free(set, TRUE);
}

static void need_clear(struct need *n) {
    if (n->sets)
        g_ptr_array_free(n->sets, TRUE);
    n->sets = NULL;
}

static void need_add(struct need *n, GArray *set) {
    if (!n->sets)
        n->sets = g_ptr_array_new_with_free_func(free_set);
    g_ptr_array_add(n->sets, set);
}

static size_t shortest_of(const GArray *set) {
    size_t shortest = SIZE_MAX;
    for (guint i = 0; i < set->len; i++)
        shortest = MIN(shortest, g_array_index(set, struct slice, i).len);
    return shortest;
}

/* The set that says most: long literals, few of them. */
static bool is_better(const GArray *a, const GArray *b) {
    return shortest_of(a) * b->len > shortest_of(b) * a->len;
}

static void end_run(struct reader *r, GString *run, struct need *all) {
    if (run->len >= LITERAL_LEAST) {
        struct slice literal = text_fold_case(r->arena, (struct slice){run->str, run->len});
        GArray *set = g_array_new(FALSE, FALSE, sizeof literal);
        g_array_append_val(set, literal);
        need_add(all, set);
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

/* After '(': past the group's flags or name. Returns whether what it holds must match. */
static bool read_group_head(struct reader *r) {
    const char *p = r->at;
    if (*p != '?')
        return *p != '*';
    p++;
    const char *flags = p; /* "(?i:": flags, then as "(?:" */
    while (ascii_is_alpha(*flags) && *flags != 'P')
        flags++;
    if (flags > p && *flags == ':')
        p = flags;
    bool required = *p == ':' || *p == '>' || *p == '=' || *p == 'P' || *p == '\'' ||
                    (*p == '<' && p[1] != '!' && p[1] != '=');
    bool named = *p == 'P' || *p == '\'' || (*p == '<' && p[1] != '!' && p[1] != '=');
    if (named) {
        p = *p == 'P' ? p + 2 : p + 1;
        while (*p && *p != '>' && *p != '\'')
            p++;
    } else {
        while (*p && *p != ':' && *p != ')' && *p != '=' && *p != '!' && *p != '>')
            p++;
    }
    r->at = *p && *p != ')' ? p + 1 : p;
    return required;
}

static void read_group(struct reader *r, struct need *all, int depth) {
    r->at++;
    bool required = read_group_head(r);
    struct need inner = read_choice(r, depth + 1);
    if (*r->at == ')')
        r->at++;
    bool absent = false;
    read_quantifier(r, &absent);
    if (required && !absent) {
        all->weight += inner.weight;
        while (inner.sets && inner.sets->len)
            need_add(all, g_ptr_array_steal_index(inner.sets, 0));
    }
    need_clear(&inner);
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
    struct need all = {0};
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

static GArray *best_set(const struct need *n) {
    GArray *best = NULL;
    for (guint i = 0; n->sets && i < n->sets->len; i++)
        if (!best || is_better(n->sets->pdata[i], best))
            best = n->sets->pdata[i];
    return best;
}

/* Alternatives: of each the best set, all of them together as one. */
static void need_join(struct need *all, struct need *one) {
    GArray *mine = best_set(all);
    GArray *other = best_set(one);
    struct need joined = {.weight = MIN(all->weight, one->weight)};
    if (mine && other && mine->len + other->len <= LITERAL_MOST) {
        GArray *set = g_array_copy(mine);
        g_array_append_vals(set, other->data, other->len);
        need_add(&joined, set);
    }
    need_clear(all);
    need_clear(one);
    *all = joined;
}

static struct need read_choice(struct reader *r, int depth) {
    struct need all = read_sequence(r, depth);
    while (*r->at == '|') {
        r->at++;
        struct need one = read_sequence(r, depth);
        need_join(&all, &one);
    }
    return all;
}

static gint by_quality(gconstpointer a, gconstpointer b) {
    const GArray *x = *(GArray *const *)a;
    const GArray *y = *(GArray *const *)b;
    return is_better(x, y) ? -1 : is_better(y, x) ? 1 : 0;
}

static struct literal_set keep_set(struct arena *arena, const GArray *set) {
    struct literal_set kept = {arena_alloc(arena, set->len * sizeof(struct slice)), set->len};
    memcpy(kept.literals, set->data, set->len * sizeof(struct slice));
    return kept;
}

static struct literal_branch keep_branch(struct arena *arena, const struct need *n) {
    struct literal_branch kept = {NULL, MIN(n->sets->len, LITERAL_SETS)};
    g_ptr_array_sort(n->sets, by_quality);
    kept.sets = arena_alloc(arena, kept.count * sizeof *kept.sets);
    for (size_t i = 0; i < kept.count; i++)
        kept.sets[i] = keep_set(arena, n->sets->pdata[i]);
    return kept;
}

struct literal_need literal_extract(struct arena *arena, const char *regex) {
    struct reader r = {arena, regex};
    struct literal_need result = {.weight = UINT_MAX};
    GArray *branches = g_array_new(FALSE, FALSE, sizeof(struct literal_branch));
    bool filters = true;
    for (bool more = true; more; r.at++) { /* over the '|' */
        struct need n = read_sequence(&r, 0);
        result.weight = MIN(result.weight, n.weight);
        filters &= n.sets != NULL;
        if (n.sets) {
            struct literal_branch branch = keep_branch(arena, &n);
            g_array_append_val(branches, branch);
        }
        need_clear(&n);
        filters &= *r.at != ')'; /* not balanced: nothing is known */
        more = *r.at == '|';
    }
    if (filters) {
        result.count = branches->len;
        result.branches = arena_alloc(arena, branches->len * sizeof *result.branches);
        memcpy(result.branches, branches->data, branches->len * sizeof *result.branches);
    }
    g_array_free(branches, TRUE);
    return result;
}
