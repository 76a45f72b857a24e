/* What a report says, in order: who refused, why, who can fix it, what to do; then the evidence with
 * its origin and trust, then details. See render.h. */
#include "analyze/report/render.h"

#include "analyze/verdict/advice.h"
#include "parsers/base/date.h"
#include "parsers/base/text.h"

#include <glib.h>

#define MOST_SHOWN    20   /* verdicts with the same words are folded; beyond this many, counted */
#define MOST_OF_REPLY 1500 /* bytes of a reply that are shown */
#define MOST_OF_QUOTE 400  /* bytes of other evidence */
#define REPEATED      40   /* bytes that tell a repetition */

static const struct {
    const char *id, *words;
} fixers[] = {
    {"sender-operator", "whoever runs the sending server or its DNS"},
    {"author", "the author of the mail"},
    {"recipient", "the recipient"},
    {"receiver-operator", "whoever runs the receiving server"},
    {"list-operator", "the operator of the block list"},
    {"network-operator", "the owner of the address block (the hosting company)"},
    {"nobody", "nobody needs to: wait"},
    {"as the underlying cause", "see the underlying cause"},
};

struct slice fixer_words(const char *id) {
    for (size_t i = 0; i < G_N_ELEMENTS(fixers); i++)
        if (strcmp(fixers[i].id, id) == 0)
            return slice_of(fixers[i].words);
    return slice_of(id);
}

static struct slice host_words(struct arena *arena, struct slice host, struct slice ip) {
    if (host.len && ip.len)
        return arena_printf(arena, "%.*s [%.*s]", S(host), S(ip));
    return host.len ? host : ip;
}

static struct slice who_reported(const struct report *r, struct arena *arena) {
    if (r->reporter.len && r->software)
        return arena_printf(arena, "%.*s (%s)", S(r->reporter), r->software);
    if (r->reporter.len)
        return r->reporter;
    if (r->service)
        return slice_of(r->service->name);
    return r->software ? arena_printf(arena, "a server that runs %s", r->software) : SLICE_EMPTY;
}

/* What a host did to the mail, by the kind of cause: not every failure is a refusal. */
static const char *deed_of(const struct verdict *v) {
    static const struct {
        const char *prefix, *deed;
    } deeds[] = {{"network.", "could not be reached or did not answer"},
                 {"domain.", "could not be found"},
                 {"rate.greylisted", "put it off"},
                 {"notice.", "reports"}};
    const char *cause = v->underlying ? v->underlying->id : v->cause->id;
    if (verdict_is_delivered(v))
        return "took it";
    for (size_t i = 0; i < G_N_ELEMENTS(deeds) && !v->reply.code; i++)
        if (g_str_has_prefix(cause, deeds[i].prefix))
            return deeds[i].deed;
    return v->is_permanent || v->reply.code >= 500 ? "refused it" : "did not take it";
}

static bool is_own_fault(const struct verdict *v) {
    return g_str_has_prefix(v->underlying ? v->underlying->id : v->cause->id, "sender-system.");
}

static struct slice who_refused(const struct report *r, const struct verdict *v, struct arena *arena) {
    struct slice host = host_words(arena, v->host, v->ip);
    struct slice reporter = r ? who_reported(r, arena) : SLICE_EMPTY;
    struct slice at =
        v->reply.command.len ? arena_printf(arena, " at %.*s", S(v->reply.command)) : SLICE_EMPTY;
    struct slice of = v->provider ? arena_printf(arena, " (%s)", v->provider->name) : SLICE_EMPTY;
    struct slice told = reporter.len ? arena_printf(arena, "; reported by %.*s", S(reporter)) : SLICE_EMPTY;
    const char *deed = deed_of(v);
    if (is_own_fault(v) && reporter.len)
        return arena_printf(arena, "%.*s could not deliver it itself", S(reporter));
    if (host.len)
        return arena_printf(arena, "%.*s%.*s %s%.*s%.*s", S(host), S(of), deed, S(at), S(told));
    if (v->provider)
        return arena_printf(arena, "%s %s%.*s%.*s", v->provider->name, deed, S(at), S(told));
    if (reporter.len)
        return arena_printf(arena, "%.*s itself, or a server that it does not name%.*s", S(reporter), S(at));
    return SLICE("the report does not say which server");
}

struct stepping {
    struct page *page;
    const char *label;
    unsigned number;
};

static void step(void *context, struct slice text) {
    struct stepping *s = context;
    s->number++;
    s->page->medium->step(s->page, s->number == 1 ? s->label : "", s->number, text);
}

static void plain_row(void *context, struct slice text) {
    struct stepping *s = context;
    s->page->medium->row(s->page, s->number++ == 0 ? s->label : "", text);
}

static struct slice title_of(const struct verdict *v, struct arena *arena) {
    struct slice to = v->recipient.len ? v->recipient : SLICE("an unnamed recipient");
    if (verdict_is_delivered(v))
        return arena_printf(arena, "Delivered: %.*s (%s)", S(to), v->outcome ? v->outcome : "delivered");
    if (v->outcome && strcmp(v->outcome, "delayed") == 0)
        return arena_printf(arena, "Not yet delivered to %.*s: still being tried", S(to));
    return arena_printf(arena, "Not delivered to %.*s", S(to));
}

/* How sure the verdict is, and of what it is made. */
static const char *grounds(const struct verdict *v) {
    bool has_words = v->rule && v->rule->text;
    switch (v->confidence) {
    case CONFIDENCE_CERTAIN:
        return "certain, from the words of the reply";
    case CONFIDENCE_LIKELY:
        return has_words ? "likely, from words that point to it" : "likely, from the status code";
    case CONFIDENCE_GUESS:
        return has_words ? "a guess: the reply says little more than that it is refused"
                         : "a guess, from the reply code alone";
    default:
        return "open: no rule knows these words";
    }
}

static void present_why(struct page *p, const struct verdict *v, struct arena *arena) {
    const struct medium *m = p->medium;
    const struct cause *cause = v->underlying ? v->underlying : v->cause;
    m->row(p, "Why", arena_printf(arena, "%s (%s)", cause->title, cause->id));
    m->row(p, "", slice_of(cause->meaning));
    if (v->underlying)
        m->row(p, "", arena_printf(arena, "%s (%s)", v->cause->title, v->cause->id));
    const char *lasting = v->is_permanent ? "permanent: sending it again as it is will not help"
                                          : "temporary: the same mail may get through later";
    if (strncmp(v->cause->id, "notice.", 7) != 0)
        m->row(p, "", arena_printf(arena, "This is %s; the verdict is %s.", lasting, grounds(v)));
}

static void present_how(struct page *p, const struct verdict *v, struct arena *arena) {
    p->medium->row(p, "Who can fix", fixer_words(v->fixer));
    struct stepping todo = {p, "What to do", 0};
    verdict_remedies(v, arena, step, &todo);
}

static struct slice reply_words(const struct reply *r, struct arena *arena) {
    struct slice code = r->code ? arena_printf(arena, "%d ", r->code) : SLICE_EMPTY;
    struct slice enhanced =
        r->enhanced[0] ? arena_printf(arena, "%d.%d.%d ", r->enhanced[0], r->enhanced[1], r->enhanced[2])
                       : SLICE_EMPTY;
    return arena_printf(arena, "%.*s%.*s%.*s", S(code), S(enhanced), S(text_upto(r->text, MOST_OF_REPLY)));
}

static struct slice origin_words(const struct evidence *e, struct arena *arena) {
    static const char *const trust[] = {"unverified", "as a host of yours heard it",
                                        "written by a host of yours"};
    struct slice by =
        e->asserted_by.len ? arena_printf(arena, ", said by %.*s", S(e->asserted_by)) : SLICE_EMPTY;
    struct slice line = e->line ? arena_printf(arena, "line %u, ", e->line) : SLICE_EMPTY;
    return arena_printf(arena, "%.*s%s%.*s (%s)", S(line), e->where, S(by), trust[e->trust]);
}

/* The report's text mostly repeats the reply: such a repetition is not quoted once more. */
static bool repeats(const struct evidence *e, struct slice words) {
    struct slice start = slice_upto(words, REPEATED);
    return words.len && (slice_find_nocase(e->text, start) < e->text.len ||
                         slice_find_nocase(words, slice_upto(e->text, REPEATED)) < words.len);
}

static void present_rule(struct page *p, const struct verdict *v, struct arena *arena) {
    if (v->rule)
        p->medium->row(
            p, "By rule",
            arena_printf(arena, "%s (%s:%u)", v->rule->id, v->rule->source.file, v->rule->source.line));
}

static void present_evidence(struct page *p, const struct verdict *v, struct arena *arena) {
    const struct evidence *e = v->evidence;
    bool is_unverified = false;
    if (v->reply.text.len || v->reply.code) { /* the first piece of evidence is where the reply stands */
        p->medium->quote(p, reply_words(&v->reply, arena), e ? origin_words(e, arena) : SLICE_EMPTY);
        is_unverified = e && e->trust == TRUST_UNVERIFIED;
        e = e ? e->next : NULL;
    }
    for (; e; e = e->next) {
        is_unverified |= e->trust == TRUST_UNVERIFIED;
        if (p->verbose || !repeats(e, v->reply.text))
            p->medium->quote(p, text_upto(e->text, MOST_OF_QUOTE), origin_words(e, arena));
    }
    present_rule(p, v, arena);
    if (is_unverified)
        p->medium->row(p, "Unverified", SLICE("only this mail says so; --trust names your own hosts"));
}

static void present_entities(struct page *p, const struct verdict *v, struct arena *arena) {
    for (const struct entity *e = v->entities; e; e = e->next)
        p->medium->row(p, e == v->entities ? "Named in it" : "",
                       arena_printf(arena, "%s: %.*s", e->name, S(e->value)));
    struct stepping links = {p, "Read on", 0};
    verdict_links(v, arena, plain_row, &links);
}

static void present_time(struct page *p, const char *label, int64_t seconds, struct arena *arena) {
    char text[24];
    if (seconds == -1)
        return;
    date_format(seconds, text);
    p->medium->row(p, label, arena_copy(arena, slice_of(text)));
}

static void present_message(struct page *p, const struct report *r, struct arena *arena) {
    const struct identity *m = &r->message;
    p->medium->section(p, r->kind == KIND_MESSAGE ? "The message" : "The mail that it is about");
    if (!m->is_present)
        p->medium->row(p, "", SLICE("did not come back with the report"));
    if (m->from.len)
        p->medium->row(p, "From", m->from);
    if (m->sender.len)
        p->medium->row(p, "Sender", m->sender);
    if (m->to.len)
        p->medium->row(p, "To", text_upto(m->to, 200));
    if (m->subject.len)
        p->medium->row(p, "Subject", text_upto(m->subject, 200));
    present_time(p, "Date", m->date, arena);
    if (m->message_id.len)
        p->medium->row(p, "Message-Id", m->message_id);
    if (r->queue_id.len)
        p->medium->row(p, "Queue id", r->queue_id);
}

static enum emphasis emphasis_of(const struct verdict *v) {
    if (verdict_is_delivered(v))
        return EMPHASIS_GOOD;
    return v->outcome && strcmp(v->outcome, "delayed") == 0 ? EMPHASIS_WARN : EMPHASIS_BAD;
}

static void present_verdict(struct page *p, const struct report *r, const struct verdict *v,
                            struct arena *arena) {
    p->medium->title(p, title_of(v, arena), emphasis_of(v));
    p->medium->row(p, verdict_is_delivered(v) ? "Who took it" : "Who refused", who_refused(r, v, arena));
    present_why(p, v, arena);
    present_how(p, v, arena);
    present_findings(p, r, v, arena);
    p->medium->section(p, "Evidence");
    present_evidence(p, v, arena);
    present_entities(p, v, arena);
    present_time(p, "Last try", v->last_attempt, arena);
    present_time(p, "Tried until", v->retry_until, arena);
    present_confirmations(p, r, v, arena);
}

static const struct {
    enum input_kind kind;
    const char *title;
} notice_titles[] = {
    {KIND_MESSAGE, "An ordinary message: it reports no refusal"},
    {KIND_AUTO_REPLY, "An automatic answer, not a bounce: the mail arrived"},
    {KIND_COMPLAINT, "A complaint (feedback report): someone marked the mail as spam"},
};

static void present_notice(struct page *p, const struct report *r, struct arena *arena) {
    const char *title = "A challenge: the sender must confirm before the mail is delivered";
    for (size_t i = 0; i < G_N_ELEMENTS(notice_titles); i++)
        if (notice_titles[i].kind == r->kind &&
            !(r->verdicts && strcmp(r->verdicts->cause->id, "notice.challenge") == 0))
            title = notice_titles[i].title;
    p->medium->title(p, slice_of(title), r->kind == KIND_MESSAGE ? EMPHASIS_NONE : EMPHASIS_WARN);
    const struct verdict *v = r->verdicts;
    if (v) {
        for (const struct verdict *each = v; each; each = each->next)
            if (each->recipient.len)
                p->medium->row(p, each == v ? "Recipient" : "", each->recipient);
        p->medium->row(p, "Why", arena_printf(arena, "%s (%s)", v->cause->title, v->cause->id));
        present_how(p, v, arena);
        p->medium->section(p, "Evidence");
        present_evidence(p, v, arena);
    }
    if (r->complaint.type.len)
        p->medium->row(p, "Type", r->complaint.type);
    if (r->complaint.source_ip.len)
        p->medium->row(p, "Sent from", r->complaint.source_ip);
    if (r->complaint.user_agent.len)
        p->medium->row(p, "Reported by", r->complaint.user_agent);
}

/* Recipients that share cause and reply are one story: the first is told, the others are named. */
static bool is_alike(const struct verdict *a, const struct verdict *b) {
    return a->cause == b->cause && a->underlying == b->underlying && slice_equal(a->host, b->host) &&
           a->reply.code == b->reply.code && slice_equal(a->reply.text, b->reply.text) &&
           a->outcome == b->outcome;
}

static void present_verdicts(struct page *p, const struct report *r, struct arena *arena) {
    size_t shown = 0;
    size_t left_out = 0;
    const struct verdict *v = r->verdicts;
    while (v) {
        const struct verdict *first = v;
        if (shown < MOST_SHOWN || p->verbose)
            present_verdict(p, r, first, arena);
        else
            left_out++;
        shown++;
        size_t also = 0;
        for (v = v->next; v && is_alike(first, v); v = v->next, also++)
            if (also < MOST_SHOWN && shown <= MOST_SHOWN)
                p->medium->row(p, also == 0 ? "The same for" : "", v->recipient);
        if (also > MOST_SHOWN)
            p->medium->row(p, "", arena_printf(arena, "and %zu more", also - MOST_SHOWN));
    }
    if (left_out)
        p->medium->row(
            p, "",
            arena_printf(arena, "%zu more verdicts: -v shows them, --format ndjson lists them", left_out));
}

void present_report(struct page *p, const struct report *r, struct arena *arena) {
    p->medium->begin(p);
    if (r->kind == KIND_BOUNCE)
        present_verdicts(p, r, arena);
    else
        present_notice(p, r, arena);
    present_message(p, r, arena);
    present_verification(p, r, arena);
    present_paths(p, r, arena);
    if (r->problems.first)
        p->medium->section(p, "Problems with the input");
    for (const struct problem *problem = r->problems.first; problem; problem = problem->next)
        p->medium->row(p, problem->is_error ? "Error" : "Warning",
                       problem->line ? arena_printf(arena, "line %u: %.*s", problem->line, S(problem->text))
                                     : problem->text);
    p->medium->end(p);
}

void present_reply(struct page *p, const struct verdict *v, struct arena *arena) {
    p->medium->begin(p);
    p->medium->title(p, slice_of(v->underlying ? v->underlying->title : v->cause->title), EMPHASIS_BAD);
    if (v->host.len || v->ip.len || v->provider)
        p->medium->row(p, "Who refused", who_refused(NULL, v, arena));
    present_why(p, v, arena);
    present_how(p, v, arena);
    p->medium->section(p, "Evidence");
    p->medium->quote(p, reply_words(&v->reply, arena), SLICE("as given"));
    present_rule(p, v, arena);
    present_entities(p, v, arena);
    p->medium->end(p);
}
