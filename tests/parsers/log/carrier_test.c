/* Whose lines a container writes, by its name. */
#include "parsers/log/carrier.h"
#include "tests/table.h"

static void names_containers(void **state) {
    static const struct {
        const char *name;
        enum carrier carrier;
    } rows[] = {
        {"postfix-1", CARRIER_MAIL},
        {"postfix-mailcow-1", CARRIER_MAIL},
        {"mailcowdockerized-sogo-mailcow-1", CARRIER_OTHER},
        {"mailcowdockerized-clamd-mailcow-1", CARRIER_OTHER},
        {"mailu-smtp", CARRIER_MAIL},
        {"mailu-front", CARRIER_OTHER},
        {"docker-mailserver", CARRIER_MAIL},
        {"web_postfix_1", CARRIER_MAIL},
        {"postfix_web_1", CARRIER_OTHER},
        {"smtp_1_3d8b20f9756e", CARRIER_MAIL},
        {"ghcr.io/mailu/postfix:2024.06", CARRIER_MAIL},
        {"mx1", CARRIER_MAIL},
        {"mailer-1", CARRIER_OTHER},
        {"webmail", CARRIER_OTHER},
        {"app-1", CARRIER_UNKNOWN},
        {"docker-shop-1", CARRIER_UNKNOWN},
        {"3d8b20f9756e", CARRIER_UNKNOWN},
        {"", CARRIER_UNKNOWN},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].name, carrier_of(slice_of(rows[i].name)), rows[i].carrier);
}

static void names_programs(void **state) {
    static const struct {
        const char *name;
        bool is_one;
    } rows[] = {
        {"docker/shop", true}, {"3d8b20f9756e", true},  {"mail", true},      {"shop", false},
        {"mailer", false},     {"postfix/smtp", false}, {"sendmail", false}, {"", false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].name, carrier_is_one(slice_of(rows[i].name)), rows[i].is_one);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_containers), cmocka_unit_test(names_programs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
