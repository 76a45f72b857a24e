/* Mailboxes inside local parts. */
#include "analyze/report/local_part.h"

#include "tests/table.h"

static void append(void *context, struct slice part) {
    char *out = context;
    if (out[0])
        strcat(out, " ");
    strncat(out, part.ptr, part.len);
}

static void test_inner(void **state) {
    static const struct {
        const char *local, *expected;
    } rows[] = {
        {"bob", ""},
        {"bob.miller", ""},
        {"bob+news", "bob"},
        {"bob=example.org", "bob"},
        {"cats-bounces+bob=example.org", "bob"},
        {"bounce-bob=example.org", "bounce-bob bob"},
        {"bob%example.org", "bob"},
        {"SRS0=HH=TT=example.org=bob", "bob"},
        {"SRS1=HH=relay.example==HH=TT=example.org=bob", "bob"},
        {"prvs=1234=bob", "bob"},
        {"host!bob", "bob"},
        {"a=b", ""},
        {"", ""},
        {"=", ""},
        {"+", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        char out[200] = "";
        local_part_inner(slice_of(rows[i].local), append, out);
        expect_text(rows[i].local, slice_of(out), rows[i].expected);
    }
}

static void test_names(void **state) {
    (void)state;
    assert_true(local_part_is_name(SLICE("bob.miller")));
    assert_true(local_part_is_name(SLICE("bob-ma_ller")));
    assert_false(local_part_is_name(SLICE("bob")));
    assert_false(local_part_is_name(SLICE("bob.2")));
    assert_false(local_part_is_name(SLICE("")));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_inner), cmocka_unit_test(test_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
