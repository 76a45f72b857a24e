/* Judged replies: see judged_replies.h. */
#include "analyze/deliveries/judged_replies.h"

#include "parsers/base/arena.h"
#include "parsers/base/hash_table.h"

struct judged_replies {
    GMutex lock;
    struct arena arena;
    struct hash_table replies; /* struct judged_reply by its key */
    GHashTable *classes;       /* struct reply_class by its content */
};

static guint class_hash(gconstpointer p) {
    const struct reply_class *c = p;
    return g_direct_hash(c->cause) ^ g_direct_hash(c->underlying) * 31 ^ g_direct_hash(c->rule) * 17 ^
           g_direct_hash(c->provider) * 29 ^ g_direct_hash(c->fixer) * 7 ^ (guint)c->confidence << 8 ^
           (guint)c->is_permanent;
}

static gboolean class_equal(gconstpointer a, gconstpointer b) {
    const struct reply_class *x = a;
    const struct reply_class *y = b;
    return x->cause == y->cause && x->underlying == y->underlying && x->rule == y->rule &&
           x->provider == y->provider && x->fixer == y->fixer && x->confidence == y->confidence &&
           x->is_permanent == y->is_permanent;
}

struct judged_replies *judged_replies_new(void) {
    struct judged_replies *j = g_new0(struct judged_replies, 1);
    g_mutex_init(&j->lock);
    j->classes = g_hash_table_new_full(class_hash, class_equal, g_free, NULL);
    return j;
}

void judged_replies_free(struct judged_replies *j) {
    g_mutex_clear(&j->lock);
    g_hash_table_destroy(j->classes);
    hash_table_free(&j->replies);
    arena_free(&j->arena);
    g_free(j);
}

static bool has_key(const void *reply, const void *key) {
    return slice_equal(((const struct judged_reply *)reply)->key, *(const struct slice *)key);
}

const struct judged_reply *judged_replies_find(struct judged_replies *j, uint64_t hash, struct slice key) {
    g_mutex_lock(&j->lock);
    const struct judged_reply *found = hash_table_find(&j->replies, hash, has_key, &key);
    g_mutex_unlock(&j->lock);
    return found;
}

const struct judged_reply *judged_replies_add(struct judged_replies *j, uint64_t hash,
                                              const struct judged_reply *reply) {
    g_mutex_lock(&j->lock);
    struct judged_reply *kept = hash_table_find(&j->replies, hash, has_key, &reply->key);
    if (!kept && j->replies.count < LIMIT_CACHED) {
        kept = ARENA_NEW(&j->arena, struct judged_reply);
        *kept = *reply;
        kept->key = arena_copy(&j->arena, reply->key);
        hash_table_add(&j->replies, hash, kept);
    }
    g_mutex_unlock(&j->lock);
    return kept;
}

const struct reply_class *judged_replies_class(struct judged_replies *j, const struct reply_class *class) {
    g_mutex_lock(&j->lock);
    struct reply_class *kept = g_hash_table_lookup(j->classes, class);
    if (!kept) {
        kept = g_memdup2(class, sizeof *class);
        g_hash_table_add(j->classes, kept);
    }
    g_mutex_unlock(&j->lock);
    return kept;
}
