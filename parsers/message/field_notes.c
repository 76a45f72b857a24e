/* Fields that rules/headers.yaml puts in words: see field_notes.h. */
#include "parsers/message/field_notes.h"

#include "parsers/base/text.h"

#include <glib.h>

#define LIMIT_NOTED        2000  /* bytes of a field in which a sentence's words are looked for */
#define LIMIT_LISTED       16000 /* and in which a filter's rules are */
#define LIMIT_FILTER_RULES 200
#define MOST_POINTS        1000000 /* more than a filter ever gives, in hundredths */

struct filling {
    const struct header_rule *rule;
    const struct pattern_match *match; /* NULL: the rule asks for no words */
    struct slice value;                /* the whole field, where there is no group of that name */
};

/* What a code means, by the rule's own table; the code itself where that does not know it. */
static struct slice meaning_of(const struct header_rule *rule, struct slice code) {
    for (const char *const *v = rule->values; v && v[0] && v[1]; v += 2)
        if (slice_equal_nocase(code, slice_of(v[0])))
            return slice_of(v[1]);
    return code;
}

static struct slice group(const struct filling *f, const char *name) {
    struct slice text = f->match ? pattern_group(f->match, name) : SLICE_EMPTY;
    return !text.len && strcmp(name, "value") == 0 ? f->value : text;
}

static void append_placeholder(GString *out, const struct filling *f, struct slice name) {
    char key[32] = "";
    if (name.len < sizeof key)
        memcpy(key, name.ptr, name.len);
    struct slice text = strcmp(key, "meaning") == 0 ? meaning_of(f->rule, group(f, "code")) : group(f, key);
    text = text_upto(text, 300);
    g_string_append_len(out, text.ptr ? text.ptr : "", (gssize)text.len);
}

static struct slice fill(const struct filling *f, struct arena *arena) {
    GString *out = g_string_new(NULL);
    struct slice rest = slice_of(f->rule->say);
    while (rest.len) {
        size_t open = slice_find_char(rest, '{');
        size_t close = slice_find_char(rest, '}');
        g_string_append_len(out, rest.ptr, (gssize)open);
        if (open < close && close < rest.len)
            append_placeholder(out, f, slice_from(slice_upto(rest, close), open + 1));
        rest = slice_from(rest, open < rest.len ? close + 1 : rest.len);
    }
    struct slice text = arena_copy(arena, (struct slice){out->str, out->len});
    g_string_free(out, TRUE);
    return text;
}

/* Patterns are compiled when first tried: most fields need none of them. */
static bool has_word(const struct header_rule *rule, struct slice value) {
    for (const char *const *word = rule->has; word && *word; word++)
        if (slice_find_nocase(value, slice_of(*word)) < value.len)
            return true;
    return rule->has == NULL;
}

/* "12.345" as 1234 hundredths; false: it is no number. */
static bool read_points(struct slice text, int *points) {
    bool is_negative = slice_starts_nocase(text, SLICE("-"));
    struct slice digits = slice_from(text, is_negative || slice_starts_nocase(text, SLICE("+")));
    size_t dot = slice_find_char(digits, '.');
    int value = 0;
    bool has_digit = false;
    for (size_t i = 0; i < digits.len && i < dot + 3; i++) {
        if (i == dot)
            continue;
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9')
            return false;
        has_digit = true;
        value = MIN(value * 10 + (digits.ptr[i] - '0'), MOST_POINTS);
    }
    for (size_t places = digits.len > dot ? digits.len - dot - 1 : 0; places < 2; places++)
        value = MIN(value * 10, MOST_POINTS);
    *points = is_negative ? -value : value;
    return has_digit;
}

static void read_filter_rules(struct field_note *note, struct slice value, struct matcher *matcher,
                              struct arena *arena) {
    const struct rule_pattern *each = note->rule->each;
    struct filter_rule **end = &note->filter_rules;
    struct pattern_match match;
    size_t start = 0;
    for (size_t count = 0; each && count < LIMIT_FILTER_RULES && start < value.len; count++) {
        if (!matcher_try(matcher, each, value, start, &match) || match.whole.len == 0)
            break;
        start = (size_t)(match.whole.ptr - value.ptr) + match.whole.len;
        struct filter_rule *rule = ARENA_NEW(arena, struct filter_rule);
        rule->name = text_upto(pattern_group(&match, "name"), 60);
        if (!read_points(pattern_group(&match, "points"), &rule->points))
            continue;
        *end = rule;
        end = &rule->next;
    }
}

struct field_note **field_notes_read(struct field_note **end, struct slice name, struct slice raw,
                                     struct matcher *matcher, struct arena *arena) {
    const struct header_rule *const *rules = matcher_header_rules(matcher, name);
    struct slice value = SLICE_EMPTY;
    struct slice all = SLICE_EMPTY;
    for (; rules && *rules; rules++) {
        struct pattern_match match;
        if (!value.ptr) {
            all = text_decode_header(arena, slice_trim(slice_upto(raw, LIMIT_LISTED)));
            value = text_upto(all, LIMIT_NOTED);
        }
        if (!has_word(*rules, value))
            continue;
        if ((*rules)->find && !matcher_first(matcher, (*rules)->find, value, &match))
            continue;
        struct filling f = {*rules, (*rules)->find ? &match : NULL, value};
        struct field_note *m = ARENA_NEW(arena, struct field_note);
        *m = (struct field_note){.rule = *rules,
                                 .field = name,
                                 .text = fill(&f, arena),
                                 .value = text_upto(group(&f, "value"), 300)};
        m->has_score = read_points(group(&f, "score"), &m->score);
        m->has_required = read_points(group(&f, "required"), &m->required);
        read_filter_rules(m, all, matcher, arena);
        *end = m;
        end = &m->next;
    }
    return end;
}
