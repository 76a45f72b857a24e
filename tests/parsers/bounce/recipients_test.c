/* The recipients of a report: found by address, limited, and not to be made slow by whoever writes them. */
#include "parsers/bounce/recipients.h"
#include "tests/table.h"

#include <stdio.h>

static struct arena arena;

static void finds(void **state) {
    static const struct {
        const char *address;
        int number; /* of the recipient, from 0; -1: none */
    } rows[] = {
        {"bob@example.org", 0}, {"BOB@Example.ORG", 0},     {"alias@example.org", 1}, {"eve@example.org", 1},
        {"new@example.org", 2}, {"nobody@example.org", -1}, {"bob@example.org ", -1}, {"", -1}};
    struct bounce bounce = {0};
    (void)state;
    struct recipient *all[] = {recipient_add(&bounce, &arena), recipient_add(&bounce, &arena), NULL};
    all[0]->address = SLICE("bob@example.org");
    all[1]->address = SLICE("eve@example.org");
    all[1]->original = SLICE("Alias@example.org");
    assert_null(recipient_find(&bounce, SLICE("bob@example.org")));
    recipients_index(&bounce, &arena);
    all[2] = recipient_find_or_add(&bounce, SLICE("new@example.org"), &arena);
    assert_ptr_equal(recipient_find_or_add(&bounce, SLICE("ALIAS@example.org"), &arena), all[1]);
    expect_number("recipients", (long long)bounce.count, 3);
    expect_number("in order", bounce.recipients == all[0] && all[0]->next == all[1] && all[1]->next == all[2],
                  true);
    for (size_t i = 0; i < ROWS(rows); i++) {
        const struct recipient *r = recipient_find(&bounce, slice_of(rows[i].address));
        expect_number(rows[i].address, r == (rows[i].number < 0 ? NULL : all[rows[i].number]), true);
    }
}

/* As many as the limit are kept and nothing is left out; one more is. */
static void limits(void **state) {
    struct bounce bounce = {0};
    (void)state;
    for (unsigned i = 0; i < LIMIT_RECIPIENTS; i++)
        assert_non_null(recipient_find_or_add(&bounce, arena_printf(&arena, "u%u@example.org", i), &arena));
    assert_non_null(recipient_find_or_add(&bounce, SLICE("u7@example.org"), &arena));
    expect_number("at the limit", bounce.has_more, false);
    assert_null(recipient_find_or_add(&bounce, SLICE("one@example.org"), &arena));
    expect_number("above the limit", bounce.has_more, true);
    expect_number("kept", (long long)bounce.count, LIMIT_RECIPIENTS);
}

#define FNV_PRIME 1099511628211U
#define CHOSEN    1000
#define LOW_BITS  8191U

/* Addresses whose FNV-1a hashes are the same in their low 13 bits. */
static struct slice chosen_address(unsigned number) {
    char *address = arena_alloc(&arena, 40);
    int len = snprintf(address, 40, "%u.", number);
    uint64_t start = 14695981039346656037U;
    for (int i = 0; i < len; i++)
        start = (start ^ (unsigned char)address[i]) * FNV_PRIME;
    for (unsigned end = 0;; end++) {
        uint64_t hash = start;
        for (int i = 0; i < 5; i++) {
            address[len + i] = (char)('a' + (end >> (4 * i) & 15));
            hash = (hash ^ (unsigned char)address[len + i]) * FNV_PRIME;
        }
        if ((hash & LOW_BITS) == 0)
            return (struct slice){address, (size_t)len + 5};
    }
}

/* How far the entries stand from where their hashes would have them, together. */
static size_t distance(const struct hash_table *table) {
    size_t sum = 0;
    for (size_t i = 0; i < table->size; i++)
        if (table->slots[i].entry)
            sum += (i - table->slots[i].hash) & (table->size - 1);
    return sum;
}

static void withstands_chosen_addresses(void **state) {
    struct bounce bounce = {0};
    (void)state;
    for (unsigned i = 0; i < CHOSEN; i++)
        recipient_find_or_add(&bounce, chosen_address(i), &arena);
    expect_number("kept", (long long)bounce.count, CHOSEN);
    /* Random hashes give about half a step for each entry, equal ones CHOSEN / 2. */
    expect_number("near their place", distance(&bounce.by_address) < 4 * CHOSEN, true);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds), cmocka_unit_test(limits),
                                       cmocka_unit_test(withstands_chosen_addresses)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failures;
}
