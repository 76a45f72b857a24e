/* Structs of callers of other versions: shorter, longer, and without a size. */
#include "analyze/sized.h"

#include "tests/table.h"

struct ours {
    size_t size;
    int first, second;
};

struct later {
    size_t size;
    int first, second, third;
};

static void taken(void **state) {
    static const struct {
        size_t size;
        int third;
        bool is_taken;
        int first, second;
    } rows[] = {
        {0, 0, false, -1, -1},
        {sizeof(size_t) - 1, 0, false, -1, -1},
        {sizeof(size_t), 0, true, 0, 0},
        {offsetof(struct ours, second), 0, true, 1, 0},
        {sizeof(struct ours), 9, true, 1, 2},
        {sizeof(struct later), 0, true, 1, 2},
        {sizeof(struct later), 9, false, 1, 2},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct later theirs;
        struct ours ours = {0, -1, -1};
        memset(&theirs, 0, sizeof theirs);
        theirs.size = rows[i].size;
        theirs.first = 1;
        theirs.second = 2;
        theirs.third = rows[i].third;
        assert_int_equal(sized_take(&ours, sizeof ours, &theirs), rows[i].is_taken);
        assert_int_equal(ours.first, rows[i].first);
        assert_int_equal(ours.second, rows[i].second);
        if (rows[i].is_taken)
            assert_int_equal(ours.size, sizeof ours);
    }
}

static void given(void **state) {
    static const struct {
        size_t size;
        bool is_given;
        int first, second, third;
    } rows[] = {
        {0, false, 7, 7, 7},
        {offsetof(struct ours, second), true, 1, 7, 7},
        {sizeof(struct ours), true, 1, 2, 7},
        {sizeof(struct later), true, 1, 2, 7},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct ours ours = {sizeof ours, 1, 2};
        struct later theirs = {rows[i].size, 7, 7, 7};
        assert_int_equal(sized_give(&theirs, &ours, sizeof ours), rows[i].is_given);
        assert_int_equal(theirs.size, rows[i].size);
        assert_int_equal(theirs.first, rows[i].first);
        assert_int_equal(theirs.second, rows[i].second);
        assert_int_equal(theirs.third, rows[i].third);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(taken), cmocka_unit_test(given)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
