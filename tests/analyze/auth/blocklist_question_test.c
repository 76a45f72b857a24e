/* What a block list is asked. */
#include "analyze/auth/blocklist_question.h"
#include "tests/analyze/auth/on_zone.h"

static const struct {
    const char *lists, *ip, *domain, *expected;
    bool holds_domains, holds_addresses;
} rows[] = {
    {"addresses", "192.0.2.1", "", "1.2.0.192.l.example", false, true},
    {"domains", "192.0.2.1", "d.example", "d.example.l.example", true, false},
    {"addresses and domains", "192.0.2.1", "", "1.2.0.192.l.example", true, true},
    {"addresses", "2001:db8::1", "",
     "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.l.example", false, true},
};

static void test_rows(void **state) {
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct blocklist b = {.zones = (const char *const[]){"l.example", NULL}, .lists = rows[i].lists};
        struct ip ip = ip_of(rows[i].ip);
        expect_text(rows[i].lists, blocklist_question(&b, &ip, slice_of(rows[i].domain), &arena),
                    rows[i].expected);
        expect_number(rows[i].lists, blocklist_holds_domains(&b), rows[i].holds_domains);
        expect_number(rows[i].lists, blocklist_holds_addresses(&b), rows[i].holds_addresses);
    }
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
