/* The contest of the rules: see contest.h. */
#include "analyze/classify/contest.h"
#include "analyze/classify/stranger.h"
#include "parsers/base/host.h"
#include "parsers/rules/rank.h"

#include <glib.h>

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

/* Also where the rule's stands for several, of which it is one. */
static bool provider_fits(const struct contest *c, const char *const *list) {
    const struct provider *have = c->situation->provider;
    const char *const *id = list;
    while (id && *id && (!have || rulebase_provider_or(matcher_rules(c->matcher), *id, have) != have))
        id++;
    return !list || *id;
}

static bool command_fits(const char *wanted, struct slice have) {
    return slice_equal_nocase(slice_of(wanted), have);
}

static bool conditions_hold(const struct contest *c, const struct reply_rule *r) {
    const struct situation *s = c->situation;
    if (!any_fits(r->code, c->code, code_fits) || !any_fits(r->enhanced, c->enhanced, code_fits))
        return false;
    if (!provider_fits(c, r->provider) || !any_fits(r->software, s->software, is_equal))
        return false;
    for (const char *const *word = r->command; word; word++) {
        if (!*word)
            return false;
        if (command_fits(*word, s->reply->command))
            break;
    }
    for (const char *const *h = r->reporter; h; h++) {
        if (!*h)
            return false;
        if (host_fits_entry(s->reporter, slice_of(*h)))
            break;
    }
    return true;
}

static bool may_compete(const struct contest *c, const struct reply_rule *rule) {
    return !c->only || strcmp(c->only, rule->cause) == 0;
}

static bool is_expiry(const struct reply_rule *rule) {
    return string_equal(rule->cause, "queue.expired");
}

const char *contest_code_cause(struct contest *c) {
    if (c->code_asked)
        return c->code_cause;
    c->code_asked = true;
    struct contest codes;
    contest_begin(&codes, c->matcher, c->situation);
    codes.code_asked = true;
    if (situation_code(c->situation)[0])
        contest_codes(&codes);
    if (codes.best.rule && codes.best.rule->enhanced)
        c->code_cause = codes.best.rule->cause;
    return c->code_cause;
}

static bool agrees(struct contest *c, const struct reply_rule *rule) {
    const char *cause = contest_code_cause(c);
    return cause && strcmp(cause, rule->cause) == 0;
}

static const char *list_named(const struct reply_rule *rule) {
    for (const char *const *set = rule->set; set && *set; set += 2)
        if (strcmp(*set, "list") == 0)
            return set[1];
    return NULL;
}

/* Of two lists that a reply names, the first is the one that it refused by; the words behind it may name any.
 */
static int compare_lists(const struct contest *c, const struct reply_rule *rule,
                         const struct pattern_match *match, const struct contender *than) {
    const char *one = list_named(rule);
    const char *other = list_named(than->rule);
    bool are_two = one && other && strcmp(one, other) != 0;
    if (!are_two || !match || !than->has_match || c->text != than->text ||
        match->whole.ptr == than->match.whole.ptr)
        return 0;
    return match->whole.ptr < than->match.whole.ptr ? 1 : -1;
}

static bool tells_nothing(const struct reply_rule *rule) {
    return cause_is_of(rule->cause, "unknown");
}

static bool lie_apart(struct slice one, struct slice other) {
    return one.ptr + one.len <= other.ptr || other.ptr + other.len <= one.ptr;
}

/* Where one of two rules says that its words tell nothing, and the other knows other words of the text: 1
 * where `rule` is that other, -1 where it is the claim's; else 0. */
static int compare_telling(const struct contest *c, const struct reply_rule *rule,
                           const struct pattern_match *match, const struct contender *than) {
    bool is_silent = tells_nothing(rule);
    if (is_silent == tells_nothing(than->rule) || !match || !than->has_match || c->text != than->text ||
        !lie_apart(match->whole, than->match.whole))
        return 0;
    return is_silent ? -1 : 1;
}

/* Is a match of this rule, which covers so much, stronger than the claim? */
static bool is_stronger(struct contest *c, const struct reply_rule *rule, unsigned rank, size_t covered,
                        const struct pattern_match *match, const struct contender *than) {
    int telling = than->rule ? compare_telling(c, rule, match, than) : 0;
    if (telling)
        return telling > 0;
    if (!than->rule || rank != than->rank)
        return !than->rule || rank > than->rank;
    if (strcmp(rule->cause, than->rule->cause) != 0) {
        bool one = agrees(c, rule);
        bool other = agrees(c, than->rule);
        if (one != other)
            return one;
    }
    int first = compare_lists(c, rule, match, than);
    if (first)
        return first > 0;
    if (covered != than->covered)
        return covered > than->covered;
    return strcmp(rule->id, than->rule->id) < 0;
}

static void enter_rule(struct contest *c, const struct reply_rule *rule, const struct pattern_match *match) {
    struct contender *claim = is_expiry(rule) ? &c->expired : &c->best;
    unsigned rank = rule_rank(rule);
    size_t covered = match ? MIN(match->whole.len, LIMIT_COVER) : 0;
    if (!is_stronger(c, rule, rank, covered, match, claim))
        return;
    *claim = (struct contender){
        .rule = rule, .rank = rank, .covered = covered, .has_match = match != NULL, .text = c->text};
    if (match)
        claim->match = *match;
}

#define MOST_RETRIES 8 /* of a pattern, behind matches that do not count */

/* The first match of a pattern that is not in words which are only repeated. Words near each other say
 * nothing where they are a page's. */
static bool find_match(const struct contest *c, const struct reply_rule *rule,
                       const struct rule_pattern *pattern, struct slice text, struct pattern_match *match) {
    bool may_be_page = rule_level(rule) != LEVEL_NEAR;
    size_t start = 0;
    for (unsigned tries = 0; tries < MOST_RETRIES && matcher_try(c->matcher, pattern, text, start, match);
         tries++) {
        bool is_name = rule_level(rule) < LEVEL_EXACT && is_part_of_name(text, match->whole);
        if (!is_name && !is_repeated(text, match->whole) && (may_be_page || !is_in_page(text, match->whole)))
            return true;
        start = (size_t)(match->whole.ptr - text.ptr) + MAX(match->whole.len, 1);
    }
    return false;
}

void contest_text(struct contest *c, struct match_text text, bool only_expiry) {
    struct candidate *list; /* strongest first: once a claim stands, weaker rules need not be tried */
    struct pattern_match match;
    size_t count = matcher_candidates(c->matcher, RULES_REPLIES, text, &list);
    c->text = text.text.ptr;
    for (size_t i = 0; i < count; i++) {
        const struct reply_rule *rule = list[i].entry;
        const struct contender *claim = is_expiry(rule) ? &c->expired : &c->best;
        bool can_win = !claim->rule || rule_rank(rule) >= claim->rank || tells_nothing(claim->rule);
        if (can_win && may_compete(c, rule) && (!only_expiry || is_expiry(rule)) &&
            conditions_hold(c, rule) && find_match(c, rule, list[i].pattern, text.text, &match))
            enter_rule(c, rule, &match);
    }
}

void contest_codes(struct contest *c) {
    size_t count;
    const struct reply_rule *const *list = matcher_code_rules(c->matcher, &count);
    if (c->best.rule && rule_level(c->best.rule) > LEVEL_ENHANCED)
        return;
    for (size_t i = 0; i < count; i++)
        if (may_compete(c, list[i]) && conditions_hold(c, list[i]))
            enter_rule(c, list[i], NULL);
}

void contest_begin(struct contest *c, struct matcher *matcher, const struct situation *s) {
    *c = (struct contest){.matcher = matcher, .situation = s};
    g_snprintf(c->code, sizeof c->code, "%d", s->reply->code);
    enhanced_write(situation_code(s), c->enhanced);
}
