/* The one hash table: entries found again by keys that a stranger may have chosen. Open addressing, at most
 * half full; the hash of each entry stands beside it, so that most look-ups touch no other memory. Whoever
 * uses it hashes with hash_bytes (hash.h), which is keyed anew in each process. What is removed leaves no
 * trace: what stood behind it moves up.
 *
 *     static bool is_called(const void *entry, const void *key) { … }
 *     struct recipient *r = hash_table_find(&table, hash, is_called, &address);
 *     if (!r)
 *         hash_table_add(&table, hash, new_recipient());
 *
 * An entry is a pointer that is not NULL; it stays its owner's. */
#ifndef MAILWHY_HASH_TABLE_H
#define MAILWHY_HASH_TABLE_H

#include "parsers/base/arena.h"

#include <glib.h>
#include <stdint.h>

struct hash_slot {
    uint64_t hash;
    void *entry; /* NULL: free */
};

struct hash_table { /* all zero: empty */
    struct hash_slot *slots;
    size_t count, size;  /* size: a power of two, or 0 */
    struct arena *arena; /* where the slots are allocated; NULL: with malloc, and freed by hash_table_free */
};

typedef bool hash_table_is_key(const void *entry, const void *key);

/* The entry under a key; NULL: there is none. Inline, so that `is_key` is too. */
static inline __attribute__((always_inline)) void *
hash_table_find(const struct hash_table *table, uint64_t hash, hash_table_is_key *is_key, const void *key) {
    if (!table->size)
        return NULL;
    for (size_t at = hash & (table->size - 1); table->slots[at].entry; at = (at + 1) & (table->size - 1))
        if (table->slots[at].hash == hash && is_key(table->slots[at].entry, key))
            return table->slots[at].entry;
    return NULL;
}

/* Add an entry that is not in it. */
void hash_table_add(struct hash_table *table, uint64_t hash, void *entry);

/* Take an entry out that is in it. */
void hash_table_remove(struct hash_table *table, uint64_t hash, const void *entry);

/* Take out all, in the time that adding them took; room is kept for as many. */
void hash_table_clear(struct hash_table *table);

void hash_table_free(struct hash_table *table);

#endif
