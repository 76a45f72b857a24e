/* Who took it for spam, and by what: see answer_spam.h. */
#include "analyze/verdict/answer_spam.h"

#include "analyze/chain/boundary.h"
#include "analyze/verdict/filter_verdict.h"

#include <stdlib.h>

#define MOST_RULES    8  /* of a filter, that are told */
#define MOST_NAMES    20 /* where it says no points: the one that decided is among them */
#define FEWEST_POINTS 4  /* rspamd.com, actions: greylist 4, add_header 6, reject 15 by default */
#define HUNDREDTHS    "%s%d.%02d"
#define H(n)          (n) < 0 ? "-" : "", abs(n) / 100, abs(n) % 100

/* --- the rules of the filter --- */

static int compare_rules(const void *one, const void *other) {
    int a = (*(const struct filter_rule *const *)one)->points;
    int b = (*(const struct filter_rule *const *)other)->points;
    return a < b ? 1 : a > b ? -1 : 0;
}

/* How good a list is: of the very field with the verdict, of the filter that judged, with points. */
static int quality(const struct field_note *n, const struct field_note *verdict, size_t *rules) {
    bool has_points = false;
    *rules = 0;
    for (const struct filter_rule *r = n->filter_rules; r; r = r->next, ++*rules)
        has_points |= r->has_points;
    bool is_its = verdict && verdict->line == n->line && has_points;
    return 4 * is_its + 2 * (verdict && is_same_filter(verdict, n)) + has_points;
}

/* Of one side, the field that lists most rules, the best first: filters often write more than one. */
static const struct field_note *listing(const struct answering *a, const struct field_note *verdict, bool own,
                                        size_t *count) {
    const struct field_note *best = NULL;
    int best_quality = -1;
    *count = 0;
    for (const struct field_note *n = a->report->mail.trace.field_notes; n; n = n->next) {
        size_t rules;
        int its_quality = quality(n, verdict, &rules);
        bool is_better = its_quality == best_quality ? rules > *count : its_quality > best_quality;
        if (rules && is_better && note_is_own(a, n) == own) {
            best = n;
            best_quality = its_quality;
            *count = rules;
        }
    }
    return best;
}

/* The rules of which the filter says no points. */
static struct slice list_names(const struct answering *a, const struct field_note *list) {
    struct slice text = SLICE_EMPTY;
    size_t told = 0;
    for (const struct filter_rule *r = list->filter_rules; r; r = r->next) {
        if (r->has_points)
            return SLICE_EMPTY;
        if (told++ < MOST_NAMES)
            text = arena_printf(a->arena, "%.*s%s%.*s", S(text), text.len ? ", " : "", S(r->name));
    }
    return told > MOST_NAMES ? arena_printf(a->arena, "%.*s and %zu more", S(text), told - MOST_NAMES) : text;
}

static struct slice list_rules(const struct answering *a, const struct filter_rule *const *rules,
                               size_t count) {
    struct slice text = SLICE_EMPTY;
    for (size_t i = 0; i < count && i < MOST_RULES && rules[i]->points > 0; i++)
        text = arena_printf(a->arena, "%.*s%s%.*s " HUNDREDTHS, S(text), i ? ", " : "", S(rules[i]->name),
                            H(rules[i]->points));
    return text;
}

/* The rule that counts most for the mail, where it has as much weight as the limit itself: what let it pass.
 */
static void tell_for(struct answering *a, const struct field_note *verdict,
                     const struct filter_rule *const *rules, size_t count, bool own) {
    const struct filter_rule *last = count ? rules[count - 1] : NULL;
    if (!last || !verdict->has_required || verdict->required <= 0 || last->points > -verdict->required)
        return;
    BECAUSE(a, verdict->line, "what counts most for the mail: %.*s " HUNDREDTHS "%s", S(last->name),
            H(last->points), own ? "" : UNVERIFIED);
}

/* How many of the heaviest rules would have to be gone for the mail to stay below. */
static void tell_change(struct answering *a, const struct field_note *verdict,
                        const struct filter_rule *const *rules, size_t count) {
    int left = verdict->score;
    size_t i = 0;
    while (i < count && left >= verdict->required && rules[i]->points > 0)
        left -= rules[i++]->points;
    if (!verdict->has_score || !verdict->has_required || verdict->score < verdict->required ||
        left >= verdict->required || i > 3)
        return;
    BECAUSE(a, verdict->line, "without %s it would have had " HUNDREDTHS " points, and passed",
            i == 1   ? "the first of these rules"
            : i == 2 ? "the first two"
                     : "the first three",
            H(left));
}

/* The rules of the side that judged; of the other side where that one lists none, by the name of the field.
 */
static void tell_rules(struct answering *a, const struct field_note *verdict, bool own) {
    size_t count;
    size_t n = 0;
    const struct field_note *list = listing(a, verdict, own, &count);
    bool is_its = true;
    if (!list && own) {
        list = listing(a, verdict, own = false, &count);
        is_its = false;
    }
    if (!list)
        return;
    /* where both have points, and are of different filters, what one lists is not why the other judged */
    is_its = is_its && !(verdict && verdict->has_score && !is_same_filter(verdict, list));
    struct slice whose = is_its ? SLICE("its rules that count")
                                : arena_printf(a->arena, "%.*s lists rules that count", S(list->field));
    const struct filter_rule **rules = arena_alloc(a->arena, count * sizeof *rules);
    for (const struct filter_rule *r = list->filter_rules; r; r = r->next)
        rules[n++] = r;
    qsort(rules, n, sizeof *rules, compare_rules);
    struct slice words = list_rules(a, rules, n);
    if (words.len)
        BECAUSE(a, list->line, "%.*s against the mail: %.*s%s", S(whose), S(words), own ? "" : UNVERIFIED);
    struct slice names = list_names(a, list);
    if (names.len && verdict && (note_is_of(verdict, "spam") || (verdict->has_score && verdict->score > 0)))
        BECAUSE(a, list->line, "the rules that it met, without their points: %.*s%s", S(names),
                own ? "" : UNVERIFIED);
    if (!verdict || !is_same_filter(verdict, list))
        return;
    tell_for(a, verdict, rules, n, own);
    tell_change(a, verdict, rules, n);
}

/* --- what else speaks of it --- */

/* Bare points say something only where no verdict has them. */
static bool is_worth(const struct field_note *n, const struct field_note *verdict) {
    return note_is_of(n, "virus") || note_is_of(n, "spam") || note_is_of(n, "ham") ||
           note_is_of(n, "filter") || note_is_of(n, "inbox") ||
           (note_is_of(n, "points") && !(verdict && verdict->has_score));
}

/* What the answer says of how far a verdict is believed holds for its filter, not for others that are named.
 */
static void tell_notes(struct answering *a, const struct field_note *verdict, bool own) {
    for (const struct field_note *n = a->report->mail.trace.field_notes; n; n = n->next)
        if (n != verdict && is_worth(n, verdict) && note_is_own(a, n) == own &&
            !answering_is_told(a, n->text))
            BECAUSE(a, n->line, "%.*s%s", S(n->text),
                    own || (verdict && is_same_filter(verdict, n)) ? "" : UNVERIFIED);
}

/* Bare points, so many that filters begin to act. */
static bool has_many_points(const struct field_note *n) {
    size_t digits;
    return note_is_of(n, "points") && n->value.len && slice_number(n->value, &digits) >= FEWEST_POINTS;
}

/* Verdicts that the receiving side is not known to have written: those of filters that the mail met before,
 * at its sender's. One for it says nothing against a verdict of the receiving side, `bad`: spammers write it.
 */
static void tell_others_verdicts(struct answering *a, bool bad) {
    for (const struct field_note *n = a->report->mail.trace.field_notes; n; n = n->next)
        if ((note_is_of(n, "spam") || (!bad && note_is_of(n, "ham") && n->has_score) || has_many_points(n)) &&
            !note_is_own(a, n) && !answering_is_told(a, n->text))
            BECAUSE(a, n->line, "%.*s" UNVERIFIED, S(n->text));
}

static void tell_failed_dmarc(struct answering *a) {
    const struct chain *chain = &a->report->mail.chain;
    for (size_t i = 0; i < chain->claim_count; i++) {
        const struct claim *c = chain->claims[i].claim;
        if (chain->claims[i].trust == TRUST_OWN && slice_equal(c->method, SLICE("dmarc")) &&
            slice_equal(c->result, SLICE("fail")))
            BECAUSE(a, c->line,
                    "it failed DMARC, which is enough for the spam folder where the domain's policy asks "
                    "for that; the first answer says what the sender can fix");
    }
}

/* Does a field name the receiving host as where the filter ran? A sender could have written that, but gains
 * nothing by a verdict against itself. */
static bool names_receiver(const struct answering *a) {
    const struct chain_hop *boundary = a->report->mail.chain.boundary;
    for (const struct field_note *n = a->report->mail.trace.field_notes; n && boundary; n = n->next)
        if (note_is_of(n, "filter") && n->value.len &&
            slice_equal_nocase(n->value, hop_writer(boundary->hop)))
            return true;
    return false;
}

/* Does the note stand where the receiving host's filter writes: between its field and the next one, or below
 * it where there is no other? */
static bool stands_at_receiver(const struct answering *a, const struct field_note *n) {
    const struct chain_hop *boundary = a->report->mail.chain.boundary;
    const struct hop *h = boundary ? boundary->hop : NULL;
    return h && n->position > h->position && (!h->next || n->position < h->next->position);
}

/* Is it a verdict for the mail that does not say from how many points on mail is spam, with as many as
 * filters begin to act at? "Not refused" leaves open whether it was marked. */
static bool leaves_open(const struct field_note *good) {
    return good->has_score && !good->has_required && good->score >= FEWEST_POINTS * 100;
}

/* Points without a verdict: of none, or fewer, no filter makes spam. */
static void answer_points(struct answering *a, const struct field_note *points) {
    char first = points && points->value.len ? points->value.ptr[0] : '1';
    bool is_none = first == '-' || slice_equal(points ? points->value : SLICE_EMPTY, SLICE("0")) ||
                   slice_equal(points ? points->value : SLICE_EMPTY, SLICE("0.0"));
    if (points && is_none)
        ANSWER(a, "no", CONFIDENCE_GUESS, "Hardly: %.*s, and of so few none makes spam; it left no verdict",
               S(points->text));
    else if (points)
        ANSWER(a, "unknown", CONFIDENCE_NONE,
               "Not known: %.*s, but the header does not say from how many on it is spam", S(points->text));
    else
        ANSWER(a, "unknown", CONFIDENCE_NONE, "Not known: no spam filter left its verdict in the header");
}

/* A verdict that the receiving side is not known to have written. */
static void answer_strange(struct answering *a, const struct field_note *strange) {
    if (note_is_of(strange, "spam") && names_receiver(a))
        ANSWER(a, "yes", CONFIDENCE_GUESS,
               "Probably: %.*s; a field names the receiving host as where the filter ran, and a sender gains "
               "nothing by such a verdict, though anyone could have written it",
               S(strange->text));
    else if (note_is_of(strange, "spam") && stands_at_receiver(a, strange))
        ANSWER(a, "yes", CONFIDENCE_GUESS,
               "Probably: %.*s; it stands where the receiving host's filter writes, and a sender gains "
               "nothing by such a verdict, though anyone could have written it",
               S(strange->text));
    else
        ANSWER(a, "unknown", CONFIDENCE_GUESS,
               "Not known: only a field that came with the mail, or that anyone could have "
               "written, speaks of it: %.*s",
               S(strange->text));
}

/* The verdict that speaks, of each sort; NULL: there is none. */
struct verdicts {
    const struct field_note *bad, *good; /* the receiving side's */
    const struct field_note *inbox;      /* what put the mail into the inbox, whatever the filter had found */
    const struct field_note *strange;    /* not known to be the receiving side's */
    const struct field_note *open;       /* one for the mail, beside a strange one that says more */
    const struct field_note *points;     /* the receiving side's bare number */
};

static struct verdicts choose(const struct answering *a) {
    struct filter_hosts hosts;
    filter_hosts_find(a, &hosts);
    struct verdicts v = {.bad = filter_verdict(&hosts, "virus", true),
                         .good = filter_verdict(&hosts, "ham", true),
                         .inbox = filter_verdict(&hosts, "inbox", true),
                         .strange = filter_verdict(&hosts, "spam", false),
                         .points = filter_verdict(&hosts, "points", true)};
    if (v.bad)
        v.inbox = NULL;
    else
        v.bad = filter_verdict(&hosts, "spam", true);
    if (!v.bad && !v.good)
        v.good = v.inbox;
    v.strange = v.strange ? v.strange : filter_verdict(&hosts, "ham", false);
    if (!v.strange && !v.points)
        v.strange = filter_verdict(&hosts, "points", false);
    if (!v.bad && v.good && v.strange && note_is_of(v.strange, "spam") && leaves_open(v.good) &&
        stands_at_receiver(a, v.strange)) {
        v.open = v.good;
        v.good = NULL;
    }
    return v;
}

void answer_spam(struct answering *a) {
    const struct verdicts v = choose(a);
    const struct field_note *told = v.bad ? v.bad : v.good ? v.good : v.strange;
    if (v.bad && v.inbox)
        ANSWER(a, "no", answering_own(a), "No: %.*s, though %.*s", S(v.inbox->text), S(v.bad->text));
    else if (v.bad)
        ANSWER(a, "yes", answering_own(a), "Yes: %.*s", S(v.bad->text));
    else if (v.good)
        ANSWER(a, "no", answering_own(a), "No: %.*s", S(v.good->text));
    else if (v.strange)
        answer_strange(a, v.strange);
    else
        answer_points(a, v.points);
    if (!v.bad && !v.good && v.strange)
        tell_sender_side(a, v.strange);
    if (v.open)
        BECAUSE(a, v.open->line, "%.*s", S(v.open->text));
    tell_rules(a, told, v.bad || v.good || v.open || (!told && v.points));
    if (!told || (v.bad && !v.inbox))
        tell_failed_dmarc(a);
    if (!told || v.bad || v.good)
        tell_notes(a, told, true);
    if (!v.bad && !v.good)
        tell_notes(a, told, false);
    else
        tell_others_verdicts(a, v.bad);
}
