/* From what a message says to verdicts: see build.h. */
#include "analyze/verdict/build.h"
#include "analyze/verdict/build_pasted.h"

#include "analyze/chain/trust.h"
#include "analyze/classify/judge.h"
#include "analyze/classify/lookup.h"
#include "analyze/verdict/building.h"
#include "analyze/verdict/client_of.h"
#include "analyze/verdict/passing_on.h"
#include "analyze/verdict/refuser.h"
#include "parsers/base/address.h"
#include "parsers/base/text.h"
#include "parsers/bounce/bounce.h"
#include "parsers/bounce/recipients.h"
#include "parsers/message/limits.h"
#include "parsers/message/problem.h"

#include <glib.h>

#define LIMIT_NAME 300 /* bytes of a reporter's name and of a queue id, which stand with every recipient */

static void add_evidence(struct building *b, struct verdict *v, struct slice text, const char *where,
                         unsigned line, struct slice by, enum trust trust) {
    if (text.len)
        verdict_add_evidence(v, (struct evidence){NULL, text, where, line, by, trust}, b->arena);
}

#define ENOUGH_OF_REPLY 24 /* bytes by which a reply is known again */

/* Does the report's sentence repeat what the other side answered? */
static bool quotes_reply(struct slice sentence, const struct reply *reply) {
    struct slice start = slice_upto(reply->text, ENOUGH_OF_REPLY);
    return slice_find_nocase(sentence, SLICE(" said: ")) < sentence.len ||
           (start.len && slice_find_nocase(sentence, start) < sentence.len);
}

/* Who says what: a remote's words are as good as the host that reports them, and a reply with a code of SMTP
 * is a remote's (RFC 3464 section 2.3.6), whether its host is named or not. */
static void collect_evidence(struct building *b, struct verdict *v, const struct recipient *r) {
    /* A report that did not stay on hosts of one's own, as their Received fields tell, is nobody's own,
     * whatever name it bears; nor is one that somebody passed on. */
    bool is_own = b->report->carrier.chain.is_inside && !b->bounce->is_forwarded &&
                  trust_holds(b->trust, b->bounce->reporter);
    enum trust reported = is_own ? TRUST_OWN : TRUST_UNVERIFIED;
    v->bears_own_name = !is_own && b->bounce->reporter.len && trust_holds(b->trust, b->bounce->reporter);
    bool is_silent = verdict_is_silent(v);
    bool is_remote =
        !is_silent && !refuser_is_reporter(v->refuser) && (v->host.len || v->ip.len || v->reply.code);
    enum trust said = is_own && is_remote ? TRUST_REMOTE : reported;
    struct slice speaker = is_silent     ? b->report->reporter
                           : v->host.len ? v->host
                           : v->ip.len   ? v->ip
                                         : b->report->reporter;
    struct slice words = text_clean_line(b->arena, text_upto(r->diagnostic, LIMIT_MATCH_TEXT));
    struct slice sentence = text_shown(b->arena, text_upto(r->sentence, LIMIT_MATCH_TEXT), 400);
    add_evidence(b, v, words, r->where ? r->where : "report", r->line, speaker, said);
    add_evidence(b, v, enhanced_text(b->arena, r->status), "Status", r->status_line, b->report->reporter,
                 reported);
    if (!slice_equal(words, sentence))
        add_evidence(b, v, sentence, "text of the report", b->bounce->human_line, b->report->reporter,
                     quotes_reply(sentence, &v->reply) ? said : reported);
}

static void find_blocklist(struct building *b, struct verdict *v) {
    const struct entity *e = entity_find(v->entities, SLICE("list"));
    for (; e && !v->blocklist; e = entity_find(e->next, SLICE("list")))
        v->blocklist = blocklist_find(matcher_rules(b->matcher), e->value);
}

void verdict_take(struct verdict *v, const struct judgement *j) {
    v->cause = j->cause;
    v->underlying = j->underlying;
    v->fixer = j->fixer;
    v->is_permanent = j->is_permanent;
    v->is_given_up = j->is_given_up;
    v->is_lasting_known = j->is_lasting_known;
    v->confidence = j->confidence;
    v->doubt = j->doubt;
    v->score = j->score;
    v->other = j->other;
    v->other_score = j->other_score;
    v->rule = j->rule;
    v->entities = j->entities;
    v->provider = j->provider;
}

static struct verdict *add_verdict(struct building *b) {
    struct verdict *v = ARENA_NEW(b->arena, struct verdict);
    v->last_attempt = v->retry_until = -1;
    *b->end = v;
    b->end = &v->next;
    return v;
}

/* Says a field that the mail arrived, and another that it was refused (RFC 3464 section 2.3.4: the status
 * goes with the action)? Then it did not arrive, as far as anybody can tell. */
static bool contradicts_itself(const struct recipient *r) {
    bool has_arrived =
        r->action == ACTION_DELIVERED || r->action == ACTION_RELAYED || r->action == ACTION_EXPANDED;
    return has_arrived && (r->status[0] ? r->status[0] * 100 : reply_code(slice_trim(r->diagnostic))) >= 400;
}

static enum action action_refused(struct building *b, const struct recipient *r) {
    problem_add(
        &b->report->problems, b->arena, false, r->status[0] ? r->status_line : r->line,
        "the report contradicts itself: its Action says that the mail arrived, its Status or reply that "
        "it was refused");
    return r->status[0] == 4 || reply_code(slice_trim(r->diagnostic)) / 100 == 4 ? ACTION_DELAYED
                                                                                 : ACTION_FAILED;
}

/* A verdict is no surer than that there is a bounce. */
static enum confidence most_of_likeness(enum likeness likeness) {
    static const enum confidence most[] = {[LIKENESS_SURE] = CONFIDENCE_CERTAIN,
                                           [LIKENESS_LIKELY] = CONFIDENCE_LIKELY,
                                           [LIKENESS_GUESS] = CONFIDENCE_GUESS,
                                           [LIKENESS_NONE] = CONFIDENCE_GUESS};
    _Static_assert(G_N_ELEMENTS(most) == LIKENESS_NONE + 1, "for each likeness");
    return most[likeness];
}

/* Where the address that cannot be reached is none that the author wrote to, who keeps that one can correct
 * it; a bare name is one of the sending system. */
static void lead_from(struct verdict *v, const struct recipient *r) {
    static const char *const causes[] = {"recipient.unknown", "recipient.disabled", "recipient.moved",
                                         "domain"};
    bool is_led = false;
    for (size_t i = 0; i < G_N_ELEMENTS(causes); i++)
        is_led |= cause_is_of(verdict_root_cause(v)->id, causes[i]);
    if (!is_led || !r->original.len || slice_equal_nocase(r->original, r->address))
        return;
    v->led_from = r->original;
    v->fixer = address_domain(r->original).len ? "receiver-operator" : "sender-operator";
}

/* A provider that is known answers everybody: who gets no connection to it is stopped on his own side, mostly
 * by a closed port 25. */
static bool is_stopped_here(const struct verdict *v) {
    const char *cause = verdict_root_cause(v)->id;
    bool is_unconnected = cause_is_of(cause, "network.timeout") || cause_is_of(cause, "network.unreachable");
    return is_unconnected && v->provider &&
           slice_find_nocase(v->reply.text, SLICE("connect")) < v->reply.text.len;
}

void building_add(struct building *b, const struct recipient *told) {
    struct verdict *v = add_verdict(b);
    struct recipient sane = *told;
    const struct recipient *r = &sane;
    bool is_contradiction = contradicts_itself(told);
    if (is_contradiction)
        sane.action = action_refused(b, told);
    v->recipient = text_clean_line(b->arena, r->address);
    v->outcome = r->action == ACTION_UNKNOWN ? ACTION_FAILED : r->action;
    v->last_attempt = r->last_attempt;
    v->retry_until = r->retry_until;
    v->host = r->host;
    v->ip = r->ip;
    struct attempt attempt = {
        r, b->bounce->software, b->bounce->reporter, b->bounce->human, b->bounce->count == 1, b->spoken};
    struct judgement j = attempt_judge(&attempt, &v->reply, b->matcher, b->arena);
    if ((b->bounce->is_cut || is_contradiction) && j.confidence > CONFIDENCE_LIKELY)
        j.confidence = CONFIDENCE_LIKELY;
    j.confidence = MIN(j.confidence, most_of_likeness(b->bounce->likeness));
    verdict_take(v, &j);
    v->is_perhaps_none = b->bounce->likeness == LIKENESS_GUESS;
    if (v->outcome == ACTION_FAILED && !b->bounce->has_report && verdict_is_delivered(v))
        v->outcome = ACTION_DELIVERED; /* by a rule: no format tells it */
    v->is_redirected = recipient_is_redirected(r->original, r->address, b->report->message.sender);
    lead_from(v, r);
    v->sent_by = matcher_provider_of_host(b->matcher, b->bounce->reporter);
    v->client_of = b->service ? b->service : service_refused(v, b->bounce->reporter, b->matcher);
    v->software = b->bounce->software;
    refuser_find(b, v, r);
    if (verdict_hits_service(v))
        v->fixer = "network-operator";
    if (is_stopped_here(v))
        v->fixer = "sender-operator";
    find_blocklist(b, v);
    if (v->blocklist && v->blocklist->closed)
        v->fixer = "receiver-operator"; /* nobody can have anything removed from it */
    collect_evidence(b, v, r);
}

static void add_notice(struct building *b, const char *cause) {
    for (const struct recipient *r = b->bounce->recipients; r || !b->report->verdicts;
         r = r ? r->next : NULL) {
        struct verdict *v = add_verdict(b);
        struct judgement j = {0};
        judgement_set_notice(&j, cause, matcher_rules(b->matcher));
        verdict_take(v, &j);
        if (r)
            v->recipient = text_clean_line(b->arena, r->address);
        add_evidence(b, v, text_clean_line(b->arena, text_short(b->arena, b->bounce->human, 400)),
                     "text of the message", b->bounce->human_line, b->report->reporter, TRUST_UNVERIFIED);
        if (b->bounce->complaint.source_ip.len) {
            v->entities = ARENA_NEW(b->arena, struct entity);
            v->entities->name = "ip";
            v->entities->value = b->bounce->complaint.source_ip;
        }
    }
}

/* What a feedback report tells by its type (RFC 5965 section 7.3, RFC 6430); one that is not registered is as
 * "other". Without a type somebody complains in words. */
static const char *feedback_cause(struct slice type) {
    static const struct {
        struct slice type;
        const char *cause;
    } rows[] = {
        {SLICE("abuse"), "notice.complaint"},   {SLICE("opt-out"), "notice.complaint"},
        {SLICE("fraud"), "notice.fraud"},       {SLICE("virus"), "notice.virus"},
        {SLICE("not-spam"), "notice.not-spam"},
    };
    type = slice_trim(type);
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        if (slice_starts_nocase(type, rows[i].type))
            return rows[i].cause;
    return type.len ? "notice.feedback" : "notice.complaint";
}

/* Stands a refusal with both codes ("550 5.7.1 …") at the start of a line of what somebody wrote or quotes?
 */
static bool has_reply_in_words(struct slice text) {
    text = slice_upto(text, LIMIT_MATCH_TEXT);
    for (struct slice line; slice_next_line(&text, &line);) {
        int enhanced[3];
        while (line.len && strchr("> |\"'\t", line.ptr[0]))
            line = slice_from(line, 1);
        int code = reply_line_code(line);
        if (code >= 400 && enhanced_parse(slice_trim(slice_from(line, 4)), enhanced) &&
            enhanced[0] == code / 100)
            return true;
    }
    return false;
}

static void note_quoted_reply(struct building *b) {
    if (b->report->message.from.len && has_reply_in_words(b->bounce->human))
        problem_add(
            &b->report->problems, b->arena, false, 0,
            "the text quotes a mail server's refusal, which is not explained here: give those words to "
            "`mailwhy reply`");
}

void report_build(struct report *report, const struct bounce *bounce, struct matcher *matcher,
                  const struct trust_list *trust, struct arena *arena) {
    struct building b = {report, bounce, matcher, trust, arena, &report->verdicts, false, NULL, NULL};
    report->kind = bounce->kind == KIND_CHALLENGE ? KIND_AUTO_REPLY : bounce->kind;
    report->format = bounce->format;
    report->software = bounce->software;
    report->service = rulebase_provider(matcher_rules(matcher), bounce->software);
    report->reporter = text_upto(text_clean_line(arena, bounce->reporter), LIMIT_NAME);
    report->queue_id = text_upto(bounce->queue_id, LIMIT_NAME);
    report->message = bounce->returned;
    report->complaint = bounce->complaint;
    report->human = bounce->human;
    b.quotes_another = refuser_quotes_another(text_upto(bounce->human, LIMIT_MATCH_TEXT));
    switch (bounce->kind) {
    case KIND_BOUNCE:
        if (bounce->likeness == LIKENESS_GUESS)
            problem_add(&report->problems, arena, false, 0,
                        "this may be no bounce, but a mail that has words of one: it shows neither the null "
                        "sender and whom the mail did not reach, nor the mail that came back");
        for (const struct recipient *r = bounce->recipients; r; r = r->next)
            building_add(&b, r);
        break;
    case KIND_AUTO_REPLY:
        add_notice(&b, "notice.auto-reply");
        break;
    case KIND_COMPLAINT:
        add_notice(&b, feedback_cause(bounce->complaint.type));
        break;
    case KIND_CHALLENGE:
        add_notice(&b, "notice.challenge");
        break;
    case KIND_MESSAGE: /* nothing was recognised: without a header it is no mail */
        if (!report->message.is_present)
            report->kind = KIND_NONE;
        note_quoted_reply(&b);
        report->is_piece =
            !report->message.from.len && !report->message.to.len && !report->message.subject.len;
        break;
    case KIND_NONE:
    case KIND_TRANSCRIPT: /* those two are no messages: report_build_pasted */
    case KIND_EVENT:
    case KIND_REPORT: /* worker_report tells that one */
        break;
    }
    if (bounce->has_more)
        problem_add(
            &report->problems, arena, true, 0,
            "more than " G_STRINGIFY(LIMIT_RECIPIENTS) " recipients in one report: the rest were not read");
    const char *stopped = matcher_stopped(matcher);
    if (stopped)
        problem_add(&report->problems, arena, false, 0,
                    arena_printf(arena, "a pattern took too long and was stopped: %s", stopped).ptr);
    for (const struct problem *p = report->problems.first; p; p = p->next)
        report->has_error |= p->is_error;
}
