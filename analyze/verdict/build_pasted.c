/* What was pasted, without a header: a reply, a session, an event, or words about mail. */
#include "analyze/verdict/build_pasted.h"

#include "analyze/classify/lookup.h"
#include "analyze/classify/spoken.h"
#include "analyze/classify/taken.h"
#include "analyze/verdict/building.h"
#include "analyze/verdict/of_program.h"
#include "analyze/verdict/pasted_prose.h"
#include "analyze/verdict/session_remarks.h"
#include "parsers/base/address.h"
#include "parsers/base/text.h"
#include "parsers/bounce/about_mail.h"
#include "parsers/bounce/copied.h"
#include "parsers/bounce/event_json.h"
#include "parsers/bounce/pasted.h"
#include "parsers/bounce/pasted_forms.h"
#include "parsers/bounce/pasted_text.h"
#include "parsers/bounce/pasted_unit.h"
#include "parsers/bounce/sending_program.h"
#include "parsers/bounce/told.h"
#include "parsers/message/limits.h"
#include "parsers/rules/rank.h"

#include <glib.h>

/* Is one of the lines a refusal? */
static bool has_refusal(struct slice text) {
    for (struct slice line; slice_next_line(&text, &line);)
        if (prose_is_reply(line))
            return true;
    return false;
}

/* A reply that says yes (RFC 5321 section 4.2.1) reports no refusal, whatever its words, but for those by
 * which filters say what they did with it (rules/taken.yaml); of 250, 251 and 252 the mail or the recipient
 * was taken. */
static void judge_positive(struct verdict *v, struct slice text, struct matcher *matcher,
                           struct arena *arena) {
    const struct rulebase *rules = matcher_rules(matcher);
    int code = reply_code(slice_trim(text));
    if (!code || code >= 400 || has_refusal(text) ||
        taken_rule_of(matcher, match_text(arena, slice_trim(text))))
        return;
    bool is_taken = code >= 250 && code <= 252;
    if (!is_taken && v->rule && rule_level(v->rule) >= LEVEL_EXACT)
        return; /* a banner that a program shows as its error */
    v->reply.code = code;
    v->fixer = "nobody";
    v->is_lasting_known = v->is_permanent = false;
    v->cause = rulebase_cause(rules, "unknown.unclassified"); /* rules and opinion know refusals alone */
    v->rule = NULL;
    v->confidence = CONFIDENCE_NONE;
    v->score = 0;
    if (!is_taken)
        return;
    struct judgement j = {0};
    judgement_set_notice(&j, "notice.delivered", rules);
    verdict_take(v, &j);
}

/* What the words around a reply tell of it, where the reply itself does not. */
static void add_told(struct recipient *told, struct slice text, struct arena *arena) {
    text = text_clean_line(arena, text); /* their words may be folded */
    told->command = told->command.len ? told->command : told_command(text);
    told->host = told->host.len || told->ip.len ? told->host : told_host(text);
}

/* The reply that known words of programs quote; false: they quote none. What a person wrote in other
 * paragraphs is none of it. */
static bool read_quoted(struct recipient *told, struct slice text, struct matcher *matcher,
                        struct arena *arena) {
    struct recipient of_unit;
    attempt_read_text(told, text, SLICE_EMPTY, NULL, matcher, arena);
    if (told->diagnostic.ptr == told->sentence.ptr)
        return false;
    for (struct slice rest = text; rest.len;) {
        attempt_read_text(&of_unit, pasted_unit_next(&rest), SLICE_EMPTY, NULL, matcher, arena);
        if (of_unit.diagnostic.ptr == of_unit.sentence.ptr)
            continue;
        of_unit.sentence = told->sentence;
        *told = of_unit;
        break;
    }
    told->diagnostic = pasted_unclosed(told->diagnostic);
    return true;
}

/* The reply in a text that does not begin with it, or else those of its words that are about mail. Returns
 * whether it is no more than words, and many of them. */
static bool read_around(struct recipient *told, struct slice text, struct matcher *matcher,
                        struct arena *arena) {
    struct pasted pasted;
    bool is_quoted = read_quoted(told, text, matcher, arena) && !speaks_of_others(text);
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

/* What a bare text tells of a try. Returns whether it is no more than words, and many of them. */
static bool read_pasted(struct recipient *told, struct slice text, struct matcher *matcher,
                        struct arena *arena) {
    bool is_prose = false;
    if (prose_is_reply(text)) {
        attempt_read_text(told, text, SLICE_EMPTY, NULL, matcher, arena);
    } else {
        text = pasted_text(text, arena);
        is_prose = read_around(told, text, matcher, arena);
        add_told(told, text, arena);
    }
    return is_prose;
}

/* The replies of an event, of a list of lines, of several recipients in one error; returns how many. */
static size_t read_events(struct slice text, const struct rulebase *rules, struct event_reply **events,
                          const char **service, struct arena *arena) {
    *events = arena_alloc(arena, LIMIT_EVENTS * sizeof **events);
    if (!json_begins(text))
        return form_refusals(text, *events, LIMIT_EVENTS, arena);
    size_t count = event_json_read(text, rules, *events, LIMIT_EVENTS, service, arena);
    struct slice lines = count ? SLICE_EMPTY : json_list_lines(text, arena);
    if (!lines.len)
        return count;
    **events = (struct event_reply){lines, SLICE_EMPTY, SLICE_EMPTY, NULL};
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
        verdict_take(v, &j);
}

/* A bare reply that is temporary, and nothing says that it was given up (RFC 5321 section 4.5.4.1). */
static bool is_still_tried(const struct verdict *v) {
    return v->outcome == ACTION_FAILED && v->is_lasting_known && !v->is_permanent && !v->is_given_up &&
           !cause_is_of(v->cause->id, "notice");
}

/* A line of the log of the server that refused it: whoever reads that runs it, and nobody else is asked. */
static void judge_refused_here(struct verdict *v, const struct rulebase *rules) {
    v->inbound = rulebase_inbound(rules, verdict_root_cause(v)->id);
    if (!v->inbound)
        return;
    v->fixer = v->inbound->fixer;
    v->host = v->ip = SLICE_EMPTY;
    v->provider = NULL;
}

/* Only where one logs in are these said (RFC 4954 section 6). */
static bool answers_login(struct slice reply) {
    int code = reply_code(slice_trim(reply));
    return code == 534 || code == 535 || code == 538;
}

/* Whoever answers a login is the outgoing server: the one that the settings name, or somebody's words. */
static void find_outgoing(struct building *b, struct recipient *r, struct slice text, bool of_program) {
    bool is_login = answers_login(r->diagnostic) || slice_equal(r->command, SLICE("AUTH"));
    b->spoken = NULL;
    if (r->host.len || r->ip.len || !(of_program || is_login))
        return;
    r->host = told_outgoing(text);
    if (!r->host.len && is_login)
        b->spoken = provider_spoken_of(matcher_rules(b->matcher), text);
}

/* `host`: who said it, where the event does not name one; empty: not known. `of_program`: a
 * mail program or script tells of it. */
static void add_event(struct building *b, const struct event_reply *event, struct slice host,
                      bool of_program) {
    const struct event_meaning *meaning = meaning_of(event);
    struct recipient r;
    struct verdict **end = b->end;
    bool is_prose = read_pasted(&r, event->reply, b->matcher, b->arena);
    r.address = event->recipient;
    r.command = r.command.len ? r.command : event->command;
    r.host = r.host.len || r.ip.len ? r.host : host;
    find_outgoing(b, &r, event->reply, of_program);
    r.action = meaning->action;
    building_add(b, &r);
    judge_around(b, *end, &r, event->reply);
    bool is_by_letter = prose_is_to_the_letter((*end)->rule, of_program, event->reply);
    if (is_prose && !is_by_letter)
        prose_judge(*end);
    if (of_program)
        verdict_of_program(*end);
    struct slice forwarding = told_forwarding(event->reply);
    if (forwarding.len && slice_find((*end)->reply.text, forwarding) == (*end)->reply.text.len)
        (*end)->is_redirected = true;
    if (told_refused_here(event->reply))
        judge_refused_here(*end, matcher_rules(b->matcher));
    judge_positive(*end, event->reply, b->matcher, b->arena);
    if (meaning->notice) {
        struct judgement j = {.entities = (*end)->entities};
        judgement_set_notice(&j, meaning->notice, matcher_rules(b->matcher));
        verdict_take(*end, &j);
        (*end)->outcome = ACTION_UNKNOWN;
    }
    if (verdict_is_delivered(*end))
        (*end)->outcome = ACTION_DELIVERED;
    else if (!event->outcome && is_still_tried(*end))
        (*end)->outcome = ACTION_DELAYED;
}

/* The words around one refusal of several tell of all; those around one JSON event do not. */
static void add_events(struct building *b, const struct event_reply *events, size_t count,
                       struct slice text) {
    bool of_program = !json_begins(text) && is_of_sending_program(slice_upto(text, LIMIT_PASTED));
    struct slice host = of_program ? told_host(text) : SLICE_EMPTY;
    for (size_t i = 0; i < count; i++)
        add_event(b, &events[i], host, of_program || is_of_sending_program(events[i].reply));
}

/* The server of a session by its own name, or as it was called. */
static struct slice session_host(const struct session *s) {
    const struct slice names[] = {s->banner, s->answered, s->connected};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (address_is_host(names[i]))
            return names[i];
    return SLICE_EMPTY;
}

/* Without the copy of a message behind it: those are the sender's words. Only where a reply stands before it.
 */
static struct slice without_copy(struct slice text, struct arena *arena) {
    struct slice copy;
    struct pasted pasted;
    struct slice own = text_before_copy(text, &copy);
    return own.len < text.len && pasted_read(&pasted, own, arena) ? own : text;
}

/* A client that asks for TLS and takes its leave when the server is ready for it did not get through the
 * handshake. Why, only its own words may tell. */
static void judge_broken_tls(struct verdict *v, const struct matcher *matcher) {
    if (cause_is_of(v->cause->id, "tls"))
        return;
    struct judgement j = {.confidence = CONFIDENCE_LIKELY};
    j.cause = rulebase_cause(matcher_rules(matcher), "tls.failed");
    j.fixer = j.cause->fixer;
    verdict_take(v, &j);
    v->outcome = ACTION_FAILED;
    verdict_of_program(v);
}

/* The verdict on a bare text, which may be a session; of one in which nothing was refused, on what was taken,
 * or on what broke. */
static void add_text(struct building *b, struct slice text, struct slice recipient) {
    struct session session;
    struct verdict **end = b->end;
    bool is_session =
        session_read(&session, slice_upto(text, LIMIT_PASTED), b->arena) && session.commands > 1;
    bool is_unrefused = is_session && !session.refusal.len;
    bool is_open = is_unrefused && !session.taken.len; /* the server said neither yes nor no */
    bool is_own_failure = is_open && is_of_sending_program(session.ending);
    bool is_tls_broken = is_open && session.tls_given_up.len;
    if (is_unrefused && !is_open)
        text = session.taken;
    if (is_own_failure)
        text = session.ending;
    else if (is_tls_broken)
        text = session.tls_given_up;
    if (is_session && !recipient.len)
        recipient = session.recipient;
    if (!recipient.len)
        recipient = told_recipient(slice_upto(text, LIMIT_PASTED));
    text = is_session ? text : without_copy(text, b->arena);
    /* who lets somebody log in is his outgoing server (RFC 6409 section 4.3) */
    bool of_program = (is_session && session.has_login) || is_of_sending_program(text);
    add_event(b, &(struct event_reply){text, recipient, SLICE_EMPTY, NULL},
              is_session && !is_own_failure && !is_tls_broken ? session_host(&session) : SLICE_EMPTY,
              of_program);
    if (is_tls_broken)
        judge_broken_tls(*end, b->matcher);
    if (is_session)
        (*end)->remarks = session_remarks(&session, b->arena);
}

/* The provider whose events are of that kind; NULL: none is known. */
static const struct provider *service_of(const char *kind, const struct matcher *matcher) {
    return kind ? rulebase_provider(matcher_rules(matcher), kind) : NULL;
}

bool report_build_pasted(struct report *report, struct slice text, struct matcher *matcher,
                         struct arena *arena) {
    struct bounce bounce = {.kind = KIND_BOUNCE, .count = 1};
    struct building b = {report, &bounce, matcher, NULL, arena, &report->verdicts, false, NULL, NULL};
    struct event_reply *events;
    const char *service = NULL;
    text = text_plain_quotes(arena, text);
    size_t count = read_events(text, matcher_rules(matcher), &events, &service, arena);
    b.service = service_of(service, matcher);
    add_events(&b, events, count, text);
    if (!count)
        add_text(&b, slice_upto(text, LIMIT_PASTED), SLICE_EMPTY);
    struct verdict *v = report->verdicts;
    bool is_bare = !v->reply.code && !v->reply.enhanced[0] && !v->reply.command.len && !v->host.len;
    bool is_said = !is_bare || count || v->remarks || prose_is_told(v, slice_upto(text, LIMIT_PASTED));
    bool is_known = is_said && (count || v->remarks || prose_is_of_opinion(v, text) ||
                                ((v->rule || v->reply.code >= 400) && !prose_is_any_number(v, text)));
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
    struct building b = {&report, &bounce, matcher, NULL, arena, &report.verdicts, false, NULL, NULL};
    struct event_reply *events;
    const char *service = NULL;
    text = text_plain_quotes(arena, text);
    size_t count = read_events(text, matcher_rules(matcher), &events, &service, arena);
    b.service = service_of(service, matcher);
    if (count)
        add_events(&b, events, 1, text);
    else
        add_text(&b, text, SLICE_EMPTY);
    *verdict = *report.verdicts;
    verdict->outcome = ACTION_UNKNOWN;
}
