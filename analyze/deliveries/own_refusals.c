/* See own_refusals.h. */
#include "analyze/deliveries/own_refusals.h"

#include "analyze/deliveries/open.h"
#include "parsers/base/address.h"

#define LATEST 10 /* seconds between both sides */

/* RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3. */
static bool is_loopback(struct slice ip) {
    return slice_starts_nocase(ip, SLICE("127.")) || slice_equal(ip, SLICE("::1"));
}

/* A program may leave the domain out, and a client is refused before it names anybody. */
static bool may_be_same(struct slice tried, struct slice rejected) {
    struct slice a = address_unbracket(tried);
    struct slice b = address_unbracket(rejected);
    if (!b.len || slice_equal_nocase(a, b))
        return true;
    size_t at = slice_find_char(b, '@');
    return slice_find_char(a, '@') == a.len && slice_equal_nocase(a, slice_upto(b, at));
}

static bool is_near(int64_t a, int64_t b) {
    return a == -1 || b == -1 || (a - b <= LATEST && b - a <= LATEST);
}

static void take_out(struct own_refusal *one) {
    if (one->texts)
        g_string_free(one->texts, TRUE);
    *one = (struct own_refusal){.host = 0};
}

static void tell(struct own_refusals *own, struct own_refusal *one) {
    if (!one->host)
        return;
    own->waiting--;
    if (own->sink)
        own->sink(own->context, &one->rejected);
    take_out(one);
}

void own_refusals_try(struct own_refusals *own, const struct log_event *e) {
    if (!is_loopback(e->relay_ip))
        return;
    uint64_t host = open_host_hash(e->host) | 1;
    for (size_t i = 0; i < OWN_REFUSALS; i++) {
        struct own_refusal *one = &own->rejects[i];
        if (one->host == host && is_near(one->time, e->time) && may_be_same(e->recipient, one->recipient)) {
            own->waiting--;
            take_out(one);
            return;
        }
    }
    struct own_refusal *one = &own->tries[own->next_try++ % OWN_REFUSALS];
    take_out(one);
    one->host = host;
    one->time = e->time;
    one->texts = g_string_new_len(e->recipient.ptr, (gssize)e->recipient.len);
    one->recipient = (struct slice){one->texts->str, one->texts->len};
}

/* A copy of a rejection, which stands by itself. */
static void keep(struct own_refusal *one, uint64_t host, const struct delivery *rejected) {
    one->rejected = *rejected;
    struct delivery *d = &one->rejected;
    struct slice *const texts[] = {&d->host,   &d->queue_id,  &d->sender, &d->recipient,
                                   &d->client, &d->client_ip, &d->reply};
    one->texts = g_string_new(NULL);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        g_string_append_len(one->texts, texts[i]->len ? texts[i]->ptr : "", (gssize)texts[i]->len);
    const char *at = one->texts->str;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; at += texts[i++]->len)
        texts[i]->ptr = texts[i]->ptr ? at : NULL;
    one->host = host;
    one->time = rejected->first;
    one->recipient = d->recipient;
}

void own_refusals_reject(struct own_refusals *own, const struct delivery *rejected) {
    if (!is_loopback(rejected->client_ip)) {
        if (own->sink)
            own->sink(own->context, rejected);
        return;
    }
    uint64_t host = open_host_hash(rejected->host) | 1;
    for (size_t i = 0; i < OWN_REFUSALS; i++) {
        struct own_refusal *one = &own->tries[i];
        if (one->host == host && is_near(one->time, rejected->first) &&
            may_be_same(one->recipient, rejected->recipient)) {
            take_out(one);
            return;
        }
    }
    struct own_refusal *one = &own->rejects[own->next_reject++ % OWN_REFUSALS];
    tell(own, one);
    keep(one, host, rejected);
    own->waiting++;
}

void own_refusals_pass(struct own_refusals *own, int64_t time) {
    for (size_t i = 0; own->waiting && i < OWN_REFUSALS; i++)
        if (own->rejects[i].host && time != -1 && time - own->rejects[i].time > LATEST)
            tell(own, &own->rejects[i]);
}

void own_refusals_end(struct own_refusals *own) {
    for (size_t i = 0; i < OWN_REFUSALS; i++) {
        tell(own, &own->rejects[(own->next_reject + i) % OWN_REFUSALS]);
        take_out(&own->tries[i]);
    }
}
