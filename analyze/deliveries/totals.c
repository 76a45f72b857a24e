/* Counting deliveries: see totals.h. */
#include "analyze/deliveries/totals.h"

#include "parsers/base/hash.h"
#include "parsers/base/text.h"

#include <assert.h>

#define SAMPLE_BYTES 400
#define NAME_BYTES   256  /* of a domain that are looked at */
#define TALLIES      1024 /* that are allocated at once */
#define CACHE_LINE   64

static const struct slice others = {"(others)", 8};

void totals_init(struct totals *t) {
    *t = (struct totals){.step = NULL};
    t->secret[0] = hash_bytes(NULL, 0, 1);
    t->secret[1] = hash_bytes(NULL, 0, 2) | 1;
    totals_domain(t, SLICE_EMPTY);
}

void totals_free(struct totals *t) {
    hash_table_free(&t->domain_numbers);
    hash_table_free(&t->by_domain);
    hash_table_free(&t->by_sender);
    hash_table_free(&t->matrix);
    hash_table_free(&t->timeline);
    g_free(t->domains);
    arena_free(&t->arena);
}

struct domain_key {
    const struct domain *domains;
    struct slice name;
};

static bool is_number_of(const void *entry, const void *key) {
    const struct domain_key *k = key;
    return slice_equal(k->domains[GPOINTER_TO_UINT(entry) - 1].key, k->name);
}

static uint32_t add_domain(struct totals *t, struct slice name, uint64_t hash) {
    if (t->domain_count == t->domain_room) {
        t->domain_room = t->domain_room ? 2 * t->domain_room : 1024;
        t->domains = g_renew(struct domain, t->domains, t->domain_room);
    }
    struct slice key = arena_copy(&t->arena, name);
    t->domains[t->domain_count] = (struct domain){.name = text_clean_line(&t->arena, key), .key = key};
    hash_table_add(&t->domain_numbers, hash, GUINT_TO_POINTER(t->domain_count + 1));
    return t->domain_count++;
}

uint32_t totals_domain(struct totals *t, struct slice name) {
    char lower[NAME_BYTES];
    name = slice_upto(name, sizeof lower);
    for (size_t i = 0; i < name.len; i++)
        lower[i] = ascii_lower(name.ptr[i]);
    struct domain_key key = {t->domains, {lower, name.len}};
    uint64_t hash = hash_bytes(lower, name.len, 0);
    const void *found = hash_table_find(&t->domain_numbers, hash, is_number_of, &key);
    if (found)
        return GPOINTER_TO_UINT(found) - 1;
    if (t->domain_count >= LIMIT_DOMAINS && !slice_equal(key.name, others))
        return totals_domain(t, others);
    return add_domain(t, key.name, hash);
}

static unsigned number_of_cause(struct totals *t, const struct cause *cause) {
    for (unsigned i = 0; i < t->cause_count; i++)
        if (t->causes[i].cause == cause)
            return i;
    if (t->cause_count == LIMIT_CAUSES)
        return LIMIT_CAUSES - 1;
    t->causes[t->cause_count] = (struct cause_count){.cause = cause, .time = -1};
    return (unsigned)t->cause_count++;
}

static bool is_tally(const void *entry, const void *key) {
    const struct tally *x = entry;
    const struct tally *y = key;
    return x->a == y->a && x->b == y->b && x->c == y->c;
}

/* Numbers that a stranger may pair as he likes: multiplied with what he does not know. */
static uint64_t hash_of(const struct totals *t, const struct tally *key) {
    uint64_t pair = (uint64_t)key->a << 32 | key->b;
    unsigned __int128 product = (unsigned __int128)(pair ^ t->secret[0]) * (key->c ^ t->secret[1]);
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

const struct tally *tally_find(const struct totals *t, const struct hash_table *map, uint32_t a, uint32_t b,
                               uint32_t c) {
    struct tally key = {.a = a, .b = b, .c = c};
    return hash_table_find(map, hash_of(t, &key), is_tally, &key);
}

const struct tally *tally_next(const struct hash_table *map, size_t *at) {
    while (*at < map->size) {
        const struct tally *tally = map->slots[(*at)++].entry;
        if (tally)
            return tally;
    }
    return NULL;
}

static struct tally *new_tally(struct totals *t) {
    static_assert(sizeof(struct tally) == CACHE_LINE, "a tally is a line of the cache");
    if (!t->tallies_left) {
        uintptr_t room = (uintptr_t)arena_alloc(&t->arena, (TALLIES + 1) * sizeof(struct tally));
        t->tallies = (struct tally *)((room + CACHE_LINE - 1) & ~(uintptr_t)(CACHE_LINE - 1));
        t->tallies_left = TALLIES;
    }
    t->tallies_left--;
    return t->tallies++;
}

/* The tally under these numbers, new where there is none. */
static struct tally *tally_of(struct totals *t, struct hash_table *map, uint32_t a, uint32_t b, uint32_t c) {
    struct tally key = {.a = a, .b = b, .c = c};
    uint64_t hash = hash_of(t, &key);
    struct tally *tally = hash_table_find(map, hash, is_tally, &key);
    if (tally)
        return tally;
    tally = new_tally(t);
    *tally = key;
    hash_table_add(map, hash, tally);
    return tally;
}

static struct slice keep_sample(struct totals *t, struct slice text) {
    struct slice clean = text_upto(text_clean_line(&t->arena, slice_upto(text, SAMPLE_BYTES)), SAMPLE_BYTES);
    return arena_copy(&t->arena, clean);
}

static void count_failure(struct totals *t, const struct delivery *d) {
    unsigned number = number_of_cause(t, delivery_cause(d));
    struct cause_count *c = &t->causes[number];
    c->recipients++;
    if (!c->reply.len && d->reply.len) {
        c->reply = keep_sample(t, d->reply);
        c->queue_id = arena_copy(&t->arena, d->queue_id);
        c->time = d->last;
    }
    tally_of(t, &t->by_domain, number, d->domain, 0)->counts.of[d->outcome]++;
    struct tally *by_sender = tally_of(t, &t->by_sender, number, d->sender_domain, 0);
    by_sender->counts.of[d->outcome]++;
    struct tally *cell = tally_of(t, &t->matrix, d->sender_domain, d->domain, number + 1);
    cell->counts.of[d->outcome]++;
    /* Of small domains the sender's first reply of that cause must do: there may be very many of them. */
    bool is_large = t->domains[d->domain].provider != NULL;
    const struct slice **sample = is_large ? &cell->sample : &by_sender->sample;
    if (!*sample && d->reply.len) {
        struct slice *kept = ARENA_NEW(&t->arena, struct slice);
        *kept = keep_sample(t, d->reply);
        *sample = kept->len ? kept : NULL;
    }
}

static void count_time(struct totals *t, int64_t time, enum outcome outcome, uint64_t times) {
    if (time < 0 || time / TIMELINE_SECONDS > (int64_t)UINT32_MAX - 1)
        return;
    uint32_t number = (uint32_t)(time / TIMELINE_SECONDS);
    if (!t->step || t->step->a != number)
        t->step = tally_of(t, &t->timeline, number, 0, 0);
    t->step->counts.of[outcome] += times;
}

void totals_count(struct totals *t, const struct delivery *d, const struct matcher *matcher) {
    struct domain *domain = &t->domains[d->domain];
    t->outcomes.of[d->outcome]++;
    domain->received.of[d->outcome]++;
    if (!domain->is_asked && d->relay.len && matcher) {
        domain->provider = matcher_provider_of_host(matcher, d->relay);
        domain->is_asked = true;
    }
    t->domains[d->sender_domain].sent.of[d->outcome]++;
    tally_of(t, &t->matrix, d->sender_domain, d->domain, 0)->counts.of[d->outcome]++;
    count_time(t, d->last, d->outcome, 1);
    for (int i = 0; i < LOG_STATUSES; i++)
        t->attempts[i == LOG_GIVEN_UP ? LOG_BOUNCED : i] += d->tries[i];
    if (d->class)
        t->causes[number_of_cause(t, delivery_cause(d))].attempts += d->attempts - d->tries[LOG_SENT];
    if (d->outcome != OUTCOME_SENT && d->class)
        count_failure(t, d);
}

bool totals_are_any(const struct totals *t) {
    for (int i = 0; i < OUTCOMES; i++)
        if (t->outcomes.of[i])
            return true;
    return false;
}

void totals_count_reject(struct totals *t, const struct delivery *d) {
    count_time(t, d->last, OUTCOME_REJECTED, d->attempts);
    t->outcomes.of[OUTCOME_REJECTED] += d->attempts;
    if (!d->class)
        return;
    struct cause_count *c = &t->causes[number_of_cause(t, delivery_cause(d))];
    c->inbound += d->attempts;
    if (!c->inbound_reply.len)
        c->inbound_reply = keep_sample(t, d->reply);
}
