/* The recipients of a report, in order, found again by address in constant time. */
#include "parsers/bounce/bounce.h"

struct recipient *recipient_add(struct bounce *bounce, struct arena *arena) {
    struct recipient *r = ARENA_NEW(arena, struct recipient);
    r->last_attempt = r->retry_until = -1;
    if (!bounce->end)
        bounce->end = &bounce->recipients;
    *bounce->end = r;
    bounce->end = &r->next;
    bounce->count++;
    return r;
}

static size_t hash_of(struct slice address) {
    size_t hash = 14695981039346656037U; /* FNV-1a */
    for (size_t i = 0; i < address.len; i++)
        hash = (hash ^ (unsigned char)ascii_lower(address.ptr[i])) * 1099511628211U;
    return hash;
}

static bool is_called(const struct recipient *r, struct slice address) {
    return slice_equal_nocase(r->address, address) || slice_equal_nocase(r->original, address);
}

static void put(struct bounce *b, struct recipient *r, struct slice address) {
    size_t at = hash_of(address) & (b->slot_count - 1);
    if (!address.len)
        return;
    while (b->slots[at]) {
        if (is_called(b->slots[at], address))
            return;
        at = (at + 1) & (b->slot_count - 1);
    }
    b->slots[at] = r;
    b->slots_used++;
}

void recipients_index(struct bounce *bounce, struct arena *arena) {
    bounce->slot_count = 64;
    while (bounce->slot_count < bounce->count * 8)
        bounce->slot_count *= 2;
    bounce->slots = arena_alloc(arena, bounce->slot_count * sizeof *bounce->slots);
    bounce->slots_used = 0;
    for (struct recipient *r = bounce->recipients; r; r = r->next) {
        put(bounce, r, r->address);
        put(bounce, r, r->original);
    }
}

struct recipient *recipient_find(const struct bounce *b, struct slice address) {
    if (!b->slots || !address.len)
        return NULL;
    for (size_t at = hash_of(address) & (b->slot_count - 1); b->slots[at];
         at = (at + 1) & (b->slot_count - 1))
        if (is_called(b->slots[at], address))
            return b->slots[at];
    return NULL;
}

struct recipient *recipient_find_or_add(struct bounce *bounce, struct slice address, struct arena *arena) {
    struct recipient *r = recipient_find(bounce, address);
    if (r || bounce->count >= LIMIT_RECIPIENTS)
        return r;
    r = recipient_add(bounce, arena);
    r->address = address;
    if (!bounce->slots || bounce->slots_used * 2 >= bounce->slot_count)
        recipients_index(bounce, arena);
    else
        put(bounce, r, address);
    return r;
}
