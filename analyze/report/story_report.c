/* A story of a log as a report: see story_report.h. */
#include "analyze/report/story_report.h"

#include "analyze/verdict/log_verdict.h"
#include "parsers/base/text.h"

static enum action action_of(const struct mail_story *story) {
    static const enum action actions[OUTCOMES] = {
        [OUTCOME_SENT] = ACTION_DELIVERED,   [OUTCOME_BOUNCED] = ACTION_FAILED,
        [OUTCOME_EXPIRED] = ACTION_FAILED,   [OUTCOME_DEFERRED] = ACTION_DELAYED,
        [OUTCOME_DISCARDED] = ACTION_FAILED, [OUTCOME_HELD] = ACTION_DELAYED,
        [OUTCOME_REJECTED] = ACTION_FAILED};
    const struct delivery *d = &story->delivery;
    bool may_go_on = story->is_handed_over || delivery_is_elsewhere(d);
    return may_go_on ? ACTION_RELAYED : actions[d->outcome];
}

static struct slice line_of(struct arena *arena, struct slice s) {
    return s.len ? text_clean_line(arena, s) : s;
}

static void judge(struct verdict *v, const struct delivery *d, const struct rulebase *rules,
                  struct arena *arena) {
    bool has_arrived = v->outcome == ACTION_DELIVERED || v->outcome == ACTION_RELAYED;
    v->cause = rulebase_cause(rules, has_arrived ? "notice.delivered" : "unknown.unclassified");
    v->fixer = v->cause->fixer;
    v->is_permanent = v->outcome == ACTION_FAILED;
    v->is_lasting_known = true;
    /* What is thrown away or held without an answer of another server, our own does. */
    bool is_own_doing = (d->outcome == OUTCOME_DISCARDED || d->outcome == OUTCOME_HELD) && !d->relay_ip.len;
    if (is_own_doing && !d->class) {
        v->cause = rulebase_cause(rules, "sender-system.refused");
        v->fixer = v->cause->fixer;
    }
    if (has_arrived || !d->class)
        return;
    struct verdict told = verdict_of_delivery(d, d->reply, v->outcome == ACTION_FAILED, arena);
    v->cause = told.cause;
    v->underlying = told.underlying;
    v->rule = told.rule;
    v->fixer = told.fixer;
    v->is_permanent = told.is_permanent;
    v->is_given_up = told.is_given_up;
    v->confidence = told.confidence;
    v->provider = told.provider;
    v->is_forwarded = told.is_forwarded;
    v->is_notice = told.is_notice;
    v->entities = told.entities;
}

void story_report(struct report *report, const struct mail_story *story, const struct rulebase *rules,
                  struct arena *arena) {
    const struct delivery *d = &story->delivery;
    struct verdict *v = ARENA_NEW(arena, struct verdict);
    *report = (struct report){.kind = KIND_BOUNCE,
                              .reporter = line_of(arena, d->host),
                              .queue_id = line_of(arena, d->queue_id),
                              .message = {.message_id = line_of(arena, d->message_id),
                                          .sender = line_of(arena, d->sender),
                                          .date = d->first},
                              .verdicts = v};
    if (d->outcome == OUTCOME_REJECTED && !d->user.len) { /* what others sent to this server */
        struct stance *stance = ARENA_NEW(arena, struct stance);
        *stance = (struct stance){.side = OWN_SIDE_INBOUND};
        report->stance = stance;
    }
    v->recipient = line_of(arena, d->recipient);
    v->outcome = action_of(story);
    v->host = line_of(arena, d->relay);
    v->ip = line_of(arena, d->relay_ip);
    v->last_attempt = d->last;
    v->retry_until = -1;
    reply_parse(&v->reply, d->reply, arena);
    if (!v->reply.code && !v->reply.enhanced[0]) /* one's own server's words, for it got none */
        v->reply = (struct reply){.code = 0};
    judge(v, d, rules, arena);
}
