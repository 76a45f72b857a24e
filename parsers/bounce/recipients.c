/* Recipients: see recipients.h. */
#include "parsers/bounce/recipients.h"

#include "parsers/base/hash.h"

struct recipient *recipient_add(struct bounce *bounce, struct arena *arena) {
    if (bounce->count >= LIMIT_RECIPIENTS) {
        bounce->has_more = true;
        return NULL;
    }
    struct recipient *r = ARENA_NEW(arena, struct recipient);
    r->last_attempt = r->retry_until = -1;
    if (!bounce->end)
        bounce->end = &bounce->recipients;
    *bounce->end = r;
    bounce->end = &r->next;
    bounce->count++;
    return r;
}

static uint64_t hash_of(struct slice address) {
    return hash_bytes_nocase(address.ptr, address.len);
}

static bool is_called(const void *entry, const void *key) {
    const struct recipient *r = entry;
    const struct slice *address = key;
    return slice_equal_nocase(r->address, *address) || slice_equal_nocase(r->original, *address);
}

struct recipient *recipient_find(const struct bounce *bounce, struct slice address) {
    return address.len ? hash_table_find(&bounce->by_address, hash_of(address), is_called, &address) : NULL;
}

static void index_under(struct bounce *bounce, struct recipient *r, struct slice address) {
    if (address.len && !recipient_find(bounce, address))
        hash_table_add(&bounce->by_address, hash_of(address), r);
}

void recipients_index(struct bounce *bounce, struct arena *arena) {
    bounce->by_address = (struct hash_table){.arena = arena};
    for (struct recipient *r = bounce->recipients; r; r = r->next) {
        index_under(bounce, r, r->address);
        index_under(bounce, r, r->original);
    }
}

struct recipient *recipient_find_or_add(struct bounce *bounce, struct slice address, struct arena *arena) {
    struct recipient *r = recipient_find(bounce, address);
    if (r)
        return r;
    r = recipient_add(bounce, arena);
    if (!r)
        return NULL;
    r->address = address;
    bounce->by_address.arena = arena;
    index_under(bounce, r, address);
    return r;
}
