/* Replies differ in addresses, ids and times, and mean the same: what varies is taken out of the text, and the
 * rest is looked up among what was judged before. See deliveries.h. */
#include "analyze/deliveries/deliveries.h"

#include "analyze/report/report.h"
#include "parsers/base/text.h"

#define LIMIT_CACHED 100000 /* kinds of replies; beyond it each is judged anew */
#define LIMIT_KEY    4096   /* bytes of a reply that tell its kind; longer ones are judged each by itself */

struct entry {
    uint64_t hash;
    char *key;
    size_t len;
    const struct reply_class *class;
};

struct reply_cache {
    struct matcher *matcher;
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
    return x->cause == y->cause && x->underlying == y->underlying && x->rule == y->rule && x->fixer == y->fixer &&
           x->confidence == y->confidence && x->is_permanent == y->is_permanent;
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

static bool is_word_char(char c) {
    return ascii_is_alnum(c) || c == '.' || c == '-' || c == '_' || c == '@' || c == '+' || (unsigned char)c >= 0x80;
}

/* A word that names this mail, not what was wrong with it: an address, a number, a long id; or the
 * recipient's domain and the host that answered. */
static char stand_in(struct slice word, const struct log_event *e) {
    size_t digits = 0;
    size_t dots = 0;
    bool has_at = false;
    for (size_t i = 0; i < word.len; i++) {
        digits += ascii_is_digit(word.ptr[i]);
        dots += word.ptr[i] == '.';
        has_at |= word.ptr[i] == '@';
    }
    if (has_at)
        return 'A';
    if (digits >= 4 && dots == 3 && digits + dots == word.len)
        return 'I';
    if (digits >= 4 && word.len >= 10)
        return 'T';
    if (word.len >= 4 && e->address.len > word.len && e->address.ptr[e->address.len - word.len - 1] == '@' &&
        memcmp(e->address.ptr + e->address.len - word.len, word.ptr, word.len) == 0)
        return 'D';
    return word.len >= 4 && slice_equal(word, e->relay) ? 'H' : 0;
}

/* Write the kind of the reply into cache->key; 0 when it is too long to have one. */
static size_t make_key(struct reply_cache *c, const struct log_event *e, const struct provider *provider) {
    if (e->text.len > LIMIT_KEY - 64)
        return 0;
    size_t n = 0;
    memcpy(c->key, &provider, sizeof provider);
    n += sizeof provider;
    c->key[n++] = (char)e->status;
    c->key[n++] = (char)e->kind;
    memcpy(c->key + n, e->status_code.ptr ? e->status_code.ptr : "", e->status_code.len > 8 ? 8 : e->status_code.len);
    n += e->status_code.len > 8 ? 8 : e->status_code.len;
    c->key[n++] = ' ';
    struct slice text = e->text;
    for (size_t i = 0; i < text.len;) {
        size_t end = i;
        while (end < text.len && is_word_char(text.ptr[end]))
            end++;
        if (end == i) {
            c->key[n++] = text.ptr[i++];
            continue;
        }
        size_t trimmed = end;
        while (trimmed > i + 1 && (text.ptr[trimmed - 1] == '.' || text.ptr[trimmed - 1] == '-'))
            trimmed--;
        char instead = stand_in((struct slice){text.ptr + i, trimmed - i}, e);
        if (instead) {
            c->key[n++] = instead;
        } else {
            memcpy(c->key + n, text.ptr + i, trimmed - i);
            n += trimmed - i;
        }
        i = trimmed;
    }
    return n;
}

static uint64_t hash_bytes(const char *p, size_t len) {
    uint64_t h = 0x9e3779b97f4a7c15u ^ len;
    for (; len >= 8; p += 8, len -= 8) {
        uint64_t w;
        memcpy(&w, p, 8);
        h = (h ^ w) * 0xff51afd7ed558ccdu;
        h ^= h >> 32;
    }
    uint64_t w = 0;
    memcpy(&w, p, len);
    h = (h ^ w) * 0xc4ceb9fe1a85ec53u;
    return h ^ h >> 29;
}

static const struct reply_class *judge(struct reply_cache *c, const struct log_event *e) {
    struct verdict v;
    arena_reset(&c->scratch);
    verdict_of_attempt(&v, e, c->matcher, &c->scratch);
    struct reply_class class = {v.cause, v.underlying, v.rule, v.fixer, v.is_permanent, v.confidence};
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
    const struct provider *provider = matcher_provider_of_host(c->matcher, e->relay);
    size_t len = make_key(c, e, provider);
    if (!len)
        return judge(c, e);
    uint64_t hash = hash_bytes(c->key, len);
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
