/* From what a message says to verdicts: see build.h. */
#include "analyze/verdict/build.h"

#include "analyze/chain/trust.h"
#include "analyze/classify/judge.h"
#include "analyze/classify/lookup.h"
#include "analyze/verdict/session_remarks.h"
#include "parsers/base/text.h"
#include "parsers/bounce/about_mail.h"
#include "parsers/bounce/bounce.h"
#include "parsers/bounce/event_json.h"
#include "parsers/bounce/pasted.h"
#include "parsers/bounce/recipients.h"
#include "parsers/message/limits.h"
#include "parsers/message/problem.h"
#include "parsers/rules/rank.h"

#include <glib.h>

#define LIMIT_NAME 300 /* bytes of a reporter's name and of a queue id, which stand with every recipient */

struct building {
    struct report *report;
    const struct bounce *bounce;
    struct matcher *matcher;
    const struct trust_list *trust;
    struct arena *arena;
    struct verdict **end;
};

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
    bool is_remote = v->host.len || v->ip.len || v->reply.code;
    enum trust said = is_own && is_remote ? TRUST_REMOTE : reported;
    struct slice speaker = v->host.len ? v->host : v->ip.len ? v->ip : b->report->reporter;
    struct slice words = text_clean_line(b->arena, text_upto(r->diagnostic, LIMIT_MATCH_TEXT));
    struct slice sentence = text_clean_line(b->arena, text_upto(r->sentence, 400));
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

static void take_judgement(struct verdict *v, const struct judgement *j) {
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

static void add_recipient(struct building *b, const struct recipient *r) {
    struct verdict *v = add_verdict(b);
    v->recipient = text_clean_line(b->arena, r->address);
    v->outcome = r->action == ACTION_UNKNOWN ? ACTION_FAILED : r->action;
    v->last_attempt = r->last_attempt;
    v->retry_until = r->retry_until;
    v->host = r->host;
    v->ip = r->ip;
    struct attempt attempt = {r, b->bounce->software, b->bounce->reporter, b->bounce->human,
                              b->bounce->count == 1};
    struct judgement j = attempt_judge(&attempt, &v->reply, b->matcher, b->arena);
    if (b->bounce->is_cut && j.confidence > CONFIDENCE_LIKELY)
        j.confidence = CONFIDENCE_LIKELY;
    take_judgement(v, &j);
    v->sent_by = matcher_provider_of_host(b->matcher, b->bounce->reporter);
    if (verdict_hits_service(v))
        v->fixer = "network-operator";
    find_blocklist(b, v);
    collect_evidence(b, v, r);
}

static void add_notice(struct building *b, const char *cause) {
    for (const struct recipient *r = b->bounce->recipients; r || !b->report->verdicts;
         r = r ? r->next : NULL) {
        struct verdict *v = add_verdict(b);
        struct judgement j = {0};
        judgement_set_notice(&j, cause, matcher_rules(b->matcher));
        take_judgement(v, &j);
        if (r)
            v->recipient = text_clean_line(b->arena, r->address);
        add_evidence(b, v, text_clean_line(b->arena, text_upto(b->bounce->human, 400)), "text of the message",
                     b->bounce->human_line, b->report->reporter, TRUST_UNVERIFIED);
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

void report_build(struct report *report, const struct bounce *bounce, struct matcher *matcher,
                  const struct trust_list *trust, struct arena *arena) {
    struct building b = {report, bounce, matcher, trust, arena, &report->verdicts};
    report->kind = bounce->kind == KIND_CHALLENGE ? KIND_AUTO_REPLY : bounce->kind;
    report->format = bounce->format;
    report->software = bounce->software;
    report->service = rulebase_provider(matcher_rules(matcher), bounce->software);
    report->reporter = text_upto(text_clean_line(arena, bounce->reporter), LIMIT_NAME);
    report->queue_id = text_upto(bounce->queue_id, LIMIT_NAME);
    report->message = bounce->returned;
    report->complaint = bounce->complaint;
    report->human = bounce->human;
    switch (bounce->kind) {
    case KIND_BOUNCE:
        for (const struct recipient *r = bounce->recipients; r; r = r->next)
            add_recipient(&b, r);
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

/* A reply that says yes (RFC 5321 section 4.2.1) reports no refusal, whatever its words; of 250, 251 and 252
 * the mail or the recipient was taken. */
static void judge_positive(struct verdict *v, struct slice text, const struct rulebase *rules) {
    int code = reply_code(slice_trim(text));
    if (!code || code >= 400 || v->rule)
        return;
    v->reply.code = code;
    v->fixer = "nobody";
    v->is_lasting_known = v->is_permanent = false;
    if (v->doubt == DOUBT_LEADS) { /* replies that refuse are all that the second opinion knows */
        v->cause = rulebase_cause(rules, "unknown.unclassified");
        v->confidence = CONFIDENCE_NONE;
        v->score = 0;
    }
    if (code < 250 || code > 252)
        return;
    struct judgement j = {0};
    judgement_set_notice(&j, "notice.delivered", rules);
    take_judgement(v, &j);
}

/* Does the text begin with a refusal? Then it is a reply, all of it. */
static bool begins_with_refusal(struct slice text) {
    return reply_code(slice_trim(text)) >= 400;
}

/* What a bare text tells of a try: the reply that is found in it, or else those of its words that are about
 * mail. Returns whether it is no more than words, and many of them. */
static bool read_pasted(struct recipient *told, struct slice text, struct matcher *matcher,
                        struct arena *arena) {
    struct pasted pasted;
    bool is_reply = begins_with_refusal(text);
    if (!is_reply)
        text = pasted_text(text, arena);
    attempt_read_text(told, text, SLICE_EMPTY, NULL, matcher, arena);
    if (is_reply)
        return false;
    bool is_quoted = told->diagnostic.ptr != told->sentence.ptr; /* by the words of a program that is known */
    if (!pasted_read(&pasted, text, arena)) {
        if (!is_quoted)
            attempt_read_text(told, text_about_mail(text, arena), SLICE_EMPTY, NULL, matcher, arena);
        return !is_quoted && text.len > SHORT_TEXT;
    }
    struct slice host = told->host;
    struct slice ip = told->ip;
    struct slice command = pasted.command.len ? pasted.command : told->command;
    if (is_quoted && !pasted.is_anchored)
        return false;
    attempt_read_text(told, pasted.reply, host, NULL, matcher, arena);
    told->ip = told->ip.len ? told->ip : ip;
    told->command = told->command.len ? told->command : command;
    return false;
}

/* The replies of an event, of a list of lines, of several recipients in one error; returns how many. */
static size_t read_events(struct slice text, const struct rulebase *rules, struct event_reply **events,
                          const char **service, struct arena *arena) {
    *events = arena_alloc(arena, LIMIT_EVENTS * sizeof **events);
    if (!json_begins(text))
        return pasted_refusals(text, *events, LIMIT_EVENTS, arena);
    size_t count = event_json_read(text, rules, *events, LIMIT_EVENTS, service, arena);
    struct slice lines = count ? SLICE_EMPTY : json_list_lines(text, arena);
    if (!lines.len)
        return count;
    **events = (struct event_reply){lines, SLICE_EMPTY, NULL};
    return 1;
}

/* What the kind of an event decides, whatever its words. */
static const struct event_meaning {
    const char *outcome; /* in the words of rules; NULL at the end */
    enum action action;
    const char *notice; /* its cause; NULL: as the action and the words say */
} event_meanings[] = {
    {"sent", ACTION_DELIVERED, NULL},
    {"deferred", ACTION_DELAYED, NULL},
    {"complaint", ACTION_UNKNOWN, "notice.complaint"},
    {"auto-reply", ACTION_UNKNOWN, "notice.auto-reply"},
    {"challenge", ACTION_UNKNOWN, "notice.challenge"},
    {NULL, ACTION_UNKNOWN, NULL},
};

static const struct event_meaning *meaning_of(const struct event_reply *event) {
    const struct event_meaning *m = event_meanings;
    while (m->outcome && (!event->outcome || strcmp(m->outcome, event->outcome) != 0))
        m++;
    return m;
}

/* Where the reply that was found tells nothing, the words around it may. */
static void judge_around(struct building *b, struct verdict *v, const struct recipient *r,
                         struct slice text) {
    struct recipient around = *r;
    struct reply reply;
    around.diagnostic = SLICE_EMPTY;
    around.sentence = text_clean_line(b->arena, text_about_mail(text_upto(text, LIMIT_MATCH_TEXT), b->arena));
    if (!cause_is_of(v->cause->id, "unknown") || slice_equal(around.sentence, r->sentence))
        return;
    struct attempt attempt = {.told = &around};
    struct judgement j = attempt_judge(&attempt, &reply, b->matcher, b->arena);
    if (j.confidence == CONFIDENCE_CERTAIN)
        take_judgement(v, &j);
}

/* A bare reply that is temporary, and nothing says that it was given up (RFC 5321 section 4.5.4.1). */
static bool is_still_tried(const struct verdict *v) {
    return v->outcome == ACTION_FAILED && v->is_lasting_known && !v->is_permanent && !v->is_given_up &&
           !cause_is_of(v->cause->id, "notice");
}

/* Of many words, what names a thing may be about it; a general word is about anything. */
static void judge_prose(struct verdict *v) {
    if (v->rule && rule_level(v->rule) < LEVEL_PHRASE)
        v->rule = NULL;
    v->confidence = MIN(v->confidence, CONFIDENCE_GUESS);
    v->score = v->other_score = 0; /* nobody has measured that */
}

static void add_event(struct building *b, const struct event_reply *event) {
    const struct event_meaning *meaning = meaning_of(event);
    struct recipient r;
    struct verdict **end = b->end;
    bool is_prose = read_pasted(&r, event->reply, b->matcher, b->arena);
    r.address = event->recipient;
    r.action = meaning->action;
    add_recipient(b, &r);
    judge_around(b, *end, &r, event->reply);
    if (is_prose)
        judge_prose(*end);
    judge_positive(*end, event->reply, matcher_rules(b->matcher));
    if (meaning->notice) {
        struct judgement j = {.entities = (*end)->entities};
        judgement_set_notice(&j, meaning->notice, matcher_rules(b->matcher));
        take_judgement(*end, &j);
        (*end)->outcome = ACTION_UNKNOWN;
    }
    if (verdict_is_delivered(*end))
        (*end)->outcome = ACTION_DELIVERED;
    else if (!event->outcome && is_still_tried(*end))
        (*end)->outcome = ACTION_DELAYED;
}

/* The verdict on a bare text, which may be a session; of one in which nothing was refused, on what was taken.
 */
static void add_text(struct building *b, struct slice text, struct slice recipient) {
    struct session session;
    struct verdict **end = b->end;
    bool is_session =
        session_read(&session, slice_upto(text, LIMIT_PASTED), b->arena) && session.commands > 1;
    if (is_session && !session.refusal.len && session.taken.len)
        text = session.taken;
    add_event(b, &(struct event_reply){text, recipient, NULL});
    if (is_session)
        (*end)->remarks = session_remarks(&session, b->arena);
}

bool report_build_pasted(struct report *report, struct slice text, struct matcher *matcher,
                         struct arena *arena) {
    struct bounce bounce = {.kind = KIND_BOUNCE, .count = 1};
    struct building b = {report, &bounce, matcher, NULL, arena, &report->verdicts};
    struct event_reply *events;
    const char *service = NULL;
    size_t count = read_events(text, matcher_rules(matcher), &events, &service, arena);
    for (size_t i = 0; i < count; i++)
        add_event(&b, &events[i]);
    if (!count)
        add_text(&b, slice_upto(text, LIMIT_PASTED), SLICE_EMPTY);
    bool is_known = count || report->verdicts->rule || report->verdicts->remarks;
    report->kind = count && json_begins(text) ? KIND_EVENT : is_known ? KIND_TRANSCRIPT : KIND_NONE;
    report->format = service;
    if (!is_known)
        report->verdicts = NULL;
    return is_known;
}

void verdict_of_reply(struct verdict *verdict, struct slice text, struct matcher *matcher,
                      struct arena *arena) {
    struct report report = {0};
    struct bounce bounce = {.kind = KIND_BOUNCE};
    struct building b = {&report, &bounce, matcher, NULL, arena, &report.verdicts};
    struct event_reply *events;
    if (read_events(text, matcher_rules(matcher), &events, NULL, arena))
        add_event(&b, events);
    else
        add_text(&b, text, SLICE_EMPTY);
    *verdict = *report.verdicts;
    verdict->outcome = ACTION_UNKNOWN;
}
