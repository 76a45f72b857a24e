/* The hash table: see hash_table.h. */
#include "parsers/base/hash_table.h"

#define LEAST_SLOTS 64
#define MUCH_ROOM   8 /* slots for each entry */

static void put(struct hash_table *t, struct hash_slot slot) {
    size_t at = slot.hash & (t->size - 1);
    while (t->slots[at].entry)
        at = (at + 1) & (t->size - 1);
    t->slots[at] = slot;
}

static void grow(struct hash_table *t) {
    struct hash_table old = *t;
    t->size = old.size ? 2 * old.size : LEAST_SLOTS;
    t->slots =
        t->arena ? arena_alloc(t->arena, t->size * sizeof *t->slots) : g_new0(struct hash_slot, t->size);
    for (size_t i = 0; i < old.size; i++)
        if (old.slots[i].entry)
            put(t, old.slots[i]);
    if (!t->arena)
        g_free(old.slots);
}

void hash_table_add(struct hash_table *t, uint64_t hash, void *entry) {
    if ((t->count + 1) * 2 > t->size)
        grow(t);
    put(t, (struct hash_slot){hash, entry});
    t->count++;
}

void hash_table_remove(struct hash_table *t, uint64_t hash, const void *entry) {
    size_t mask = t->size - 1;
    size_t free = hash & mask;
    while (t->slots[free].entry != entry)
        free = (free + 1) & mask;
    for (size_t at = (free + 1) & mask; t->slots[at].entry; at = (at + 1) & mask) {
        size_t home = t->slots[at].hash & mask;
        if (((at - home) & mask) >= ((at - free) & mask)) { /* it may stand earlier */
            t->slots[free] = t->slots[at];
            free = at;
        }
    }
    t->slots[free].entry = NULL;
    t->count--;
}

void hash_table_clear(struct hash_table *t) {
    if (t->size > MUCH_ROOM * t->count) {
        hash_table_free(t);
        return;
    }
    memset(t->slots, 0, t->size * sizeof *t->slots);
    t->count = 0;
}

void hash_table_free(struct hash_table *t) {
    if (!t->arena)
        g_free(t->slots);
    *t = (struct hash_table){.arena = t->arena};
}
