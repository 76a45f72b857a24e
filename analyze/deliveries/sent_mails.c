/* Mails of a domain, counted by where they went: see sent_mails.h. */
#include "analyze/deliveries/sent_mails.h"

#include "parsers/base/address.h"
#include "parsers/base/host.h"
#include "parsers/base/ip.h"
#include "parsers/base/packed.h"

#define NO_MESSAGE UINT64_MAX

const struct sent_mail *sent_mails_find(const struct sent_mails *sent, struct slice domain, int64_t begin,
                                        int64_t end) {
    for (const struct sent_mail *t = sent->first; t; t = t->next)
        if (t->begin == begin && t->end == end && slice_equal_nocase(t->domain, domain))
            return t;
    return NULL;
}

static struct sent_mail *add_sent(struct sent_mails *sent, struct slice domain, struct arena *arena) {
    struct sent_mail *t = ARENA_NEW(arena, struct sent_mail);
    t->domain = arena_copy(arena, domain);
    t->next = sent->first;
    sent->first = t;
    sent->count++;
    return t;
}

void sent_mails_want(struct sent_mails *sent, struct slice domain, int64_t begin, int64_t end,
                     struct arena *arena) {
    if (!domain.len || begin < 0 || end < begin || sent->count >= LIMIT_SENT_MAILS ||
        sent_mails_find(sent, domain, begin, end))
        return;
    struct sent_mail *t = add_sent(sent, domain, arena);
    t->begin = begin;
    t->end = end;
}

static struct sent_receiver *receiver_of(struct sent_mail *t, struct slice relay, struct arena *arena) {
    struct sent_receiver **end = &t->receivers;
    for (; *end; end = &(*end)->next)
        if (slice_equal_nocase((*end)->relay, relay))
            return *end;
    if (t->receiver_count >= LIMIT_SENT_RECEIVERS)
        return NULL;
    *end = ARENA_NEW(arena, struct sent_receiver);
    (*end)->relay = arena_copy(arena, relay);
    (*end)->last = NO_MESSAGE;
    t->receiver_count++;
    return *end;
}

/* A private address is not the one that others see. */
static void note_address(struct sent_mail *t, struct slice text, struct arena *arena) {
    struct sent_address **end = &t->addresses;
    struct ip ip;
    for (; *end; end = &(*end)->next)
        if (slice_equal((*end)->ip, text))
            return;
    if (t->address_count >= LIMIT_SENT_ADDRESSES || !ip_parse(text, &ip) || ip_is_internal(&ip)) {
        t->unplaced++;
        return;
    }
    *end = ARENA_NEW(arena, struct sent_address);
    (*end)->ip = arena_copy(arena, text);
    t->address_count++;
}

static void count(struct sent_mail *t, const struct delivery *d, struct arena *arena) {
    if (d->is_handed_on) {
        t->handed_on++;
        return;
    }
    struct sent_receiver *r = receiver_of(t, d->relay.len ? d->relay : d->relay_ip, arena);
    if (!r) {
        t->left_out++;
        return;
    }
    r->recipients++;
    r->mails += r->last != d->message;
    r->last = d->message;
}

void sent_mails_add(const struct sent_mails *sent, const struct delivery *d, struct arena *arena) {
    if (d->outcome != OUTCOME_SENT || d->direction != DIRECTION_OUT || d->last == -1)
        return;
    struct slice domain = address_domain(d->sender);
    for (struct sent_mail *t = sent->first; t; t = t->next) {
        if (d->last < t->begin || d->last > t->end)
            continue;
        note_address(t, d->is_handed_on ? SLICE_EMPTY : d->local_ip, arena); /* a relay has its own */
        if (host_is_within(domain, t->domain))
            count(t, d, arena);
    }
}

/* --- as bytes --- */

struct sent_mails_head {
    uint64_t count;
    int64_t log_first, log_last;
};

struct sent_head {
    int64_t begin, end;
    uint64_t handed_on, left_out, unplaced;
    uint32_t receivers, addresses;
};

struct receiver_head {
    uint64_t mails, recipients;
};

static void put(GString *out, const void *bytes, size_t length) {
    g_string_append_len(out, bytes, (gssize)length);
}

void sent_mails_write(const struct sent_mails *sent, GString *out) {
    struct sent_mails_head all = {sent->count, sent->log_first, sent->log_last};
    put(out, &all, sizeof all);
    for (const struct sent_mail *t = sent->first; t; t = t->next) {
        struct sent_head head = {t->begin,          t->end,          t->handed_on, t->left_out, t->unplaced,
                                 t->receiver_count, t->address_count};
        put(out, &head, sizeof head);
        packed_put(out, t->domain);
        for (const struct sent_receiver *r = t->receivers; r; r = r->next) {
            struct receiver_head one = {r->mails, r->recipients};
            put(out, &one, sizeof one);
            packed_put(out, r->relay);
        }
        for (const struct sent_address *a = t->addresses; a; a = a->next)
            packed_put(out, a->ip);
    }
}

static bool read_lists(struct sent_mail *t, const struct sent_head *head, struct slice *bytes,
                       struct arena *arena) {
    struct sent_receiver **end = &t->receivers;
    struct sent_address **last = &t->addresses;
    for (; t->receiver_count < head->receivers; t->receiver_count++) {
        struct receiver_head one;
        struct sent_receiver *r = ARENA_NEW(arena, struct sent_receiver);
        if (!packed_take_bytes(bytes, &one, sizeof one) || !packed_take(bytes, &r->relay))
            return false;
        r->mails = one.mails;
        r->recipients = one.recipients;
        *end = r;
        end = &r->next;
    }
    for (; t->address_count < head->addresses; t->address_count++) {
        struct sent_address *a = ARENA_NEW(arena, struct sent_address);
        if (!packed_take(bytes, &a->ip))
            return false;
        *last = a;
        last = &a->next;
    }
    return true;
}

bool sent_mails_read(struct sent_mails *sent, struct slice *bytes, struct arena *arena) {
    struct sent_mails_head all;
    *sent = (struct sent_mails){.log_first = -1, .log_last = -1};
    if (!packed_take_bytes(bytes, &all, sizeof all) || all.count > LIMIT_SENT_MAILS)
        return false;
    sent->log_first = all.log_first;
    sent->log_last = all.log_last;
    while (sent->count < all.count) {
        struct sent_head head;
        struct slice domain;
        if (!packed_take_bytes(bytes, &head, sizeof head) || head.receivers > LIMIT_SENT_RECEIVERS ||
            head.addresses > LIMIT_SENT_ADDRESSES || !packed_take(bytes, &domain))
            return false;
        struct sent_mail *t = add_sent(sent, domain, arena);
        t->begin = head.begin;
        t->end = head.end;
        t->handed_on = head.handed_on;
        t->left_out = head.left_out;
        t->unplaced = head.unplaced;
        if (!read_lists(t, &head, bytes, arena))
            return false;
    }
    return true;
}
