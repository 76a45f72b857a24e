/* Packed rows of a ranking: see ranked_store.h. A row is the length of its name, which of its
 * numbers are not 0, the lower half of its hash, the name, and those numbers as LEB128, times plus one. A
 * cause is the address of its row. Most rows are of one recipient of one message: in the place of the second
 * stands the outcome then, with a bit that says so, and behind the name the bytes and the time, of 32 bits.
 */
#include "analyze/deliveries/ranked_store.h"

#include <assert.h>
#include <glib.h>

#define CHUNK_BYTES 8192
#define MOST_PACKED (sizeof(uint32_t) + 1 + sizeof(uint16_t) + RANKED_NAME + NUMBERS * MOST_NUMBER)
#define MOST_NUMBER 10 /* bytes of a number of 64 bits */

struct ranked_chunk {
    struct ranked_chunk *next;
    size_t used;
    unsigned char bytes[CHUNK_BYTES - sizeof(struct ranked_chunk *) - sizeof(size_t)];
};

/* Of two at the same time the cause whose name is less. */
void ranked_note_hit(struct ranked *row, int64_t time, const struct cause *cause) {
    if (!cause || (row->top_hit && (time > row->first_hit ||
                                    (time == row->first_hit && strcmp(cause->id, row->top_hit->id) >= 0))))
        return;
    row->first_hit = time;
    row->top_hit = cause;
}

void ranked_add(struct ranked *row, const struct ranked *other) {
    for (int i = 0; i < RECIPIENT_OUTCOMES; i++)
        row->of[i] += other->of[i];
    row->messages += other->messages;
    row->bytes += other->bytes;
    row->times += other->times;
    row->hit += other->hit;
    row->unknown += other->unknown;
    row->clients |= other->clients;
    if (other->first != -1 && (row->first == -1 || other->first < row->first))
        row->first = other->first;
    ranked_note_hit(row, other->first_hit, other->top_hit);
}

/* Of the bits that are left, one in so many is met by the next address. */
unsigned ranked_clients(const struct ranked *row) {
    int set = __builtin_popcountll(row->clients);
    double addresses = 0;
    for (int i = 0; i < set; i++)
        addresses += 64.0 / (64 - i);
    return MIN((unsigned)(addresses + 0.5), MOST_CLIENTS);
}

/* --- one row --- */

enum {
    MESSAGES = RECIPIENT_OUTCOMES,
    BYTES,
    TIMES,
    HIT,
    UNKNOWN,
    CLIENTS,
    FIRST,
    FIRST_HIT,
    TOP_HIT,
    NUMBERS
};
#define SINGLE 0x8000
static_assert(NUMBERS < 16, "a bit for each number, and SINGLE");
static_assert(MOST_PACKED < CHUNK_BYTES / 8, "little of a chunk is left empty");

static unsigned char *put_number(unsigned char *at, uint64_t number) {
    for (; number >= 0x80; number >>= 7)
        *at++ = (unsigned char)(number | 0x80);
    *at++ = (unsigned char)number;
    return at;
}

static const unsigned char *take_number(const unsigned char *at, uint64_t *number) {
    unsigned shift = 0;
    uint64_t taken = *at & 0x7f;
    while (*at++ & 0x80)
        taken |= (uint64_t)(*at & 0x7f) << (shift += 7);
    *number = taken;
    return at;
}

static inline unsigned char *put_bytes(unsigned char *at, const void *bytes, size_t count) {
    memcpy(at, bytes, count);
    return at + count;
}

/* The outcome of its only recipient, with SINGLE; 0: it is not of that form. */
static inline uint16_t single_of(const struct ranked *row) {
    uint64_t others = row->times | row->hit | row->unknown | row->clients;
    uint64_t wide = (row->bytes | (uint64_t)row->first) >> 32; /* -1, too: no time */
    unsigned outcome = 0;
    if (row->messages != 1 || others | wide || ranked_weight(row) != 1)
        return 0;
    while (!row->of[outcome])
        outcome++;
    return (uint16_t)(SINGLE | outcome);
}

/* What all rows begin with. */
static inline unsigned char *pack_name(unsigned char *at, const struct ranked *row, uint16_t present) {
    uint32_t hash = (uint32_t)row->hash;
    *at++ = (unsigned char)row->name.len;
    at = put_bytes(at, &present, sizeof present);
    at = put_bytes(at, &hash, sizeof hash);
    return row->name.len ? put_bytes(at, row->name.ptr, row->name.len) : at;
}

static unsigned char *pack_single(unsigned char *at, const struct ranked *row, uint16_t single) {
    uint32_t bytes = (uint32_t)row->bytes;
    uint32_t first = (uint32_t)row->first;
    at = pack_name(at, row, single);
    at = put_bytes(at, &bytes, sizeof bytes);
    return put_bytes(at, &first, sizeof first);
}

static unsigned char *pack_numbers(unsigned char *at, const struct ranked *row) {
    const uint64_t numbers[] = {[MESSAGES] = row->messages,
                                [BYTES] = row->bytes,
                                [TIMES] = row->times,
                                [HIT] = row->hit,
                                [UNKNOWN] = row->unknown,
                                [CLIENTS] = row->clients,
                                [FIRST] = (uint64_t)row->first + 1,
                                [FIRST_HIT] = (uint64_t)row->first_hit + 1,
                                [TOP_HIT] = (uintptr_t)row->top_hit};
    unsigned char *start = at;
    uint16_t present = 0;
    at = pack_name(at, row, 0);
    for (unsigned i = 0; i < NUMBERS; i++) {
        uint64_t number = i < RECIPIENT_OUTCOMES ? row->of[i] : numbers[i];
        if (!number)
            continue;
        present |= (uint16_t)(1U << i);
        at = put_number(at, number);
    }
    memcpy(start + 1, &present, sizeof present);
    return at;
}

static unsigned char *pack(unsigned char *at, const struct ranked *row) {
    uint16_t single = single_of(row);
    return single ? pack_single(at, row, single) : pack_numbers(at, row);
}

static void unpack_single(const unsigned char *at, struct ranked *row, uint16_t single) {
    uint32_t numbers[2];
    memcpy(numbers, at, sizeof numbers);
    row->of[single & ~SINGLE] = 1;
    row->messages = 1;
    row->bytes = numbers[0];
    row->first = numbers[1];
    row->first_hit = -1;
}

static void unpack_numbers(const unsigned char *at, struct ranked *row, uint16_t present) {
    uint64_t numbers[NUMBERS] = {0};
    for (; present; present &= (uint16_t)(present - 1))
        at = take_number(at, &numbers[__builtin_ctz(present)]);
    memcpy(row->of, numbers, sizeof row->of);
    row->messages = numbers[MESSAGES];
    row->bytes = numbers[BYTES];
    row->times = numbers[TIMES];
    row->hit = numbers[HIT];
    row->unknown = numbers[UNKNOWN];
    row->clients = numbers[CLIENTS];
    row->first = (int64_t)(numbers[FIRST] - 1);
    row->first_hit = (int64_t)(numbers[FIRST_HIT] - 1);
    row->top_hit = (const struct cause *)(uintptr_t)numbers[TOP_HIT]; // NOLINT(performance-no-int-to-ptr)
}

/* A row's beginning: see pack_name. */
#define BEHIND_LENGTH  1
#define BEHIND_PRESENT (BEHIND_LENGTH + sizeof(uint16_t))
#define BEHIND_HASH    (BEHIND_PRESENT + sizeof(uint32_t))

static inline uint16_t packed_present(const unsigned char *packed) {
    uint16_t present;
    memcpy(&present, packed + BEHIND_LENGTH, sizeof present);
    return present;
}

static inline uint32_t packed_hash(const unsigned char *packed) {
    uint32_t hash;
    memcpy(&hash, packed + BEHIND_PRESENT, sizeof hash);
    return hash;
}

static inline struct slice packed_name(const unsigned char *packed) {
    return (struct slice){(const char *)packed + BEHIND_HASH, packed[0]};
}

/* Where the row behind it begins. */
static inline const unsigned char *packed_end(const unsigned char *packed) {
    uint16_t present = packed_present(packed);
    const unsigned char *at = packed + BEHIND_HASH + packed[0];
    if (present & SINGLE)
        return at + 2 * sizeof(uint32_t);
    for (; present; present &= (uint16_t)(present - 1))
        while (*at++ & 0x80)
            ;
    return at;
}

static inline void unpack(const unsigned char *packed, struct ranked *row) {
    uint16_t present = packed_present(packed);
    const unsigned char *numbers = packed + BEHIND_HASH + packed[0];
    *row = (struct ranked){.name = packed_name(packed), .hash = packed_hash(packed)};
    if (present & SINGLE)
        unpack_single(numbers, row, present);
    else
        unpack_numbers(numbers, row, present);
}

/* --- parts --- */

static void add_chunk(struct ranked_store *store, struct ranked_part *part) {
    struct ranked_chunk *chunk = store->unused;
    if (chunk)
        store->unused = chunk->next;
    else
        chunk = g_new(struct ranked_chunk, 1);
    chunk->next = NULL;
    chunk->used = 0;
    *(part->last ? &part->last->next : &part->first) = chunk;
    part->last = chunk;
}

void ranked_store_put(struct ranked_store *store, const struct ranked *row) {
    struct ranked_part *part = &store->parts[row->hash >> 32 & (RANKED_PARTS - 1)];
    if (!part->last || sizeof part->last->bytes - part->last->used < MOST_PACKED)
        add_chunk(store, part);
    unsigned char *at = part->last->bytes + part->last->used;
    size_t used = (size_t)(pack(at, row) - at);
    part->last->used += used;
    part->rows++;
    store->bytes += used;
}

size_t ranked_store_rows(const struct ranked_store *store) {
    size_t rows = 0;
    for (size_t i = 0; i < RANKED_PARTS; i++)
        rows += store->parts[i].rows;
    return rows;
}

/* --- adding up --- */

/* A name: where its first row stands packed, and where there are more their sum. */
struct name {
    const unsigned char *packed;
    uint32_t hash; /* the lower half */
    uint32_t sum;  /* the number of a row + 1; 0: there is one row */
};

/* The names of a part, one behind the other. */
struct names {
    struct name *names;
    uint32_t *slots; /* a number of a name + 1 under its hash, or one of those behind; 0: free */
    size_t count, room, size;
    GArray *sums; /* struct ranked */
};

/* Room for as many names, with twice as many slots and more. */
static void make_room(struct names *n, size_t count) {
    if (count > n->room) {
        n->room = count;
        n->names = g_renew(struct name, n->names, count);
    }
    size_t size = 64;
    while (size < 2 * count)
        size *= 2;
    if (size != n->size)
        n->slots = g_renew(uint32_t, n->slots, size);
    n->size = size;
    memset(n->slots, 0, size * sizeof *n->slots);
    n->count = 0;
    if (!n->sums)
        n->sums = g_array_new(FALSE, FALSE, sizeof(struct ranked));
    g_array_set_size(n->sums, 0);
}

static struct ranked *sum_of(const struct names *n, const struct name *name) {
    return &g_array_index(n->sums, struct ranked, name->sum - 1);
}

static void add_row(struct names *n, struct name *name, const unsigned char *packed) {
    struct ranked row;
    if (!name->sum) {
        unpack(name->packed, &row);
        g_array_append_val(n->sums, row);
        name->sum = n->sums->len;
    }
    unpack(packed, &row);
    ranked_add(sum_of(n, name), &row);
}

static void add_packed(struct names *n, const unsigned char *packed) {
    uint32_t hash = packed_hash(packed);
    struct slice called = packed_name(packed);
    size_t mask = n->size - 1;
    size_t at = hash & mask;
    for (; n->slots[at]; at = (at + 1) & mask) {
        struct name *name = &n->names[n->slots[at] - 1];
        if (name->hash == hash && slice_equal(packed_name(name->packed), called)) {
            add_row(n, name, packed);
            return;
        }
    }
    n->names[n->count] = (struct name){packed, hash, 0};
    n->slots[at] = (uint32_t)++n->count;
}

static void add_part(struct names *n, const struct ranked_part *part) {
    for (const struct ranked_chunk *c = part->first; c; c = c->next)
        for (const unsigned char *at = c->bytes; at < c->bytes + c->used; at = packed_end(at))
            add_packed(n, at);
}

/* Give the names of the part of that number, which stands above the lower half of each hash. */
static void give_names(const struct names *n, size_t number, const uint64_t *least, ranked_sink *sink,
                       void *context) {
    for (size_t i = 0; i < n->count; i++) {
        const struct name *name = &n->names[i];
        struct ranked row;
        if (!name->sum && *least > 1 && packed_present(name->packed) & SINGLE)
            continue; /* as most are */
        if (name->sum)
            row = *sum_of(n, name);
        else
            unpack(name->packed, &row);
        row.hash |= (uint64_t)number << 32;
        if (ranked_weight(&row) >= *least)
            sink(context, &row);
    }
}

static void free_names(struct names *n) {
    g_free(n->names);
    g_free(n->slots);
    if (n->sums)
        g_array_free(n->sums, TRUE);
}

void ranked_store_each(const struct ranked_store *store, const struct ranked_store *shared,
                       const uint64_t *least, ranked_sink *sink, void *context) {
    struct names names = {.size = 0};
    for (size_t i = 0; i < RANKED_PARTS; i++) {
        size_t rows = store->parts[i].rows + (shared ? shared->parts[i].rows : 0);
        if (!rows)
            continue;
        make_room(&names, rows);
        add_part(&names, &store->parts[i]);
        if (shared)
            add_part(&names, &shared->parts[i]);
        give_names(&names, i, least, sink, context);
    }
    free_names(&names);
}

static void put_row(void *store, const struct ranked *row) {
    ranked_store_put(store, row);
}

void ranked_store_add_up(struct ranked_store *store, uint64_t least) {
    struct names names = {.size = 0};
    store->bytes = 0;
    for (size_t i = 0; i < RANKED_PARTS; i++) {
        struct ranked_part old = store->parts[i];
        if (!old.rows)
            continue;
        make_room(&names, old.rows);
        add_part(&names, &old);
        store->parts[i] = (struct ranked_part){.rows = 0};
        give_names(&names, i, &least, put_row, store);
        old.last->next = store->unused;
        store->unused = old.first;
    }
    free_names(&names);
}

static void free_chunks(struct ranked_chunk *chunk) {
    for (struct ranked_chunk *next; chunk; chunk = next) {
        next = chunk->next;
        g_free(chunk);
    }
}

void ranked_store_free(struct ranked_store *store) {
    for (size_t i = 0; i < RANKED_PARTS; i++)
        free_chunks(store->parts[i].first);
    free_chunks(store->unused);
    *store = (struct ranked_store){.bytes = 0};
}
