/* Many TLS reports: see tls_sums.h. */
#include "analyze/verdict/tls_sums.h"

#include "parsers/base/packed.h"
#include "parsers/base/text.h"

#define MOST_SESSIONS (INT64_MAX / 1000000) /* of one row: their sum stays a number */

struct tls_head {
    int64_t secured, failed;
};

/* Texts of a sum, in this order. */
enum { TEXT_DOMAIN, TEXT_TYPE, TEXT_HOST, TEXTS };

/* --- as bytes --- */

static void put_texts(GString *out, const struct slice *texts, size_t count) {
    for (size_t i = 0; i < count; i++)
        packed_put(out, text_upto(texts[i], LIMIT_TLS_TEXT));
}

static void put_sum(GString *out, struct tls_head head, struct slice domain, struct slice type,
                    struct slice host) {
    const struct slice texts[TEXTS] = {[TEXT_DOMAIN] = domain, [TEXT_TYPE] = type, [TEXT_HOST] = host};
    g_string_append_len(out, (const char *)&head, sizeof head);
    put_texts(out, texts, TEXTS);
}

uint32_t tls_facts_write(GString *out, const struct feedback *f) {
    uint32_t count = 0;
    if (!f || f->kind != FEEDBACK_TLS || !f->policies)
        return 0;
    const struct slice names[REPORT_NAMES] = {
        [REPORT_BY] = f->organisation, [REPORT_ID] = f->id, [REPORT_DOMAIN] = f->policies->domain};
    put_texts(out, names, REPORT_NAMES);
    for (const struct tls_policy *policy = f->policies; policy; policy = policy->next) {
        put_sum(out, (struct tls_head){policy->successes, policy->failures}, policy->domain, SLICE_EMPTY,
                SLICE_EMPTY);
        count++;
        for (const struct tls_failure *d = policy->details; d; d = d->next, count++)
            put_sum(out, (struct tls_head){0, d->count}, policy->domain, d->type,
                    d->receiver_host.len ? d->receiver_host : d->receiver_ip);
    }
    return count;
}

/* --- summing --- */

static bool is_sum(const void *entry, const void *key) {
    const struct tls_sum *a = entry;
    const struct tls_sum *b = key;
    return slice_equal_nocase(a->domain, b->domain) && slice_equal_nocase(a->type, b->type) &&
           slice_equal_nocase(a->host, b->host);
}

static uint64_t hash_of(const struct tls_sum *one) {
    const struct slice names[] = {one->domain, one->type, one->host};
    return reports_hash(names, G_N_ELEMENTS(names), 0);
}

static struct tls_sum *find(struct tls_sums *s, const struct tls_sum *one) {
    return hash_table_find(&s->sums, hash_of(one), is_sum, one);
}

static void add(struct tls_sums *s, const struct tls_sum *one) {
    struct tls_sum *sum = find(s, one);
    if (!sum && s->sums.count >= LIMIT_TLS_SUMS) {
        s->left_out += one->secured + one->failed;
        return;
    }
    if (!sum) {
        sum = ARENA_NEW(&s->arena, struct tls_sum);
        *sum = (struct tls_sum){.domain = arena_copy(&s->arena, one->domain),
                                .type = arena_copy(&s->arena, one->type),
                                .host = arena_copy(&s->arena, one->host)};
        if (one->type.len)
            sum->whole = find(s, &(struct tls_sum){.domain = one->domain});
        hash_table_add(&s->sums, hash_of(sum), sum);
        if (!s->list)
            s->list = g_ptr_array_new();
        g_ptr_array_add(s->list, sum);
    }
    sum->secured = MIN(sum->secured + one->secured, INT64_MAX / 2);
    sum->failed = MIN(sum->failed + one->failed, INT64_MAX / 2);
}

static bool take_one(struct slice *bytes, struct tls_sum *one) {
    struct tls_head head;
    struct slice texts[TEXTS];
    if (!packed_take_bytes(bytes, &head, sizeof head) || !packed_take_all(bytes, texts, TEXTS))
        return false;
    *one = (struct tls_sum){.domain = texts[TEXT_DOMAIN],
                            .type = texts[TEXT_TYPE],
                            .host = texts[TEXT_HOST],
                            .secured = CLAMP(head.secured, 0, MOST_SESSIONS),
                            .failed = CLAMP(head.failed, 0, MOST_SESSIONS)};
    return true;
}

static bool skip_one(struct slice *bytes) {
    struct tls_sum one;
    return take_one(bytes, &one);
}

bool tls_facts_take(struct slice *bytes, uint32_t count, struct tls_sums *s) {
    struct slice rows;
    struct tls_sum one;
    if (!reports_once_take(s ? &s->once : NULL, bytes, count, skip_one, s ? &s->arena : NULL, &rows))
        return false;
    while (s && rows.len && take_one(&rows, &one))
        add(s, &one);
    return true;
}

void tls_sums_free(struct tls_sums *s) {
    hash_table_free(&s->once.seen);
    hash_table_free(&s->sums);
    if (s->list)
        g_ptr_array_free(s->list, TRUE);
    arena_free(&s->arena);
}

/* --- in order --- */

/* Of the domain, before whose failures its own sum comes. */
static int64_t failed_of_domain(const struct tls_sum *one) {
    return one->whole ? one->whole->failed : one->failed;
}

static gint compare_sums(gconstpointer one, gconstpointer other) {
    const struct tls_sum *a = *(const struct tls_sum *const *)one;
    const struct tls_sum *b = *(const struct tls_sum *const *)other;
    int64_t x = failed_of_domain(a);
    int64_t y = failed_of_domain(b);
    int order = (x < y) - (x > y);
    order = order ? order : reports_compare(a->domain, b->domain);
    order = order ? order : (a->type.len > 0) - (b->type.len > 0);
    order = order ? order : (a->failed < b->failed) - (a->failed > b->failed);
    order = order ? order : reports_compare(a->type, b->type);
    return order ? order : reports_compare(a->host, b->host);
}

void tls_sums_sort(const struct tls_sums *s) {
    if (s->list)
        g_ptr_array_sort(s->list, compare_sums);
}
