/* Names of name servers: what is read, and what is refused. */
#include "analyze/commands/name_server.h"
#include "tests/table.h"

static const struct {
    const char *text, *address; /* NULL: refused */
    int port;
} rows[] = {
    {"192.0.2.53", "192.0.2.53", 53},
    {"192.0.2.53#5353", "192.0.2.53", 5353},
    {"192.0.2.53:5353", "192.0.2.53", 5353},
    {"2001:db8::53", "2001:db8::53", 53},
    {"2001:db8::53#5353", "2001:db8::53", 5353},
    {"[2001:db8::53]", "2001:db8::53", 53},
    {"[2001:db8::53]:5353", "2001:db8::53", 5353},
    {"[2001:db8::53]#5353", "2001:db8::53", 5353},
    {"::1", "::1", 53},
    {"", NULL, 0},
    {"nonsense", NULL, 0},
    {"ns.example.com", NULL, 0},
    {"192.0.2.53#", NULL, 0},
    {"192.0.2.53#0", NULL, 0},
    {"192.0.2.53#65536", NULL, 0},
    {"192.0.2.53#53x", NULL, 0},
    {"192.0.2.53:", NULL, 0},
    {"192.0.2", NULL, 0},
    {"[192.0.2.53", NULL, 0},
    {"[2001:db8::53]x", NULL, 0},
    {"[2001:db8::53]:", NULL, 0},
    {"[]:53", NULL, 0},
    {"#53", NULL, 0},
    {"192.0.2.0/24", NULL, 0},
};

static void reads(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct name_server server = {.port = 0};
        expect_number(rows[i].text, name_server_parse(rows[i].text, &server), rows[i].address != NULL);
        if (rows[i].address) {
            expect_text(rows[i].text, slice_of(server.address), rows[i].address);
            expect_number(rows[i].text, server.port, rows[i].port);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
