/* What the DNS says today, of many reports: see record_sums.h. */
#include "analyze/verdict/record_sums.h"

#include "analyze/auth/check_kinds.h"
#include "analyze/verdict/reports_once.h"
#include "parsers/base/packed.h"
#include "parsers/base/text.h"

#include <string.h>

/* Texts of a sentence, in this order. */
enum { TEXT_KIND, TEXT_RESULT, TEXT_SUBJECT, TEXT_SENTENCE, TEXTS };

/* --- as bytes --- */

uint32_t record_facts_write(GString *out, const struct check_list *list) {
    uint32_t count = 0;
    for (const struct check *c = list ? list->first : NULL; c; c = c->next, count++) {
        uint32_t outcome = c->outcome;
        const struct slice texts[TEXTS] = {[TEXT_KIND] = slice_of(c->kind->id),
                                           [TEXT_RESULT] = c->result,
                                           [TEXT_SUBJECT] = c->subject,
                                           [TEXT_SENTENCE] = c->text};
        g_string_append_len(out, (const char *)&outcome, sizeof outcome);
        for (size_t i = 0; i < TEXTS; i++)
            packed_put(out, text_upto(texts[i], LIMIT_RECORD_TEXT));
    }
    return count;
}

/* By an id that was written as text; NULL: there is none. */
static const struct check_kind *kind_of(struct slice text) {
    for (size_t i = 0; i < check_kind_count; i++)
        if (slice_equal(text, slice_of(check_kinds[i]->id)))
            return check_kinds[i];
    return NULL;
}

/* --- summing --- */

static bool is_sum(const void *entry, const void *key) {
    const struct record_sum *a = entry;
    const struct record_sum *b = key;
    return a->kind == b->kind && slice_equal(a->subject, b->subject) && slice_equal(a->text, b->text);
}

static void add(struct record_sums *s, const struct record_sum *one) {
    const struct slice texts[] = {one->subject, one->text};
    uint64_t hash = reports_hash(texts, G_N_ELEMENTS(texts), one->outcome);
    if (hash_table_find(&s->sums, hash, is_sum, one))
        return;
    if (s->sums.count >= LIMIT_RECORD_SUMS) {
        s->left_out++;
        return;
    }
    struct record_sum *sum = ARENA_NEW(&s->arena, struct record_sum);
    *sum = (struct record_sum){.kind = one->kind,
                               .outcome = one->outcome,
                               .result = arena_copy(&s->arena, one->result),
                               .subject = arena_copy(&s->arena, one->subject),
                               .text = arena_copy(&s->arena, one->text)};
    hash_table_add(&s->sums, hash, sum);
    g_ptr_array_add(s->list, sum);
}

bool record_facts_take(struct slice *bytes, uint32_t count, struct record_sums *s) {
    if (count && s && !s->list)
        s->list = g_ptr_array_new();
    for (uint32_t i = 0; i < count; i++) {
        uint32_t outcome;
        struct slice texts[TEXTS];
        if (!packed_take_bytes(bytes, &outcome, sizeof outcome) || outcome >= CHECK_OUTCOMES ||
            !packed_take_all(bytes, texts, TEXTS))
            return false;
        struct record_sum one = {.kind = kind_of(texts[TEXT_KIND]),
                                 .outcome = (enum check_outcome)outcome,
                                 .result = texts[TEXT_RESULT],
                                 .subject = texts[TEXT_SUBJECT],
                                 .text = texts[TEXT_SENTENCE]};
        if (one.kind && s)
            add(s, &one);
    }
    return true;
}

/* What is wrong, what may be, what could not be told, what is right. */
static int urgency(enum check_outcome outcome) {
    static const int order[CHECK_OUTCOMES] = {
        [CHECK_FAIL] = 0, [CHECK_WARNING] = 1, [CHECK_UNCHECKED] = 2, [CHECK_PASS] = 3};
    return order[outcome];
}

static gint compare_sums(gconstpointer one, gconstpointer other) {
    const struct record_sum *a = *(const struct record_sum *const *)one;
    const struct record_sum *b = *(const struct record_sum *const *)other;
    int order = urgency(a->outcome) - urgency(b->outcome);
    order = order ? order : strcmp(a->kind->id, b->kind->id);
    order = order ? order : reports_compare(a->subject, b->subject);
    return order ? order : reports_compare(a->text, b->text);
}

void record_sums_sort(const struct record_sums *s) {
    if (s->list)
        g_ptr_array_sort(s->list, compare_sums);
}

void record_sums_free(struct record_sums *s) {
    hash_table_free(&s->sums);
    if (s->list)
        g_ptr_array_free(s->list, TRUE);
    arena_free(&s->arena);
}
