/* From what a message says to verdicts: see build.h. */
#include "analyze/verdict/build.h"

#include "analyze/chain/trust.h"
#include "parsers/base/address.h"
#include "parsers/base/text.h"
#include "parsers/bounce/bounce.h"
#include "parsers/log/log.h"
#include "parsers/message/limits.h"

#include <glib.h>

static const char *const outcomes[] = {
    [ACTION_UNKNOWN] = "failed",      [ACTION_FAILED] = "failed",   [ACTION_DELAYED] = "delayed",
    [ACTION_DELIVERED] = "delivered", [ACTION_RELAYED] = "relayed", [ACTION_EXPANDED] = "expanded",
};

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
    if (!text.len)
        return;
    struct evidence **end = &v->evidence;
    while (*end)
        end = &(*end)->next;
    struct evidence *e = ARENA_NEW(b->arena, struct evidence);
    *e = (struct evidence){NULL, text, where, line, by, trust};
    *end = e;
}

static struct slice status_text(struct arena *arena, const int status[3]) {
    return status[0] ? arena_printf(arena, "%d.%d.%d", status[0], status[1], status[2]) : SLICE_EMPTY;
}

/* Who says what: a remote's words are as good as the host that reports them. */
static void collect_evidence(struct building *b, struct verdict *v, const struct recipient *r) {
    /* A report that came in from outside is nobody's own, whatever name it bears. */
    bool is_from_outside = b->report->carrier.chain.count && !b->report->carrier.chain.is_inside;
    bool is_own = trust_holds(b->trust, b->bounce->reporter) && !is_from_outside;
    enum trust reported = is_own ? TRUST_OWN : TRUST_UNVERIFIED;
    bool is_remote = v->host.len || v->ip.len;
    struct slice speaker = v->host.len ? v->host : v->ip.len ? v->ip : b->bounce->reporter;
    struct slice words = text_clean_line(b->arena, text_upto(r->diagnostic, LIMIT_MATCH_TEXT));
    add_evidence(b, v, words, r->where ? r->where : "report", r->line, speaker,
                 is_own && is_remote ? TRUST_REMOTE : reported);
    add_evidence(b, v, status_text(b->arena, r->status), "Status", r->status_line, b->bounce->reporter,
                 reported);
    if (!slice_equal(words, text_clean_line(b->arena, text_upto(r->sentence, 400))))
        add_evidence(b, v, text_clean_line(b->arena, text_upto(r->sentence, 400)), "text of the report",
                     b->bounce->human_line, b->bounce->reporter, reported);
}

static void find_blocklist(struct building *b, struct verdict *v) {
    for (const struct entity *e = v->entities; e && !v->blocklist; e = e->next)
        if (strcmp(e->name, "list") == 0)
            v->blocklist = blocklist_find(matcher_rules(b->matcher), e->value);
}

static void take_judgement(struct verdict *v, const struct judgement *j) {
    v->cause = j->cause;
    v->underlying = j->underlying;
    v->fixer = j->fixer;
    v->is_permanent = j->is_permanent;
    v->confidence = j->confidence;
    v->rule = j->rule;
    v->entities = j->entities;
    v->provider = j->provider;
}

static bool is_silent(const struct judgement *j) {
    return j->confidence != CONFIDENCE_CERTAIN;
}

/* Where the reply itself says nothing that a rule knows, other words about the recipient may. */
static void judge_other_words(struct building *b, const struct situation *s, struct slice words,
                              struct slice tried, struct judgement *j) {
    if (!is_silent(j) || !words.len || slice_equal(words, tried))
        return;
    struct judgement said = classify(b->matcher, s, words, b->arena);
    if (said.confidence > j->confidence)
        *j = said;
}

static bool is_expired(const struct judgement *j) {
    return strcmp(j->cause->id, "queue.expired") == 0;
}

/* The report may add that the last try was the last; or, of an expired message, why that try failed. */
static void add_expiry(struct building *b, const struct situation *s, struct slice words,
                       struct judgement *j) {
    if (j->underlying || !words.len)
        return;
    if (is_expired(j)) {
        j->underlying = classify_underlying(b->matcher, s, words, b->arena);
        if (j->underlying)
            j->fixer = j->underlying->fixer;
    } else if (s->reply->code < 500) {
        const struct cause *expired = classify_expiry(b->matcher, s, words, b->arena);
        j->underlying = expired ? j->cause : NULL;
        j->cause = expired ? expired : j->cause;
        j->is_permanent |= expired != NULL;
    }
}

static void judge_words(struct building *b, struct verdict *v, const struct recipient *r) {
    struct situation s = {.reply = &v->reply,
                          .status = r->status,
                          .host = v->host,
                          .software = b->bounce->software,
                          .reporter = b->bounce->reporter,
                          .provider = matcher_provider_of_host(b->matcher, v->host)};
    if (!s.provider)
        s.provider = provider_of_words(b->matcher, v->reply.text, b->arena);
    struct judgement j = classify(b->matcher, &s, v->reply.text, b->arena);
    struct slice sentence = text_clean_line(b->arena, text_upto(r->sentence, LIMIT_MATCH_TEXT));
    if (is_silent(&j)) {
        judge_other_words(b, &s, sentence, v->reply.text, &j);
        if (b->bounce->count == 1)
            judge_other_words(b, &s, text_clean_line(b->arena, text_upto(b->bounce->human, LIMIT_MATCH_TEXT)),
                              sentence, &j);
    }
    if (r->action == ACTION_FAILED)
        add_expiry(b, &s, sentence, &j);
    take_judgement(v, &j);
}

static void set_notice(struct building *b, struct verdict *v, const char *cause) {
    v->cause = rulebase_cause(matcher_rules(b->matcher), cause);
    v->fixer = v->cause->fixer;
    v->is_permanent = false;
    v->confidence = CONFIDENCE_CERTAIN;
    v->rule = NULL;
}

static bool has_arrived(enum action action) {
    return action == ACTION_DELIVERED || action == ACTION_RELAYED || action == ACTION_EXPANDED;
}

/* What the outcome itself decides. */
static void judge_outcome(struct building *b, struct verdict *v, enum action action) {
    if (has_arrived(action))
        set_notice(b, v, "notice.delivered");
    else if (action == ACTION_DELAYED && v->confidence < CONFIDENCE_LIKELY)
        set_notice(b, v, "notice.delayed");
    else if (action == ACTION_DELAYED && strcmp(v->cause->id, "queue.expired") == 0)
        set_notice(b, v, "notice.delayed");
    else if (action == ACTION_DELAYED)
        v->is_permanent = false;
}

static struct verdict *add_verdict(struct building *b) {
    struct verdict *v = ARENA_NEW(b->arena, struct verdict);
    v->last_attempt = v->retry_until = -1;
    *b->end = v;
    b->end = &v->next;
    b->report->verdict_count++;
    return v;
}

static void add_recipient(struct building *b, const struct recipient *r) {
    struct verdict *v = add_verdict(b);
    v->recipient = text_clean_line(b->arena, r->address);
    v->outcome = outcomes[r->action];
    v->last_attempt = r->last_attempt;
    v->retry_until = r->retry_until;
    v->host = r->host;
    v->ip = r->ip;
    reply_parse(&v->reply, text_upto(r->diagnostic.len ? r->diagnostic : r->sentence, LIMIT_MATCH_TEXT),
                b->arena);
    if (!r->diagnostic.len && !v->reply.code && r->sentence.ptr == b->bounce->human.ptr)
        v->reply.text = SLICE_EMPTY; /* the whole report is no reply */
    if (v->reply.code >= 200 && v->reply.code < 400 && !has_arrived(r->action))
        v->reply.code = 0;
    v->reply.command = r->command;
    if (!v->reply.enhanced[0])
        memcpy(v->reply.enhanced, r->status, sizeof r->status);
    judge_words(b, v, r);
    judge_outcome(b, v, r->action);
    find_blocklist(b, v);
    collect_evidence(b, v, r);
}

static void add_notice(struct building *b, const char *cause) {
    for (const struct recipient *r = b->bounce->recipients; r || !b->report->verdicts;
         r = r ? r->next : NULL) {
        struct verdict *v = add_verdict(b);
        set_notice(b, v, cause);
        if (r)
            v->recipient = text_clean_line(b->arena, r->address);
        add_evidence(b, v, text_clean_line(b->arena, text_upto(b->bounce->human, 400)), "text of the message",
                     b->bounce->human_line, b->bounce->reporter, TRUST_UNVERIFIED);
        if (b->bounce->complaint.source_ip.len) {
            v->entities = ARENA_NEW(b->arena, struct entity);
            v->entities->name = "ip";
            v->entities->value = b->bounce->complaint.source_ip;
        }
    }
}

void report_build(struct report *report, const struct bounce *bounce, struct matcher *matcher,
                  const struct trust_list *trust, struct arena *arena) {
    struct building b = {report, bounce, matcher, trust, arena, &report->verdicts};
    report->kind = bounce->kind == KIND_CHALLENGE ? KIND_AUTO_REPLY : bounce->kind;
    report->format = bounce->format;
    report->software = bounce->software;
    report->service = provider_by_id(matcher_rules(matcher), bounce->software);
    report->reporter = text_clean_line(arena, bounce->reporter);
    report->queue_id = bounce->queue_id;
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
        add_notice(&b, "notice.complaint");
        break;
    case KIND_CHALLENGE:
        add_notice(&b, "notice.challenge");
        break;
    case KIND_MESSAGE:
        break;
    }
    if (bounce->count >= LIMIT_RECIPIENTS)
        problem_add(&report->problems, arena, true, 0,
                    "more than 50000 recipients in one report: the rest were not read");
    const char *stopped = matcher_stopped(matcher);
    if (stopped)
        problem_add(&report->problems, arena, false, 0,
                    arena_printf(arena, "a pattern took too long and was stopped: %s", stopped).ptr);
    for (const struct problem *p = report->problems.first; p; p = p->next)
        report->has_error |= p->is_error;
}

/* A text that stands by itself; `action` is what came of it where that is known. */
static void judge_text(struct verdict *verdict, struct slice text, struct slice host, const int status[3],
                       enum action action, struct matcher *matcher, struct arena *arena) {
    struct report report = {0};
    struct bounce bounce = {.kind = KIND_BOUNCE};
    struct building b = {&report, &bounce, matcher, NULL, arena, &report.verdicts};
    struct recipient r = {.action = action, .last_attempt = -1, .retry_until = -1, .host = host};
    struct slice line = text_clean_line(arena, text_upto(text, LIMIT_MATCH_TEXT));
    size_t digits = 0;
    bool begins_with_code = slice_number(line, &digits) >= 0 && digits == 3;
    r.where = "as given";
    if (status)
        memcpy(r.status, status, sizeof r.status);
    phrases_apply(&r, matcher, NULL, line, arena);
    struct slice quoted = begins_with_code ? SLICE_EMPTY : r.diagnostic; /* what it quotes is not the reply */
    r.diagnostic = quoted.len ? quoted : line;
    r.sentence = line;
    add_recipient(&b, &r);
    *verdict = *report.verdicts;
    verdict->outcome = NULL;
}

void verdict_of_reply(struct verdict *verdict, struct slice text, struct matcher *matcher,
                      struct arena *arena) {
    judge_text(verdict, text, SLICE_EMPTY, NULL, ACTION_UNKNOWN, matcher, arena);
}

void verdict_of_attempt(struct verdict *verdict, const struct log_event *event, struct matcher *matcher,
                        struct arena *arena) {
    int status[3] = {0};
    enhanced_parse(event->status_code, status);
    judge_text(verdict, event->text, event->relay, status[0] ? status : NULL, ACTION_UNKNOWN, matcher, arena);
}
