/* The page for the receiver's postmaster: see present_receiver.h. */
#include "analyze/report/present_receiver.h"

#include "analyze/auth/check_kinds.h"
#include "analyze/deliveries/log_story.h"
#include "analyze/report/present_fixed.h"
#include "analyze/report/present_verdict.h"
#include "analyze/verdict/reply_vs_dns.h"
#include "analyze/verdict/verification.h"

#define MOST_ASKED      20 /* refusals that are told; the others are counted */
#define MOST_TRIES_TOLD 5
#define MOST_OF_LINE    300

static void present_nothing(struct page *p, struct value why) {
    page_title(p, word(TITLE_NOTHING_TO_ASK), EMPHASIS_WARN);
    page_row(p, word(LABEL_WE_ASK), why);
}

void present_receiver_log(struct page *p) {
    present_nothing(p, word(SAY_ASK_NO_MAIL));
}

/* --- what is asked --- */

/* Where a server of theirs answered, there is something to ask, whatever the cause. */
static const char *ask_of(const struct page *p, const struct verdict *v) {
    const struct reader_text *text = rulebase_reader(p->style.rules, verdict_root_cause(v)->id);
    const struct reader_text *other = rulebase_reader(p->style.rules, "unknown.unclassified");
    bool is_login = strcmp(verdict_root_cause(v)->id, "access.login-required") == 0;
    if (v->is_of_program || (is_login && !v->host.len)) /* that is between a sender and its own server */
        return NULL;
    if (v->is_perhaps_none)
        return NULL;
    if (text && text->ask)
        return text->ask;
    return other && v->host.len && v->reply.code >= 400 ? other->ask : NULL;
}

/* Is it for the sending side to mend, by what was verified here? */
static bool is_borne_out(const struct verdict *v) {
    bool supports = false;
    for (const struct finding *f = v->checks; f; f = f->next)
        supports |= f->agreement == AGREEMENT_SUPPORTS;
    return supports && strcmp(v->fixer, "sender-operator") == 0;
}

static void present_ask(struct page *p, const struct report *r, const struct verdict *v) {
    const char *ask = ask_of(p, v);
    if (ask && reason_now(r, v) == FIXED_NOW) {
        page_row(p, word(LABEL_WE_ASK), page_say(p, SAY_ASK_FIXED, as_ours(ask)));
        return;
    }
    page_row(p, word(LABEL_WE_ASK), !ask || is_borne_out(v) ? word(SAY_ASK_NOTHING_YET) : as_ours(ask));
}

/* --- what it takes to find the mail --- */

/* The time of each try that one's own log has; else what the report says. */
static bool present_tries(struct page *p, const struct verdict *v) {
    const struct log_story *story = v->log ? v->log->story : NULL;
    size_t kept = 0;
    size_t number = 0;
    for (const struct log_try *t = story ? story->tries : NULL; t; t = t->next)
        kept++;
    if (story && story->try_count > MOST_TRIES_TOLD)
        page_row(p, word(LABEL_TRIED), page_say(p, SAY_MORE_TRIES, as_count(story->try_count)));
    for (const struct log_try *t = story ? story->tries : NULL; t; t = t->next, number++)
        if (number + MOST_TRIES_TOLD >= kept && t->time != -1)
            page_row(p, number ? NO_LABEL : word(LABEL_TRIED), as_time(t->time));
    return kept > 0;
}

static void present_time(struct page *p, const struct report *r, const struct verdict *v) {
    const struct chain *way = &r->carrier.chain;
    int64_t reported = -1;
    for (size_t i = 0; i < way->count && reported == -1 && r->is_about_another; i++)
        reported = way->hops[i].hop->time;
    if (present_tries(p, v))
        return;
    if (v->last_attempt == -1 && reported != -1 && reported == r->message.date) { /* within that second */
        page_row(p, word(LABEL_TRIED), as_time(reported));
        return;
    }
    if (v->last_attempt != -1)
        page_row(p, word(LABEL_TRIED), as_time(v->last_attempt));
    else if (reported != -1)
        page_row(p, word(LABEL_TRIED), page_say(p, SAY_TRIED_BEFORE, as_time(reported)));
    bool is_before = reported == -1 || r->message.date <= reported; /* else a clock is wrong */
    if (v->last_attempt == -1 && r->message.date != -1 && is_before)
        page_row(p, reported == -1 ? word(LABEL_TRIED) : NO_LABEL,
                 page_say(p, SAY_TRIED_AFTER, as_time(r->message.date)));
}

/* The address of our server that a reply names beside the receiver's own. */
static struct slice named_address(const struct verdict *v) {
    struct slice named = entity_value(v->entities, SLICE("ip"));
    return slice_equal(named, v->ip) ? SLICE_EMPTY : named;
}

/* That which the receiver saw: verified, or named. */
static struct slice our_address(struct page *p, const struct report *r, const struct verdict *v) {
    const struct ip *seen = r->verification ? &r->verification->auth.transaction.ip : NULL;
    return seen && seen->family ? ip_text(p->outlet.arena, seen) : named_address(v);
}

/* Returns the first verdict that is told apart from this one. */
static const struct verdict *present_mail(struct page *p, const struct report *r, const struct verdict *v) {
    const struct identity *m = &r->message;
    /* Theirs may have taken the mail first, and reported the refusal itself. */
    bool is_refuser_known = v->host.len || v->ip.len;
    bool is_ours = !r->reporter.len || (is_refuser_known && !slice_equal_nocase(v->host, r->reporter));
    page_row_known(p, word(LABEL_RECIPIENT), upto(as_address(v->recipient), MOST_OF_LINE));
    const struct verdict *next = present_alike(p, v, true);
    page_row_known(p, word(LABEL_ENVELOPE_SENDER), upto(as_address(m->sender), MOST_OF_LINE));
    page_row_known(p, word(LABEL_FROM), upto(as_mailbox(m->from), MOST_OF_LINE));
    if (!is_ours)
        page_row_known(p, word(LABEL_REPORTED_BY), as_server(r->reporter));
    page_row_known(p, word(LABEL_OUR_SERVER),
                   host_words(p, is_ours ? r->reporter : SLICE_EMPTY, our_address(p, r, v)));
    page_row_known(p, word(LABEL_YOUR_SERVER), host_words(p, v->host, v->ip));
    page_row_known(p, word(LABEL_AT_COMMAND), upto(as_stranger(v->reply.command), MOST_OF_LINE));
    page_row_known(p, word(LABEL_MESSAGE_ID), upto(as_identifier(m->message_id), MOST_OF_LINE));
    page_row_known(p, word(is_ours ? LABEL_OUR_QUEUE_ID : LABEL_QUEUE_ID),
                   upto(as_identifier(r->queue_id), MOST_OF_LINE));
    return next;
}

/* Is it known that a server of theirs had to do with it? Else only who reports it tells. */
static bool is_of_theirs(const struct verdict *v) {
    return v->host.len || v->ip.len || v->reply.code;
}

/* What only the report says. */
static struct value title_of_ours(struct page *p, const struct verdict *v) {
    struct value mail = v->recipient.len
                            ? page_say(p, SAY_OUR_MAIL_FIRST, upto(as_address(v->recipient), MOST_OF_LINE))
                            : word(SAY_OUR_MAIL_UNNAMED_FIRST);
    return page_say(p, v->outcome == ACTION_DELAYED ? TITLE_OUR_MAIL_WAITS : TITLE_OUR_MAIL_FAILED, mail);
}

static void present_said(struct page *p, const struct verdict *v) {
    const struct evidence *e = v->evidence;
    bool has_reply = v->reply.text.len || v->reply.code;
    bool is_reported = verdict_is_silent(v) || (!is_of_theirs(v) && !verdict_is_held(v));
    if (!has_reply && !e)
        return;
    page_section(p, word(is_reported ? SECTION_REPORTED : SECTION_YOUR_REPLY));
    page_quote(p, has_reply ? reply_words(p, &v->reply) : as_reply(e->text), NO_LABEL);
}

/* --- what was verified --- */

/* Is there something to say of the DNS, or of one's own log? */
static bool has_checks(const struct report *r) {
    bool is_testable = r->verification != NULL;
    for (const struct verdict *v = r->verdicts; v && !is_testable; v = v->next)
        is_testable = verdict_is_testable(v);
    const struct confirmation *c = r->verdicts->log;
    while (c && !c->is_confirmed)
        c = c->next;
    return is_testable || c;
}

static void present_checks(struct page *p, const struct report *r) {
    if (!has_checks(r))
        return;
    page_section(p, word(SECTION_WE_VERIFIED));
    for (const struct confirmation *c = r->verdicts->log; c; c = c->next)
        if (c->is_confirmed)
            page_row(p, NO_LABEL, word(SAY_LOG_BEARS_OUT));
    if (!r->verification) {
        page_row(p, NO_LABEL, word(SAY_VERIFIED_NOTHING));
        return;
    }
    const struct auth *latest = r->verification->after ? r->verification->after : &r->verification->auth;
    int64_t taken = snapshot_taken(latest->resolver.snapshot);
    if (taken != -1)
        page_row(p, word(LABEL_DNS_OF), as_time(taken));
    for (const struct check *c = latest->checks.first; c; c = c->next)
        if (c->outcome != CHECK_UNCHECKED)
            page_row(p, as_ours(c->kind->label), as_sentence(c->text));
}

/* --- the whole --- */

static struct value title_of(struct page *p, const struct verdict *v) {
    if (!is_of_theirs(v) && !verdict_is_held(v) && !verdict_is_silent(v))
        return title_of_ours(p, v);
    struct value server = v->host.len ? page_say(p, SAY_THEIR_SERVER, upto(as_server(v->host), MOST_OF_LINE))
                                      : word(SAY_THEIR_SERVER_UNNAMED);
    struct value mail = v->recipient.len
                            ? page_say(p, SAY_OUR_MAIL, upto(as_address(v->recipient), MOST_OF_LINE))
                            : word(SAY_OUR_MAIL_UNNAMED);
    return page_say(p,
                    verdict_is_silent(v)           ? TITLE_RECEIVER_SILENT
                    : verdict_is_held(v)           ? TITLE_RECEIVER_HOLDS
                    : v->outcome == ACTION_DELAYED ? TITLE_RECEIVER_YET
                                                   : TITLE_RECEIVER,
                    server, mail);
}

static const struct verdict *present_refusal(struct page *p, const struct report *r,
                                             const struct verdict *v) {
    page_title(p, title_of(p, v), EMPHASIS_WARN);
    present_ask(p, r, v);
    present_time(p, r, v);
    const struct verdict *next = present_mail(p, r, v);
    present_said(p, v);
    return next;
}

static bool is_refusal(const struct verdict *v) {
    return v->outcome == ACTION_FAILED || v->outcome == ACTION_DELAYED;
}

/* Why nothing is to be asked of anybody else, by whose mail it is; NO_WORDS: there may be. */
static enum words why_not_ask(const struct stance *s) {
    if (!s)
        return NO_WORDS;
    return s->side == OWN_SIDE_INBOUND || s->side == OWN_SIDE_INTERNAL ? SAY_ASK_OUR_OWN
           : s->side == OWN_SIDE_BACKSCATTER                           ? SAY_ASK_BACKSCATTER
                                                                       : NO_WORDS;
}

/* The same of refusals, be they by nobody of theirs: the first that has a reason of its own. */
static enum words why_nothing(const struct report *r) {
    enum words why = SAY_ASK_NO_REFUSAL;
    for (const struct verdict *v = r->verdicts; v; v = v->next) {
        if (!is_refusal(v))
            continue;
        if (v->is_perhaps_none)
            return SAY_ASK_PERHAPS_NONE;
        if (strcmp(v->cause->id, "notice.held") == 0)
            return SAY_ASK_HELD;
        why = SAY_ASK_NOTHING;
    }
    return why;
}

void present_receiver(struct page *p, const struct report *r) {
    if (why_not_ask(r->stance)) {
        present_nothing(p, word(why_not_ask(r->stance)));
        return;
    }
    size_t told = 0;
    size_t left_out = 0;
    for (const struct verdict *v = r->verdicts; v;) {
        bool is_asked = is_refusal(v) && ask_of(p, v);
        bool is_told = is_asked && told < MOST_ASKED;
        left_out += is_asked && !is_told;
        told += is_told;
        v = is_told ? present_refusal(p, r, v) : v->next;
    }
    if (left_out)
        page_row(p, NO_LABEL, page_say(p, SAY_MORE, as_count(left_out)));
    if (told)
        present_checks(p, r);
    else
        present_nothing(p, word(why_nothing(r)));
}

void present_receiver_reply(struct page *p, const struct verdict *v) {
    if (!ask_of(p, v)) {
        present_nothing(p, word(SAY_ASK_NOTHING));
        return;
    }
    page_title(p, title_of(p, v), EMPHASIS_WARN);
    present_ask(p, NULL, v);
    page_row_known(p, word(LABEL_OUR_SERVER), host_words(p, SLICE_EMPTY, named_address(v)));
    page_row_known(p, word(LABEL_YOUR_SERVER), host_words(p, v->host, v->ip));
    page_row_known(p, word(LABEL_AT_COMMAND), as_stranger(v->reply.command));
    present_said(p, v);
}
