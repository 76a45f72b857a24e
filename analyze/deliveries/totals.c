/* Counting stories: see deliveries.h. */
#include "analyze/deliveries/deliveries.h"

#include "parsers/base/address.h"
#include "parsers/base/hash.h"
#include "parsers/base/text.h"

#define SAMPLE_BYTES 400
#define TEN_MINUTES  600

void totals_init(struct totals *t) {
    *t = (struct totals){.first = -1, .last = -1, .domain_size = 4096};
    t->domain_slots = g_new0(uint32_t, t->domain_size);
    totals_domain(t, SLICE_EMPTY); /* number 0: none */
}

void totals_free(struct totals *t) {
    g_free(t->domain_slots);
    g_free(t->domains);
    g_free(t->by_domain.slots);
    g_free(t->by_sender.slots);
    g_free(t->matrix.slots);
    g_free(t->timeline.slots);
    arena_free(&t->arena);
}

static size_t domain_slot(const struct totals *t, struct slice key, uint64_t hash) {
    size_t slot = hash & (t->domain_size - 1);
    for (uint32_t n; (n = t->domain_slots[slot]) != 0; slot = (slot + 1) & (t->domain_size - 1))
        if (t->domains[n - 1].hash == hash && slice_equal(t->domains[n - 1].key, key))
            break;
    return slot;
}

static void grow_slots(struct totals *t) {
    t->domain_size *= 2;
    g_free(t->domain_slots);
    t->domain_slots = g_new0(uint32_t, t->domain_size);
    for (uint32_t i = 0; i < t->domain_count; i++)
        t->domain_slots[domain_slot(t, t->domains[i].key, t->domains[i].hash)] = i + 1;
}

static uint32_t add_domain(struct totals *t, size_t slot, struct slice key, uint64_t hash) {
    if (t->domain_count == t->domain_room) {
        t->domain_room = t->domain_room ? 2 * t->domain_room : 1024;
        t->domains = g_renew(struct domain, t->domains, t->domain_room);
    }
    struct slice kept = arena_copy(&t->arena, key);
    t->domains[t->domain_count] =
        (struct domain){.name = text_clean_line(&t->arena, kept), .key = kept, .hash = hash};
    t->domain_slots[slot] = ++t->domain_count;
    if (t->domain_count * 2 > t->domain_size)
        grow_slots(t);
    return t->domain_count - 1;
}

uint32_t totals_domain(struct totals *t, struct slice name) {
    char lower[256];
    name = slice_upto(name, sizeof lower);
    for (size_t i = 0; i < name.len; i++)
        lower[i] = ascii_lower(name.ptr[i]);
    uint64_t hash = hash_bytes(lower, name.len, 0);
    struct slice key = {lower, name.len};
    size_t slot = domain_slot(t, key, hash);
    if (t->domain_slots[slot])
        return t->domain_slots[slot] - 1;
    if (t->domain_count >= LIMIT_DOMAINS && !slice_equal(key, SLICE("(others)")))
        return totals_domain(t, SLICE("(others)"));
    return add_domain(t, slot, key, hash);
}

unsigned totals_cause(struct totals *t, const struct cause *cause) {
    for (unsigned i = 0; i < t->cause_count; i++)
        if (t->causes[i].cause == cause)
            return i;
    if (t->cause_count == MOST_CAUSES)
        return MOST_CAUSES - 1;
    t->causes[t->cause_count] = (struct cause_count){.cause = cause, .time = -1};
    return (unsigned)t->cause_count++;
}

static size_t tally_slot(const struct tally_map *map, uint32_t a, uint32_t b, uint32_t c) {
    uint64_t h = ((uint64_t)a << 32 | b) * 0xff51afd7ed558ccdu ^ c * 0x9e3779b97f4a7c15u;
    size_t slot = (h ^ h >> 31) & (map->size - 1);
    while (map->slots[slot].a != UINT32_MAX &&
           (map->slots[slot].a != a || map->slots[slot].b != b || map->slots[slot].c != c))
        slot = (slot + 1) & (map->size - 1);
    return slot;
}

static void tally_grow(struct tally_map *map) {
    struct tally_map old = *map;
    map->size = old.size ? 2 * old.size : 256;
    map->slots = g_new0(struct tally, map->size);
    for (size_t i = 0; i < map->size; i++)
        map->slots[i].a = UINT32_MAX;
    for (size_t i = 0; i < old.size; i++)
        if (old.slots[i].a != UINT32_MAX)
            map->slots[tally_slot(map, old.slots[i].a, old.slots[i].b, old.slots[i].c)] = old.slots[i];
    g_free(old.slots);
}

struct tally *tally_find(struct tally_map *map, uint32_t a, uint32_t b, uint32_t c) {
    if (map->used * 2 >= map->size)
        tally_grow(map);
    size_t slot = tally_slot(map, a, b, c);
    if (map->slots[slot].a == UINT32_MAX) {
        map->slots[slot] = (struct tally){.a = a, .b = b, .c = c};
        map->used++;
    }
    return &map->slots[slot];
}

const struct cause *delivery_cause(const struct delivery *d) {
    if (!d->class)
        return NULL;
    return d->class->underlying ? d->class->underlying : d->class->cause;
}

static struct slice keep_sample(struct totals *t, struct slice text) {
    struct slice clean = text_upto(text_clean_line(&t->arena, slice_upto(text, SAMPLE_BYTES)), SAMPLE_BYTES);
    return arena_copy(&t->arena, clean);
}

static void count_failure(struct totals *t, const struct delivery *d) {
    unsigned number = totals_cause(t, delivery_cause(d));
    struct cause_count *c = &t->causes[number];
    c->recipients++;
    if (!c->reply.len && d->reply.len) {
        c->reply = keep_sample(t, d->reply);
        c->queue_id = arena_copy(&t->arena, d->queue_id);
        c->time = d->last;
    }
    tally_find(&t->by_domain, number, d->domain, 0)->counts.of[d->outcome]++;
    struct tally *by_sender = tally_find(&t->by_sender, number, d->sender_domain, 0);
    by_sender->counts.of[d->outcome]++;
    struct tally *cell = tally_find(&t->matrix, d->sender_domain, d->domain, number + 1);
    cell->counts.of[d->outcome]++;
    /* Of small domains the sender's first reply of that cause must do: there may be very many of them. */
    bool is_large = t->domains[d->domain].provider != NULL;
    struct slice *sample = is_large ? &cell->sample : &by_sender->sample;
    if (!sample->len && d->reply.len)
        *sample = keep_sample(t, d->reply);
}

static void count_time(struct totals *t, int64_t time, enum outcome outcome, uint64_t times) {
    if (time < 0 || time / TEN_MINUTES > (int64_t)UINT32_MAX - 1)
        return;
    tally_find(&t->timeline, (uint32_t)(time / TEN_MINUTES), 0, 0)->counts.of[outcome] += times;
    t->first = t->first == -1 || time < t->first ? time : t->first;
    t->last = time > t->last ? time : t->last;
}

void totals_count(struct totals *t, const struct delivery *d, const struct matcher *matcher) {
    struct domain *domain = &t->domains[d->domain];
    t->outcomes.of[d->outcome]++;
    domain->received.of[d->outcome]++;
    if (!domain->is_asked && d->relay.len) {
        domain->provider = matcher_provider_of_host(matcher, d->relay);
        domain->is_asked = true;
    }
    t->domains[d->sender_domain].sent.of[d->outcome]++;
    tally_find(&t->matrix, d->sender_domain, d->domain, 0)->counts.of[d->outcome]++;
    count_time(t, d->last, d->outcome, 1);
    for (int i = 0; i < LOG_STATUSES; i++)
        t->attempts[i == LOG_GIVEN_UP ? LOG_BOUNCED : i] += d->tries[i];
    if (d->class)
        t->causes[totals_cause(t, delivery_cause(d))].attempts += d->attempts - d->tries[LOG_SENT];
    if (d->outcome != OUTCOME_SENT && d->class)
        count_failure(t, d);
}

void totals_reject(struct totals *t, const struct delivery *d) {
    count_time(t, d->last, OUTCOME_REJECTED, d->attempts);
    t->outcomes.of[OUTCOME_REJECTED] += d->attempts;
    if (!d->class)
        return;
    struct cause_count *c = &t->causes[totals_cause(t, delivery_cause(d))];
    c->inbound += d->attempts;
    if (!c->inbound_reply.len)
        c->inbound_reply = keep_sample(t, d->reply);
}
