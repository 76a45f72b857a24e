/* The index over required literals: three bytes of each literal, chosen so that few literals share
 * them, lead to the literals that hold them, and a literal to the branches whose rarest set it is in. */
#include "parsers/rules/literal_index.h"

#include <glib.h>

#define MOST_SETS (1 + LITERAL_NEEDS) /* sets of a branch that are asked for: the rarest */

struct builder {
    GHashTable *frequency; /* literal → how often it may stand in what is scanned */
    GHashTable *numbers;   /* literal → its number */
    GArray *entries;       /* struct literal_entry */
    GArray *next;          /* uint32_t per entry: the one before it in the same slot; 0: none */
    GPtrArray *leads;      /* per literal: GArray of branches */
    GArray *targets, *groups, *members, *always;
    GString *pool;
    uint32_t *slots;
    uint32_t *common; /* per slot: how often its three bytes stand in literals and in typical text */
    uint64_t *used;
};

static void count_literals(struct builder *b, const struct literal_branch *branch) {
    for (size_t i = 0; i < branch->count; i++)
        for (size_t k = 0; k < branch->sets[i]->count; k++) {
            struct slice literal = branch->sets[i]->literals[k];
            for (size_t at = 0; at + LITERAL_LEAST <= literal.len; at++)
                b->common[literal_slot(literal.ptr + at)]++;
        }
}

/* Where in a literal its rarest three bytes are. */
static size_t rarest_bytes(const struct builder *b, struct slice literal) {
    size_t best = 0;
    for (size_t i = 1; i + LITERAL_LEAST <= literal.len; i++)
        if (b->common[literal_slot(literal.ptr + i)] < b->common[literal_slot(literal.ptr + best)])
            best = i;
    return best;
}

/* A literal is no more frequent than its rarest bytes. */
static unsigned literal_frequency(const struct builder *b, struct slice literal) {
    unsigned known = GPOINTER_TO_UINT(g_hash_table_lookup(b->frequency, literal.ptr));
    if (known)
        return known;
    unsigned frequency = b->common[literal_slot(literal.ptr + rarest_bytes(b, literal))];
    g_hash_table_insert(b->frequency, (gpointer)literal.ptr, GUINT_TO_POINTER(frequency));
    return frequency;
}

static unsigned frequency(const struct builder *b, const struct literal_set *set) {
    unsigned sum = 0;
    for (size_t i = 0; i < set->count; i++)
        sum += literal_frequency(b, set->literals[i]);
    return sum;
}

static uint32_t add_literal(struct builder *b, struct slice literal) {
    size_t best = rarest_bytes(b, literal);
    uint32_t slot = literal_slot(literal.ptr + best);
    struct literal_entry e = {.literal = (uint32_t)b->pool->len,
                              .length = (uint8_t)literal.len,
                              .offset = (uint8_t)best,
                              .first = (uint8_t)literal.ptr[0],
                              .last = (uint8_t)literal.ptr[literal.len - 1]};
    uint32_t number = b->entries->len;
    g_string_append_len(b->pool, literal.ptr, (gssize)literal.len);
    g_array_append_val(b->next, b->slots[slot]);
    b->slots[slot] = number;
    b->used[slot / 64] |= (uint64_t)1 << slot % 64;
    g_array_append_val(b->entries, e);
    g_ptr_array_add(b->leads, g_array_new(FALSE, TRUE, sizeof(uint32_t)));
    return number;
}

static uint32_t number_of(struct builder *b, struct slice literal) {
    uint32_t number = GPOINTER_TO_UINT(g_hash_table_lookup(b->numbers, literal.ptr));
    if (!number) {
        number = add_literal(b, literal);
        g_hash_table_insert(b->numbers, (gpointer)literal.ptr, GUINT_TO_POINTER(number));
    }
    return number;
}

static void add_leading(struct builder *b, const struct literal_set *set, uint32_t branch) {
    for (size_t i = 0; i < set->count; i++) {
        uint32_t number = number_of(b, set->literals[i]); /* may move what leads->pdata points to */
        GArray *leads = b->leads->pdata[number];
        g_array_append_val(leads, branch);
    }
}

static uint32_t add_need(struct builder *b, const struct literal_set *set) {
    uint32_t first = b->members->len;
    if (set->count == 1)
        return number_of(b, set->literals[0]);
    for (size_t i = 0; i < set->count; i++) {
        uint32_t number = number_of(b, set->literals[i]);
        g_array_append_val(b->members, number);
    }
    g_array_append_val(b->groups, first);
    return (b->groups->len - 1) | LITERAL_GROUP;
}

/* The rarest set that is not taken yet; branch->count when all are. */
static size_t rarest(const struct builder *b, const struct literal_branch *branch, uint64_t taken) {
    size_t best = branch->count;
    for (size_t i = 0; i < branch->count && i < 64; i++)
        if (!(taken >> i & 1) &&
            (best == branch->count || frequency(b, branch->sets[i]) < frequency(b, branch->sets[best])))
            best = i;
    return best;
}

/* Words that many patterns hold tell little and cost much: of each branch the rarest sets are kept. */
static void add_branch(struct builder *b, uint32_t pattern, const struct literal_branch *branch) {
    struct literal_target target = {.pattern = pattern};
    uint64_t taken = 0;
    for (unsigned n = 0; n < MOST_SETS; n++) {
        size_t i = rarest(b, branch, taken);
        if (i == branch->count)
            break;
        taken |= (uint64_t)1 << i;
        if (n == 0)
            add_leading(b, branch->sets[i], b->targets->len);
        else
            target.needs[n - 1] = add_need(b, branch->sets[i]);
    }
    g_array_append_val(b->targets, target);
}

static void builder_begin(struct builder *b) {
    *b = (struct builder){
        .frequency = g_hash_table_new(g_str_hash, g_str_equal),
        .numbers = g_hash_table_new(g_str_hash, g_str_equal),
        .entries = g_array_new(FALSE, TRUE, sizeof(struct literal_entry)),
        .next = g_array_new(FALSE, TRUE, sizeof(uint32_t)),
        .leads = g_ptr_array_new(),
        .targets = g_array_new(FALSE, TRUE, sizeof(struct literal_target)),
        .groups = g_array_new(FALSE, FALSE, sizeof(uint32_t)),
        .members = g_array_new(FALSE, TRUE, sizeof(uint32_t)),
        .always = g_array_new(FALSE, FALSE, sizeof(uint32_t)),
        .pool = g_string_new(NULL),
        .slots = g_new0(uint32_t, LITERAL_SLOTS),
        .common = g_new0(uint32_t, LITERAL_SLOTS),
        .used = g_new0(uint64_t, LITERAL_SLOTS / 64),
    };
    g_array_set_size(b->entries, 1);
    g_array_set_size(b->next, 1);
    g_ptr_array_add(b->leads, g_array_new(FALSE, TRUE, sizeof(uint32_t)));
}

/* Where an entry stands now stands in `places`, for each its old number. */
static void renumber(struct builder *b, const uint32_t *places) {
    for (guint i = 0; i < b->members->len; i++) {
        uint32_t *member = &g_array_index(b->members, uint32_t, i);
        *member = places[*member];
    }
    for (guint i = 0; i < b->targets->len; i++)
        for (unsigned n = 0; n < LITERAL_NEEDS; n++) {
            uint32_t *need = &g_array_index(b->targets, struct literal_target, i).needs[n];
            *need = *need & LITERAL_GROUP ? *need : places[*need];
        }
}

/* An entry behind the others, with its literal and its leads. */
static void move_entry(struct builder *b, uint32_t number, GArray *entries, GString *pool, GPtrArray *leads) {
    struct literal_entry e = g_array_index(b->entries, struct literal_entry, number);
    const char *literal = b->pool->str + e.literal;
    e.literal = (uint32_t)pool->len;
    e.is_last = g_array_index(b->next, uint32_t, number) == 0;
    g_string_append_len(pool, literal, e.length);
    g_array_append_val(entries, e);
    g_ptr_array_add(leads, b->leads->pdata[number]);
}

/* Entries of a slot side by side, so that one look at memory finds them. */
static void sort_by_slot(struct builder *b) {
    GArray *entries = g_array_sized_new(FALSE, TRUE, sizeof(struct literal_entry), b->entries->len);
    GPtrArray *leads = g_ptr_array_sized_new(b->leads->len);
    GString *pool = g_string_sized_new(b->pool->len);
    g_autofree uint32_t *places = g_new0(uint32_t, b->entries->len);
    move_entry(b, 0, entries, pool, leads);
    for (uint32_t slot = 0; slot < LITERAL_SLOTS; slot++) {
        uint32_t number = b->slots[slot];
        b->slots[slot] = number ? entries->len : 0;
        for (; number; number = g_array_index(b->next, uint32_t, number)) {
            places[number] = entries->len;
            move_entry(b, number, entries, pool, leads);
        }
    }
    renumber(b, places);
    g_array_free(b->entries, TRUE);
    g_ptr_array_free(b->leads, TRUE);
    g_string_free(b->pool, TRUE);
    b->entries = entries;
    b->leads = leads;
    b->pool = pool;
}

/* The leads of all literals in one array. */
static uint32_t *flatten_leads(struct builder *b, uint32_t *count) {
    GArray *all = g_array_new(FALSE, TRUE, sizeof(uint32_t));
    for (guint i = 0; i < b->leads->len; i++) {
        GArray *leads = b->leads->pdata[i];
        g_array_index(b->entries, struct literal_entry, i).lead = all->len;
        g_array_append_vals(all, leads->data, leads->len);
        g_array_free(leads, TRUE);
    }
    *count = all->len;
    return (uint32_t *)(void *)g_array_free(all, FALSE);
}

static struct literal_index *builder_end(struct builder *b, size_t patterns) {
    struct literal_index *index = g_new0(struct literal_index, 1);
    index->patterns = (uint32_t)patterns;
    sort_by_slot(b);
    index->leads = flatten_leads(b, &index->lead_count);
    index->entry_count = b->entries->len;
    index->target_count = b->targets->len;
    index->group_count = b->groups->len;
    g_array_append_val(b->entries, ((struct literal_entry){.lead = index->lead_count}));
    g_array_append_val(b->targets, ((struct literal_target){0}));
    g_array_append_val(b->groups, b->members->len);
    index->member_count = b->members->len;
    index->always_count = b->always->len;
    index->pool_size = (uint32_t)b->pool->len;
    index->entries = (const void *)g_array_free(b->entries, FALSE);
    index->targets = (const void *)g_array_free(b->targets, FALSE);
    index->groups = (const void *)g_array_free(b->groups, FALSE);
    index->members = (const void *)g_array_free(b->members, FALSE);
    index->always = (const void *)g_array_free(b->always, FALSE);
    index->pool = g_string_free(b->pool, FALSE);
    index->slots = b->slots;
    index->used = b->used;
    g_free(b->common);
    g_array_free(b->next, TRUE);
    g_ptr_array_free(b->leads, TRUE);
    g_hash_table_destroy(b->frequency);
    g_hash_table_destroy(b->numbers);
    return index;
}

struct literal_index *literal_index_build(const struct literal_need *needs, size_t patterns,
                                          struct slice typical) {
    struct builder b;
    builder_begin(&b);
    for (size_t at = 0; at + LITERAL_LEAST <= typical.len; at++)
        b.common[literal_slot(typical.ptr + at)]++;
    for (size_t p = 0; p < patterns; p++)
        for (size_t i = 0; i < needs[p].count; i++)
            count_literals(&b, &needs[p].branches[i]);
    for (uint32_t p = 0; p < patterns; p++) {
        if (needs[p].count == 0)
            g_array_append_val(b.always, p);
        for (size_t i = 0; i < needs[p].count; i++)
            add_branch(&b, p, &needs[p].branches[i]);
    }
    return builder_end(&b, patterns);
}

void literal_index_free(struct literal_index *index) {
    if (!index)
        return;
    g_free((gpointer)index->entries);
    g_free((gpointer)index->leads);
    g_free((gpointer)index->targets);
    g_free((gpointer)index->groups);
    g_free((gpointer)index->members);
    g_free((gpointer)index->always);
    g_free((gpointer)index->slots);
    g_free((gpointer)index->used);
    g_free((gpointer)index->pool);
    g_free(index);
}
