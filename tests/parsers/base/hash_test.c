/* Keys that collide in the hashes everybody knows are told apart; equal bytes are equal. */
#include "parsers/base/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void equal_bytes(void **state) {
    (void)state;
    char text[64];
    for (int i = 0; i < 64; i++)
        text[i] = (char)(i * 7);
    for (size_t len = 0; len < 32; len++) { /* at any address */
        char copy[40];
        memcpy(copy + len % 5, text, len);
        assert_true(hash_bytes(text, len, 3) == hash_bytes(copy + len % 5, len, 3));
        assert_true(hash_bytes(text, len, 3) != hash_bytes(text, len, 4));
        assert_true(hash_bytes(text, len, 3) != hash_bytes(text, len + 1, 3));
    }
    assert_true(hash_bytes(NULL, 0, 0) == hash_bytes("", 0, 0));
    assert_int_equal(hash_string("postmaster"), (guint)hash_bytes("postmaster", 10, 0));
}

static void case_does_not_count(void **state) {
    (void)state;
    char lower[200];
    char upper[200];
    for (size_t i = 0; i < sizeof lower; i++) {
        lower[i] = (char)('a' + i % 26);
        upper[i] = (char)(i % 3 ? lower[i] : lower[i] - 32);
    }
    for (size_t len = 0; len < sizeof lower; len++) {
        assert_true(hash_bytes_nocase(lower, len) == hash_bytes_nocase(upper, len));
        assert_true(hash_bytes_nocase(lower, len) != hash_bytes_nocase(lower, (len + 1) % 200));
    }
    assert_true(hash_bytes_nocase("[", 1) != hash_bytes_nocase("{", 1));
}

/* 1,024 strings that are one to g_str_hash. */
static void chosen_keys(void **state) {
    (void)state;
    g_autoptr(GHashTable) hashes = g_hash_table_new(NULL, NULL);
    for (unsigned n = 0; n < 1024; n++) {
        char key[21] = "";
        for (int i = 0; i < 10; i++)
            strcat(key, n >> i & 1 ? "aB" : "b!");
        assert_int_equal(g_str_hash(key), g_str_hash("b!b!b!b!b!b!b!b!b!b!"));
        g_hash_table_add(hashes, GUINT_TO_POINTER(hash_string(key)));
    }
    assert_true(g_hash_table_size(hashes) > 1000);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(equal_bytes), cmocka_unit_test(case_does_not_count),
                                       cmocka_unit_test(chosen_keys)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
