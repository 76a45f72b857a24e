/* See steered.h. */
#include "analyze/classify/steered.h"

#include "analyze/classify/contest.h"
#include "analyze/classify/lookup.h"
#include "analyze/classify/stranger.h"
#include "parsers/rules/rank.h"

#include <glib.h>

/* Are both one kind of refusal, of which the name only says which: the list, the limit? */
static bool are_alike(const char *one, const char *other) {
    static const char *const kinds[][2] = {
        {"blocklist", "blocklist"}, {"blocklist", "reputation"}, {"rate", "rate"}, {"tls", "tls"}};
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (cause_is_of(one, kinds[i][0]) && cause_is_of(other, kinds[i][1]))
            return true;
    return false;
}

/* Do the other words name the provider whose code it is? */
static bool is_own_code(const struct judgement *j, struct matcher *matcher, struct slice rest,
                        struct arena *arena) {
    const char *writer = j->rule ? j->rule->written_by : NULL;
    const struct provider *there = writer ? provider_of_words(matcher, rest, arena) : NULL;
    return there && rulebase_provider_or(matcher_rules(matcher), writer, there) == there;
}

/* Leads of an opinion of words that no rule is sure of, and of those around a name. */
#define LEAD_SAID         200
#define LEAD_SAID_AT_NAME 50

/* Is it the name of a host, or a code, rather than a word that anyone may say? */
static bool is_name_or_code(struct slice word) {
    word = slice_trim(word);
    size_t i = 0;
    while (i < word.len && !ascii_is_digit(word.ptr[i]) && word.ptr[i] != '.' && word.ptr[i] != '-')
        i++;
    return i + 1 < word.len;
}

/* The cause that a text says beside these words; NULL: none that is worth a doubt. In the place of a name
 * less is: there nobody tells why. */
static const struct cause *said_by(struct match_text text, struct slice chosen, bool is_place,
                                   struct matcher *matcher, const struct situation *s) {
    const struct rulebase *rules = matcher_rules(matcher);
    struct contest c;
    contest_begin(&c, matcher, s);
    contest_text(&c, text, false);
    if (c.best.rule && rule_level(c.best.rule) >= (is_place ? LEVEL_NEAR : LEVEL_PHRASE))
        return rulebase_cause(rules, c.best.rule->cause);
    if (!is_place && !is_name_or_code(chosen))
        return NULL;
    struct opinion o =
        opinion_of(matcher_opinion(matcher), s->reply->code, situation_code(s), text.folded, NULL);
    bool is_clear = o.lead >= LEAD_SAID && o.wording.concepts > 1;
    bool is_said = o.cause && (o.heard || is_clear || (is_place && o.lead >= LEAD_SAID_AT_NAME));
    return is_said ? rulebase_cause(rules, o.heard ? o.heard : o.cause) : NULL;
}

/* The text without these words, wherever it has them; where they stand inside what the rule knows, a name of
 * nobody stands there instead. */
static struct slice without(struct slice text, struct slice words, bool is_inside, struct arena *arena) {
    char *rest = arena_string(arena, text);
    for (size_t i = 0; (i += slice_find_nocase(slice_from(text, i), words)) < text.len;)
        for (size_t last = i + words.len; i < last; i++)
            if (!is_inside || ascii_is_alnum(rest[i]))
                rest[i] = is_inside ? 'x' : ' ';
    return (struct slice){rest, text.len};
}

const struct cause *steered_from(const struct judgement *j, struct matcher *matcher,
                                 const struct situation *s, struct arena *arena) {
    struct slice text = j->said.text;
    struct slice chosen = j->matched.len ? perhaps_chosen(text, j->matched) : SLICE_EMPTY;
    if (!chosen.len)
        return NULL;
    bool is_inside = chosen.ptr >= j->matched.ptr && chosen.len < j->matched.len;
    struct slice rest = without(text, chosen, is_inside, arena);
    if (is_own_code(j, matcher, rest, arena))
        return NULL;
    bool is_place = !is_inside && is_place_of_name(text, chosen);
    const struct cause *cause = said_by(match_text(arena, rest), chosen, is_place, matcher, s);
    return cause && judgement_is_other(j, cause) && !are_alike(j->cause->id, cause->id) ? cause : NULL;
}

/* "554 zen.example.org", "554 zen.example.org IP: …": the first word of a reply without an enhanced code is
 * the server's own name where it is written as one (RFC 5321 section 4.2). A rule may know such a reply as a
 * whole. */
static bool is_own_name(const struct judgement *j, struct slice word, const struct situation *s) {
    bool is_first = !slice_trim(slice_upto(j->said.text, (size_t)(word.ptr - j->said.text.ptr))).len;
    bool is_greeting = s->reply->code && !situation_code(s)[0];
    return is_first && is_greeting && is_place_of_name(j->said.text, word) &&
           strcmp(j->cause->id, "access.denied") != 0;
}

bool is_won_by_name(const struct judgement *j, const struct situation *s) {
    struct slice chosen = j->matched.len ? perhaps_chosen(j->said.text, j->matched) : SLICE_EMPTY;
    bool holds_match = chosen.len && chosen.ptr <= j->matched.ptr &&
                       chosen.ptr + chosen.len >= j->matched.ptr + j->matched.len;
    return holds_match && (is_name_alone(j->said.text, chosen) || is_own_name(j, chosen, s));
}
