/* Entries are found again under their keys, whatever was added and removed around them. */
#include "parsers/base/hash_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define ENTRIES 1000

static bool is_number(const void *entry, const void *key) {
    return *(const unsigned *)entry == *(const unsigned *)key;
}

/* Only 16 different hashes, so that entries crowd together. */
static uint64_t hash_of(unsigned number) {
    return number % 16;
}

static void crowd(struct arena *arena) {
    static unsigned numbers[ENTRIES];
    struct hash_table table = {.arena = arena};
    unsigned key = 1;
    assert_null(hash_table_find(&table, 1, is_number, &key));
    for (unsigned i = 0; i < ENTRIES; i++) {
        numbers[i] = i;
        hash_table_add(&table, hash_of(i), &numbers[i]);
    }
    for (unsigned i = 0; i < ENTRIES; i += 3)
        hash_table_remove(&table, hash_of(i), &numbers[i]);
    for (unsigned i = 0; i < ENTRIES; i++)
        assert_ptr_equal(hash_table_find(&table, hash_of(i), is_number, &i), i % 3 ? &numbers[i] : NULL);
    assert_int_equal(table.count, ENTRIES - (ENTRIES + 2) / 3);
    assert_true(table.count * 2 <= table.size);
    size_t size = table.size;
    hash_table_clear(&table);
    assert_int_equal(table.count, 0);
    assert_int_equal(table.size, size);
    key = 1;
    assert_null(hash_table_find(&table, hash_of(key), is_number, &key));
    hash_table_add(&table, hash_of(key), &numbers[key]);
    assert_ptr_equal(hash_table_find(&table, hash_of(key), is_number, &key), &numbers[key]);
    hash_table_clear(&table); /* room for many is not kept for one */
    assert_int_equal(table.size, 0);
    hash_table_free(&table);
    assert_int_equal(table.size, 0);
}

static void with_malloc(void **state) {
    (void)state;
    crowd(NULL);
}

static void in_an_arena(void **state) {
    (void)state;
    struct arena arena = {0};
    crowd(&arena);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(with_malloc), cmocka_unit_test(in_an_arena)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
