/* A bounce held against one's own log: see confirm.h. What the log holds, the remote said to
 * a host of ours; what only the bounce says, anybody could have written. */
#include "analyze/verdict/confirm.h"

#include "analyze/deliveries/search.h"
#include "parsers/base/text.h"
#include "parsers/bounce/bounce.h"

#define ALIKE 30 /* bytes of a reply's text that must be the same */

static bool is_same_reply(const struct verdict *v, struct slice words, struct arena *arena) {
    struct reply said = {0};
    reply_parse(&said, text_upto(text_clean_line(arena, words), LIMIT_MATCH_TEXT), arena);
    if (v->reply.code && said.code && v->reply.code != said.code)
        return false;
    if (!v->reply.text.len || !said.text.len)
        return v->reply.code && v->reply.code == said.code;
    struct slice start = slice_upto(v->reply.text, ALIKE);
    return slice_find_nocase(said.text, start) < said.text.len;
}

static bool is_same_outcome(const struct verdict *v, enum outcome outcome) {
    switch (v->outcome) {
    case ACTION_FAILED:
        return outcome == OUTCOME_BOUNCED || outcome == OUTCOME_EXPIRED;
    case ACTION_DELAYED:
        return outcome != OUTCOME_SENT;
    default:
        return outcome == OUTCOME_SENT;
    }
}

static struct slice judge(const struct verdict *v, const struct log_story *story, bool is_confirmed,
                          struct arena *arena) {
    const char *outcome = outcome_name(story->delivery.outcome);
    if (is_confirmed)
        return arena_printf(arena, "the log confirms the reply: %.*s said it to your server",
                            S(story->delivery.relay.len ? story->delivery.relay : SLICE("the other side")));
    if (!is_same_outcome(v, story->delivery.outcome))
        return arena_printf(arena, "the log contradicts the report: it says that the mail was %s", outcome);
    return arena_printf(arena, "the log contains this mail (%s), but no such reply", outcome);
}

static void add_evidence(struct verdict *v, const struct log_story *story, struct slice reply,
                         struct arena *arena) {
    struct evidence **end = &v->evidence;
    while (*end)
        end = &(*end)->next;
    struct evidence *e = ARENA_NEW(arena, struct evidence);
    e->text = text_upto(text_clean_line(arena, reply), 1000);
    e->where = "your log";
    e->line = (unsigned)story->delivery.line;
    e->asserted_by =
        text_clean_line(arena, story->delivery.relay.len ? story->delivery.relay : story->delivery.host);
    e->trust = TRUST_REMOTE;
    *end = e;
}

static void confirm(struct verdict *v, const struct log_story *story, struct arena *arena) {
    struct confirmation **end = &v->log;
    while (*end)
        end = &(*end)->next;
    struct confirmation *c = ARENA_NEW(arena, struct confirmation);
    c->story = story;
    const struct log_try *same = NULL;
    for (const struct log_try *t = story->tries; t; t = t->next)
        if (is_same_reply(v, t->reply, arena))
            same = t;
    c->is_confirmed = same != NULL;
    c->words = judge(v, story, c->is_confirmed, arena);
    if (same)
        add_evidence(v, story, same->reply, arena);
    *end = c;
}

/* When it was tried, or sent. */
static int64_t time_of(const struct report *report, const struct verdict *v) {
    const struct chain *chain = &report->carrier.chain;
    if (v->last_attempt != -1)
        return v->last_attempt;
    return chain->count && chain->hops[0].hop->time != -1 ? chain->hops[0].hop->time : report->message.date;
}

void report_confirm(struct report *report, const struct log_search *search, struct arena *arena) {
    report->was_searched = true;
    for (struct verdict *v = report->verdicts; v; v = v->next)
        for (const struct log_story *s = search->stories; s; s = s->next)
            if (story_fits(s, report->queue_id, report->message.message_id, v->recipient, time_of(report, v)))
                confirm(v, s, arena);
}
