/* Required literals of a regular expression. Reads just enough of the syntax (PCRE2 as rules use
 * it) to be right: what it does not know ends a literal, which only makes the filter weaker. */
#include "parsers/base/literal.h"

#include "parsers/base/text.h"

#include <glib.h>

#define LIMIT_ALTERNATIVES 24 /* more literals than this in one choice do not filter */

struct reader {
    struct arena *arena;
    const char *at;
};

/* What a part of the expression requires. */
struct need {
    GArray *set; /* struct slice: one of these must be present; NULL when nothing is required */
    size_t shortest;
    unsigned weight;
};

static struct need read_choice(struct reader *r, int depth);

static void need_clear(struct need *n) {
    if (n->set)
        g_array_free(n->set, TRUE);
    n->set = NULL;
    n->shortest = 0;
}

/* Keep the better of two requirements, both of which hold: the one whose worst literal is longer. */
static void need_better(struct need *best, struct need other) {
    bool wins = other.set && other.shortest >= LITERAL_LEAST &&
                (!best->set || other.shortest * best->set->len > best->shortest * other.set->len);
    if (!wins) {
        need_clear(&other);
        return;
    }
    need_clear(best);
    best->set = other.set;
    best->shortest = other.shortest;
}

static void end_run(struct reader *r, GString *run, struct need *best) {
    if (run->len) {
        struct slice literal = text_fold_case(r->arena, (struct slice){run->str, run->len});
        struct need n = {g_array_new(FALSE, FALSE, sizeof literal), literal.len, 0};
        g_array_append_val(n.set, literal);
        best->weight += (unsigned)g_utf8_strlen(run->str, (gssize)run->len);
        need_better(best, n);
    }
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

static void read_group(struct reader *r, struct need *best, int depth) {
    r->at++;
    bool required = read_group_head(r);
    struct need inner = read_choice(r, depth + 1);
    if (*r->at == ')')
        r->at++;
    bool absent = false;
    read_quantifier(r, &absent);
    if (!required || absent) {
        need_clear(&inner);
        return;
    }
    best->weight += inner.weight;
    need_better(best, inner);
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
    struct need best = {0};
    GString *run = g_string_new(NULL);
    while (*r->at && *r->at != '|' && *r->at != ')') {
        bool absent;
        size_t before = run->len;
        if (*r->at == '(' && depth < 50) {
            end_run(r, run, &best);
            read_group(r, &best, depth);
        } else if (*r->at == '[') {
            end_run(r, run, &best);
            skip_class(r);
            read_quantifier(r, &absent);
        } else if (strchr("^$.(", *r->at)) {
            end_run(r, run, &best);
            r->at++;
            read_quantifier(r, &absent);
        } else {
            bool literal = read_character(r, run);
            bool repeated = read_quantifier(r, &absent);
            if (literal && repeated && absent)
                g_string_truncate(run, before);
            if (!literal || repeated)
                end_run(r, run, &best);
        }
    }
    end_run(r, run, &best);
    g_string_free(run, TRUE);
    return best;
}

/* Alternatives: one of the literals of each must be there, so all of them together are the set. */
static void need_join(struct need *all, struct need *one, bool first) {
    all->weight = first ? one->weight : MIN(all->weight, one->weight);
    if (first) {
        all->set = one->set;
        all->shortest = one->shortest;
        return;
    }
    if (all->set && one->set && all->set->len + one->set->len <= LIMIT_ALTERNATIVES) {
        g_array_append_vals(all->set, one->set->data, one->set->len);
        all->shortest = MIN(all->shortest, one->shortest);
    } else {
        need_clear(all);
    }
    need_clear(one);
}

static struct need read_choice(struct reader *r, int depth) {
    struct need all = {0};
    for (bool first = true;; first = false) {
        struct need one = read_sequence(r, depth);
        need_join(&all, &one, first);
        if (*r->at != '|')
            return all;
        r->at++;
    }
}

struct literal_need literal_extract(struct arena *arena, const char *regex) {
    struct reader r = {arena, regex};
    struct need n = read_choice(&r, 0);
    struct literal_need result = {.weight = n.weight};
    if (*r.at == '\0' && n.set && n.shortest >= LITERAL_LEAST) {
        result.count = n.set->len;
        result.literals = arena_alloc(arena, n.set->len * sizeof(struct slice));
        memcpy(result.literals, n.set->data, n.set->len * sizeof(struct slice));
    }
    need_clear(&n);
    return result;
}
