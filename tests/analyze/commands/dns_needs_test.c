/* Of what a reading process says, only questions go to a name server. */
#include "analyze/commands/dns_needs.h"
#include "tests/table.h"

static void questions(void **state) {
    static char long_name[LIMIT_QUESTION + 10];
    const struct {
        const char *line;
        bool is_valid;
    } rows[] = {
        {"example.org. TXT", true},
        {"5.2.0.192.in-addr.arpa. PTR", true},
        {"a\\.b.example.org. A", true},
        {"\\045x.example.org. MX", true},
        {"_dmarc.example.org. TXT", true},
        {"", false},
        {"example.org.", false},
        {"example.org. ", false},
        {" TXT", false},
        {"example.org. NOSUCH", false},
        {"example.org. other", false},
        {"example.org. TXT ", false},
        {"example.org. TXT\r", false},
        {"example.org.  TXT", false},
        {"exa mple.org. TXT", false},
        {"ex\xc3\xa9.org. TXT", false},
        {"\x1b[2J.org. TXT", false},
        {"a..org. TXT", false},
        {"0123456789012345678901234567890123456789012345678901234567890123.org. A", false},
        {long_name, false},
    };
    (void)state;
    memset(long_name, 'a', sizeof long_name - 1);
    for (size_t i = 1; i < sizeof long_name - 6; i += 2)
        long_name[i] = '.';
    memcpy(long_name + sizeof long_name - 6, ". TXT", 5);
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].line, question_is_valid(slice_of(rows[i].line)), rows[i].is_valid);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(questions)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
