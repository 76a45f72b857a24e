/* Fields that rules/headers.yaml puts in words: see field_notes.h. */
#include "parsers/message/field_notes.h"

#include "parsers/base/filled.h"
#include "parsers/base/text.h"
#include "parsers/message/message.h"
#include "parsers/message/vade_cause.h"

#include <glib.h>

#define LIMIT_NOTED        2000  /* bytes of a field in which a sentence's words are looked for */
#define LIMIT_LISTED       16000 /* and in which a filter's rules are */
#define LIMIT_FILTER_RULES 200
#define MOST_BETWEEN       4       /* fields from points to the threshold that stands beside them */
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

/* What the name of a group says that stands there. */
static enum filled kind_of(const char *group) {
    return strcmp(group, "user") == 0     ? FILLED_USER
           : strcmp(group, "script") == 0 ? FILLED_SCRIPT
                                          : FILLED_NOTHING;
}

static void append_placeholder(GString *out, const struct filling *f, struct slice name,
                               struct arena *arena) {
    char key[32] = "";
    if (name.len < sizeof key)
        memcpy(key, name.ptr, name.len);
    struct slice text = strcmp(key, "meaning") == 0 ? meaning_of(f->rule, group(f, "code")) : group(f, key);
    text = text_upto(text, 300);
    if (kind_of(key))
        text = filled_mark(arena, kind_of(key), text);
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
            append_placeholder(out, f, slice_from(slice_upto(rest, close), open + 1), arena);
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

/* "12.345" as 1235 hundredths; false: it is no number. */
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
    bool is_upward = dot + 3 < digits.len && digits.ptr[dot + 3] >= '5' && digits.ptr[dot + 3] <= '9';
    value += is_upward;
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
        rule->has_points = read_points(pattern_group(&match, "points"), &rule->points);
        *end = rule;
        end = &rule->next;
    }
}

/* A verdict that is told by its points alone. */
static const char *kind_by_points(const struct field_note *note) {
    if (!note->has_score || !note->has_required)
        return "filter";
    return note->score >= note->required ? "spam" : "ham";
}

/* What the rule says of a field whose words are `all`; NULL: nothing. */
static struct field_note *note_by(const struct header_rule *rule, struct slice all, struct matcher *matcher,
                                  struct arena *arena) {
    struct slice value = text_upto(all, LIMIT_NOTED);
    struct pattern_match match;
    if (!has_word(rule, value) || (rule->find && !matcher_first(matcher, rule->find, value, &match)))
        return NULL;
    struct filling f = {rule, rule->find ? &match : NULL, value};
    struct field_note *note = ARENA_NEW(arena, struct field_note);
    *note = (struct field_note){
        .rule = rule, .text = fill(&f, arena), .value = text_upto(group(&f, "value"), 300)};
    note->has_score = read_points(group(&f, "score"), &note->score);
    note->has_required = read_points(group(&f, "required"), &note->required);
    note->kind = strcmp(rule->kind, "verdict") == 0 ? kind_by_points(note) : rule->kind;
    read_filter_rules(note, all, matcher, arena);
    return note;
}

static bool is_printable(struct slice text) {
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] < ' ' || text.ptr[i] > '~')
            return false;
    return true;
}

/* What stands in a field that is veiled or encoded; empty where it is not so, or is no text. */
static struct slice decoded(const struct header_rule *rule, struct slice words, struct arena *arena) {
    if (!rule->decode)
        return words;
    if (strcmp(rule->decode, "vade") == 0)
        return vade_cause_read(words, arena);
    struct slice text = encoding_decode(words, ENCODING_BASE64, arena);
    return is_printable(text) ? text : SLICE_EMPTY;
}

static bool are_beside(const struct field_note *one, const struct field_note *other) {
    return one && other->position - one->position <= MOST_BETWEEN;
}

static void judge_points(struct field_note *points, const struct field_note *threshold, struct arena *arena) {
    points->has_score = read_points(points->value, &points->score);
    points->has_required = read_points(threshold->value, &points->required);
    if (!points->has_score || !points->has_required)
        return;
    points->kind = kind_by_points(points);
    points->text = arena_printf(arena, "%.*s, %.*s", S(points->text), S(threshold->text));
}

void field_note_join(struct points_beside *beside, struct field_note *n, struct arena *arena) {
    int number;
    bool is_points = strcmp(n->kind, "points") == 0 && read_points(n->value, &number);
    bool is_threshold = strcmp(n->kind, "threshold") == 0;
    if (is_points && are_beside(beside->threshold, n))
        judge_points(n, beside->threshold, arena);
    else if (is_threshold && are_beside(beside->points, n))
        judge_points(beside->points, n, arena);
    else if (is_points)
        beside->points = n;
    else if (is_threshold)
        beside->threshold = n;
}

struct field_note **field_notes_read(struct field_note **end, struct slice name, struct slice raw,
                                     struct matcher *matcher, struct arena *arena) {
    const struct header_rule *const *rules = matcher_header_rules(matcher, name);
    struct slice bytes = slice_trim(slice_upto(raw, LIMIT_LISTED));
    struct slice words = SLICE_EMPTY;
    for (; rules && *rules; rules++) {
        if (!words.ptr)
            words = text_decode_header(arena, bytes);
        struct slice all = decoded(*rules, words, arena);
        struct field_note *note = note_by(*rules, all, matcher, arena);
        if (!note)
            continue;
        note->field = name;
        *end = note;
        end = &note->next;
    }
    return end;
}
