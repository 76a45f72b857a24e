/* Counting deliveries: see totals.h. */
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

uint32_t totals_domain(struct totals *t, struct slice name) {
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
        return totals_domain(t, others);
    return add_domain(t, lower, hash);
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

static void offer_sample(struct totals *t, struct log_sample *s, const struct delivery *d) {
    if (d->reply.len)
        log_sample_offer(s, d, &t->arena, &t->scratch);
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

static void count_failure(struct totals *t, const struct delivery *d) {
    unsigned number = totals_cause(t, delivery_cause(d));
    struct cause_count *cause = &t->causes[number];
    cause->recipients++;
    if (d->last != -1 && (cause->first == -1 || d->last < cause->first))
        cause->first = d->last;
    offer_sample(t, &t->causes[number].sample, d);
    totals_tally(t, &t->by_domain, number, d->domain, 0)->counts.of[d->outcome]++;
    totals_tally(t, &t->by_sender, number, d->sender_domain, 0)->counts.of[d->outcome]++;
    struct tally *cell = totals_tally(t, &t->matrix, d->sender_domain, d->domain, number + 1);
    cell->counts.of[d->outcome]++;
    /* A difference between senders rests on such replies; of small domains there may be very many. */
    size_t most = t->domains[d->domain].provider ? MOST_SAMPLES : LIMIT_SAMPLES;
    bool is_kept = cell->sample || t->sample_count < most;
    if (d->reply.len && delivery_hits_sender(d) && is_kept)
        offer_sample(t, totals_sample_of(t, cell), d);
}

/* The step of the timeline; false: the time is not known, or no time of a log. */
static bool step_of(int64_t time, uint32_t *number) {
    *number = (uint32_t)(time / TIMELINE_SECONDS);
    return time >= 0 && time / TIMELINE_SECONDS <= (int64_t)UINT32_MAX - 1;
}

static void count_time(struct totals *t, int64_t time, enum outcome outcome) {
    uint32_t number;
    if (!step_of(time, &number))
        return;
    if (!t->step || t->step->a != number)
        t->step = totals_tally(t, &t->timeline, number, 0, 0);
    t->step->counts.of[outcome]++;
}

static void find_row(struct totals *t, enum rankings ranking, struct slice name) {
    struct ranking *r = &t->rankings[ranking];
    t->of_message[ranking] = name.len ? ranking_of(r, name, t->last_message) : NULL;
}

/* The account that handed it in, and the sender: mostly they are the same, and counted once for both. */
static void find_who_sent(struct totals *t, const struct delivery *d) {
    bool is_own = t->wants_busiest && d->user.len && slice_equal(d->user, d->sender);
    struct ranked **account = &t->of_message[RANKING_ACCOUNTS];
    find_row(t, RANKING_SENDERS, is_own || !t->wants_busiest ? SLICE_EMPTY : d->sender);
    find_row(t, RANKING_ACCOUNTS, is_own ? SLICE_EMPTY : d->user);
    if (is_own)
        *account = ranking_of(&t->own, d->user, t->last_message);
    if (*account && d->client_ip.len)
        ranked_note_client(*account, d->client_ip);
}

/* A message begins: whom its recipients count for, but what each has of its own. */
static void count_message(struct totals *t, const struct delivery *d) {
    char uid[16];
    if (d->uid >= 0)
        g_snprintf(uid, sizeof uid, "%d", d->uid);
    t->last_message = d->message + 1;
    find_who_sent(t, d);
    find_row(t, RANKING_UIDS, d->uid < 0 ? SLICE_EMPTY : slice_of(uid));
    find_row(t, RANKING_SCRIPTS, d->script);
    t->messages++;
    t->bytes += d->size > 0 ? (uint64_t)d->size : 0;
}

static void count_ranked(struct totals *t, const struct delivery *d) {
    for (size_t i = 0; i <= RANKING_SENDERS; i++)
        if (t->of_message[i])
            ranked_count(t->of_message[i], d);
    if (d->local_ip.len)
        ranked_count(ranking_of(&t->rankings[RANKING_ADDRESSES], d->local_ip, t->last_message), d);
    if (t->wants_busiest)
        ranked_count(ranking_of(&t->rankings[RANKING_RECIPIENTS], d->recipient, t->last_message), d);
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

static void count_delay(struct totals *t, const struct delivery *d) {
    const uint32_t times[] = {[DELAY_ALL] = d->delay,
                              [DELAY_QUEUE] = LOG_NO_DELAY,
                              [DELAY_CONNECTING] = d->connecting,
                              [DELAY_SENDING] = d->sending};
    if (d->outcome != OUTCOME_SENT || d->delay == LOG_NO_DELAY)
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(times); i++)
        if (times[i] != LOG_NO_DELAY)
            delays_count(totals_delays(t, &t->delays[i]), times[i]);
    if (d->connecting != LOG_NO_DELAY && d->sending != LOG_NO_DELAY) {
        uint64_t spent = (uint64_t)d->connecting + d->sending;
        delays_count(totals_delays(t, &t->delays[DELAY_QUEUE]),
                     d->delay > spent ? d->delay - (uint32_t)spent : 0);
    }
    if (d->relay.len && t->domains[d->domain].delays)
        delays_count(t->domains[d->domain].delays, d->delay);
}

void totals_provide(struct domain *domain, const struct provider *provider) {
    if (provider && (!domain->provider || strcmp(provider->id, domain->provider->id) < 0))
        domain->provider = provider;
}

/* Most mail to a domain goes to the relay that took the last one. */
static void ask_provider(struct totals *t, struct domain *domain, struct slice relay,
                         const struct matcher *matcher) {
    uint64_t hash = hash_bytes(relay.ptr, relay.len, 0) | 1;
    if (hash == domain->relay)
        return;
    const struct provider *provider = matcher_provider_of_host(matcher, relay);
    if (provider != domain->asked || !domain->relay)
        domain->delays = provider ? totals_provider_delays(t, provider) : NULL;
    domain->relay = hash;
    domain->asked = provider;
    totals_provide(domain, provider);
}

/* Does the cause show that one's own relay answered, and not who takes the mail of the recipient's domain? */
static bool is_at_own_relay(const struct delivery *d) {
    static const char *const causes[] = {"access.login-required", "sender-system"};
    for (size_t i = 0; d->class && i < G_N_ELEMENTS(causes); i++)
        if (cause_is_of(delivery_cause(d)->id, causes[i]))
            return true;
    return false;
}

bool totals_cause_answers(const struct cause *cause) {
    static const char *const unreached[] = {"network", "domain", "queue", "notice"};
    for (size_t i = 0; i < G_N_ELEMENTS(unreached); i++)
        if (cause_is_of(cause->id, unreached[i]))
            return false;
    return true;
}

/* Did another host answer? What is delivered here says nothing of the way out. */
static bool is_reached(const struct delivery *d) {
    if (d->outcome == OUTCOME_SENT)
        return d->direction == DIRECTION_OUT;
    return d->class && totals_cause_answers(delivery_cause(d));
}

void totals_note_unasked(struct totals *t, const struct delivery *d) {
    t->reached += d->outcome != OUTCOME_REJECTED && is_reached(d);
}

void totals_count(struct totals *t, const struct delivery *d, const struct matcher *matcher) {
    struct domain *domain = &t->domains[d->domain];
    bool is_of_domain = !is_at_own_relay(d);
    t->outcomes.of[d->outcome]++;
    t->handed_on += d->is_handed_on;
    t->maybe_twice += delivery_maybe_twice(d);
    t->reached += is_reached(d);
    domain->received.of[d->outcome]++;
    if (d->relay.len && matcher && is_of_domain)
        ask_provider(t, domain, d->relay, matcher);
    if (d->provider && is_of_domain)
        totals_provide(domain, d->provider);
    t->domains[d->sender_domain].sent.of[d->outcome]++;
    totals_tally(t, &t->matrix, d->sender_domain, d->domain, 0)->counts.of[d->outcome]++;
    count_time(t, d->last, d->outcome);
    for (int i = 0; i < LOG_STATUSES; i++)
        t->attempts[i == LOG_GIVEN_UP ? LOG_BOUNCED : i] += d->tries[i];
    if (d->class)
        t->causes[totals_cause(t, delivery_cause(d))].attempts += d->attempts - d->tries[LOG_SENT];
    if (outcome_is_failure(d->outcome) && d->class)
        count_failure(t, d);
    if (d->outcome == OUTCOME_DISCARDED || d->outcome == OUTCOME_HELD)
        log_samples_offer(&t->set_aside, d, &t->arena, &t->scratch);
    count_delay(t, d);
    if (t->last_message != d->message + 1)
        count_message(t, d);
    t->bytes_delivered += d->outcome == OUTCOME_SENT && d->size > 0 ? (uint64_t)d->size : 0;
    count_ranked(t, d);
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

static void count_name(struct totals *t, enum rankings ranking, struct slice name, unsigned times,
                       int64_t time) {
    if (!name.len)
        return;
    struct ranked *row = ranking_of(&t->rankings[ranking], name, 0);
    row->times += times;
    if (time != -1 && (row->first == -1 || time < row->first))
        row->first = time;
}

void totals_count_login(struct totals *t, const struct log_event *e, unsigned times) {
    t->logins += times;
    count_name(t, RANKING_LOGIN_CLIENTS, e->client_ip, times, e->time);
    count_name(t, RANKING_LOGIN_USERS, e->user, times, e->time);
}

void totals_count_tls(struct totals *t, const struct log_event *e) {
    count_name(t, e->is_remote ? RANKING_TLS_OUT : RANKING_TLS_IN, e->text, 1, e->time);
}

void totals_count_reject(struct totals *t, const struct delivery *d) {
    count_name(t, RANKING_REJECTED, d->client_ip.len ? d->client_ip : d->client, d->attempts, d->last);
    uint32_t step;
    if (step_of(d->last, &step))
        totals_tally(t, &t->rejects, step, 0, 0)->times += d->attempts;
    t->rejected += d->attempts;
    if (!d->class)
        return;
    struct cause_count *c = &t->causes[totals_cause(t, delivery_cause(d))];
    c->inbound += d->attempts;
    offer_sample(t, &c->inbound_sample, d);
}
