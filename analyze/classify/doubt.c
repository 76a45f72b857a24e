/* The joining of rules and second opinion: see doubt.h. */
#include "analyze/classify/doubt.h"

#include "parsers/rules/opinion.h"
#include "parsers/rules/rank.h"
#include "parsers/rules/words.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static bool sets_list(const struct reply_rule *rule) {
    for (const char *const *set = rule->set; set && *set; set += 2)
        if (strcmp(*set, "list") == 0)
            return true;
    return false;
}

enum ground ground_of(const struct reply_rule *rule, size_t matched) {
    if (!rule)
        return GROUND_NONE;
    if (cause_is_of(rule->cause, "unknown")) /* its words are known to tell nothing */
        return GROUND_OPEN;
    if (rule->names)
        return GROUND_NAMED;
    if (!matched)
        return GROUND_CODE;
    switch (rule_level(rule)) {
    case LEVEL_EXACT:
        if (sets_list(rule) || rule->written_by || rule->provider)
            return GROUND_NAMED;
        return matched >= LONG_WORDS ? GROUND_LONG : rule->proven ? GROUND_PROVEN : GROUND_EXACT;
    case LEVEL_PHRASE:
        return rule->proven ? GROUND_PROVEN : GROUND_WORDS;
    case LEVEL_HINT:
        return GROUND_OPEN;
    case LEVEL_NEAR:
        return GROUND_NEAR;
    default:
        return GROUND_CODE;
    }
}

enum confidence ground_confidence(const struct reply_rule *rule, bool has_match) {
    if (!rule)
        return CONFIDENCE_NONE;
    if (!has_match)
        return rule->enhanced ? CONFIDENCE_LIKELY : CONFIDENCE_GUESS;
    if (cause_is_of(rule->cause, "unknown"))
        return CONFIDENCE_LIKELY;
    switch (rule_level(rule)) {
    case LEVEL_BARE:
        return CONFIDENCE_GUESS;
    case LEVEL_NEAR:
        return CONFIDENCE_LIKELY;
    default:
        return CONFIDENCE_CERTAIN;
    }
}

/* The lead in steps, the last without end. Measured by tests/opinion/curve.py: each provider's replies judged
 * by an opinion that learned from none of them. */
#define LEAD_STEPS 6
#define NEVER      LEAD_STEPS
static const int step_begins[LEAD_STEPS] = {0, 100, 200, 400, 600, 1000};

static int lead_step(int lead) {
    int step = 0;
    while (step + 1 < LEAD_STEPS && lead >= step_begins[step + 1])
        step++;
    return step;
}

/* Right in 100 where both say the same, and the step from which that is certain: by itself, where one of the
 * opinion's halves says so too, where both do, and with the enhanced code. */
static const struct {
    int score[LEAD_STEPS];
    int certain_from[OPINION_HALVES + 1], certain_with_code_from;
} confirmed[GROUNDS] = {
    [GROUND_NONE] = {{0}, {NEVER, NEVER, NEVER}, NEVER},
    [GROUND_CODE] = {{60, 65, 65, 90, 98, 98}, {4, 4, 3}, 4},
    [GROUND_NEAR] = {{70, 80, 85, 90, 97, 97}, {4, 3, 3}, 2},
    [GROUND_OPEN] = {{60, 70, 85, 97, 98, 98}, {3, 2, 2}, 2},
    [GROUND_WORDS] = {{88, 90, 95, 98, 98, 99}, {3, 1, 1}, 0},
    [GROUND_PROVEN] = {{98, 99, 99, 99, 99, 99}, {0, 0, 0}, 0},
    [GROUND_EXACT] = {{80, 85, 97, 97, 97, 98}, {2, 2, 2}, 0},
    [GROUND_LONG] = {{97, 97, 97, 98, 99, 99}, {0, 0, 0}, 0},
    [GROUND_NAMED] = {{99, 99, 99, 99, 99, 99}, {0, 0, 0}, 0},
};
#define SCORE_BACKED     98 /* at least, where the code or a half makes it certain */
#define CODE_LIKELY_FROM 3  /* words that nobody knows are like some reply by chance */

/* Right in 100 where they differ: the rule, the opinion. The steps from which the opinion's cause is the
 * verdict, a likely one, and a certain one, by itself and where both of its halves say it; [1]: a rule knows
 * that cause too. */
static const struct {
    int rule[LEAD_STEPS], opinion[LEAD_STEPS];
    int leads_from, likely_from, certain_from, united_from;
} opposed[GROUNDS][2] = {
    [GROUND_NONE] = {{{0}, {30, 50, 50, 75, 80, 80}, 1, 3, NEVER, NEVER},
                     {{0}, {30, 50, 50, 75, 80, 80}, 1, 3, NEVER, NEVER}},
    [GROUND_CODE] = {{{33, 33, 22, 20, 1, 1}, {28, 30, 55, 60, 85, 98}, 2, 3, 5, 4},
                     {{33, 33, 22, 20, 1, 1}, {28, 30, 55, 60, 85, 98}, 2, 3, 5, 4}},
    [GROUND_NEAR] = {{{50, 40, 20, 35, 20, 10}, {30, 50, 60, 50, 60, 60}, 1, 2, NEVER, NEVER},
                     {{50, 30, 20, 15, 15, 10}, {25, 50, 65, 75, 75, 80}, 1, 2, NEVER, NEVER}},
    [GROUND_OPEN] = {{{65, 55, 65, 45, 40, 40}, {22, 35, 22, 30, 30, 30}, NEVER, NEVER, NEVER, NEVER},
                     {{45, 45, 45, 15, 15, 15}, {36, 45, 45, 60, 75, 75}, 3, 3, NEVER, 3}},
    [GROUND_WORDS] = {{{90, 85, 84, 75, 65, 60}, {9, 15, 16, 25, 30, 35}, NEVER, NEVER, NEVER, NEVER},
                      {{70, 55, 45, 50, 20, 20}, {20, 40, 50, 45, 75, 75}, 4, 4, NEVER, 3}},
    [GROUND_PROVEN] = {{{75, 70, 65, 60, 60, 60}, {12, 15, 18, 20, 30, 35}, NEVER, NEVER, NEVER, NEVER},
                       {{75, 75, 65, 60, 50, 50}, {20, 20, 30, 35, 45, 45}, NEVER, NEVER, NEVER, NEVER}},
    [GROUND_EXACT] = {{{60, 60, 60, 50, 50, 60}, {20, 25, 30, 40, 40, 30}, NEVER, NEVER, NEVER, NEVER},
                      {{60, 60, 55, 45, 45, 45}, {25, 30, 35, 45, 45, 45}, NEVER, NEVER, NEVER, NEVER}},
    [GROUND_LONG] = {{{90, 75, 75, 75, 70, 60}, {5, 12, 12, 15, 20, 20}, NEVER, NEVER, NEVER, NEVER},
                     {{90, 75, 75, 75, 70, 60}, {5, 12, 12, 15, 20, 20}, NEVER, NEVER, NEVER, NEVER}},
    [GROUND_NAMED] = {{{97, 97, 97, 97, 97, 97}, {0}, NEVER, NEVER, NEVER, NEVER},
                      {{97, 97, 97, 97, 97, 97}, {0}, NEVER, NEVER, NEVER, NEVER}},
};

#define SCORE_HALVED 96 /* where they differ, and halves of the opinion, or its second, make it certain */
#define KEPT_BELOW   3  /* steps: so long those that say the rule's cause keep proven words certain */

/* What names the thing itself stays certain, whatever the opinion says. */
static enum confidence confidence_kept(enum ground ground, bool is_backed) {
    return ground == GROUND_NAMED || is_backed ? CONFIDENCE_CERTAIN
           : ground >= GROUND_NEAR             ? CONFIDENCE_LIKELY
                                               : CONFIDENCE_GUESS;
}

struct weighing doubt_confirmed(enum ground ground, bool code_agrees, struct firmness firm) {
    int step = lead_step(firm.lead);
    int score = confirmed[ground].score[step];
    if (step >= confirmed[ground].certain_from[0])
        return (struct weighing){CONFIDENCE_CERTAIN, score, 0, DOUBT_AGREES};
    if ((code_agrees && step >= confirmed[ground].certain_with_code_from) ||
        step >= confirmed[ground].certain_from[firm.halves])
        return (struct weighing){CONFIDENCE_CERTAIN, score > SCORE_BACKED ? score : SCORE_BACKED, 0,
                                 DOUBT_AGREES};
    enum confidence confidence =
        ground == GROUND_CODE && step < CODE_LIKELY_FROM ? CONFIDENCE_GUESS : CONFIDENCE_LIKELY;
    return (struct weighing){confidence, score, 0, DOUBT_AGREES};
}

#define SCORE_HEARD         99
#define SCORE_HEARD_AGAINST 85

struct weighing doubt_heard(enum ground ground, bool is_same) {
    if (is_same)
        return (struct weighing){CONFIDENCE_CERTAIN, SCORE_HEARD, 0, DOUBT_AGREES};
    enum confidence confidence = ground < GROUND_NEAR ? CONFIDENCE_CERTAIN : CONFIDENCE_LIKELY;
    return (struct weighing){confidence, ground < GROUND_NEAR ? SCORE_HEARD : SCORE_HEARD_AGAINST,
                             ground < GROUND_NEAR ? 0 : 100 - SCORE_HEARD_AGAINST, DOUBT_LEADS};
}

bool doubt_hangs_on_support(enum ground ground, bool may_lead, struct firmness firm) {
    struct weighing with = doubt_opposed(ground, true, may_lead, firm);
    return with.doubt == DOUBT_LEADS ||
           with.confidence != doubt_opposed(ground, false, may_lead, firm).confidence;
}

bool doubt_is_support(const struct reply_rule *rule, const struct reply_rule *against) {
    if (!rule || !against)
        return rule != NULL;
    int level = (int)rule_level(rule);
    int other = (int)rule_level(against);
    return level + 1 >= other;
}

/* Is the rule's cause kept, and certain? */
static bool is_backed(enum ground ground, bool has_support, int step, struct firmness firm) {
    bool is_near = ground == GROUND_PROVEN && !has_support && step < KEPT_BELOW;
    return firm.against > 0 && (is_near || ground == GROUND_LONG);
}

struct weighing doubt_opposed(enum ground ground, bool has_support, bool may_lead, struct firmness firm) {
    int step = lead_step(firm.lead);
    int rule = opposed[ground][has_support].rule[step];
    int opinion = opposed[ground][has_support].opinion[step];
    if (!may_lead || step < opposed[ground][has_support].leads_from) {
        bool backed = is_backed(ground, has_support, step, firm);
        return (struct weighing){confidence_kept(ground, backed), backed ? SCORE_HALVED : rule,
                                 backed ? 100 - SCORE_HALVED : opinion, DOUBT_DIFFERS};
    }
    bool is_united = firm.halves == OPINION_HALVES && step >= opposed[ground][has_support].united_from;
    if (is_united || step >= opposed[ground][has_support].certain_from)
        return (struct weighing){CONFIDENCE_CERTAIN, opinion > SCORE_HALVED ? opinion : SCORE_HALVED,
                                 rule < 100 - SCORE_HALVED ? rule : 100 - SCORE_HALVED, DOUBT_LEADS};
    enum confidence confidence =
        step >= opposed[ground][has_support].likely_from ? CONFIDENCE_LIKELY : CONFIDENCE_GUESS;
    return (struct weighing){confidence, opinion, rule, DOUBT_LEADS};
}
