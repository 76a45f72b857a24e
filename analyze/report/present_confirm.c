/* What one's own log says of a bounce: see present_confirm.h. */
#include "analyze/report/present_confirm.h"

#include "analyze/deliveries/search.h"
#include "parsers/base/text.h"

#define MOST_ATTEMPTS 10 /* the last ones; -v shows all */
#define MOST_OF_REPLY 600
#define MOST_OF_NAME  300

static const enum words outcomes[] = {
    [OUTCOME_SENT] = SAY_OUTCOME_WORDS_SENT,           [OUTCOME_BOUNCED] = SAY_OUTCOME_WORDS_BOUNCED,
    [OUTCOME_EXPIRED] = SAY_OUTCOME_WORDS_EXPIRED,     [OUTCOME_DEFERRED] = SAY_OUTCOME_WORDS_DEFERRED,
    [OUTCOME_DISCARDED] = SAY_OUTCOME_WORDS_DISCARDED, [OUTCOME_HELD] = SAY_OUTCOME_WORDS_HELD,
    [OUTCOME_REJECTED] = SAY_OUTCOME_WORDS_REJECTED};
_Static_assert(G_N_ELEMENTS(outcomes) == OUTCOMES, "words for each outcome");

static struct slice line_of(struct page *p, struct slice s) {
    return s.len ? text_clean_line(p->outlet.arena, s) : s;
}

static struct value time_words(int64_t time) {
    return time == -1 ? word(SAY_TIME_UNKNOWN) : as_time(time);
}

static void present_attempt(struct page *p, const struct log_try *t) {
    struct value note =
        t->relay.len ? page_say(p, SAY_ATTEMPT_NOTE_BY, time_words(t->time), word(outcomes[t->outcome]),
                                upto(as_host(line_of(p, t->relay)), MOST_OF_NAME))
                     : page_say(p, SAY_ATTEMPT_NOTE, time_words(t->time), word(outcomes[t->outcome]));
    page_quote(p, upto(as_reply(line_of(p, t->reply)), MOST_OF_REPLY), note);
}

/* The last attempts; all that are kept where `-v` asks for them. */
static void present_attempts(struct page *p, const struct log_story *story) {
    size_t count = story->try_count;
    size_t kept = MIN(count, LIMIT_TRIES);
    size_t left_out = p->style.verbose || count <= MOST_ATTEMPTS ? 0 : kept - MOST_ATTEMPTS;
    size_t number = 0;
    if (left_out)
        page_row(p, NO_LABEL, page_say(p, SAY_EARLIER_ATTEMPTS, as_count(count - MOST_ATTEMPTS)));
    for (const struct log_try *t = story->tries; t; t = t->next, number++) {
        if (number == FIRST_TRIES && count > kept && !left_out)
            page_row(p, NO_LABEL, page_say(p, SAY_ATTEMPTS_LEFT_OUT, as_count(count - kept)));
        if (number >= left_out)
            present_attempt(p, t);
    }
}

static void present_story(struct page *p, const struct confirmation *c) {
    const struct delivery *d = &c->story->delivery;
    struct value host = d->host.len ? as_host(line_of(p, d->host)) : word(SAY_THIS_HOST);
    struct value sender = as_address(d->sender.len ? line_of(p, d->sender) : SLICE("<>"));
    struct value attempts = page_say(p, SAY_ATTEMPTS, as_count(d->attempts));
    page_row(p, word(c->is_confirmed ? LABEL_CONFIRMED : LABEL_NOT_CONFIRMED), as_note(c->words));
    page_row(p, word(LABEL_QUEUE_ID),
             page_say(p, SAY_QUEUE_ID_STORY, upto(as_identifier(line_of(p, d->queue_id)), MOST_OF_NAME),
                      upto(host, MOST_OF_NAME), upto(sender, MOST_OF_NAME), attempts));
    if (c->told_in)
        page_row(p, NO_LABEL, word(SAY_TOLD_ABOVE));
    else
        present_attempts(p, c->story);
}

void present_confirmations(struct page *p, const struct report *r, const struct verdict *v) {
    if (!r->was_searched)
        return;
    page_section(p, word(SECTION_IN_YOUR_LOG));
    if (!v->log)
        page_row(p, NO_LABEL, word(r->search_is_partial ? SAY_LOG_WAS_NOT_READ : SAY_LOG_HAS_NOTHING));
    for (const struct confirmation *c = v->log; c; c = c->next)
        present_story(p, c);
    if (v->log_has_more)
        page_row(p, NO_LABEL, word(SAY_LOG_HAS_MORE));
}
