/* What an arena gives is aligned, zeroed and stays where it is, however much is asked for. */
#include "parsers/base/arena.h"
#include "tests/table.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdint.h>

static void allocates(void **state) {
    static const size_t sizes[] = {0, 1, 7, 64, 300000, 1, 262144, 5};
    struct arena arena = {0};
    char *given[ROWS(sizes)];
    (void)state;
    for (size_t i = 0; i < ROWS(sizes); i++) {
        given[i] = arena_alloc(&arena, sizes[i]);
        expect_number("aligned", (long long)((uintptr_t)given[i] % alignof(max_align_t)), 0);
        for (size_t k = 0; k < sizes[i]; k++)
            assert_int_equal(given[i][k], 0);
        memset(given[i], (int)(i + 1), sizes[i]);
    }
    for (size_t i = 0; i < ROWS(sizes); i++)
        for (size_t k = 0; k < sizes[i]; k++)
            assert_int_equal(given[i][k], (int)(i + 1));
    arena_reset(&arena);
    char *again = arena_alloc(&arena, 100);
    for (size_t k = 0; k < 100; k++)
        assert_int_equal(again[k], 0);
    arena_free(&arena);
    assert_null(arena.blocks);
}

static void texts(void **state) {
    struct arena arena = {0};
    (void)state;
    expect_text("copy", arena_copy(&arena, SLICE("abc")), "abc");
    expect_text("empty copy", arena_copy(&arena, SLICE_EMPTY), "");
    assert_string_equal(arena_string(&arena, slice_upto(SLICE("abc"), 2)), "ab");
    assert_string_equal(arena_string(&arena, SLICE_EMPTY), "");
    expect_text("printf", arena_printf(&arena, "%d-%s", 5, "x"), "5-x");
    assert_string_equal(arena_printf(&arena, "%s", "").ptr, "");
    for (int width = 0; width < 1200; width++) {
        struct slice wide = arena_printf(&arena, "%*d", width, 7);
        expect_number("width", wide.len, width > 1 ? width : 1);
        expect_text("the last of it", slice_from(wide, wide.len - 1), "7");
        assert_int_equal(wide.ptr[wide.len], '\0');
    }
    char *open = arena_open(&arena, 300000);
    memset(open, 'x', 10);
    struct slice closed = arena_close(&arena, open, 10);
    expect_text("what is used", closed, "xxxxxxxxxx");
    char *next = arena_alloc(&arena, 1);
    expect_number("the rest is given back", next - closed.ptr < 64, true);
    arena_free(&arena);
}

/* What is kept for the next message holds nothing of the last, also behind what was given back. */
static void forgets(void **state) {
    struct arena arena = {0};
    (void)state;
    for (size_t large = 0; large < 2; large++) {
        char *first = arena_open(&arena, 1000);
        memset(first, 'x', 1000);
        arena_close(&arena, first, 10);
        memset(arena_open(&arena, 5000), 'x', 5000);
        if (large)
            memset(arena_alloc(&arena, 1000000), 'x', 1000000);
        arena_reset(&arena);
        const char *again = arena_open(&arena, 100000);
        assert_ptr_equal(again, first);
        for (size_t i = 0; i < 5000; i++) /* what was written */
            assert_int_equal(again[i], 0);
        arena_close(&arena, (char *)again, 0);
        arena_reset(&arena);
    }
    arena_free(&arena);
}

static jmp_buf beyond;

static void jump(void) {
    longjmp(beyond, 1);
}

static void limits(void **state) {
    struct arena one = {0};
    struct arena other = {0};
    size_t before = arena_held();
    (void)state;
    arena_limit(before + 2000000, jump);
    if (setjmp(beyond))
        fail_msg("it may hold that much");
    for (unsigned i = 0; i < 100; i++) { /* what is given back is not counted */
        arena_alloc(&one, 1000000);
        arena_alloc(&other, 700000);
        arena_reset(&one);
        arena_free(&other);
    }
    volatile bool is_beyond = false;
    if (setjmp(beyond))
        is_beyond = true;
    else
        for (unsigned i = 0; i < 3; i++)
            arena_alloc(i % 2 ? &one : &other, 900000);
    assert_true(is_beyond);
    arena_limit(0, NULL);
    arena_alloc(&one, 5000000);
    arena_free(&one);
    arena_free(&other);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(allocates), cmocka_unit_test(texts),
                                       cmocka_unit_test(forgets), cmocka_unit_test(limits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
