/* Which known replies bear a code: see bearing.h. */
#include "analyze/classify/bearing.h"

#include "analyze/classify/lookup.h"
#include "parsers/base/smtp_reply.h"
#include "parsers/rules/packed.h"

/* What is looked for: codes of SMTP, or a word. */
struct wanted {
    struct reply reply; /* code and enhanced, where it is made of these */
    struct slice word;  /* else this */
};

static bool has_enhanced(const struct reply *r) {
    return r->enhanced[0] != 0;
}

static struct wanted wanted_of(struct slice code, struct arena *arena) {
    struct wanted w = {.word = code};
    reply_parse(&w.reply, code, arena);
    if (!w.reply.text.len && (w.reply.code || has_enhanced(&w.reply)))
        w.word = SLICE_EMPTY;
    return w;
}

/* Nothing of a longer word or number stands on either side. */
static bool stands_alone(struct slice text, size_t at, size_t length) {
    char before = at ? text.ptr[at - 1] : ' ';
    struct slice after = slice_from(text, at + length);
    bool goes_on = after.len && (ascii_is_alnum(after.ptr[0]) ||
                                 (after.len > 1 && after.ptr[0] == '.' && ascii_is_digit(after.ptr[1])));
    return !ascii_is_alnum(before) && before != '.' && !goes_on;
}

static bool holds_word(struct slice text, struct slice word) {
    for (size_t from = 0; from < text.len;) {
        size_t at = from + slice_find_nocase(slice_from(text, from), word);
        if (at >= text.len)
            return false;
        if (stands_alone(text, at, word.len))
            return true;
        from = at + 1;
    }
    return false;
}

static bool bears(const struct wanted *w, const char *example, struct arena *arena) {
    if (w->word.len)
        return holds_word(slice_of(example), w->word);
    struct reply r;
    reply_parse(&r, slice_of(example), arena);
    return (!w->reply.code || r.code == w->reply.code) &&
           (!has_enhanced(&w->reply) || memcmp(r.enhanced, w->reply.enhanced, sizeof r.enhanced) == 0);
}

/* Who writes so: as the rule says, or as the words tell. */
static const struct provider *provider_of(struct matcher *matcher, const struct reply_rule *rule,
                                          const char *example, struct arena *arena) {
    const char *id = rule->written_by ? rule->written_by : rule->provider ? rule->provider[0] : NULL;
    const struct provider *named = rulebase_provider(matcher_rules(matcher), id);
    return named ? named : provider_of_words(matcher, slice_of(example), arena);
}

/* The entry of that cause and provider, made where there is none. */
static struct bearing *entry_of(struct bearing **list, const struct cause *cause,
                                const struct provider *provider, struct arena *arena) {
    struct bearing **b = list;
    while (*b && ((*b)->cause != cause || (*b)->provider != provider))
        b = &(*b)->next;
    if (!*b) {
        *b = arena_alloc(arena, sizeof **b);
        **b = (struct bearing){.cause = cause, .provider = provider};
    }
    return *b;
}

/* Those of one count stay in the order of the rules. */
static struct bearing *sorted(struct bearing *list) {
    struct bearing *out = NULL;
    while (list) {
        struct bearing *b = list;
        struct bearing **at = &out;
        list = list->next;
        while (*at && (*at)->count >= b->count)
            at = &(*at)->next;
        b->next = *at;
        *at = b;
    }
    return out;
}

/* A rule of a bare code that is nobody's own has an example that was made up of it. */
static bool is_made_up(const struct reply_rule *rule) {
    return !rule->text && !rule->provider;
}

static void note(struct bearing *b, const struct reply_rule *rule, const char *example) {
    if (b->count++ && b->example)
        return;
    b->rule = rule;
    b->example = is_made_up(rule) ? NULL : example;
}

struct bearing *bearing_find(struct matcher *matcher, struct slice code, struct arena *arena) {
    const struct rulebase *rules = matcher_rules(matcher);
    const struct rule_list *replies = &rules->lists[RULES_REPLIES];
    struct wanted wanted = wanted_of(slice_trim(code), arena);
    struct bearing *list = NULL;
    if (!slice_trim(code).len)
        return NULL;
    for (size_t i = 0; i < replies->count; i++) {
        const struct reply_rule *rule = rule_list_entry(replies, i);
        for (const char *const *e = rule->examples; e && *e; e++)
            if (bears(&wanted, *e, arena))
                note(entry_of(&list, rulebase_cause(rules, rule->cause),
                              provider_of(matcher, rule, *e, arena), arena),
                     rule, *e);
    }
    return sorted(list);
}
