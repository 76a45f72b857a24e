/* The stories of mails: see present_mail.h. */
#include "analyze/report/present_mail.h"

#include "analyze/deliveries/port_25.h"
#include "analyze/report/present_cause.h"
#include "analyze/report/present_verdict.h"
#include "analyze/verdict/advice.h"
#include "analyze/verdict/log_verdict.h"
#include "parsers/base/text.h"

#define MOST_OF_REPLY   600
#define MOST_OF_NAME    300
#define MOST_TRIES_TOLD 10 /* of one recipient: the first and the last ones; -v tells all */

static const enum words outcomes[] = {
    [OUTCOME_SENT] = SAY_MAIL_SENT,           [OUTCOME_BOUNCED] = SAY_MAIL_BOUNCED,
    [OUTCOME_EXPIRED] = SAY_MAIL_EXPIRED,     [OUTCOME_DEFERRED] = SAY_MAIL_DEFERRED,
    [OUTCOME_DISCARDED] = SAY_MAIL_DISCARDED, [OUTCOME_HELD] = SAY_MAIL_HELD,
    [OUTCOME_REJECTED] = SAY_MAIL_REJECTED};
_Static_assert(G_N_ELEMENTS(outcomes) == OUTCOMES, "words for each outcome");
static const enum words statuses[] = {
    [LOG_SENT] = SAY_OUTCOME_WORDS_SENT,           [LOG_DEFERRED] = SAY_OUTCOME_WORDS_DEFERRED,
    [LOG_BOUNCED] = SAY_OUTCOME_WORDS_BOUNCED,     [LOG_GIVEN_UP] = SAY_OUTCOME_WORDS_EXPIRED,
    [LOG_DISCARDED] = SAY_OUTCOME_WORDS_DISCARDED, [LOG_HELD] = SAY_OUTCOME_WORDS_HELD};
_Static_assert(G_N_ELEMENTS(statuses) == LOG_STATUSES, "words for each status");

static struct slice line_of(struct page *p, struct slice s) {
    return s.len ? text_clean_line(p->outlet.arena, s) : s;
}

static struct value host_of(struct page *p, struct slice name) {
    return upto(as_host(line_of(p, name)), MOST_OF_NAME);
}

static struct value time_words(int64_t time) {
    return time == -1 ? word(SAY_TIME_UNKNOWN) : as_time(time);
}

static struct value address_words(struct page *p, struct slice address) {
    return upto(as_address(address.len ? line_of(p, address) : SLICE("<>")), MOST_OF_NAME);
}

/* "mx.example.org [192.0.2.25]" */
static struct value relay_words(struct page *p, struct slice name, struct slice ip) {
    struct value host = name.len ? host_of(p, name) : NO_LABEL;
    if (!ip.len)
        return host;
    struct value address = as_network(line_of(p, ip));
    return name.len ? page_say(p, SAY_HOST_AND_ADDRESS, host, address) : address;
}

/* --- the mail --- */

static void present_origin(struct page *p, const struct delivery *d) {
    struct value client = relay_words(p, d->client, d->client_ip);
    struct value user = upto(as_user(line_of(p, d->user)), MOST_OF_NAME);
    if (value_is_known(client))
        page_row(p, word(LABEL_HANDED_IN_BY),
                 d->user.len ? page_say(p, SAY_CLIENT_AS_USER, client, user) : client);
    else if (d->user.len)
        page_row(p, word(LABEL_HANDED_IN_BY), page_say(p, SAY_LOCAL_USER, user));
    if (d->uid >= 0)
        page_row(p, value_is_known(client) || d->user.len ? NO_LABEL : word(LABEL_HANDED_IN_BY),
                 page_say(p, SAY_LOCAL_UID, as_user(arena_printf(p->outlet.arena, "%d", d->uid))));
    page_row_known(p, word(LABEL_SCRIPT), upto(as_script(line_of(p, d->script)), MOST_OF_NAME));
}

static void present_heading(struct page *p, const struct delivery *d) {
    if (d->lacks_sender)
        page_section(p, page_say(p, SECTION_MAIL_UNNAMED, time_words(d->first)));
    else
        page_section(p, page_say(p, SECTION_MAIL, time_words(d->first), address_words(p, d->sender)));
    page_row_known(p, word(LABEL_MESSAGE_ID), upto(as_identifier(line_of(p, d->message_id)), MOST_OF_NAME));
}

/* --- a recipient --- */

static struct value cause_words(struct page *p, const struct reply_class *class) {
    const struct cause *cause = class->underlying ? class->underlying : class->cause;
    return page_say(p, SAY_MAIL_CAUSE, as_ours(cause->title), as_ours(cause->id));
}

/* Did this server refuse what somebody else sent? A user's own mail is no other's. */
static bool is_inbound(const struct delivery *d) {
    return d->outcome == OUTCOME_REJECTED && !d->user.len;
}

static struct value inbound_cause_words(struct page *p, const struct delivery *d) {
    const struct cause *cause = delivery_cause(d);
    return page_say(p, SAY_MAIL_CAUSE, as_ours(inbound_title(p->style.rules, cause)), as_ours(cause->id));
}

/* `last` is the try that stands above; NULL: none does. */
static void present_try(struct page *p, const struct delivery_try *t, unsigned number,
                        const struct delivery_try *last) {
    struct value relay = relay_words(p, t->relay, t->relay_ip);
    enum words done = t->status == LOG_SENT ? SAY_OUTCOME_WORDS_TAKEN : statuses[t->status];
    struct value text = value_is_known(relay)
                            ? page_say(p, SAY_ATTEMPT_NOTE_BY, time_words(t->time), word(done), relay)
                            : page_say(p, SAY_ATTEMPT_NOTE, time_words(t->time), word(statuses[t->status]));
    bool is_same = last && t->reply.len && t->status == last->status && slice_equal(t->reply, last->reply);
    if (is_same)
        text = page_say(p, SAY_SAME_ANSWER, text);
    else if (t->class && t->status != LOG_SENT)
        text = page_join(p, text, ": ", cause_words(p, t->class));
    page_step(p, last ? NO_LABEL : word(LABEL_ATTEMPTS), number, text);
    if (t->reply.len && !is_same)
        page_quote(p, upto(as_reply(line_of(p, t->reply)), MOST_OF_REPLY), NO_LABEL);
}

/* Of many the first and the last ones; of very many not all are kept. */
static void present_tries(struct page *p, const struct delivery *d) {
    unsigned kept = 0;
    for (const struct delivery_try *t = d->tries_kept; t; t = t->next)
        kept++;
    unsigned tries = MAX(d->attempts, kept);
    unsigned first = kept > MOST_TRIES_TOLD && !p->style.verbose ? MOST_TRIES_TOLD / 2 : kept;
    unsigned last = kept > first ? kept - MOST_TRIES_TOLD / 2 : 0;
    unsigned at = 0;
    const struct delivery_try *above = NULL;
    for (const struct delivery_try *t = d->tries_kept; t; t = t->next, at++) {
        unsigned number = at < FIRST_TRIES ? at + 1 : tries - (kept - at) + 1;
        if (at == first && last > first)
            page_row(p, NO_LABEL, page_say(p, SAY_ATTEMPTS_BETWEEN, as_count(tries - MOST_TRIES_TOLD)));
        else if (at == FIRST_TRIES && tries > kept)
            page_row(p, NO_LABEL, page_say(p, SAY_ATTEMPTS_LEFT_OUT, as_count(tries - kept)));
        if (at >= first && at < last)
            continue;
        present_try(p, t, number, above);
        above = t;
    }
}

/* What stands in the page already, and of whom, so that it is not told again of the next one. */
struct told {
    struct page *page;
    GHashTable *recipients; /* by the advice that was told of them */
    bool is_none_reached;
};

struct steps {
    GString *all;  /* with what is said before them */
    GArray *texts; /* of struct slice */
};

static struct steps steps_behind(const char *meaning) {
    return (struct steps){g_string_new(meaning), g_array_new(FALSE, FALSE, sizeof(struct slice))};
}

static void add_step(void *context, struct slice text) {
    struct steps *steps = context;
    g_string_append_c(steps->all, '\n');
    g_string_append_len(steps->all, text.ptr, (gssize)text.len);
    g_array_append_val(steps->texts, text);
}

/* Of somebody above the same was told; if not, it will stand here. */
static const char *told_of(const struct told *told, const struct steps *steps, struct slice recipient) {
    const char *above = g_hash_table_lookup(told->recipients, steps->all->str);
    if (!above && recipient.len && steps->texts->len)
        g_hash_table_insert(told->recipients, g_strdup(steps->all->str),
                            g_strndup(recipient.ptr, recipient.len));
    return above;
}

static void present_steps(const struct told *told, struct steps *steps, const char *above) {
    struct page *p = told->page;
    if (above)
        page_row(p, word(LABEL_WHAT_TO_DO), page_say(p, SAY_AS_FOR, address_words(p, slice_of(above))));
    for (guint i = 0; i < steps->texts->len && !above; i++)
        page_step(p, i ? NO_LABEL : word(LABEL_WHAT_TO_DO), i + 1,
                  as_advice(g_array_index(steps->texts, struct slice, i)));
    g_string_free(steps->all, TRUE);
    g_array_free(steps->texts, TRUE);
}

/* What this server refused: the reader is the receiver. */
static void present_inbound_advice(const struct told *told, const struct delivery *d) {
    struct page *p = told->page;
    const struct cause *cause = delivery_cause(d);
    const struct inbound_text *text = rulebase_inbound(p->style.rules, cause->id);
    if (!text)
        return;
    page_row(p, word(LABEL_WHO_CAN_FIX), inbound_fixer_words(text->fixer, cause));
    if (d->class->confidence != CONFIDENCE_NONE)
        page_row(p, NO_LABEL, page_say(p, SAY_CAUSE_SURE, sureness_words(d->class->confidence)));
    struct steps steps = steps_behind("");
    for (const char *const *step = text->steps; *step; step++)
        add_step(&steps, slice_of(*step));
    present_steps(told, &steps, told_of(told, &steps, d->recipient));
}

/* Who can do what about a mail that was not delivered, and how sure that is. */
static void present_advice(const struct told *told, const struct delivery *d) {
    struct page *p = told->page;
    bool is_over = d->outcome != OUTCOME_DEFERRED;
    struct verdict v = verdict_of_delivery(d, line_of(p, d->reply), is_over, p->outlet.arena);
    bool is_for_forwarder = v.is_forwarded && cause_is_of(verdict_root_cause(&v)->id, "auth");
    v.recipient = d->recipient;
    if (d->relay_ip.len) { /* else it is a part of this server, or nobody was reached */
        v.host = line_of(p, d->relay);
        v.ip = line_of(p, d->relay_ip);
        present_refuser(p, NULL, &v);
    }
    struct steps steps = steps_behind(verdict_root_cause(&v)->meaning);
    verdict_remedies(&v, p->outlet.arena, add_step, &steps);
    const char *above = told_of(told, &steps, d->recipient);
    if (!above)
        page_row(p, word(LABEL_WHY), as_ours(verdict_root_cause(&v)->meaning));
    page_row(p, word(LABEL_WHO_CAN_FIX),
             is_for_forwarder ? word(SAY_FIXER_FORWARDER) : fixer_words(v.fixer, verdict_root_cause(&v)));
    if (v.confidence != CONFIDENCE_NONE)
        page_row(p, NO_LABEL, page_say(p, SAY_CAUSE_SURE, sureness_words(v.confidence)));
    if (v.is_notice && is_over)
        page_row(p, NO_LABEL, word(SAY_NOTICE_LOST));
    present_steps(told, &steps, above);
}

/* Who, and what became of the mail. */
static struct value outcome_words(struct page *p, const struct mail_story *story) {
    const struct delivery *d = &story->delivery;
    struct value recipient = d->recipient.len ? address_words(p, d->recipient) : word(SAY_NO_RECIPIENT);
    bool is_untried = d->outcome == OUTCOME_DEFERRED && !d->attempts && !d->reply.len;
    struct value end = word(story->is_handed_over ? SAY_MAIL_HANDED_OVER
                            : d->is_handed_on     ? SAY_MAIL_HANDED_ON
                            : is_untried          ? SAY_MAIL_UNTRIED
                                                  : outcomes[d->outcome]);
    if (delivery_maybe_twice(d))
        end = page_join(p, end, ", ", word(SAY_MAIL_MAYBE_TWICE));
    if (story->later)
        end = page_say(p, SAY_MAIL_CAME_BACK, cause_words(p, d->class),
                       time_words(story->later->delivery.first));
    if (d->original.len && !slice_equal_nocase(d->original, d->recipient))
        recipient = page_say(p, SAY_MAIL_ORIGINAL, recipient, address_words(p, d->original));
    bool is_said = d->class && d->outcome == OUTCOME_EXPIRED && !d->class->underlying &&
                   strcmp(d->class->cause->id, "queue.expired") == 0;
    if (d->class && d->outcome != OUTCOME_SENT && !is_said && !story->later)
        end = page_join(p, end, ": ", is_inbound(d) ? inbound_cause_words(p, d) : cause_words(p, d->class));
    return page_say(p, SAY_NAME_AND_TEXT, recipient, end);
}

/* A line of its own begins with our words, not with a recipient, who may be called as such a line begins. */
static struct value title_words(struct page *p, const struct mail_story *story) {
    struct value outcome = outcome_words(p, story);
    return story->delivery.recipient.len ? page_say(p, TITLE_MAIL_TO, outcome) : outcome;
}

/* Where nobody was reached, no receiver can help. */
static void present_no_connection(struct page *p, const struct delivery *d) {
    page_row(p, word(LABEL_WHO_CAN_FIX), fixer_words("network-operator", delivery_cause(d)));
    page_row(p, NO_LABEL, page_say(p, SAY_CAUSE_SURE, sureness_words(CONFIDENCE_LIKELY)));
    page_step(p, word(LABEL_WHAT_TO_DO), 1, word(SAY_PORT_25_DOUBTFUL));
}

static void present_steps_of(const struct told *told, const struct delivery *d) {
    if (is_inbound(d))
        present_inbound_advice(told, d);
    else if (told->is_none_reached && cause_is_without_connection(delivery_cause(d)))
        present_no_connection(told->page, d);
    else
        present_advice(told, d);
}

static void present_outcome(const struct told *told, const struct mail_story *story) {
    struct page *p = told->page;
    const struct delivery *d = &story->delivery;
    page_row(p, word(LABEL_RECIPIENT), outcome_words(p, story));
    if (d->queue_id.len)
        page_row(p, word(LABEL_QUEUE_ID),
                 page_say(p, SAY_QUEUE_ID_AT, upto(as_identifier(line_of(p, d->queue_id)), MOST_OF_NAME),
                          d->host.len ? host_of(p, d->host) : word(SAY_THIS_HOST)));
    if (d->class && d->outcome != OUTCOME_SENT && d->class->fixer && !story->is_handed_over && !story->later)
        present_steps_of(told, d);
    if (d->tries_kept)
        present_tries(p, d);
    else if (d->reply.len)
        page_quote(p, upto(as_reply(line_of(p, d->reply)), MOST_OF_REPLY), time_words(d->last));
}

static void present_lines(struct page *p, const struct delivery_line *lines) {
    for (bool is_first = true; lines; lines = lines->next, is_first = false)
        page_row(p, is_first ? word(LABEL_LOG_LINES) : NO_LABEL, as_reply(line_of(p, lines->text)));
}

bool present_mail_title(struct page *p, const struct mail_stories *s) {
    const struct mail_story *only = NULL;
    for (guint i = 0; i < s->stories->len; i++) {
        const struct mail_story *story = s->stories->pdata[i];
        if (!story->is_handed_over && only)
            return false;
        only = story->is_handed_over ? only : story;
    }
    if (!only)
        return false;
    unsigned outcome = only->delivery.outcome;
    page_title(p, title_words(p, only),
               outcome == OUTCOME_SENT && !only->delivery.is_handed_on    ? EMPHASIS_GOOD
               : outcome == OUTCOME_BOUNCED || outcome == OUTCOME_EXPIRED ? EMPHASIS_BAD
                                                                          : EMPHASIS_WARN);
    return true;
}

void present_mails_briefly(struct page *p, const struct mail_stories *s) {
    for (guint i = 0; i < s->stories->len; i++) {
        const struct mail_story *story = s->stories->pdata[i];
        if (!story->is_handed_over)
            page_title(p, title_words(p, story), EMPHASIS_NONE);
    }
}

void present_mails(struct page *p, const struct mail_stories *s, size_t most, bool is_none_reached) {
    g_autoptr(GHashTable) recipients = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    const struct told told = {p, recipients, is_none_reached};
    size_t mails = 0;
    size_t left_out = 0;
    for (guint i = 0; i < s->stories->len; i++) {
        const struct mail_story *story = s->stories->pdata[i];
        const struct mail_story *last = i ? s->stories->pdata[i - 1] : NULL;
        const struct mail_story *next = i + 1 < s->stories->len ? s->stories->pdata[i + 1] : NULL;
        bool is_new = !last || !mail_story_is_same(last, story);
        mails += is_new;
        left_out += is_new && mails > most;
        if (mails > most)
            continue;
        if (is_new)
            present_heading(p, &story->delivery);
        if (is_new || !mail_story_is_same_queue(last, story))
            present_origin(p, &story->delivery);
        present_outcome(&told, story);
        if (s->stories->len == 1 && delivery_is_elsewhere(&story->delivery) && !story->delivery.is_handed_on)
            page_step(p, word(LABEL_WHAT_TO_DO), 1, word(SAY_MAIL_TAKEN_NEXT));
        if (story->delivery.untold && (!next || !mail_story_is_same_queue(story, next)))
            page_row(p, word(LABEL_UNTOLD), page_say(p, SAY_MAIL_UNTOLD, as_count(story->delivery.untold)));
        if (!next || !mail_story_is_same_queue(story, next))
            present_lines(p, story->delivery.lines);
    }
    if (left_out)
        page_row(p, NO_LABEL, page_say(p, SAY_MORE_MAILS, as_count(left_out)));
    if (s->left_out)
        page_row(p, NO_LABEL, page_say(p, SAY_STORIES_LEFT_OUT, as_count(s->left_out)));
}
