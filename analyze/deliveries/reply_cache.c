/* Replies that differ only in what varies are looked up among those judged before. See reply_cache.h. */
#include "analyze/deliveries/reply_cache.h"

#include "analyze/classify/judge.h"
#include "analyze/classify/taken.h"
#include "analyze/deliveries/reply_kind.h"
#include "parsers/base/hash.h"
#include "parsers/base/hash_table.h"

#define LIMIT_KEY 4096 /* bytes of a reply that tell its kind; longer ones are judged each by itself */

#define USUAL                                                                                                \
    "250 2.0.0 ok id=, requested mail action okay, message accepted for delivery, queued as" /* success */

#define RELAYS 1024 /* whose providers are remembered; power of two */

struct relay { /* a host that answered */
    char name[64];
    size_t len;
    const struct provider *provider;
};

struct reply_cache {
    struct matcher *matcher;
    struct literal_glance taken; /* most successes hold nothing that rules/taken.yaml asks for */
    struct relay relays[RELAYS];
    struct judged_replies *judged; /* by all threads */
    struct hash_table known;       /* those of them that this thread met: struct judged_reply by its key */
    struct arena scratch;
    char key[LIMIT_KEY + 64];
};

struct reply_cache *reply_cache_new(const struct ruleset *rules, struct judged_replies *judged) {
    struct reply_cache *c = g_new0(struct reply_cache, 1);
    c->matcher = matcher_new(rules);
    c->taken = matcher_glance(c->matcher, RULES_TAKEN, SLICE(USUAL));
    c->judged = judged;
    return c;
}

void reply_cache_free(struct reply_cache *c) {
    hash_table_free(&c->known);
    matcher_free(c->matcher);
    arena_free(&c->scratch);
    g_free(c);
}

/* Write the kind of the reply into cache->key; 0 when it is too long to have one. */
static size_t make_key(struct reply_cache *c, const struct log_event *e, const struct provider *provider) {
    if (e->text.len > LIMIT_KEY - 64)
        return 0;
    char *out = c->key;
    memcpy(out, &provider, sizeof provider);
    out += sizeof provider;
    *out++ = (char)e->status;
    *out++ = (char)e->kind;
    for (size_t i = 0; i < e->status_code.len && i < 12; i++)
        *out++ = e->status_code.ptr[i];
    *out++ = ' ';
    return (size_t)(reply_kind_write(out, e) - c->key);
}

static const struct provider *provider_of(struct reply_cache *c, struct slice relay) {
    if (relay.len == 0 || relay.len > sizeof c->relays[0].name)
        return matcher_provider_of_host(c->matcher, relay);
    struct relay *kept = &c->relays[hash_bytes(relay.ptr, relay.len, 0) & (RELAYS - 1)];
    if (kept->len != relay.len || memcmp(kept->name, relay.ptr, relay.len) != 0) {
        memcpy(kept->name, relay.ptr, relay.len);
        kept->len = relay.len;
        kept->provider = matcher_provider_of_host(c->matcher, relay);
    }
    return kept->provider;
}

static const struct reply_class *judge_anew(struct reply_cache *c, const struct log_event *e) {
    struct recipient told;
    struct reply reply;
    int status[3] = {0};
    arena_reset(&c->scratch);
    enhanced_parse(e->status_code, status);
    attempt_read_text(&told, e->text, reply_relay(e), status, c->matcher, &c->scratch);
    struct attempt attempt = {.told = &told};
    struct judgement j = attempt_judge(&attempt, &reply, c->matcher, &c->scratch);
    struct reply_class class = {j.cause, j.underlying,   j.rule,      j.provider,
                                j.fixer, j.is_permanent, j.confidence};
    return judged_replies_class(c->judged, &class);
}

/* What the event says then. */
enum taken { TAKEN_DELIVERED, TAKEN_HELD, TAKEN_DISCARDED, TAKEN_BOUNCED, TAKEN_FORWARDED };

static enum taken read_taken(struct reply_cache *c, struct slice text) {
    static const char *const outcomes[] = {[TAKEN_HELD] = "held",
                                           [TAKEN_DISCARDED] = "discarded",
                                           [TAKEN_BOUNCED] = "bounced",
                                           [TAKEN_FORWARDED] = "forwarded"};
    arena_reset(&c->scratch);
    const struct taken_rule *rule = taken_rule_of(c->matcher, match_text(&c->scratch, text));
    for (unsigned i = TAKEN_HELD; rule && i < G_N_ELEMENTS(outcomes); i++)
        if (strcmp(rule->outcome, outcomes[i]) == 0)
            return (enum taken)i;
    return TAKEN_DELIVERED;
}

static bool has_key(const void *reply, const void *key) {
    return slice_equal(((const struct judged_reply *)reply)->key, *(const struct slice *)key);
}

/* A reply of that kind that was judged; NULL: none. */
static const struct judged_reply *find_judged(struct reply_cache *c, uint64_t hash, struct slice key) {
    const struct judged_reply *known = hash_table_find(&c->known, hash, has_key, &key);
    if (known || !key.len)
        return known;
    known = judged_replies_find(c->judged, hash, key);
    if (known)
        hash_table_add(&c->known, hash, (void *)known);
    return known;
}

/* Keep what was judged; where another thread did so at the same time, what it found. */
static struct judged_reply keep_judged(struct reply_cache *c, uint64_t hash,
                                       const struct judged_reply *reply) {
    const struct judged_reply *kept = reply->key.len ? judged_replies_add(c->judged, hash, reply) : NULL;
    if (kept)
        hash_table_add(&c->known, hash, (void *)kept);
    return kept ? *kept : *reply;
}

const struct reply_class *reply_cache_judge(struct reply_cache *c, const struct log_event *e) {
    const struct provider *provider = provider_of(c, reply_relay(e));
    struct slice key = {c->key, make_key(c, e, provider)};
    uint64_t hash = hash_bytes(key.ptr, key.len, 0);
    const struct judged_reply *known = find_judged(c, hash, key);
    if (known)
        return known->class;
    return keep_judged(c, hash, &(struct judged_reply){.key = key, .class = judge_anew(c, e)}).class;
}

static enum taken taken_of(struct reply_cache *c, const struct log_event *e) {
    struct slice key = {c->key, make_key(c, e, NULL)};
    uint64_t hash = hash_bytes(key.ptr, key.len, 0);
    const struct judged_reply *known = find_judged(c, hash, key);
    if (known)
        return (enum taken)known->taken;
    return (enum taken)keep_judged(c, hash,
                                   &(struct judged_reply){.key = key, .taken = read_taken(c, e->text)})
        .taken;
}

void reply_cache_take(struct reply_cache *c, struct log_event *e) {
    static const unsigned char statuses[] = {[TAKEN_DELIVERED] = LOG_SENT,
                                             [TAKEN_HELD] = LOG_HELD,
                                             [TAKEN_DISCARDED] = LOG_DISCARDED,
                                             [TAKEN_BOUNCED] = LOG_BOUNCED,
                                             [TAKEN_FORWARDED] = LOG_SENT};
    if (!literal_glance(&c->taken, e->text))
        return;
    enum taken taken = taken_of(c, e);
    e->status = statuses[taken];
    e->is_forwarded |= taken == TAKEN_FORWARDED;
}

static void *new_cache(const void *context) {
    const struct reply_judging *judging = context;
    return reply_cache_new(judging->rules, judging->judged);
}

static const struct reply_class *judge_event(void *cache, const struct log_event *event) {
    return reply_cache_judge(cache, event);
}

static void take_event(void *cache, struct log_event *event) {
    reply_cache_take(cache, event);
}

static void end(void *cache) {
    reply_cache_free(cache);
}

struct reply_judge reply_cache_as_judge(const struct reply_judging *judging) {
    return (struct reply_judge){new_cache, judge_event, take_event, end, judging};
}
