/* Signs as they come from a process that strangers may have taken over. */
#include "analyze/commands/config_signs.h"

#include "parsers/base/packed.h"
#include "tests/table.h"

#include <stdlib.h>

static void test_take(void **state) {
    (void)state;
    static const struct {
        const char *key, *count;
        const char *value; /* NULL: it is passed over */
    } rows[] = {
        {"amx.example.org", "7", "mx.example.org"},
        {"b192.0.2.1", "1", "192.0.2.1"},
        {"b2001:db8::1", "1", "2001:db8::1"},
        {"fexample.org", "99999999", "example.org"},
        {"", "1", NULL},
        {"a", "1", NULL},
        {"gexample.org", "1", NULL},
        {"Aexample.org", "1", NULL},
        {"aexample.org", "0", NULL},
        {"aexample.org", "-1", NULL},
        {"aexample.org", "x", NULL},
        {"aexample.org", "99999999999999999999", NULL},
        {"aexample.org\nformat: json", "1", NULL},
        {"aexample.org # x", "1", NULL},
        {"aexample.org]", "1", NULL},
        {"a'example.org", "1", NULL},
        {"a&example.org", "1", NULL},
        {"a-example.org", "1", NULL},
        {"a\xc3\xa4.example.org", "1", NULL},
        {"alocalhost", "1", NULL},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        g_autoptr(GString) found = g_string_new(NULL);
        packed_put(found, slice_of(rows[i].key));
        packed_put(found, slice_of(rows[i].count));
        packed_put(found, slice_of("fnext.example"));
        packed_put(found, slice_of("3"));
        struct slice rest = {found->str, found->len};
        struct slice value;
        enum sign sign;
        unsigned count;
        assert_true(signs_take(&rest, &sign, &value, &count));
        expect_text(rows[i].key, value, rows[i].value ? rows[i].value : "next.example");
        if (rows[i].value) {
            expect_number(rows[i].key, sign, (long long)(rows[i].key[0] - 'a'));
            expect_number(rows[i].key, count, atoi(rows[i].count));
            assert_true(signs_take(&rest, &sign, &value, &count));
        }
        expect_number("that is all", signs_take(&rest, &sign, &value, &count), false);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_take)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
