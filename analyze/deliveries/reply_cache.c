/* Replies differ in addresses, ids and times, and mean the same: what varies is taken out of the text, and
 * the rest is looked up among what was judged before. See deliveries.h. */
#include "analyze/deliveries/deliveries.h"

#include "analyze/classify/judge.h"
#include "parsers/base/hash.h"
#include "parsers/base/text.h"

#define LIMIT_CACHED 100000 /* kinds of replies; beyond it each is judged anew */
#define LIMIT_KEY    4096   /* bytes of a reply that tell its kind; longer ones are judged each by itself */

struct entry {
    uint64_t hash;
    char *key;
    size_t len;
    const struct reply_class *class;
};

#define RELAYS 1024 /* whose providers are remembered; power of two */

struct relay { /* a host that answered */
    char name[64];
    size_t len;
    const struct provider *provider;
};

struct reply_cache {
    struct matcher *matcher;
    struct relay relays[RELAYS];
    struct arena arena, scratch;
    struct entry *slots;
    size_t used, size;
    GHashTable *classes; /* struct reply_class by its content */
    char key[LIMIT_KEY + 64];
};

static guint class_hash(gconstpointer p) {
    const struct reply_class *c = p;
    return g_direct_hash(c->cause) ^ g_direct_hash(c->underlying) * 31 ^ g_direct_hash(c->rule) * 17 ^
           g_direct_hash(c->fixer) * 7 ^ (guint)c->confidence << 8 ^ (guint)c->is_permanent;
}

static gboolean class_equal(gconstpointer a, gconstpointer b) {
    const struct reply_class *x = a;
    const struct reply_class *y = b;
    return x->cause == y->cause && x->underlying == y->underlying && x->rule == y->rule &&
           x->fixer == y->fixer && x->confidence == y->confidence && x->is_permanent == y->is_permanent;
}

struct reply_cache *reply_cache_new(struct matcher *matcher) {
    struct reply_cache *c = g_new0(struct reply_cache, 1);
    c->matcher = matcher;
    c->size = 4096;
    c->slots = g_new0(struct entry, c->size);
    c->classes = g_hash_table_new_full(class_hash, class_equal, g_free, NULL);
    return c;
}

void reply_cache_free(struct reply_cache *c) {
    if (!c)
        return;
    g_hash_table_destroy(c->classes);
    g_free(c->slots);
    arena_free(&c->arena);
    arena_free(&c->scratch);
    g_free(c);
}

/* What a word is made of, counted side by side in one number; 0: the character is part of no word. */
#define COUNT_CHARS  ((uint64_t)1)
#define COUNT_DIGITS ((uint64_t)1 << 16)
#define COUNT_DOTS   ((uint64_t)1 << 32)
#define COUNT_ATS    ((uint64_t)1 << 48)

static const uint64_t *char_counts(void) {
    static uint64_t counts[256];
    static gsize is_ready;
    if (g_once_init_enter(&is_ready)) {
        for (int c = 0; c < 256; c++)
            counts[c] = ascii_is_digit((char)c) ? COUNT_CHARS + COUNT_DIGITS
                        : c == '.'              ? COUNT_CHARS + COUNT_DOTS
                        : c == '@'              ? COUNT_CHARS + COUNT_ATS
                        : ascii_is_alpha((char)c) || c == '-' || c == '_' || c == '+' || c >= 0x80
                            ? COUNT_CHARS
                            : 0;
        g_once_init_leave(&is_ready, 1);
    }
    return counts;
}

/* A word that names this mail, not what was wrong with it: an address, a number, a long id; or the
 * recipient's domain and the host that answered. */
static char stand_in(struct slice word, uint64_t counts, const struct log_event *e) {
    unsigned digits = (unsigned)(counts >> 16 & 0xffff);
    unsigned dots = (unsigned)(counts >> 32 & 0xffff);
    if (counts >> 48)
        return 'A';
    if (digits >= 4 && dots == 3 && digits + 3 == word.len)
        return 'I';
    if (digits >= 4 && word.len >= 10)
        return 'T';
    if (!dots || word.len < 4)
        return 0;
    if (e->address.len > word.len && e->address.ptr[e->address.len - word.len - 1] == '@' &&
        memcmp(e->address.ptr + e->address.len - word.len, word.ptr, word.len) == 0)
        return 'D';
    return slice_equal(word, e->relay) ? 'H' : 0;
}

/* The text with stand-ins, at `out`; returns the end. A text is shorter than 64 KiB, so no count overflows.
 */
static char *append_kind(char *out, struct slice text, const struct log_event *e) {
    const uint64_t *of = char_counts();
    if (!text.len)
        return out;
    const char *end = text.ptr + text.len;
    for (const char *p = text.ptr; p < end;) {
        uint64_t counts = 0;
        uint64_t one;
        const char *start = p;
        char *word = out;
        for (; p < end && (one = of[(unsigned char)*p]) != 0; p++) { /* copied while it is counted */
            counts += one;
            *out++ = *p;
        }
        const char *stop = p;
        while (stop > start + 1 && (stop[-1] == '.' || stop[-1] == '-'))
            counts -= of[(unsigned char)*--stop];
        bool is_special = counts >= COUNT_DIGITS * 4;
        char instead = is_special ? stand_in((struct slice){start, (size_t)(stop - start)}, counts, e) : 0;
        if (instead) {
            *word = instead;
            memmove(word + 1, word + (stop - start), (size_t)(p - stop));
            out = word + 1 + (p - stop);
        }
        if (p < end)
            *out++ = *p++;
    }
    return out;
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
    return (size_t)(append_kind(out, e->text, e) - c->key);
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

static const struct reply_class *judge(struct reply_cache *c, const struct log_event *e) {
    struct recipient told;
    struct reply reply;
    int status[3] = {0};
    arena_reset(&c->scratch);
    enhanced_parse(e->status_code, status);
    attempt_read_text(&told, e->text, e->relay, status, c->matcher, &c->scratch);
    struct attempt attempt = {.told = &told};
    struct judgement j = attempt_judge(&attempt, &reply, c->matcher, &c->scratch);
    struct reply_class class = {j.cause, j.underlying, j.rule, j.fixer, j.is_permanent, j.confidence};
    struct reply_class *kept = g_hash_table_lookup(c->classes, &class);
    if (!kept) {
        kept = g_memdup2(&class, sizeof class);
        g_hash_table_add(c->classes, kept);
    }
    return kept;
}

static void grow(struct reply_cache *c) {
    struct entry *old = c->slots;
    size_t size = c->size;
    c->size *= 2;
    c->slots = g_new0(struct entry, c->size);
    for (size_t i = 0; i < size; i++) {
        if (!old[i].key)
            continue;
        size_t slot = old[i].hash & (c->size - 1);
        while (c->slots[slot].key)
            slot = (slot + 1) & (c->size - 1);
        c->slots[slot] = old[i];
    }
    g_free(old);
}

const struct reply_class *reply_cache_judge(struct reply_cache *c, const struct log_event *e) {
    const struct provider *provider = provider_of(c, e->relay);
    size_t len = make_key(c, e, provider);
    if (!len)
        return judge(c, e);
    uint64_t hash = hash_bytes(c->key, len, 0);
    size_t slot = hash & (c->size - 1);
    for (; c->slots[slot].key; slot = (slot + 1) & (c->size - 1)) {
        const struct entry *x = &c->slots[slot];
        if (x->hash == hash && x->len == len && memcmp(x->key, c->key, len) == 0)
            return x->class;
    }
    const struct reply_class *class = judge(c, e);
    if (c->used < LIMIT_CACHED) {
        char *key = arena_string(&c->arena, (struct slice){c->key, len});
        c->slots[slot] = (struct entry){hash, key, len, class};
        if (++c->used * 2 > c->size)
            grow(c);
    }
    return class;
}
