/* Many DMARC reports: see sender_sums.h. */
#include "analyze/verdict/sender_sums.h"

#include "parsers/base/packed.h"
#include "parsers/base/text.h"

struct sender_head {
    int64_t messages;
    uint32_t standing, lacks_spf;
};

/* --- as bytes --- */

static void put_text(GString *out, struct slice text) {
    packed_put(out, text_upto(text, LIMIT_SENDER_TEXT));
}

uint32_t sender_facts_write(GString *out, const struct feedback *f, struct arena *arena) {
    struct sources s;
    if (!f || f->kind != FEEDBACK_DMARC)
        return 0;
    sources_find(&s, f, arena);
    if (!s.count)
        return 0;
    put_text(out, f->organisation);
    put_text(out, f->id);
    put_text(out, f->policy.domain);
    for (size_t i = 0; i < s.count; i++) {
        const struct source *one = &s.list[i];
        struct sender_head head = {one->messages, one->standing, one->lacks_spf};
        g_string_append_len(out, (const char *)&head, sizeof head);
        put_text(out, one->row->header_from.len ? one->row->header_from : f->policy.domain);
        put_text(out, one->row->ip);
        put_text(out, one->domain);
    }
    return (uint32_t)s.count;
}

static bool take_head(struct slice *bytes, struct sender_head *head) {
    return packed_take_bytes(bytes, head, sizeof *head) && head->standing < STANDINGS &&
           head->messages >= 0 && head->messages <= INT32_MAX;
}

/* --- summing --- */

static bool is_sum(const void *entry, const void *key) {
    const struct sender_sum *a = entry;
    const struct sender_sum *b = key;
    return a->source.standing == b->source.standing && slice_equal_nocase(a->domain, b->domain) &&
           slice_equal(a->row.ip, b->row.ip) && slice_equal_nocase(a->source.domain, b->source.domain);
}

static void add(struct sender_sums *s, const struct sender_sum *one) {
    const struct slice names[] = {one->domain, one->row.ip, one->source.domain};
    uint64_t hash = reports_hash(names, G_N_ELEMENTS(names), one->source.standing);
    struct sender_sum *sum = hash_table_find(&s->sums, hash, is_sum, one);
    s->messages += one->source.messages;
    s->passed += one->source.standing == STANDING_PASSES ? one->source.messages : 0;
    if (!sum && s->sums.count >= LIMIT_SENDER_SUMS) {
        s->left_out += one->source.messages;
        return;
    }
    if (!sum) {
        sum = ARENA_NEW(&s->arena, struct sender_sum);
        *sum = (struct sender_sum){
            .domain = arena_copy(&s->arena, one->domain),
            .source = {.standing = one->source.standing, .domain = arena_copy(&s->arena, one->source.domain)},
            .row = {.ip = arena_copy(&s->arena, one->row.ip)}};
        sum->source.row = &sum->row;
        hash_table_add(&s->sums, hash, sum);
        if (!s->list)
            s->list = g_ptr_array_new();
        g_ptr_array_add(s->list, sum);
    }
    sum->source.messages += one->source.messages;
    sum->source.lacks_spf |= one->source.lacks_spf;
}

static bool take_one(struct slice *bytes, struct sender_sum *one) {
    struct sender_head head;
    struct slice texts[3];
    if (!take_head(bytes, &head) || !packed_take_all(bytes, texts, G_N_ELEMENTS(texts)))
        return false;
    *one = (struct sender_sum){.domain = texts[0],
                               .source = {.standing = (enum standing)head.standing,
                                          .messages = head.messages,
                                          .domain = texts[2],
                                          .lacks_spf = head.lacks_spf != 0},
                               .row = {.ip = texts[1]}};
    return true;
}

static bool skip_one(struct slice *bytes) {
    struct sender_sum one;
    return take_one(bytes, &one);
}

bool sender_facts_take(struct slice *bytes, uint32_t count, struct sender_sums *s) {
    struct slice rows;
    struct sender_sum one;
    if (!reports_once_take(s ? &s->once : NULL, bytes, count, skip_one, s ? &s->arena : NULL, &rows))
        return false;
    while (s && rows.len && take_one(&rows, &one))
        add(s, &one);
    return true;
}

void sender_sums_free(struct sender_sums *s) {
    hash_table_free(&s->once.seen);
    hash_table_free(&s->sums);
    if (s->list)
        g_ptr_array_free(s->list, TRUE);
    arena_free(&s->arena);
}

/* --- by domain --- */

/* By domain; of one the most messages first. */
static gint compare_sums(gconstpointer one, gconstpointer other) {
    const struct sender_sum *a = *(const struct sender_sum *const *)one;
    const struct sender_sum *b = *(const struct sender_sum *const *)other;
    int order = reports_compare(a->domain, b->domain);
    if (!order)
        order = (a->source.messages < b->source.messages) - (a->source.messages > b->source.messages);
    if (!order)
        order = reports_compare(a->row.ip, b->row.ip);
    if (!order)
        order = (int)a->source.standing - (int)b->source.standing;
    return order ? order : reports_compare(a->source.domain, b->source.domain);
}

static int64_t open_of(const struct sources *s) {
    return s->messages - s->passed;
}

static int compare_domains(const void *one, const void *other) {
    const struct domain_sources *a = one;
    const struct domain_sources *b = other;
    int64_t x = open_of(&a->sources);
    int64_t y = open_of(&b->sources);
    return x != y ? (x < y ? 1 : -1) : reports_compare(a->domain, b->domain);
}

struct domain_sources *sender_sums_by_domain(const struct sender_sums *s, size_t *count,
                                             struct arena *arena) {
    size_t sums = s->list ? s->list->len : 0;
    struct domain_sources *domains = arena_alloc(arena, (sums + 1) * sizeof *domains);
    struct source *sources = arena_alloc(arena, (sums + 1) * sizeof *sources);
    *count = 0;
    if (sums)
        g_ptr_array_sort(s->list, compare_sums);
    for (size_t i = 0; i < sums; i++) {
        const struct sender_sum *sum = s->list->pdata[i];
        sources[i] = sum->source;
        if (!*count || !slice_equal_nocase(domains[*count - 1].domain, sum->domain))
            domains[(*count)++] = (struct domain_sources){sum->domain, {.list = &sources[i]}};
        struct sources *all = &domains[*count - 1].sources;
        all->count++;
        all->messages += sum->source.messages;
        all->passed += sum->source.standing == STANDING_PASSES ? sum->source.messages : 0;
        all->of_standing[sum->source.standing] += sum->source.messages;
    }
    if (*count)
        qsort(domains, *count, sizeof *domains, compare_domains);
    return domains;
}
