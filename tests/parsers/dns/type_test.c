#include "parsers/dns/type.h"
#include "tests/table.h"

static void names(void **state) {
    static const struct {
        const char *name;
        unsigned type; /* 0: none */
        const char *shown;
    } rows[] = {
        {"A", DNS_A, "A"},       {"txt", DNS_TXT, "TXT"},   {"AAAA", DNS_AAAA, "AAAA"},
        {"ANY", DNS_ANY, "ANY"}, {"TYPE16", 16, "TXT"},     {"type999", 999, "other"},
        {"TYPE0", 0, "other"},   {"TYPE65536", 0, "other"}, {"TYPE", 0, "other"},
        {"nothing", 0, "other"}, {"", 0, "other"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        expect_number(rows[i].name, dns_type_of(slice_of(rows[i].name)), rows[i].type);
        expect_text(rows[i].name, slice_of(dns_type_name(rows[i].type)), rows[i].shown);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
