/* The judgement on one try: see judge.h. */
#include "analyze/classify/judge.h"

#include "analyze/classify/joint.h"
#include "analyze/classify/lookup.h"
#include "analyze/classify/stage.h"
#include "parsers/base/address.h"
#include "parsers/base/text.h"
#include "parsers/bounce/textual.h"
#include "parsers/rules/rank.h"

#include <glib.h>

#define SCORE_UNSEEN 90 /* at most, of content that the server had not seen */

struct judging {
    const struct attempt *attempt;
    struct situation situation;
    struct matcher *matcher;
    struct arena *arena;
    bool is_quoted; /* the reply stood inside words of the program that tells of it */
};

static bool has_arrived(enum action action) {
    return action == ACTION_DELIVERED || action == ACTION_RELAYED || action == ACTION_EXPANDED;
}

/* Does the reply stand inside words of the program that tells of it ("LMTP server error: 550 5.1.1 …")? Then
 * an enhanced code shows that it is one. */
static bool is_inside(const struct reply *reply, const struct recipient *told) {
    struct slice words = slice_trim(told->diagnostic);
    size_t digits;
    if (reply->code < 400 || !reply->enhanced[0] || !words.len)
        return false;
    size_t at = slice_find(told->sentence, words);
    return slice_number(words, &digits) != reply->code || (at > 0 && at < told->sentence.len);
}

/* Returns whether it stood inside other words. */
static bool read_reply(const struct attempt *a, struct reply *reply, struct arena *arena) {
    const struct recipient *r = a->told;
    *reply = (struct reply){0};
    struct slice text = text_upto(r->diagnostic.len ? r->diagnostic : r->sentence, LIMIT_MATCH_TEXT);
    reply_parse(reply, text, arena);
    bool is_quoted = is_inside(reply, r);
    if (!r->diagnostic.len && !reply->code && r->sentence.ptr == a->human.ptr)
        reply->text = SLICE_EMPTY; /* the whole report is no reply */
    if (reply->code >= 200 && reply->code < 400 && !has_arrived(r->action))
        reply->code = 0;
    reply->command = r->command;
    if (!reply->enhanced[0])
        memcpy(reply->enhanced, r->status, sizeof r->status);
    return is_quoted;
}

static bool is_certain(const struct judgement *j) {
    return j->confidence == CONFIDENCE_CERTAIN;
}

/* Where the reply itself says nothing that a rule knows, other words about the recipient may. */
static void judge_other_words(const struct judging *g, struct slice words, struct slice tried,
                              struct judgement *j) {
    if (is_certain(j) || !words.len || slice_equal(words, tried))
        return;
    struct judgement said = classify(g->matcher, &g->situation, words, g->arena);
    bool tells_nothing = j->rule && cause_is_of(j->cause->id, "unknown");
    if (g->is_quoted && !tells_nothing && (!said.rule || rule_level(said.rule) < LEVEL_EXACT))
        return; /* what a program says around a reply decides only where it names the thing */
    if (said.confidence > j->confidence)
        *j = said;
}

/* The report may add that the last try was the last; or, of an expired message, why that try failed. */
static void add_expiry(const struct judging *g, struct slice words, struct judgement *j) {
    if (j->underlying || !words.len)
        return;
    if (judgement_is_expiry(j)) {
        j->underlying = classify_underlying(g->matcher, &g->situation, words, g->arena);
        if (j->underlying) {
            j->fixer = j->underlying->fixer;
            judgement_give_up(j);
        }
    } else if (g->situation.reply->code < 500) {
        const struct cause *expired = classify_expiry(g->matcher, &g->situation, words, g->arena);
        j->underlying = expired ? j->cause : NULL;
        j->cause = expired ? expired : j->cause;
        if (expired && !j->is_permanent)
            judgement_give_up(j);
    }
}

/* What is refused before DATA was refused unseen: a server that speaks of its content then speaks of
 * something else, or says late what it thought of another mail. */
static void limit_unseen(const struct judging *g, struct judgement *j) {
    static const char *const before[] = {"CONNECT", "EHLO", "HELO", "STARTTLS", "MAIL FROM", "RCPT TO"};
    bool is_told = j->rule && !j->rule->place.is_builtin; /* one's own rule says what it is */
    if (is_told || !is_certain(j) || !cause_is_of(j->cause->id, "content"))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(before); i++)
        if (slice_equal(g->situation.reply->command, slice_of(before[i]))) {
            j->confidence = CONFIDENCE_LIKELY;
            j->score = MIN(j->score, SCORE_UNSEEN);
        }
}

/* The cause becomes one that no rule said in these words: its advice is that of the cause. */
static void become(struct judgement *j, const char *cause, const struct rulebase *rules) {
    j->other = j->cause;
    j->other_score = 0;
    j->cause = rulebase_cause(rules, cause);
    j->fixer = j->cause->fixer;
    j->rule = NULL;
    j->confidence = MIN(j->confidence, CONFIDENCE_LIKELY);
    j->score = 0;
}

/* Before RCPT TO the server knew no recipient: what reads so is said of the sender, or of one's own login. */
static void judge_stage(const struct judging *g, struct judgement *j) {
    const char *cause = stage_cause(g->situation.reply->command, j->cause->id);
    bool is_told = j->rule && !j->rule->place.is_builtin; /* one's own rule says what it is */
    if (!cause || is_told || ground_of(j->rule, j->matched.len) == GROUND_NAMED)
        return;
    become(j, cause, matcher_rules(g->matcher));
    j->other = NULL;
}

static struct judgement judge_words(const struct judging *g) {
    const struct attempt *a = g->attempt;
    struct slice reply = g->situation.reply->text;
    struct judgement j = classify(g->matcher, &g->situation, reply, g->arena);
    const struct judgement alone = j;
    struct slice sentence = text_clean_line(g->arena, text_upto(a->told->sentence, LIMIT_MATCH_TEXT));
    if (!is_certain(&j)) {
        judge_other_words(g, sentence, reply, &j);
        if (a->is_only_recipient)
            judge_other_words(g, text_clean_line(g->arena, text_upto(a->human, LIMIT_MATCH_TEXT)), sentence,
                              &j);
    }
    judgement_doubt(&j, g->matcher, &g->situation, g->arena);
    if (a->told->diagnostic.len && j.said.text.ptr != alone.said.text.ptr)
        judgement_contradict(&j, &alone, g->matcher, &g->situation);
    judge_stage(g, &j);
    limit_unseen(g, &j);
    if (a->told->action == ACTION_FAILED)
        add_expiry(g, sentence, &j);
    return j;
}

void judgement_set_notice(struct judgement *j, const char *cause, const struct rulebase *rules) {
    j->cause = rulebase_cause(rules, cause);
    j->fixer = j->cause->fixer;
    j->is_permanent = j->is_given_up = false;
    j->is_lasting_known = true;
    j->confidence = CONFIDENCE_CERTAIN;
    j->rule = NULL;
    j->doubt = DOUBT_NOT_ASKED;
    j->other = NULL;
    j->score = j->other_score = 0;
}

/* What the outcome itself decides. What was relayed or expanded is not known to have arrived (RFC 3464
 * section 2.3.3). */
static void judge_outcome(struct judgement *j, const struct recipient *told, const struct rulebase *rules) {
    enum action action = told->action;
    if (action == ACTION_RELAYED)
        judgement_set_notice(j, "notice.relayed", rules);
    else if (action == ACTION_EXPANDED)
        judgement_set_notice(j, "notice.expanded", rules);
    else if (action == ACTION_DELIVERED)
        judgement_set_notice(j, "notice.delivered", rules);
    else if (told->is_held)
        judgement_set_notice(j, "notice.held", rules);
    else if (action == ACTION_DELAYED && (j->confidence < CONFIDENCE_LIKELY || judgement_is_expiry(j)))
        judgement_set_notice(j, "notice.delayed", rules);
    else if (action == ACTION_DELAYED)
        j->is_permanent = false;
    else if (action == ACTION_FAILED && j->is_lasting_known && !j->is_permanent)
        judgement_give_up(j); /* whatever the last reply said */
}

/* Do both names end in the same two labels? That is asked without the public suffix list, which logs have not
 * loaded. */
static bool is_near(struct slice one, struct slice other) {
    size_t dots = 0;
    for (size_t i = 1; i <= one.len && i <= other.len; i++) {
        char a = ascii_lower(one.ptr[one.len - i]);
        if (a != ascii_lower(other.ptr[other.len - i]))
            return dots > 1;
        dots += a == '.';
    }
    return one.len == other.len || dots > 0;
}

/* The host that reports it refused it itself, mail to others: no server answered, and the recipient is none
 * of its own. Then it is no receiver who judged the mail, but one's own outgoing service. */
static bool is_refused_at_home(const struct judging *g, const struct judgement *j) {
    static const char *const causes[] = {"content", "sender.refused", "access.denied", "rate.limited"};
    const struct attempt *a = g->attempt;
    struct slice domain = address_domain(a->told->address);
    bool is_answer = a->told->host.len || a->told->ip.len || g->situation.reply->code;
    bool is_told = j->rule && !j->rule->place.is_builtin; /* one's own rule says what it is */
    if (!a->software || is_answer || is_told || !domain.len || !address_is_host(a->reporter) ||
        is_near(domain, a->reporter))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(causes); i++)
        if (cause_is_of(j->cause->id, causes[i]))
            return true;
    return false;
}

static void judge_at_home(const struct judging *g, struct judgement *j) {
    if (!is_refused_at_home(g, j))
        return;
    become(j, "sender-system.refused", matcher_rules(g->matcher));
    j->provider = NULL;
}

struct judgement attempt_judge(const struct attempt *a, struct reply *reply, struct matcher *matcher,
                               struct arena *arena) {
    struct judging g = {.attempt = a, .matcher = matcher, .arena = arena};
    g.is_quoted = read_reply(a, reply, arena);
    g.situation = (struct situation){.reply = reply,
                                     .status = a->told->status,
                                     .software = a->software,
                                     .reporter = a->reporter,
                                     .provider = matcher_provider_of_host(matcher, a->told->host)};
    if (!g.situation.provider)
        g.situation.provider = provider_of_words(matcher, reply->text, arena);
    if (!g.situation.provider)
        g.situation.provider = a->spoken;
    struct judgement j = judge_words(&g);
    judge_at_home(&g, &j);
    judge_outcome(&j, a->told, matcher_rules(matcher));
    return j;
}

void attempt_read_text(struct recipient *told, struct slice text, struct slice host, const int status[3],
                       struct matcher *matcher, struct arena *arena) {
    struct slice line = text_clean_line(arena, text_upto(text, LIMIT_MATCH_TEXT));
    bool begins_with_code = reply_code(line) > 0;
    *told = (struct recipient){.host = host, .last_attempt = -1, .retry_until = -1, .where = "as given"};
    if (status)
        memcpy(told->status, status, sizeof told->status);
    phrases_apply(told, matcher, NULL, line, arena);
    bool is_quoted = told->diagnostic.len && !begins_with_code; /* behind a code, a quotation is no reply */
    if (!is_quoted)
        told->diagnostic = line;
    told->sentence = line;
}
