/* See log_sample.h. */
#include "analyze/deliveries/log_sample.h"

#include "parsers/base/text.h"

#include <glib.h>

static int compare(const struct log_sample *a, const struct log_sample *b) {
    if (a->time != b->time)
        return (uint64_t)a->time < (uint64_t)b->time ? -1 : 1;
    int order = slice_compare(a->host, b->host);
    if (!order)
        order = slice_compare(a->queue_id, b->queue_id);
    return order ? order : slice_compare(a->recipient, b->recipient);
}

/* The delivery as a sample whose texts are not yet kept. */
static struct log_sample view(const struct delivery *d) {
    return (struct log_sample){.reply = d->reply,
                               .domain = d->domain,
                               .host = slice_upto(d->host, SAMPLE_BYTES),
                               .queue_id = slice_upto(d->queue_id, SAMPLE_BYTES),
                               .recipient = slice_upto(d->recipient, SAMPLE_BYTES),
                               .time = d->last,
                               .outcome = d->outcome,
                               .class = d->class ? *d->class : (struct reply_class){0}};
}

/* A copy at `*at`, which is moved behind it. */
static struct slice copy_to(char **at, struct slice text) {
    struct slice copy = {*at, text.len};
    if (text.len)
        memcpy(*at, text.ptr, text.len);
    *at += text.len;
    return copy;
}

/* The texts of a sample stand in one piece of room, which is used again: there may be many better ones. */
static void take(struct log_sample *s, const struct log_sample *other, struct arena *arena,
                 struct arena *scratch) {
    struct log_sample new = *other;
    new.reply = text_shown(scratch, slice_upto(other->reply, SAMPLE_BYTES * 2), SAMPLE_BYTES);
    size_t size = new.reply.len + new.host.len + new.queue_id.len + new.recipient.len;
    new.room = s->room;
    new.size = s->size;
    if (!new.room || size > new.size) {
        new.size = size + size / 2 + 1;
        new.room = arena_alloc(arena, new.size);
    }
    char *at = new.room;
    new.reply = copy_to(&at, new.reply);
    new.host = copy_to(&at, new.host);
    new.queue_id = copy_to(&at, new.queue_id);
    new.recipient = copy_to(&at, new.recipient);
    *s = new;
    arena_reset(scratch);
}

void log_sample_add(struct log_sample *s, const struct log_sample *other, struct arena *arena,
                    struct arena *scratch) {
    if (!s->room || compare(other, s) < 0)
        take(s, other, arena, scratch);
}

void log_sample_offer(struct log_sample *s, const struct delivery *d, struct arena *arena,
                      struct arena *scratch) {
    struct log_sample new = view(d);
    log_sample_add(s, &new, arena, scratch);
}

void log_samples_add(struct log_samples *k, const struct log_sample *other, struct arena *arena,
                     struct arena *scratch) {
    unsigned at = MIN(k->count, MOST_SET_ASIDE - 1);
    if (k->count == MOST_SET_ASIDE && compare(other, &k->list[at]) >= 0)
        return;
    take(&k->list[at], other, arena, scratch);
    k->count = MAX(k->count, at + 1);
    for (; at && compare(&k->list[at], &k->list[at - 1]) < 0; at--) {
        struct log_sample later = k->list[at - 1];
        k->list[at - 1] = k->list[at];
        k->list[at] = later;
    }
}

void log_samples_offer(struct log_samples *k, const struct delivery *d, struct arena *arena,
                       struct arena *scratch) {
    struct log_sample new = view(d);
    log_samples_add(k, &new, arena, scratch);
}
