/* The judgement on a reply: see classify.h. Which rule wins is decided in contest.c. */
#include "analyze/classify/classify.h"

#include "analyze/classify/contest.h"
#include "analyze/classify/denied.h"
#include "analyze/classify/quoted.h"
#include "parsers/base/visible.h"
#include "parsers/rules/rank.h"

#include <glib.h>

/* Does anything say whether it lasts? */
static bool is_lasting_known(const char *says, const struct situation *s) {
    return strcmp(says, "reply") != 0 || s->reply->code || situation_code(s)[0];
}

/* "reply": as the code says; without a code, as the report's status says; else permanent. */
static bool permanence(const char *says, const struct situation *s) {
    if (strcmp(says, "reply") != 0)
        return strcmp(says, "yes") == 0;
    if (s->reply->code)
        return s->reply->code >= 500;
    return situation_code(s)[0] != 4;
}

/* Who can do something once nobody tries again. */
static const char *fixer_when_over(const struct cause *cause) {
    if (cause->given_up_fixer)
        return cause->given_up_fixer;
    return strcmp(cause->fixer, "nobody") == 0 ? "receiver-operator" : cause->fixer;
}

void judgement_give_up(struct judgement *j) {
    j->is_given_up = j->is_permanent = true;
    if (strcmp(j->fixer, "nobody") == 0 || j->cause->given_up_fixer)
        j->fixer = fixer_when_over(j->underlying ? j->underlying : j->cause);
}

static struct judgement judge_cause(const struct contest *c, const struct contender *claim,
                                    const struct cause *cause, struct slice words, struct arena *arena) {
    const struct reply_rule *rule = claim->rule;
    struct judgement j = {.rule = rule,
                          .provider = c->situation->provider,
                          .confidence = ground_confidence(rule, claim->has_match),
                          .matched = claim->has_match ? claim->match.whole : SLICE_EMPTY};
    j.cause = cause;
    j.entities = entities_collect(rule, claim->has_match ? &claim->match : NULL, words, arena);
    if (rule && rule->written_by)
        j.provider = rulebase_provider_or(matcher_rules(c->matcher), rule->written_by, j.provider);
    const struct provider_advice *there =
        provider_advise(j.provider, j.cause->id, situation_code(c->situation), words, arena);
    j.fixer = rule && rule->fixer ? rule->fixer : there && there->fixer ? there->fixer : j.cause->fixer;
    if (cause_is_of(cause->id, "network") && entity_find(j.entities, SLICE("port")))
        j.fixer = "sender-operator"; /* a program did not reach its own relay */
    if (strcmp(j.fixer, "as the underlying cause") == 0)
        j.fixer = "receiver-operator"; /* until that is known: most often it is their server */
    const char *lasting = rule && rule->permanent     ? rule->permanent
                          : there && there->permanent ? there->permanent
                                                      : j.cause->permanent;
    j.is_permanent = permanence(lasting, c->situation);
    j.is_lasting_known = rule || is_lasting_known(lasting, c->situation);
    j.is_given_up = judgement_is_expiry(&j);                /* why is not told: it may pass */
    if (strcmp(j.fixer, "nobody") == 0 && j.is_permanent) { /* who waits for what is over waits in vain */
        bool is_told = is_lasting_known(lasting, c->situation);
        j.is_permanent = is_told;
        if (is_told)
            j.fixer = fixer_when_over(j.cause);
    }
    return j;
}

static struct judgement judge(const struct contest *c, const struct contender *claim, struct slice words,
                              struct arena *arena) {
    const char *cause = claim->rule ? claim->rule->cause : "unknown.unclassified";
    return judge_cause(c, claim, rulebase_cause(matcher_rules(c->matcher), cause), words, arena);
}

/* Does it say why a mail that was given up had not been taken? That one still waits for it does not. */
static bool tells_why(const struct contender *claim) {
    return claim->rule && rule_level(claim->rule) > LEVEL_HINT && !cause_is_of(claim->rule->cause, "notice");
}

/* The last try's cause tells who can fix it; that time ran out is the verdict. */
static struct judgement judge_expired(const struct contest *c, struct slice words, struct arena *arena) {
    struct judgement expired = judge(c, &c->expired, words, arena);
    if (!tells_why(&c->best))
        return expired;
    struct judgement j = judge(c, &c->best, words, arena);
    j.underlying = j.cause;
    j.cause = expired.cause;
    if (!j.is_permanent)
        judgement_give_up(&j);
    return j;
}

/* Is this an underscore between letters? */
static bool is_word_gap(struct slice s, size_t i) {
    return s.ptr[i] == '_' && i && ascii_is_alpha(s.ptr[i - 1]) && i + 1 < s.len &&
           ascii_is_alpha(s.ptr[i + 1]);
}

/* Where what stands at `i` ends, when that is a page ("https://…"), whose underscores are its own; else `i`.
 */
static size_t page_end(struct slice s, size_t i) {
    struct slice rest = slice_from(s, i);
    bool is_page =
        slice_starts_nocase(rest, SLICE("http://")) || slice_starts_nocase(rest, SLICE("https://"));
    while (is_page && i < s.len && !ascii_is_space(s.ptr[i]))
        i++;
    return i;
}

/* Some programs write underscores for spaces: "550 Mailbox_is_full". */
static struct slice spaced(struct slice words, struct arena *arena) {
    size_t spaces = 0;
    size_t gaps = 0;
    if (slice_find_char(words, '_') >= words.len)
        return words;
    for (size_t i = 0; i < words.len; i++) {
        i = page_end(words, i);
        spaces += i < words.len && words.ptr[i] == ' ';
        gaps += i < words.len && is_word_gap(words, i);
    }
    if (gaps == 0 || gaps < spaces)
        return words;
    char *copy = arena_string(arena, words);
    for (size_t i = 0; i < words.len; i++) {
        i = page_end(words, i);
        if (i < words.len && is_word_gap(words, i))
            copy[i] = ' ';
    }
    return (struct slice){copy, words.len};
}

/* What can be seen of the words, and is no quotation of the mail. */
static struct slice said_by_server(struct slice words, struct arena *arena) {
    return without_quoted(text_seen(arena, words), arena);
}

struct judgement classify(struct matcher *matcher, const struct situation *situation, struct slice words,
                          struct arena *arena) {
    struct contest c;
    struct slice told = spaced(said_by_server(words, arena), arena);
    struct match_text text = match_text(arena, without_denied(told, arena));
    contest_begin(&c, matcher, situation);
    contest_text(&c, text, false);
    contest_codes(&c);
    struct judgement j = c.expired.rule ? judge_expired(&c, told, arena) : judge(&c, &c.best, told, arena);
    j.said = text;
    j.told = told;
    return j;
}

struct judgement classify_as(struct matcher *matcher, const struct situation *situation,
                             const struct judgement *of, const struct cause *cause, struct arena *arena) {
    struct contest c;
    contest_begin(&c, matcher, situation);
    c.only = cause->id;
    contest_text(&c, of->said, false);
    contest_codes(&c);
    struct judgement j = judge_cause(&c, c.best.rule ? &c.best : &c.expired, cause, of->told, arena);
    j.said = of->said;
    j.told = of->told;
    return j;
}

const struct cause *classify_expiry(struct matcher *matcher, const struct situation *situation,
                                    struct slice words, struct arena *arena) {
    struct contest c;
    contest_begin(&c, matcher, situation);
    contest_text(&c, match_text(arena, said_by_server(words, arena)), true);
    return c.expired.rule ? rulebase_cause(matcher_rules(matcher), c.expired.rule->cause) : NULL;
}

bool judgement_is_expiry(const struct judgement *j) {
    return strcmp(j->cause->id, "queue.expired") == 0;
}

bool judgement_is_other(const struct judgement *j, const struct cause *cause) {
    return strcmp(cause->id, "access.denied") != 0 && !cause_is_of(cause->id, "unknown") &&
           !cause_is_of(cause->id, j->cause->id) && !cause_is_of(j->cause->id, cause->id) &&
           cause != j->underlying;
}

const struct cause *classify_underlying(struct matcher *matcher, const struct situation *situation,
                                        struct slice words, struct arena *arena) {
    struct contest c;
    contest_begin(&c, matcher, situation);
    contest_text(&c, match_text(arena, said_by_server(words, arena)), false);
    return tells_why(&c.best) ? rulebase_cause(matcher_rules(matcher), c.best.rule->cause) : NULL;
}
