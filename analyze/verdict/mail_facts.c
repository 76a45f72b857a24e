/* What a report says of deliveries, as bytes: see mail_facts.h. A report is a head and its verdicts; a
 * verdict is a head and its texts. */
#include "analyze/verdict/mail_facts.h"

#include "analyze/verdict/record_sums.h"
#include "analyze/verdict/sender_sums.h"
#include "analyze/verdict/tls_sums.h"
#include "analyze/verdict/verification.h"
#include "parsers/base/address.h"
#include "parsers/base/packed.h"
#include "parsers/base/text.h"
#include "parsers/rules/packed.h"

#include <assert.h>
#include <string.h>

struct verdict_head {
    int64_t last;
    uint32_t outcome;
    uint16_t is_delivery, is_permanent;
    uint32_t rule; /* its number among the replies + 1; 0: none */
    uint32_t confidence;
};

/* Texts of a verdict, in this order. */
enum fact_text {
    FACT_HOST,
    FACT_QUEUE_ID,
    FACT_MESSAGE_ID,
    FACT_SENDER,
    FACT_RECIPIENT,
    FACT_RELAY,
    FACT_RELAY_IP,
    FACT_REPLY,
    FACT_CAUSE,
    FACT_UNDERLYING,
    FACT_FIXER,
    FACT_PROVIDER,
    FACT_FROM,
    FACT_TO,
    FACT_SUBJECT,
    FACT_TEXTS
};

static void put(GString *out, const void *bytes, size_t length) {
    g_string_append_len(out, bytes, (gssize)length);
}

/* --- writing --- */

/* As a log would tell it. */
static enum outcome outcome_of(const struct verdict *v) {
    if (verdict_is_delivered(v))
        return OUTCOME_SENT;
    if (v->cause && strcmp(v->cause->id, "queue.expired") == 0 && v->outcome != ACTION_DELAYED)
        return OUTCOME_EXPIRED;
    return v->outcome == ACTION_DELAYED ? OUTCOME_DEFERRED : OUTCOME_BOUNCED;
}

static uint32_t number_of_rule(const struct rulebase *rules, const struct reply_rule *rule) {
    return rule ? (uint32_t)rule_list_number(&rules->lists[RULES_REPLIES], rule) : 0;
}

/* The reply as a server gives it. */
static struct slice reply_words(const struct reply *r, struct arena *arena) {
    char code[16] = "";
    char enhanced[40] = "";
    if (!r->text.len)
        return SLICE_EMPTY;
    if (r->code)
        g_snprintf(code, sizeof code, "%d ", r->code);
    if (r->enhanced[0])
        g_snprintf(enhanced, sizeof enhanced, "%d.%d.%d ", r->enhanced[0], r->enhanced[1], r->enhanced[2]);
    return arena_printf(arena, "%s%s%.*s", code, enhanced, S(r->text));
}

/* Of a notice there is nothing to be sure of; what may be no bounce at all is a guess, whatever its words. */
static enum confidence confidence_of(const struct verdict *v) {
    if (v->cause && cause_is_of(v->cause->id, "notice"))
        return CONFIDENCE_NONE;
    return v->is_perhaps_none ? CONFIDENCE_GUESS : v->confidence;
}

static void put_verdict(GString *out, const struct report *r, const struct verdict *v,
                        const struct rulebase *rules, struct arena *arena) {
    bool is_delivery = v->outcome != ACTION_UNKNOWN;
    int64_t time = v->last_attempt != -1 ? v->last_attempt : r->message.date;
    struct verdict_head head = {
        time, outcome_of(v), is_delivery, v->is_permanent, number_of_rule(rules, v->rule), confidence_of(v)};
    const struct slice texts[] = {
        [FACT_HOST] = r->reporter,
        [FACT_QUEUE_ID] = r->queue_id,
        [FACT_MESSAGE_ID] = address_unbracket(r->message.message_id),
        [FACT_SENDER] = r->message.sender.len ? r->message.sender : address_of_mailbox(r->message.from),
        [FACT_RECIPIENT] = v->recipient,
        [FACT_RELAY] = v->host,
        [FACT_RELAY_IP] = v->ip,
        [FACT_REPLY] = reply_words(&v->reply, arena),
        [FACT_CAUSE] = slice_of(v->cause ? v->cause->id : NULL),
        [FACT_UNDERLYING] = slice_of(v->underlying ? v->underlying->id : NULL),
        [FACT_FIXER] = slice_of(v->fixer),
        [FACT_PROVIDER] = slice_of(v->provider ? v->provider->id : NULL),
        [FACT_FROM] = r->message.from,
        [FACT_TO] = r->message.to,
        [FACT_SUBJECT] = r->message.subject,
    };
    static_assert(G_N_ELEMENTS(texts) == FACT_TEXTS, "all texts");
    put(out, &head, sizeof head);
    for (int i = 0; i < FACT_TEXTS; i++)
        packed_put(out, text_upto(texts[i], LIMIT_FACT_TEXT));
}

void mail_facts_write(GString *out, const struct report *r, struct mail_report head,
                      const struct rulebase *rules, struct arena *arena) {
    head.kind = r->kind;
    head.verdicts = 0;
    head.is_doubtful = r->verdicts && r->verdicts->is_perhaps_none;
    g_autoptr(GString) sources = g_string_new(NULL);
    for (const struct verdict *v = r->verdicts; v; v = v->next)
        head.verdicts++;
    head.sources = sender_facts_write(sources, r->feedback, arena);
    head.sessions = tls_facts_write(sources, r->feedback);
    head.records =
        record_facts_write(sources, r->feedback && r->verification ? &r->verification->records : NULL);
    put(out, &head, sizeof head);
    for (const struct verdict *v = r->verdicts; v; v = v->next)
        put_verdict(out, r, v, rules, arena);
    put(out, sources->str, sources->len);
}

/* --- reading --- */

bool mail_report_take(struct slice *bytes, struct mail_report *report) {
    if (!packed_take_bytes(bytes, report, sizeof *report) || report->kind > KIND_REPORT)
        return false;
    report->is_one_of_several = report->is_one_of_several != 0;
    report->is_unread = report->is_unread != 0;
    report->is_doubtful = report->is_doubtful != 0;
    return true;
}

/* An id of ours that was written as text; empty: none. */
static const char *known_text(struct slice text, char *room, size_t size) {
    if (!text.len || text.len >= size)
        return NULL;
    memcpy(room, text.ptr, text.len);
    room[text.len] = '\0';
    return room;
}

static const struct cause *cause_of(const struct rulebase *rules, struct slice text) {
    char room[LIMIT_FACT_TEXT + 1];
    const char *id = known_text(text, room, sizeof room);
    return id ? rulebase_cause(rules, id) : NULL;
}

static const struct provider *provider_of(const struct rulebase *rules, struct slice text) {
    char room[LIMIT_FACT_TEXT + 1];
    return rulebase_provider(rules, known_text(text, room, sizeof room));
}

/* Who can fix it: of the cause, or one of the words that are known; the text itself goes away. */
static const char *fixer_of(const struct rulebase *rules, struct slice text, const struct cause *cause) {
    const struct rule_list *causes = &rules->lists[RULES_CAUSES];
    for (size_t i = 0; i < causes->count; i++) {
        const struct cause *each = rule_list_entry(causes, i);
        if (each->fixer && slice_equal(slice_of(each->fixer), text))
            return each->fixer;
    }
    return cause ? cause->fixer : NULL;
}

bool mail_verdict_take(struct slice *bytes, struct mail_verdict *verdict, const struct rulebase *rules) {
    struct slice texts[FACT_TEXTS];
    struct verdict_head head;
    const struct rule_list *replies = &rules->lists[RULES_REPLIES];
    if (!packed_take_bytes(bytes, &head, sizeof head) || head.outcome >= RECIPIENT_OUTCOMES ||
        head.rule > replies->count || head.confidence >= CONFIDENCES ||
        !packed_take_all(bytes, texts, FACT_TEXTS))
        return false;
    const struct cause *cause = cause_of(rules, texts[FACT_CAUSE]);
    verdict->class = (struct reply_class){.cause = cause,
                                          .underlying = cause_of(rules, texts[FACT_UNDERLYING]),
                                          .rule = head.rule ? rule_list_entry(replies, head.rule - 1) : NULL,
                                          .fixer = fixer_of(rules, texts[FACT_FIXER], cause),
                                          .is_permanent = head.is_permanent,
                                          .confidence = (enum confidence)head.confidence};
    static const enum log_status statuses[RECIPIENT_OUTCOMES] = {
        [OUTCOME_SENT] = LOG_SENT,           [OUTCOME_BOUNCED] = LOG_BOUNCED,
        [OUTCOME_EXPIRED] = LOG_GIVEN_UP,    [OUTCOME_DEFERRED] = LOG_DEFERRED,
        [OUTCOME_DISCARDED] = LOG_DISCARDED, [OUTCOME_HELD] = LOG_HELD};
    verdict->is_delivery = head.is_delivery;
    verdict->from = texts[FACT_FROM];
    verdict->to = texts[FACT_TO];
    verdict->subject = texts[FACT_SUBJECT];
    verdict->delivery = (struct delivery){.host = texts[FACT_HOST],
                                          .queue_id = texts[FACT_QUEUE_ID],
                                          .message_id = texts[FACT_MESSAGE_ID],
                                          .sender = texts[FACT_SENDER],
                                          .recipient = texts[FACT_RECIPIENT],
                                          .relay = texts[FACT_RELAY],
                                          .relay_ip = texts[FACT_RELAY_IP],
                                          .provider = provider_of(rules, texts[FACT_PROVIDER]),
                                          .reply = texts[FACT_REPLY],
                                          .uid = -1,
                                          .delay = LOG_NO_DELAY,
                                          .connecting = LOG_NO_DELAY,
                                          .sending = LOG_NO_DELAY,
                                          .size = -1,
                                          .first = head.last,
                                          .last = head.last,
                                          .attempts = 1,
                                          .outcome = (enum outcome)head.outcome,
                                          .class = cause ? &verdict->class : NULL};
    verdict->delivery.tries[statuses[head.outcome]] = 1;
    return true;
}
