/* A bounce held against one's own log: see confirm.h. What the log holds, the remote said to
 * a host of ours; what only the bounce says, anybody could have written. */
#include "analyze/verdict/confirm.h"

#include "analyze/deliveries/search.h"
#include "parsers/base/text.h"
#include "parsers/bounce/bounce.h"

#define MOST_STORIES 10 /* about one recipient that are told */

struct confirming {
    struct report *report;
    const struct log_search *search;
    GHashTable *told; /* story → number of the verdict with which it is told */
    struct arena *arena;
};

/* In lower case and without blanks: lines are joined in other places in a log. */
static struct slice words_alone(struct slice text, struct arena *arena) {
    char *out = arena_open(arena, text.len);
    size_t used = 0;
    struct slice word;
    while (slice_next_word(&text, &word))
        for (size_t i = 0; i < word.len; i++)
            out[used++] = ascii_lower(word.ptr[i]);
    return arena_close(arena, out, used);
}

#define LEAST_PIECE 12 /* bytes of a reply that its report cut: fewer stand in many */

/* All that the report says must have been said: who got the mail knows the beginning of the reply, and could
 * go on as he likes. */
static bool is_same_reply(const struct verdict *v, const struct reply *said, struct arena *arena) {
    if (v->reply.code && said->code && v->reply.code != said->code)
        return false;
    if (v->reply.enhanced[0] && said->enhanced[0] &&
        memcmp(v->reply.enhanced, said->enhanced, sizeof said->enhanced) != 0)
        return false;
    struct slice told = words_alone(v->reply.text, arena);
    if (!told.len)
        return v->reply.code && v->reply.code == said->code;
    struct slice heard = words_alone(said->text, arena);
    return told.len < LEAST_PIECE ? slice_equal(heard, told) : slice_find(heard, told) < heard.len;
}

static bool is_same_outcome(const struct verdict *v, enum outcome outcome) {
    switch (v->outcome) {
    case ACTION_FAILED:
        return outcome == OUTCOME_BOUNCED || outcome == OUTCOME_EXPIRED;
    case ACTION_DELAYED:
        return outcome != OUTCOME_SENT && outcome != OUTCOME_DISCARDED;
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
    struct slice by = story->delivery.relay.len ? story->delivery.relay : story->delivery.host;
    struct evidence e = {.text = text_shown(arena, reply, 1000),
                         .where = "your log",
                         .line = (unsigned)story->delivery.line,
                         .asserted_by = text_clean_line(arena, by),
                         .trust = TRUST_REMOTE};
    verdict_add_evidence(v, e, arena);
}

static struct confirmation *confirm(struct verdict *v, const struct log_story *story, struct arena *arena) {
    struct confirmation *c = ARENA_NEW(arena, struct confirmation);
    c->story = story;
    const struct log_try *same = NULL;
    for (const struct log_try *t = story->tries; t; t = t->next)
        if (is_same_reply(v, &t->said, arena))
            same = t;
    c->is_confirmed = same != NULL;
    c->is_same_outcome = is_same_outcome(v, story->delivery.outcome);
    c->words = judge(v, story, c->is_confirmed, arena);
    if (same)
        add_evidence(v, story, same->reply, arena);
    return c;
}

/* When it was tried, or sent. */
static int64_t time_of(const struct report *report, const struct verdict *v) {
    const struct chain *chain = &report->carrier.chain;
    if (v->last_attempt != -1)
        return v->last_attempt;
    return chain->count && chain->hops[0].hop->time != -1 ? chain->hops[0].hop->time : report->message.date;
}

static void confirm_verdict(struct confirming *c, struct verdict *v, size_t number) {
    const struct log_story *stories[MOST_STORIES];
    struct story_query query = {c->report->queue_id, c->report->message.message_id, v->recipient,
                                time_of(c->report, v)};
    size_t count = story_index_find(&c->search->index, &query, stories, MOST_STORIES);
    struct confirmation **end = &v->log;
    v->log_has_more = count > MOST_STORIES;
    for (size_t i = 0; i < MIN(count, MOST_STORIES); i++) {
        *end = confirm(v, stories[i], c->arena);
        (*end)->told_in = GPOINTER_TO_SIZE(g_hash_table_lookup(c->told, stories[i]));
        if (!(*end)->told_in)
            g_hash_table_insert(c->told, (gpointer)stories[i], GSIZE_TO_POINTER(number));
        end = &(*end)->next;
    }
}

void report_confirm(struct report *report, const struct log_search *search, struct arena *arena) {
    struct confirming c = {report, search, g_hash_table_new(NULL, NULL), arena};
    size_t number = 0;
    report->was_searched = true;
    report->search_is_partial = search->is_partial;
    for (struct verdict *v = report->verdicts; v; v = v->next)
        confirm_verdict(&c, v, ++number);
    g_hash_table_destroy(c.told);
}
