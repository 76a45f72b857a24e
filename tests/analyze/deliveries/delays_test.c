/* Percentiles of buckets. */
#include "analyze/deliveries/delays.h"
#include "tests/table.h"

static void tells_percentiles(void **state) {
    static struct delays d;
    static const struct {
        unsigned of_1000;
        long long from, to;
    } rows[] = {{500, 4950, 5050}, {900, 8910, 9090}, {990, 9801, 9999}, {1000, 9900, 9999}, {0, 0, 0}};
    (void)state;
    expect_number("of nothing", delays_percentile(&d, 500), 0);
    for (uint32_t i = 0; i < 10000; i++)
        delays_count(&d, i);
    for (size_t i = 0; i < ROWS(rows); i++) {
        uint32_t is = delays_percentile(&d, rows[i].of_1000);
        if (is < rows[i].from || is > rows[i].to)
            fail_msg("%u of 1000: %u", rows[i].of_1000, is);
    }
    expect_number("the longest", d.most, 9999);
}

static void holds_all_times(void **state) {
    static struct delays d;
    (void)state;
    delays_count(&d, 0);
    expect_number("no time", delays_percentile(&d, 500), 0);
    for (int i = 0; i < 3; i++)
        delays_count(&d, UINT32_MAX - 1);
    assert_true(delays_percentile(&d, 500) > UINT32_MAX / 100 * 98);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(tells_percentiles),
                                       cmocka_unit_test(holds_all_times)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
