/* What a file is that was given in the place of mail. */
#include "parsers/bounce/other_file.h"
#include "tests/table.h"

static void names_the_file(void **state) {
    static const struct {
        const char *bytes, *says; /* NULL: nothing */
    } rows[] = {
        {"%PDF-1.7\n", "PDF"},
        /* snapshots, zone files, what dig prints */
        {";! taken 2026-11-24T15:00:00Z\n;! NXDOMAIN a.example.\n", "--dns"},
        {"_dmarc.example.com. 300 IN TXT \"v=DMARC1; p=reject\"\n", "--dns"},
        {"_dmarc.example.com. IN TXT \"v=DMARC1; p=reject\"\n", "--dns"},
        {"example.com. IN 300 MX 10 mail.example.com.\n", "--dns"},
        {"$ORIGIN example.org.\n$TTL 3600\n@ IN SOA ns1 hostmaster (\n  1\n  2 ; refresh\n  3 4 5 )\n"
         "@ IN TXT \"550 5.7.1 (blocked\"\n  IN MX 10 mail\n",
         "--dns"},
        {"\n; <<>> DiG 9.18.24 <<>> TXT a.example\n;; ->>HEADER<<- opcode: QUERY, status: NXDOMAIN, id: 1\n",
         "--dns"},
        {"; a comment, and no more\n", NULL},
        {"550 5.7.1 rejected\n", NULL},
        {"550 IN the list\n", NULL},
        {"550 5 A user of that name is not here\n", NULL},
        {"5 IN PTR mail.example.com.\n", "--dns"},
        {"example.com. 300 IN TXT \"v=spf1 -all\"\n550 5.7.1 rejected: SPF\n", NULL},
        {"the receiver says that example.com 300 IN TXT is wrong\n", NULL},
        {"mail.example.com. 300 OUT TXT x\n", NULL},
        /* rules */
        {"# mine\nreplies:\n- id: a\n  cause: relay.denied\n", "--rules"},
        {"headers:\n\n  - id: a\n", "--rules"},
        {"replies:\n550 5.7.1 no\n", NULL},
        {"replies: none\n- id: a\n", NULL},
        {"reply:\n- id: a\n", NULL},
        {"", NULL},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        const char *advice = other_file_advice(slice_of(rows[i].bytes));
        bool fits = rows[i].says ? advice && strstr(advice, rows[i].says) : !advice;
        expect_number(rows[i].bytes, fits, true);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_the_file)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
