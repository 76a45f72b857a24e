/* Whose logs are not read. */
#include "parsers/log/unread.h"

#include "tests/table.h"

static void names(void **state) {
    static const struct {
        const char *line, *system;
    } rows[] = {
        {"\"SMTPD\"\t4532\t154\t\"2026-02-12 02:35:40.970\"\t\"192.0.2.9\"\t\"SENT: 220 x\"", "hMailServer"},
        {"Wed Sep  6 13:13:16 2023 Info: MID 14 queued for delivery", "Cisco's mail gateway (IronPort)"},
        {"l=info m=\"delivered from queue\" pkg=queue cid=1", "mox"},
        {"Nov 24 09:14:07 mail moonmail[1]: x", NULL},
        {"", NULL},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].line, slice_of(log_unread_system(slice_of(rows[i].line))),
                    rows[i].system ? rows[i].system : "");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
