/* Which values are known. */
#include "analyze/report/value.h"

#include "tests/table.h"

static void test_known(void **state) {
    (void)state;
    assert_true(value_is_known(as_number(0)));
    assert_true(value_is_known(as_truth(false)));
    assert_true(value_is_known(as_host(SLICE("a"))));
    assert_false(value_is_known(as_host(SLICE_EMPTY)));
    assert_false(value_is_known(as_ours(NULL)));
    assert_true(value_is_known(as_time(0)));
    assert_false(value_is_known(as_time(-1)));
    assert_false(value_is_known((struct value){0}));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_known)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
