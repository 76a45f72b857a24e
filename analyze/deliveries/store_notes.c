/* What a message store took last: see store_notes.h. */
#include "analyze/deliveries/store_notes.h"

static uint64_t hash_of(struct slice name) {
    return open_name_of(name, 0).hash;
}

static void forget(struct store_notes *n, struct store_note *note) {
    struct open_message *m = note->of;
    note->of = NULL;
    if (m && !--m->stored && m->is_done && !m->is_waiting)
        n->close(n->context, m);
}

void store_notes_add(struct store_notes *n, struct open_message *m, struct recipient_story *r,
                     struct slice name) {
    struct store_note *note = &n->last[n->count++ % FEW_STORED];
    forget(n, note);
    *note = (struct store_note){hash_of(name), m, r};
    m->stored++;
}

/* What was refused or put off stays so: the verdict only says why. */
static void take(struct open_message *m, struct recipient_story *r, const struct recipient_story *said) {
    struct delivery_try *last = r->rare->kept_last;
    if (r->status != LOG_SENT)
        return;
    r->tries[LOG_SENT]--;
    r->tries[said->status]++;
    r->status = said->status;
    r->class = said->class;
    open_replace(m, &r->reply, said->reply);
    if (last) {
        last->status = said->status;
        last->class = said->class;
        open_replace(m, &last->reply, said->reply);
    }
}

void store_notes_decide(struct store_notes *n, struct open_message *verdict) {
    uint64_t hash = hash_of(verdict->queue_id);
    struct store_note *note = NULL;
    struct recipient_story *said = NULL;
    for (size_t i = 1; i <= MIN(n->count, (size_t)FEW_STORED) && !said; i++) {
        note = &n->last[(n->count - i) % FEW_STORED];
        if (note->of && note->hash == hash)
            said = open_verdict_of(verdict, note->recipient->address);
    }
    if (!said || !said->attempts)
        return;
    take(note->of, note->recipient, said);
    said->attempts--;
    verdict->finished++;
    forget(n, note);
    if (verdict->finished >= verdict->expected)
        n->close(n->context, verdict);
}

void store_notes_end(struct store_notes *n, struct open_message *m) {
    for (size_t i = 0; i < FEW_STORED && m->stored; i++)
        if (n->last[i].of == m) {
            n->last[i].of = NULL;
            m->stored--;
        }
}
