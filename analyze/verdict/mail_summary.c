/* Many reports on mails: see mail_summary.h. */
#include "analyze/verdict/mail_summary.h"

#include "analyze/deliveries/counting.h"
#include "parsers/base/address.h"
#include "parsers/base/hash.h"
#include "parsers/base/packed.h"

#include <inttypes.h>
#include <string.h>

/* What is remembered of a recipient's mail, by message id or queue id, or of a verdict by all that it says.
 */
struct mail_key {
    uint64_t hash, check; /* two hashes of the same: who writes mails knows neither */
    bool is_final;        /* a report tells what became of it at last */
    bool is_back;         /* the same, and that it was not delivered */
    bool is_in_log, is_counted;
};

enum key_kind { KEY_MESSAGE = 1, KEY_QUEUE, KEY_VERDICT };

static bool is_key(const void *entry, const void *key) {
    const struct mail_key *a = entry;
    const struct mail_key *b = key;
    return a->hash == b->hash && a->check == b->check;
}

static void key_append(GString *out, struct slice text) {
    char end = '\0';
    for (size_t i = 0; i < text.len; i++)
        g_string_append_c(out, ascii_lower(text.ptr[i]));
    g_string_append_len(out, &end, 1);
}

/* The key of some texts; NULL: there is none of them, and none is to be made, or no more can be. */
static struct mail_key *key_of(struct mail_summary *s, enum key_kind kind, const struct slice *texts,
                               size_t count, bool makes) {
    g_autoptr(GString) bytes = g_string_sized_new(256);
    for (size_t i = 0; i < count; i++)
        key_append(bytes, texts[i]);
    struct mail_key wanted = {.hash = hash_bytes(bytes->str, bytes->len, 2 * (uint64_t)kind),
                              .check = hash_bytes(bytes->str, bytes->len, 2 * (uint64_t)kind + 1)};
    struct mail_key *found = hash_table_find(&s->keys, wanted.hash, is_key, &wanted);
    if (found || !makes || s->keys.count >= LIMIT_SAME_MAILS)
        return found;
    struct mail_key *key = ARENA_NEW(&s->arena, struct mail_key);
    *key = wanted;
    hash_table_add(&s->keys, wanted.hash, key);
    return key;
}

static struct mail_key *key_by_id(struct mail_summary *s, enum key_kind kind, struct slice id,
                                  struct slice recipient, bool makes) {
    const struct slice texts[] = {kind == KEY_MESSAGE ? address_unbracket(id) : id, recipient};
    return id.len && recipient.len ? key_of(s, kind, texts, G_N_ELEMENTS(texts), makes) : NULL;
}

/* --- reading --- */

static void note_final(struct mail_key *key, const struct delivery *d) {
    if (!key)
        return;
    key->is_final |= d->outcome != OUTCOME_DEFERRED;
    key->is_back |= d->outcome == OUTCOME_BOUNCED || d->outcome == OUTCOME_EXPIRED;
}

static void note_delivery(struct mail_summary *s, const struct delivery *d) {
    note_final(key_by_id(s, KEY_MESSAGE, d->message_id, d->recipient, true), d);
    note_final(key_by_id(s, KEY_QUEUE, d->queue_id, d->recipient, true), d);
}

static struct mail_row *add_row(struct mail_summary *s, uint64_t input, const struct mail_report *report) {
    if (s->row_count == LIMIT_INDEX)
        return NULL;
    if (s->row_count == s->row_room) {
        s->row_room = s->row_room ? 2 * s->row_room : 256;
        s->rows = g_renew(struct mail_row, s->rows, s->row_room);
    }
    s->rows[s->row_count] = (struct mail_row){.report = *report, .input = input};
    return &s->rows[s->row_count++];
}

/* One report of a block. */
static bool read_report(struct mail_summary *s, uint64_t input, struct slice *bytes) {
    struct mail_report report;
    if (!mail_report_take(bytes, &report))
        return false;
    struct mail_row *row = add_row(s, input, &report);
    s->reports++;
    s->unread += report.is_unread;
    s->doubtful += report.is_doubtful;
    s->kinds[report.kind] += !report.is_unread;
    for (uint32_t i = 0; i < report.verdicts; i++) {
        struct mail_verdict v;
        if (!mail_verdict_take(bytes, &v, s->rules))
            return false;
        if (v.is_delivery)
            note_delivery(s, &v.delivery);
        if (i || !row)
            continue;
        row->recipient = v.delivery.recipient;
        row->cause = delivery_cause(&v.delivery);
        row->outcome = v.delivery.outcome;
        row->is_delivery = v.is_delivery;
        row->from = v.from;
        row->to = v.to;
        row->subject = v.subject;
    }
    return sender_facts_take(bytes, report.sources, &s->senders) &&
           tls_facts_take(bytes, report.sessions, &s->sessions) &&
           record_facts_take(bytes, report.records, &s->today);
}

/* The next block of the facts, which the parent of those processes wrote. */
static bool take_block(struct slice *facts, struct mail_block *block, struct slice *bytes) {
    if (!packed_take_bytes(facts, block, sizeof *block))
        return false;
    *bytes = slice_upto(*facts, block->length);
    *facts = slice_from(*facts, bytes->len);
    return true;
}

void mail_summary_read(struct mail_summary *s, struct slice facts, const struct rulebase *rules) {
    struct mail_block block;
    struct slice bytes;
    s->rules = rules;
    s->facts = facts;
    for (uint64_t last = UINT64_MAX; take_block(&facts, &block, &bytes); last = block.input) {
        s->read += block.input != last;
        while (bytes.len && read_report(s, block.input, &bytes))
            ;
    }
}

void mail_summary_free(struct mail_summary *s) {
    hash_table_free(&s->keys);
    sender_sums_free(&s->senders);
    tls_sums_free(&s->sessions);
    record_sums_free(&s->today);
    g_free(s->rows);
    arena_free(&s->arena);
}

/* --- beside logs --- */

static bool note_in_log(struct mail_key *key, const struct delivery *d) {
    if (!key)
        return true;
    if (key->is_back && d->outcome == OUTCOME_SENT)
        return false;
    key->is_in_log = true;
    return true;
}

bool mail_summary_passes(struct mail_summary *s, const struct delivery *d) {
    if (d->outcome == OUTCOME_REJECTED)
        return true;
    return note_in_log(key_by_id(s, KEY_MESSAGE, d->message_id, d->recipient, false), d) &&
           note_in_log(key_by_id(s, KEY_QUEUE, d->queue_id, d->recipient, false), d);
}

/* --- counting --- */

/* Two copies of one report say the same in all. */
static bool is_repeated(struct mail_summary *s, const struct delivery *d) {
    const struct cause *cause = delivery_cause(d);
    const struct slice texts[] = {d->message_id, d->queue_id,
                                  d->sender,     d->recipient,
                                  d->reply,      slice_of(outcome_name(d->outcome)),
                                  d->relay,      slice_of(cause ? cause->id : NULL)};
    if (!d->message_id.len && !d->queue_id.len)
        return false;
    struct mail_key *key = key_of(s, KEY_VERDICT, texts, G_N_ELEMENTS(texts), true);
    bool was_counted = key && key->is_counted;
    if (key)
        key->is_counted = true;
    return was_counted;
}

static bool is_told_elsewhere(struct mail_summary *s, const struct delivery *d) {
    const struct mail_key *message = key_by_id(s, KEY_MESSAGE, d->message_id, d->recipient, false);
    const struct mail_key *queue = key_by_id(s, KEY_QUEUE, d->queue_id, d->recipient, false);
    if ((message && message->is_in_log) || (queue && queue->is_in_log)) {
        s->in_logs++;
        return true;
    }
    if (d->outcome == OUTCOME_DEFERRED && ((message && message->is_final) || (queue && queue->is_final))) {
        s->outdated++;
        return true;
    }
    bool is_copy = is_repeated(s, d);
    s->repeated += is_copy;
    return is_copy;
}

static void count_delivery(struct mail_summary *s, struct delivery *d, struct totals *totals,
                           const struct log_filters *filters, const struct matcher *matcher) {
    if (!filters_pass(filters, d) || is_told_elsewhere(s, d))
        return;
    d->domain = totals_domain(totals, address_domain(d->recipient));
    d->sender_domain = totals_domain(totals, address_domain(d->sender));
    totals_count(totals, d, matcher);
}

void mail_summary_count(struct mail_summary *s, struct totals *totals, const struct log_filters *filters,
                        const struct matcher *matcher) {
    struct slice facts = s->facts;
    struct mail_block block;
    struct slice bytes;
    uint64_t number = totals->messages;
    while (take_block(&facts, &block, &bytes)) {
        struct mail_report report;
        while (mail_report_take(&bytes, &report)) {
            number++;
            for (uint32_t i = 0; i < report.verdicts; i++) {
                struct mail_verdict v;
                if (!mail_verdict_take(&bytes, &v, s->rules))
                    break;
                v.delivery.message = v.delivery.mail = number;
                if (v.is_delivery)
                    count_delivery(s, &v.delivery, totals, filters, matcher);
            }
            if (!sender_facts_take(&bytes, report.sources, NULL) ||
                !tls_facts_take(&bytes, report.sessions, NULL) ||
                !record_facts_take(&bytes, report.records, NULL))
                break;
        }
    }
}

void mail_label(char *label, size_t size, uint64_t input, const struct mail_report *report, bool has_inputs) {
    if (!report->is_one_of_several)
        g_snprintf(label, (gulong)size, "%" PRIu64, input + 1);
    else if (!has_inputs)
        g_snprintf(label, (gulong)size, "%u", report->place);
    else
        g_snprintf(label, (gulong)size, "%" PRIu64 ".%u", input + 1, report->place);
}
