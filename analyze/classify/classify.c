/* Classification: see classify.h. Of all rules that match, the strongest wins:
 *   1. level: exact (the reply names the thing: a list, an error number, a page) over phrase (words
 *      that say the cause) over hint (words that leave it open) over an enhanced code without known
 *      words over bare (words that only say that it was refused) over the reply code alone;
 *   2. the number of conditions beside the text (provider, software, command, code, enhanced code);
 *   3. whether the enhanced code alone would say the same: it supports a text, and never overrules one;
 *   4. how much of the reply the match covers, up to LIMIT_COVER bytes: the rule that explains more
 *      of the words is the more specific one;
 *   5. the id, in alphabetical order, so that a verdict is the same everywhere.
 * That a message expired is no rival of why: rules of queue.expired compete among themselves, and
 * what the others say becomes the underlying cause. */
#include "analyze/classify/classify.h"

#include "parsers/base/address.h"

#include <glib.h>
#include <stdlib.h>

#define LIMIT_COVER ((size_t)160)

/* How strongly a rule claims a reply. */
struct strength {
    unsigned level, conditions, agrees, covered;
};

enum level { LEVEL_CODE, LEVEL_BARE, LEVEL_ENHANCED, LEVEL_HINT, LEVEL_PHRASE, LEVEL_EXACT };

struct claim {
    const struct reply_rule *rule;
    struct strength strength;
    struct pattern_match match;
    bool has_match;
};

struct trial {
    struct matcher *matcher;
    const struct situation *situation;
    const struct provider *provider;
    const char *code_cause; /* that the enhanced code gives by itself */
    struct claim best, expired;
};

static enum level level_of(const struct reply_rule *rule) {
    if (!rule->text)
        return rule->enhanced ? LEVEL_ENHANCED : LEVEL_CODE;
    switch (rule->level ? rule->level[0] : 'p') {
    case 'e':
        return LEVEL_EXACT;
    case 'h':
        return LEVEL_HINT;
    case 'b':
        return LEVEL_BARE;
    default:
        return LEVEL_PHRASE;
    }
}

static struct strength rule_strength(const struct reply_rule *r, const char *code_cause, size_t covered) {
    unsigned conditions = (r->provider != NULL) + (r->software != NULL) + (r->reporter != NULL) +
                          (r->command != NULL) + (r->code != NULL) + (r->enhanced != NULL);
    bool agrees = code_cause && strcmp(code_cause, r->cause) == 0;
    return (struct strength){level_of(r), conditions, agrees, (unsigned)MIN(covered, LIMIT_COVER)};
}

static int compare(unsigned a, unsigned b) {
    return a > b ? 1 : a < b ? -1 : 0;
}

static int strength_compare(struct strength a, struct strength b) {
    int order = compare(a.level, b.level);
    if (!order)
        order = compare(a.conditions, b.conditions);
    if (!order)
        order = compare(a.agrees, b.agrees);
    return order ? order : compare(a.covered, b.covered);
}

/* "5xx" and "5.7.x" hold for every digit in place of the x. */
static bool code_fits(const char *wanted, const char *have) {
    for (; *wanted && *wanted != 'x'; wanted++, have++)
        if (*wanted != *have)
            return false;
    return *wanted == 'x' ? *have != '\0' : *have == '\0';
}

static bool any_fits(const char *const *list, const char *have, bool (*fits)(const char *, const char *)) {
    if (!list)
        return true;
    for (; *list; list++)
        if (have && fits(*list, have))
            return true;
    return false;
}

static bool is_equal(const char *wanted, const char *have) {
    return strcmp(wanted, have) == 0;
}

static bool command_fits(const char *wanted, struct slice have) {
    return slice_equal_nocase(slice_of(wanted), have);
}

static bool host_fits(const char *wanted, struct slice host) {
    struct slice w = slice_of(wanted);
    return wanted[0] == '.' ? slice_ends_nocase(host, w) || slice_equal_nocase(host, slice_from(w, 1))
                            : slice_equal_nocase(host, w);
}

static const int *code_in_force(const struct situation *s) {
    return s->reply->enhanced[0] || !s->status ? s->reply->enhanced : s->status;
}

static bool conditions_hold(const struct trial *t, const struct reply_rule *r) {
    const struct situation *s = t->situation;
    char code[16];
    char enhanced[32];
    const int *e = code_in_force(s);
    if (r->code) {
        g_snprintf(code, sizeof code, "%d", s->reply->code);
        if (!any_fits(r->code, code, code_fits))
            return false;
    }
    if (r->enhanced) {
        g_snprintf(enhanced, sizeof enhanced, "%d.%d.%d", e[0], e[1], e[2]);
        if (!any_fits(r->enhanced, enhanced, code_fits))
            return false;
    }
    if (!any_fits(r->provider, t->provider ? t->provider->id : NULL, is_equal) ||
        !any_fits(r->software, s->software, is_equal))
        return false;
    for (const char *const *c = r->command; c; c++) {
        if (!*c)
            return false;
        if (command_fits(*c, s->reply->command))
            break;
    }
    for (const char *const *h = r->reporter; h; h++) {
        if (!*h)
            return false;
        if (host_fits(*h, s->reporter))
            break;
    }
    return true;
}

static bool is_expiry(const struct reply_rule *rule) {
    return strcmp(rule->cause, "queue.expired") == 0;
}

static void compete(struct trial *t, const struct reply_rule *rule, const struct pattern_match *match) {
    struct claim *best = is_expiry(rule) ? &t->expired : &t->best;
    struct strength strength = rule_strength(rule, t->code_cause, match ? match->whole.len : 0);
    int order = best->rule ? strength_compare(strength, best->strength) : 1;
    if (order < 0 || (order == 0 && strcmp(rule->id, best->rule->id) >= 0))
        return;
    best->rule = rule;
    best->strength = strength;
    best->has_match = match != NULL;
    if (match)
        best->match = *match;
}

/* Strongest first, as far as that is known before matching. */
static int by_strength(const void *a, const void *b) {
    const struct candidate *x = a;
    const struct candidate *y = b;
    return strength_compare(rule_strength(y->entry, NULL, 0), rule_strength(x->entry, NULL, 0));
}

/* Once a claim stands, rules that are weaker however much they match need not be tried. */
static bool can_win(const struct trial *t, const struct reply_rule *rule) {
    const struct claim *best = is_expiry(rule) ? &t->expired : &t->best;
    return !best->rule ||
           strength_compare(rule_strength(rule, t->code_cause, LIMIT_COVER), best->strength) >= 0;
}

static void try_text_rules(struct trial *t, struct match_text text, bool only_expiry) {
    struct candidate *list;
    struct pattern_match match;
    size_t count = matcher_candidates(t->matcher, RULES_REPLIES, text, &list);
    qsort(list, count, sizeof *list, by_strength);
    for (size_t i = 0; i < count; i++) {
        const struct reply_rule *rule = list[i].entry;
        if ((!only_expiry || is_expiry(rule)) && can_win(t, rule) && conditions_hold(t, rule) &&
            matcher_try(t->matcher, list[i].pattern, text.text, 0, &match))
            compete(t, rule, &match);
    }
}

/* What the codes alone say. */
static void try_code_rules(struct trial *t) {
    size_t count;
    const struct reply_rule *const *list = matcher_code_rules(t->matcher, &count);
    for (size_t i = 0; i < count; i++)
        if (can_win(t, list[i]) && conditions_hold(t, list[i]))
            compete(t, list[i], NULL);
}

/* The cause that the enhanced code would give by itself; NULL: none. */
static const char *cause_of_code(const struct trial *t) {
    struct trial codes = {.matcher = t->matcher, .situation = t->situation, .provider = t->provider};
    if (code_in_force(t->situation)[0] == 0)
        return NULL;
    try_code_rules(&codes);
    return codes.best.rule && codes.best.rule->enhanced ? codes.best.rule->cause : NULL;
}

const struct provider *provider_of_host(const struct rulebase *rules, struct slice host) {
    const struct rule_list *list = &rules->lists[RULES_PROVIDERS];
    while (host.len && host.ptr[host.len - 1] == '.')
        host.len--;
    for (size_t i = 0; i < list->count && host.len; i++) {
        const struct provider *p = list->items[i];
        for (const char *const *h = p->hosts; h && *h; h++)
            if (host_fits(*h, host))
                return p;
    }
    return NULL;
}

const struct provider *provider_by_id(const struct rulebase *rules, const char *id) {
    const struct rule_list *list = &rules->lists[RULES_PROVIDERS];
    for (size_t i = 0; i < list->count && id; i++)
        if (strcmp(((const struct provider *)list->items[i])->id, id) == 0)
            return list->items[i];
    return NULL;
}

static void take_provider(void *context, const void *entry, const struct rule_pattern *pattern,
                          const struct pattern_match *match) {
    (void)pattern;
    (void)match;
    const struct provider **best = context;
    const struct provider *p = entry;
    if (!*best || strcmp(p->id, (*best)->id) < 0)
        *best = p;
}

struct collecting {
    struct entity **end;
    struct arena *arena;
};

static void add_entity(struct collecting *c, const char *name, struct slice value) {
    struct entity *e = ARENA_NEW(c->arena, struct entity);
    e->name = name;
    e->value = slice_trim(value);
    *c->end = e;
    c->end = &e->next;
}

static void take_entity(void *context, const char *name, struct slice text) {
    struct collecting *c = context;
    if (text.len)
        add_entity(c, arena_string(c->arena, slice_of(name)), text);
}

static bool has_entity(const struct entity *e, const char *name) {
    while (e && strcmp(e->name, name) != 0)
        e = e->next;
    return e != NULL;
}

/* Addresses and pages that a reply names are worth showing whatever the rule. */
static void add_general_entities(struct collecting *c, const struct entity *known, struct slice words) {
    struct slice ip = address_ip_in_text(words);
    if (ip.len && !has_entity(known, "ip"))
        add_entity(c, "ip", ip);
    size_t http = slice_find_nocase(words, SLICE("http"));
    while (http < words.len && !has_entity(known, "url")) {
        struct slice url = slice_from(words, http);
        size_t end = 0;
        while (end < url.len && !ascii_is_space(url.ptr[end]) && !strchr("<>\"'()[]", url.ptr[end]))
            end++;
        while (end && strchr(".,;:", url.ptr[end - 1]))
            end--;
        if (end > 10 &&
            (slice_starts_nocase(url, SLICE("http://")) || slice_starts_nocase(url, SLICE("https://"))))
            add_entity(c, "url", slice_upto(url, end));
        words = slice_from(url, end ? end : 4);
        http = slice_find_nocase(words, SLICE("http"));
    }
}

static struct entity *collect_entities(const struct claim *best, struct slice words, struct arena *arena) {
    struct entity *first = NULL;
    struct collecting c = {&first, arena};
    if (best->has_match)
        pattern_each_group(&best->match, take_entity, &c);
    for (const char *const *set = best->rule ? best->rule->set : NULL; set && *set; set += 2)
        if (!has_entity(first, set[0]))
            add_entity(&c, set[0], slice_of(set[1]));
    add_general_entities(&c, first, words);
    return first;
}

static enum confidence confidence_of(const struct claim *best) {
    if (!best->rule)
        return CONFIDENCE_NONE;
    if (best->strength.level == LEVEL_BARE)
        return CONFIDENCE_GUESS;
    if (best->has_match)
        return CONFIDENCE_CERTAIN;
    return best->rule->enhanced ? CONFIDENCE_LIKELY : CONFIDENCE_GUESS;
}

/* "reply": as the code says; without a code, as the report's status says; else permanent. */
static bool permanence(const char *says, const struct situation *s) {
    if (strcmp(says, "reply") != 0)
        return strcmp(says, "yes") == 0;
    if (s->reply->code)
        return s->reply->code >= 500;
    const int *e = code_in_force(s);
    return e[0] != 4;
}

static struct judgement judge(const struct trial *t, const struct claim *best, struct slice words,
                              struct arena *arena) {
    const struct reply_rule *rule = best->rule;
    struct judgement j = {.rule = rule, .provider = t->provider, .confidence = confidence_of(best)};
    j.cause = rulebase_cause(matcher_rules(t->matcher), rule ? rule->cause : "unknown.unclassified");
    j.entities = collect_entities(best, words, arena);
    j.fixer = rule && rule->fixer ? rule->fixer : j.cause->fixer;
    j.is_permanent = permanence(rule && rule->permanent ? rule->permanent : j.cause->permanent, t->situation);
    return j;
}

/* The last try's cause tells who can mend it; that time ran out is the verdict. */
static struct judgement judge_expired(const struct trial *t, struct slice words, struct arena *arena) {
    struct judgement expired = judge(t, &t->expired, words, arena);
    if (!t->best.rule || t->best.strength.level <= LEVEL_HINT)
        return expired;
    struct judgement j = judge(t, &t->best, words, arena);
    j.underlying = j.cause;
    j.cause = expired.cause;
    j.is_permanent = true;
    return j;
}

struct judgement classify(struct matcher *matcher, const struct situation *situation, struct slice words,
                          struct arena *arena) {
    const struct rulebase *rules = matcher_rules(matcher);
    struct trial t = {.matcher = matcher, .situation = situation};
    struct match_text text = match_text(arena, words);
    t.provider = provider_of_host(rules, situation->host);
    if (!t.provider)
        matcher_scan(matcher, RULES_PROVIDERS, text, take_provider, &t.provider);
    t.code_cause = cause_of_code(&t);
    try_text_rules(&t, text, false);
    try_code_rules(&t);
    return t.expired.rule ? judge_expired(&t, text.text, arena) : judge(&t, &t.best, text.text, arena);
}

const struct cause *classify_expiry(struct matcher *matcher, const struct situation *situation,
                                    struct slice words, struct arena *arena) {
    struct trial t = {.matcher = matcher, .situation = situation};
    try_text_rules(&t, match_text(arena, words), true);
    return t.expired.rule ? rulebase_cause(matcher_rules(matcher), t.expired.rule->cause) : NULL;
}

const struct cause *classify_underlying(struct matcher *matcher, const struct situation *situation,
                                        struct slice words, struct arena *arena) {
    struct trial t = {.matcher = matcher, .situation = situation};
    try_text_rules(&t, match_text(arena, words), false);
    bool says_something = t.best.rule && t.best.strength.level > LEVEL_HINT;
    return says_something ? rulebase_cause(matcher_rules(matcher), t.best.rule->cause) : NULL;
}

const struct blocklist *blocklist_find(const struct rulebase *rules, struct slice name) {
    const struct rule_list *list = &rules->lists[RULES_BLOCKLISTS];
    for (size_t i = 0; i < list->count && name.len; i++) {
        const struct blocklist *b = list->items[i];
        if (slice_equal_nocase(name, slice_of(b->id)) || slice_equal_nocase(name, slice_of(b->name)))
            return b;
        for (const char *const *zone = b->zones; zone && *zone; zone++)
            if (slice_equal_nocase(name, slice_of(*zone)))
                return b;
    }
    return NULL;
}
