/* What is counted of deliveries: see totals.h. */
#include "analyze/deliveries/totals.h"

#include "parsers/base/hash.h"
#include "parsers/base/text.h"

#include <assert.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#define TALLIES    1024 /* that are allocated at once */
#define CACHE_LINE 64
#define COARSE     (uint32_t)4095 /* steps of the timeline that are one where there are too many */

static const struct slice others = {"(others)", 8};

void totals_init(struct totals *t) {
    *t = (struct totals){.most_tallies = LIMIT_TALLIES, .most_steps = LIMIT_STEPS};
    t->secret[0] = hash_bytes(NULL, 0, 1);
    t->secret[1] = hash_bytes(NULL, 0, 2) | 1;
    totals_domain(t, SLICE_EMPTY);
}

void totals_free(struct totals *t) {
    for (int i = 0; i < RANKINGS; i++)
        ranking_free(&t->rankings[i]);
    ranking_free(&t->own);
    hash_table_free(&t->domain_numbers);
    hash_table_free(&t->by_domain);
    hash_table_free(&t->by_sender);
    hash_table_free(&t->matrix);
    hash_table_free(&t->timeline);
    hash_table_free(&t->rejects);
    g_free(t->samples);
    g_free(t->domains);
    arena_free(&t->arena);
    arena_free(&t->scratch);
}

struct domain_key {
    const struct domain *domains;
    struct slice name;
};

static bool is_number_of(const void *entry, const void *key) {
    const struct domain_key *k = key;
    return slice_equal(k->domains[GPOINTER_TO_UINT(entry) - 1].name, k->name);
}

static uint32_t add_domain(struct totals *t, struct slice name, uint64_t hash) {
    if (t->domain_count == t->domain_room) {
        t->domain_room = t->domain_room ? 2 * t->domain_room : 1024;
        t->domains = g_renew(struct domain, t->domains, t->domain_room);
    }
    t->domains[t->domain_count] = (struct domain){.name = arena_copy(&t->arena, name)};
    hash_table_add(&t->domain_numbers, hash, GUINT_TO_POINTER(t->domain_count + 1));
    return t->domain_count++;
}

/* The name that is in t->lower is shown so; false: as it is. Two names that look the same are one. */
static bool clean_lower(struct totals *t, size_t *length) {
    struct slice shown =
        text_shown(&t->scratch, (struct slice){t->lower, *length}, sizeof t->lower - strlen("…"));
    bool is_dirty = shown.ptr != t->lower;
    if (is_dirty)
        memcpy(t->lower, shown.ptr, *length = shown.len);
    arena_reset(&t->scratch);
    return is_dirty;
}

static const void *find_lower(const struct totals *t, size_t length, uint64_t *hash) {
    struct domain_key key = {t->domains, {t->lower, length}};
    *hash = hash_bytes(t->lower, length, 0);
    return hash_table_find(&t->domain_numbers, *hash, is_number_of, &key);
}

static uint32_t find_domain(struct totals *t, struct slice name) {
    uint64_t hash;
    size_t length = MIN(name.len, sizeof t->lower);
    slice_lower(t->lower, slice_upto(name, length));
    const void *found = find_lower(t, length, &hash);
    if (!found && clean_lower(t, &length))
        found = find_lower(t, length, &hash);
    if (found)
        return GPOINTER_TO_UINT(found) - 1;
    struct slice lower = {t->lower, length};
    if (t->domain_count >= LIMIT_DOMAINS && !slice_equal(lower, others))
        return find_domain(t, others);
    return add_domain(t, lower, hash);
}

/* Where it is kept, by its first and last bytes: whoever chooses these makes it be looked for, no more. */
static inline struct near_domain *near_of(struct totals *t, struct slice name) {
    uint64_t first, last;
    memcpy(&first, name.ptr, sizeof first);
    memcpy(&last, name.ptr + name.len - sizeof last, sizeof last);
    return &t->near[(first * 3 + last) * UINT64_C(0x9e3779b97f4a7c15) >> 56];
}

uint32_t totals_domain(struct totals *t, struct slice name) {
    if (name.len < sizeof(uint64_t) || name.len > sizeof t->near->name)
        return find_domain(t, name);
    struct near_domain *near = near_of(t, name);
    if (near->length == name.len && memcmp(near->name, name.ptr, name.len) == 0)
        return near->number;
    near->number = find_domain(t, name);
    near->length = (unsigned char)name.len;
    memcpy(near->name, name.ptr, name.len);
    return near->number;
}

unsigned totals_cause(struct totals *t, const struct cause *cause) {
    for (unsigned i = 0; i < t->cause_count; i++)
        if (t->causes[i].cause == cause)
            return i;
    if (t->cause_count == LIMIT_CAUSES)
        return LIMIT_CAUSES - 1;
    t->causes[t->cause_count] = (struct cause_count){.cause = cause, .first = -1};
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

/* Its tally of the matrix: first the place where it is found, then itself. */
void totals_expect(const struct totals *t, uint32_t sender_domain, uint32_t domain, bool is_next) {
    struct tally key = {.a = sender_domain, .b = domain};
    if (!t->matrix.size)
        return;
    const struct hash_slot *slot = &t->matrix.slots[hash_of(t, &key) & (t->matrix.size - 1)];
    __builtin_prefetch(is_next ? slot->entry : slot);
    if (is_next)
        return;
    __builtin_prefetch(&t->domains[sender_domain].sent);
    __builtin_prefetch(&t->domains[domain]);
    __builtin_prefetch(&t->domains[domain].received);
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

/* Where a map is full: counted under others, of which there are few. */
static bool is_beyond(struct totals *t, const struct hash_table *map, struct tally *key) {
    const struct tally old = *key;
    bool is_matrix = map == &t->matrix;
    if (map == &t->timeline || map == &t->rejects) {
        key->a &= map->count >= t->most_steps ? ~COARSE : ~(uint32_t)0;
        return key->a != old.a;
    }
    if (map->count < t->most_tallies)
        return false;
    key->b = totals_domain(t, others);
    key->a = is_matrix ? key->b : key->a;
    return key->b != old.b || key->a != old.a;
}

/* The tally under these numbers, new where there is none. */
struct tally *totals_tally(struct totals *t, struct hash_table *map, uint32_t a, uint32_t b, uint32_t c) {
    struct tally key = {.a = a, .b = b, .c = c};
    uint64_t hash = hash_of(t, &key);
    struct tally *tally = hash_table_find(map, hash, is_tally, &key);
    if (tally)
        return tally;
    if (is_beyond(t, map, &key))
        return totals_tally(t, map, key.a, key.b, key.c);
    tally = new_tally(t);
    *tally = key;
    hash_table_add(map, hash, tally);
    return tally;
}

struct log_sample *totals_sample_of(struct totals *t, struct tally *tally) {
    if (!tally->sample) {
        if (t->sample_count == t->sample_room) {
            t->sample_room = t->sample_room ? 2 * t->sample_room : 256;
            t->samples = g_renew(struct log_sample, t->samples, t->sample_room);
        }
        t->samples[t->sample_count] = (struct log_sample){.time = -1};
        tally->sample = ++t->sample_count;
    }
    return &t->samples[tally->sample - 1];
}

const struct log_sample *totals_sample(const struct totals *t, const struct tally *tally) {
    return tally->sample ? &t->samples[tally->sample - 1] : NULL;
}

struct delays *totals_delays(struct totals *t, struct delays **delays) {
    if (!*delays) {
        *delays = ARENA_NEW(&t->arena, struct delays);
        **delays = (struct delays){.count = 0};
    }
    return *delays;
}

/* Those of a provider are shared by its domains. */
struct delays *totals_provider_delays(struct totals *t, const struct provider *provider) {
    for (size_t i = 0; i < t->provider_count; i++)
        if (t->providers[i].provider == provider)
            return t->providers[i].delays;
    if (t->provider_count == MOST_PROVIDERS)
        return NULL;
    t->providers[t->provider_count] = (struct provider_delays){provider, NULL};
    return totals_delays(t, &t->providers[t->provider_count++].delays);
}

void totals_provide(struct domain *domain, const struct provider *provider) {
    if (provider && (!domain->provider || strcmp(provider->id, domain->provider->id) < 0))
        domain->provider = provider;
}

bool totals_cause_answers(const struct cause *cause) {
    static const char *const unreached[] = {"network", "domain", "queue", "notice"};
    for (size_t i = 0; i < G_N_ELEMENTS(unreached); i++)
        if (cause_is_of(cause->id, unreached[i]))
            return false;
    return true;
}

/* The one with the most deliveries first. */
static int by_provider(const void *a, const void *b) {
    const struct provider_delays *x = a;
    const struct provider_delays *y = b;
    uint64_t of_x = x->delays->count;
    uint64_t of_y = y->delays->count;
    return of_x != of_y ? (of_x > of_y ? -1 : 1) : strcmp(x->provider->id, y->provider->id);
}

struct ranking *totals_shared(struct totals *t, enum rankings ranking) {
    return ranking == RANKING_ACCOUNTS || ranking == RANKING_SENDERS ? &t->own : NULL;
}

static void sort_ranking(struct totals *t, enum rankings ranking) {
    ranking_sort(&t->rankings[ranking], totals_shared(t, ranking),
                 ranking <= RANKING_RECIPIENTS ? RANKED_BY_RECIPIENTS : RANKED_BY_TIMES);
}

static gpointer sort_recipients(gpointer totals) {
    sort_ranking(totals, RANKING_RECIPIENTS);
    ranking_forget(&((struct totals *)totals)->rankings[RANKING_RECIPIENTS]);
    return NULL;
}

/* The names that are not told of are most of what a large log takes: the system has that back for the report.
 */
static void forget_counted(struct totals *t) {
    for (int i = 0; i < RANKINGS; i++)
        ranking_forget(&t->rankings[i]);
    ranking_forget(&t->own);
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

/* In an order that does not depend on that of the lines. Recipients are as many as all others, and share
 * nothing with these. */
void totals_sort(struct totals *t, unsigned jobs) {
    GThread *thread = jobs > 1 ? g_thread_try_new("mailwhy", sort_recipients, t, NULL) : NULL;
    if (t->provider_count)
        qsort(t->providers, t->provider_count, sizeof *t->providers, by_provider);
    for (int i = 0; i < RANKINGS; i++)
        if (i != RANKING_RECIPIENTS)
            sort_ranking(t, (enum rankings)i);
    if (thread)
        g_thread_join(thread);
    else
        sort_recipients(t);
    forget_counted(t);
}

bool totals_are_any(const struct totals *t) {
    return counts_all(&t->outcomes) || t->rejected;
}
