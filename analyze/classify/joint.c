/* Rules and second opinion together: see joint.h. */
#include "analyze/classify/joint.h"

#include "analyze/classify/contest.h"
#include "analyze/classify/hedged.h"
#include "analyze/classify/steered.h"
#include "parsers/rules/rank.h"

#define SCORE_NAMED       99
#define SCORE_LEFT_OPEN   70
#define MOST_ALTERNATIVES 4

static bool is_of(const struct judgement *j, const char *cause) {
    return strcmp(cause, j->cause->id) == 0 || (j->underlying && strcmp(cause, j->underlying->id) == 0);
}

static struct firmness firmness_of(const struct judgement *j, const struct opinion *o, int lead) {
    struct firmness firm = {.lead = lead, .against = is_of(j, o->second)};
    for (size_t i = 0; i < OPINION_HALVES; i++) {
        firm.halves += o->halves[i] && strcmp(o->halves[i], o->cause) == 0;
        firm.against += o->halves[i] && is_of(j, o->halves[i]);
    }
    return firm;
}

static void take_weighing(struct judgement *j, const struct weighing *w, const struct cause *other) {
    bool is_known = !cause_is_of(j->cause->id, "unknown"); /* nobody is certain of not knowing */
    j->confidence = is_known || w->confidence < CONFIDENCE_LIKELY ? w->confidence : CONFIDENCE_LIKELY;
    j->doubt = w->doubt;
    j->score = w->score;
    j->other = w->other_score ? other : NULL;
    j->other_score = j->other ? w->other_score : 0;
}

/* Does the enhanced code say so too, by itself? 5.7.1 says next to nothing: any refusal may have it. */
static bool code_agrees(const struct judgement *j, struct matcher *matcher, const struct situation *s) {
    const int *code = situation_code(s);
    if (code[1] == 7 && code[2] <= 1)
        return false;
    struct contest c;
    contest_begin(&c, matcher, s);
    const char *cause = situation_code(s)[0] ? contest_code_cause(&c) : NULL;
    return cause && strcmp(cause, j->cause->id) == 0;
}

/* Does the enhanced code by itself say something else? 5.7.1 and codes of the kind X.Y.0 say nothing. */
static bool code_objects(const struct judgement *j, struct matcher *matcher, const struct situation *s) {
    const int *code = situation_code(s);
    if (!code[0] || code[2] == 0 || (code[1] == 7 && code[2] == 1))
        return false;
    struct contest c;
    contest_begin(&c, matcher, s);
    const char *cause = contest_code_cause(&c);
    return cause && strcmp(cause, j->cause->id) != 0 &&
           !(j->underlying && strcmp(cause, j->underlying->id) == 0);
}

/* Both say the same; what the opinion has second is what else it could be. */
static void confirm(struct judgement *j, enum ground ground, const struct cause *second, struct firmness firm,
                    struct matcher *matcher, const struct situation *s) {
    struct weighing w = doubt_confirmed(ground, false, firm);
    if (w.confidence < CONFIDENCE_CERTAIN && code_agrees(j, matcher, s))
        w = doubt_confirmed(ground, true, firm);
    bool is_bare = ground == GROUND_CODE && j->matched.len; /* words that are known to leave the cause open */
    bool is_empty =
        ground == GROUND_CODE && strcmp(j->cause->id, "access.denied") == 0; /* nor do these say */
    bool is_open = ground == GROUND_NEAR || ground == GROUND_OPEN;
    if (w.confidence > CONFIDENCE_LIKELY && (is_bare || is_empty || (is_open && code_objects(j, matcher, s))))
        w.confidence = CONFIDENCE_LIKELY;
    w.other_score = (100 - w.score) * SECOND_IS_RIGHT / 100;
    take_weighing(j, &w, second);
}

/* The opinion's cause becomes the verdict, by the rule that knows it in the same words, if there is one. */
static void give_way(struct judgement *j, const struct weighing *w, const struct judgement *to) {
    const struct cause *former = j->rule ? j->cause : NULL;
    *j = *to;
    take_weighing(j, w, former);
}

/* How many words a person could read: three letters and more, not all the same ("xxxxx"). Scripts without
 * blanks count by their bytes. */
static size_t readable_words(struct slice text) {
    size_t count = 0;
    for (size_t i = 0; i < text.len;) {
        size_t start = i;
        bool differs = false;
        while (i < text.len && (ascii_is_alpha(text.ptr[i]) || (text.ptr[i] & 0x80))) {
            count += (text.ptr[i] & 0x80) != 0;
            differs |= text.ptr[i] != text.ptr[start];
            i++;
        }
        count += differs && i - start > 2;
        i += i == start;
    }
    return count;
}

#define LEAST_WORDS_CERTAIN 4 /* "Mail rejected": too few to be sure of by replies like it */

/* They differ: the one whose cause is more often right in such a case leads. What the rules know of the other
 * cause is looked for only where that may decide. */
static void oppose(struct judgement *j, enum ground ground, const struct cause *cause, struct firmness firm,
                   struct matcher *matcher, const struct situation *s, struct arena *arena) {
    bool may_lead = !judgement_is_expiry(j);
    struct weighing w = doubt_opposed(ground, true, may_lead, firm);
    if (doubt_hangs_on_support(ground, may_lead, firm)) {
        struct judgement other = classify_as(matcher, s, j, cause, arena);
        w = doubt_opposed(ground, doubt_is_support(other.rule, j->rule), may_lead, firm);
        if (w.doubt == DOUBT_LEADS) {
            bool is_short = readable_words(j->told) < LEAST_WORDS_CERTAIN;
            give_way(j, &w, &other);
            j->confidence = is_short && j->confidence > CONFIDENCE_LIKELY ? CONFIDENCE_LIKELY : j->confidence;
            return;
        }
    }
    if (ground != GROUND_NONE)
        take_weighing(j, &w, cause);
}

/* An example has the very same words: its cause, which a person gave it, is the verdict. Rules whose words
 * say another cause keep it from being certain. */
static void repeat(struct judgement *j, enum ground ground, const struct cause *heard,
                   struct matcher *matcher, const struct situation *s, struct arena *arena) {
    bool is_same = j->cause == heard || j->underlying == heard;
    struct weighing w = doubt_heard(ground, is_same);
    if (is_same) {
        take_weighing(j, &w, NULL);
        return;
    }
    struct judgement other = classify_as(matcher, s, j, heard, arena);
    give_way(j, &w, &other);
}

/* Fewer words than these are no reply that an opinion can be had of: with a code, and without one. */
#define LEAST_WORDS_WITH_CODE 1
#define LEAST_WORDS           3

/* Where no words of it are known to a rule, is there enough to read that the opinion is worth asking? */
static bool is_worth_asking(const struct judgement *j, enum ground ground, const struct situation *s) {
    size_t words = readable_words(j->told);
    return ground > GROUND_CODE || words >= (s->reply->code ? LEAST_WORDS_WITH_CODE : LEAST_WORDS);
}

/* Where no words of it are known to a rule, does it speak of mail at all? It must name a thing of mail, and
 * say something of it; of few words one is enough. Behind a code, which shows that it is a reply, either is.
 * Where it does not, it is like some reply by chance, and no lead says anything. */
static bool is_about_mail(const struct judgement *j, enum ground ground, const struct wording *wording,
                          const struct situation *s) {
    if (ground > GROUND_CODE)
        return true;
    bool says_something = wording->concepts > 1 || readable_words(j->told) <= LEAST_WORDS;
    if (s->reply->code)
        return wording->has_subject || wording->concepts > 1;
    return wording->has_subject && says_something;
}

/* It is not certain then; `other`: what else it may be, NULL: nobody says. */
static void leave_open(struct judgement *j, const struct cause *other) {
    j->confidence = CONFIDENCE_LIKELY;
    j->score = SCORE_LEFT_OPEN;
    if (!other)
        return;
    j->other = other;
    j->other_score = (100 - SCORE_LEFT_OPEN) / 2;
    j->doubt = DOUBT_DIFFERS;
}

/* Words of a rule that stand in a text which is no reply by its code, nor by what it speaks of, may mean
 * another thing there ("nobody here speaks French"). */
static void doubt_place(struct judgement *j, const struct wording *wording, const struct situation *s) {
    if (s->reply->code || wording->has_subject || wording->concepts > 1 || j->confidence < CONFIDENCE_CERTAIN)
        return;
    leave_open(j, NULL);
}

/* What else it could be by the other sides of an "or"; NULL: they say the same, or nothing. */
static const struct cause *alternative_of(const struct judgement *j, const struct won *won,
                                          struct matcher *matcher, const struct situation *s,
                                          struct arena *arena) {
    size_t at = 0;
    for (int i = 0; i < MOST_ALTERNATIVES; i++) {
        struct slice side = next_alternative(won, &at);
        if (!side.len)
            break;
        struct contest c;
        contest_begin(&c, matcher, s);
        contest_text(&c, match_text(arena, side), false);
        const struct reply_rule *rule = c.best.rule;
        bool is_known = rule && rule_level(rule) >= LEVEL_PHRASE;
        const struct cause *cause = is_known ? rulebase_cause(matcher_rules(matcher), rule->cause) : NULL;
        if (cause && judgement_is_other(j, cause))
            return cause;
    }
    return NULL;
}

/* One provider's own wording is known as a whole, with what it leaves open between two causes. */
static bool is_own_wording(const struct reply_rule *rule) {
    return rule->written_by || rule->provider || (rule->names && strcmp(rule->names, "code") == 0);
}

/* What a reply leaves open is not certain, whoever knows its words. */
static void hedge(struct judgement *j, struct matcher *matcher, const struct situation *s,
                  struct arena *arena) {
    if (j->confidence < CONFIDENCE_CERTAIN || !j->rule || !j->matched.len)
        return;
    struct won won = {j->said.text, j->matched, j->rule};
    const struct cause *other = is_own_wording(j->rule) ? NULL : alternative_of(j, &won, matcher, s, arena);
    if (other || is_hedged(&won))
        leave_open(j, other);
}

static void doubt(struct judgement *j, const struct opinion_model *model, struct matcher *matcher,
                  const struct situation *s, struct arena *arena) {
    enum ground ground = ground_of(j->rule, j->matched.len);
    if (!is_worth_asking(j, ground, s))
        return;
    if (ground == GROUND_NAMED) {
        j->confidence = CONFIDENCE_CERTAIN;
        j->score = SCORE_NAMED;
        hedge(j, matcher, s, arena);
        return;
    }
    struct opinion o = opinion_of(model, s->reply->code, situation_code(s), j->said.folded, NULL);
    const struct rulebase *rules = matcher_rules(matcher);
    const struct cause *cause = o.cause ? rulebase_cause(rules, o.cause) : NULL;
    bool says_nothing = cause && strcmp(cause->id, "access.denied") == 0; /* so such texts are taught */
    if (!cause || (ground == GROUND_NONE && says_nothing))
        return;
    const struct cause *heard = o.heard ? rulebase_cause(rules, o.heard) : NULL;
    if (heard && !judgement_is_expiry(j)) {
        repeat(j, ground, heard, matcher, s, arena);
        return;
    }
    int lead = is_about_mail(j, ground, &o.wording, s) ? o.lead : 0;
    struct firmness firm = firmness_of(j, &o, lead);
    if (is_of(j, o.cause))
        confirm(j, ground, rulebase_cause(rules, o.second), firm, matcher, s);
    else
        oppose(j, ground, cause, firm, matcher, s, arena);
    doubt_place(j, &o.wording, s);
    hedge(j, matcher, s, arena);
}

void judgement_contradict(struct judgement *j, const struct judgement *reply, struct matcher *matcher,
                          const struct situation *s) {
    struct reply without_code = {.code = s->reply->code};
    struct situation told = *s;
    told.reply = &without_code;
    int subject = situation_code(&told)[1]; /* 1 and 2: an address and its mailbox (RFC 3463 section 3) */
    bool is_other_code = subject >= 1 && subject <= 2 && code_objects(j, matcher, &told);
    bool is_other_reply = reply->rule && judgement_is_other(j, reply->cause);
    if (j->confidence < CONFIDENCE_CERTAIN || ground_of(j->rule, j->matched.len) == GROUND_NAMED ||
        cause_is_of(j->cause->id, "notice") || !(is_other_reply || is_other_code))
        return;
    leave_open(j, is_other_reply ? reply->cause : NULL);
}

void judgement_doubt(struct judgement *j, struct matcher *matcher, const struct situation *s,
                     struct arena *arena) {
    const struct opinion_model *model = matcher_opinion(matcher);
    bool is_own_rule = j->rule && !j->rule->place.is_builtin;
    if (!model || is_own_rule)
        return;
    doubt(j, model, matcher, s, arena);
    const struct cause *other =
        j->confidence == CONFIDENCE_CERTAIN ? steered_from(j, matcher, s, arena) : NULL;
    if (other || (j->confidence == CONFIDENCE_CERTAIN && is_won_by_name(j, s)))
        leave_open(j, other);
}
