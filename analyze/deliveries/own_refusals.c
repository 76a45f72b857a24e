/* See own_refusals.h. */
#include "analyze/deliveries/own_refusals.h"

#include "analyze/deliveries/open.h"
#include "parsers/base/address.h"
#include "parsers/base/hash.h"
#include "parsers/log/line_text.h"

#define LATEST 10 /* seconds between both sides */

static struct slice local_part(struct slice recipient) {
    struct slice address = address_unbracket(recipient);
    return slice_upto(address, slice_find_char(address, '@'));
}

struct slice own_refusals_recipient(const struct log_event *e) {
    bool is_reject = e->kind == LOG_REJECT && (e->is_client_later || log_is_loopback(e->client_ip));
    bool is_try =
        e->kind == LOG_ATTEMPT && e->status != LOG_SENT && !e->is_for_open && log_is_loopback(e->relay_ip);
    return is_reject || is_try ? local_part(e->recipient) : SLICE_EMPTY;
}

static uint64_t key_of(struct slice host, struct slice recipient) {
    struct slice local = local_part(recipient);
    return hash_bytes(local.ptr, local.len, open_host_hash(host)) | 1;
}

/* A program may leave the domain out. */
static bool may_be_same(struct slice tried, struct slice rejected) {
    struct slice a = address_unbracket(tried);
    struct slice b = address_unbracket(rejected);
    return slice_equal_nocase(a, b) || local_part(a).len == a.len;
}

static bool is_near(int64_t a, int64_t b) {
    return a == -1 || b == -1 || (a - b <= LATEST && b - a <= LATEST);
}

/* The place of what waits on that side for this one, which is a try or a rejection; OWN_REFUSALS: none does.
 */
static size_t find_waiting(const struct own_side *side, uint64_t key, int64_t time, struct slice recipient,
                           bool is_try) {
    for (size_t i = 0; i < OWN_REFUSALS; i++) {
        struct slice other = side->of[i].recipient;
        if (side->keys[i] == key && is_near(side->of[i].time, time) &&
            (is_try ? may_be_same(recipient, other) : may_be_same(other, recipient)))
            return i;
    }
    return OWN_REFUSALS;
}

static void take_out(struct own_side *side, size_t place) {
    if (side->of[place].texts)
        g_string_free(side->of[place].texts, TRUE);
    side->of[place] = (struct own_refusal){.texts = NULL};
    side->keys[place] = 0;
}

static void tell(struct own_refusals *own, size_t place) {
    if (!own->rejects.keys[place])
        return;
    own->waiting--;
    if (own->sink)
        own->sink(own->context, &own->rejects.of[place].rejected);
    take_out(&own->rejects, place);
}

void own_refusals_try(struct own_refusals *own, const struct log_event *e) {
    if (!own_refusals_recipient(e).len)
        return;
    uint64_t key = key_of(e->host, e->recipient);
    size_t found = find_waiting(&own->rejects, key, e->time, e->recipient, true);
    if (found < OWN_REFUSALS) {
        own->waiting--;
        take_out(&own->rejects, found);
        return;
    }
    size_t place = own->tries.next++ % OWN_REFUSALS;
    take_out(&own->tries, place);
    struct own_refusal *one = &own->tries.of[place];
    own->tries.keys[place] = key;
    one->time = e->time;
    one->texts = g_string_new_len(e->recipient.ptr, (gssize)e->recipient.len);
    one->recipient = (struct slice){one->texts->str, one->texts->len};
}

/* A copy of a rejection, which stands by itself. */
static void keep(struct own_refusal *one, const struct delivery *rejected) {
    one->rejected = *rejected;
    struct delivery *d = &one->rejected;
    struct slice *const texts[] = {&d->host,   &d->queue_id,  &d->sender, &d->recipient,
                                   &d->client, &d->client_ip, &d->reply};
    one->texts = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_string_append_len(one->texts, texts[i]->len ? texts[i]->ptr : "", (gssize)texts[i]->len);
    const char *at = one->texts->str;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); at += texts[i++]->len)
        texts[i]->ptr = texts[i]->ptr ? at : NULL;
    one->time = rejected->first;
    one->recipient = d->recipient;
}

void own_refusals_reject(struct own_refusals *own, const struct delivery *rejected) {
    if (!log_is_loopback(rejected->client_ip) || !local_part(rejected->recipient).len) {
        if (own->sink)
            own->sink(own->context, rejected);
        return;
    }
    uint64_t key = key_of(rejected->host, rejected->recipient);
    size_t found = find_waiting(&own->tries, key, rejected->first, rejected->recipient, false);
    if (found < OWN_REFUSALS) {
        take_out(&own->tries, found);
        return;
    }
    size_t place = own->rejects.next++ % OWN_REFUSALS;
    tell(own, place);
    own->rejects.keys[place] = key;
    keep(&own->rejects.of[place], rejected);
    own->waiting++;
}

void own_refusals_pass(struct own_refusals *own, int64_t time) {
    if (time <= own->passed)
        return;
    own->passed = time;
    for (size_t i = 0; own->waiting && i < OWN_REFUSALS; i++)
        if (own->rejects.keys[i] && time - own->rejects.of[i].time > LATEST)
            tell(own, i);
}

void own_refusals_end(struct own_refusals *own) {
    for (size_t i = 0; i < OWN_REFUSALS; i++) {
        tell(own, (own->rejects.next + i) % OWN_REFUSALS);
        take_out(&own->tries, i);
    }
}
