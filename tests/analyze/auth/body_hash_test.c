/* Canonical bodies: the example of RFC 6376 section 3.4.5 and edge cases; a body is hashed as its expected
 * canonical form is. CR is \r, LF \n. */
#include "analyze/auth/body_hash.h"
#include "parsers/dns/tags.h"
#include "tests/table.h"

static const struct {
    const char *body, *simple, *relaxed;
} rows[] = {
    {" C \r\nD \t E\r\n\r\n\r\n", " C \r\nD \t E\r\n", " C\r\nD E\r\n"},
    {"", "\r\n", ""},
    {"\r\n", "\r\n", ""},
    {"\r\n\r\n\r\n", "\r\n", ""},
    {"a", "a\r\n", "a\r\n"},
    {"a\nb\n", "a\r\nb\r\n", "a\r\nb\r\n"},
    {"a\r\n\r\nb\r\n", "a\r\n\r\nb\r\n", "a\r\n\r\nb\r\n"},
    {"a\r\n \t\r\n", "a\r\n \t\r\n", "a\r\n"},
    {"\r\na\r\n", "\r\na\r\n", "\r\na\r\n"},
    {"\ta  b\t\tc \r\n", "\ta  b\t\tc \r\n", " a b c\r\n"},
};

static unsigned hash_of(const char *text, size_t length, unsigned char *hash) {
    unsigned size;
    EVP_Digest(text, length, hash, &size, EVP_sha256(), NULL);
    return size;
}

static void bodies(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        for (int is_relaxed = 0; is_relaxed < 2; is_relaxed++) {
            const char *canonical = is_relaxed ? rows[i].relaxed : rows[i].simple;
            unsigned char found[EVP_MAX_MD_SIZE], expected[EVP_MAX_MD_SIZE];
            size_t whole;
            unsigned size = body_hash(slice_of(rows[i].body), is_relaxed, -1, EVP_sha256(), found, &whole);
            expect_number(rows[i].body, size, hash_of(canonical, strlen(canonical), expected));
            expect_number(rows[i].body, (long long)whole, (long long)strlen(canonical));
            expect_number(rows[i].body, memcmp(found, expected, size), 0);
        }
}

/* The hashes of empty bodies that RFC 6376 names (section 3.4.3, 3.4.4). */
static void empty_bodies(void **state) {
    static const char *const expected[] = {"frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=",
                                           "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="};
    struct arena arena = {0};
    (void)state;
    for (int is_relaxed = 0; is_relaxed < 2; is_relaxed++) {
        struct signature s = {.is_relaxed_body = is_relaxed, .length = -1, .algorithm = SLICE("rsa-sha256")};
        assert_true(tag_base64(&arena, slice_of(expected[is_relaxed]), &s.body_hash));
        assert_true(body_is_signed(&s, SLICE_EMPTY));
        assert_false(body_is_signed(&s, SLICE("x")));
    }
    arena_free(&arena);
}

static void lengths(void **state) {
    static const struct {
        int64_t length;
        const char *expected;
    } cuts[] = {{0, ""}, {1, "a"}, {3, "a\r\n"}, {5, "a\r\nbc"}, {7, "a\r\nbc\r\n"}, {900, "a\r\nbc\r\n"}};
    (void)state;
    for (size_t i = 0; i < ROWS(cuts); i++) {
        unsigned char found[EVP_MAX_MD_SIZE], expected[EVP_MAX_MD_SIZE];
        size_t whole;
        unsigned size = body_hash(SLICE("a\nbc\n"), true, cuts[i].length, EVP_sha256(), found, &whole);
        hash_of(cuts[i].expected, strlen(cuts[i].expected), expected);
        expect_number(cuts[i].expected, memcmp(found, expected, size), 0);
        expect_number(cuts[i].expected, (long long)whole, 7);
    }
}

/* Lines and bodies that are longer than what is hashed at once. */
static void long_bodies(void **state) {
    struct arena arena = {0};
    size_t len = 20000;
    char *body = arena_alloc(&arena, len + 2);
    unsigned char found[EVP_MAX_MD_SIZE], expected[EVP_MAX_MD_SIZE];
    size_t whole;
    (void)state;
    memset(body, 'x', len);
    body_hash((struct slice){body, len}, true, -1, EVP_sha256(), found, &whole);
    memcpy(body + len, "\r\n", 2);
    unsigned size = hash_of(body, len + 2, expected);
    expect_number("relaxed", memcmp(found, expected, size), 0);
    body_hash((struct slice){body, len}, false, -1, EVP_sha256(), found, &whole);
    expect_number("simple", memcmp(found, expected, size), 0);
    arena_free(&arena);
}

struct lines {
    unsigned count;
    struct slice last;
};

static bool take_line(void *context, struct slice so_far, const unsigned char *hash, unsigned size) {
    struct lines *l = context;
    unsigned char expected[EVP_MAX_MD_SIZE];
    size_t whole;
    body_hash(so_far, true, -1, EVP_sha256(), expected, &whole);
    assert_memory_equal(hash, expected, size);
    l->last = so_far;
    return ++l->count < 2;
}

static void each_line(void **state) {
    struct lines l = {0};
    (void)state;
    body_hash_each_line(SLICE("a\n\nb\nc\nd\n"), true, EVP_sha256(), 3, take_line, &l);
    expect_number("lines until it was told to stop", l.count, 2);
    expect_text("the last", l.last, "a\n\nb\nc");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(bodies), cmocka_unit_test(empty_bodies),
                                       cmocka_unit_test(lengths), cmocka_unit_test(long_bodies),
                                       cmocka_unit_test(each_line)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
