/* The DragonFly Mail Agent's lines. */
#include "tests/parsers/log/dialect_table.h"

#define AT  "Nov 24 09:14:07 mail dma[837e45.1e13660]: "
#define TO  "id=837e45\t1e13660"
#define END "; done " TO

static void reads(void **state) {
    static const struct dialect_row rows[] = {
        {"Nov 24 09:14:07 mail dma[837e45]: mail to=<bob@example.org> queued as 837e45.1e13660",
         "queued " TO "; replied " TO " to=bob@example.org"},
        {"Nov 24 09:14:07 mail dma[837e45][7]: mail to=kim queued as 837e45.1e13660",
         "queued " TO "; replied " TO " to=kim"},
        {AT "<bob@example.org> trying delivery", "replied " TO " to=bob@example.org"},
        {AT "trying delivery", "passed: a step of a delivery"},
        {AT "<bob@example.org> delivery successful",
         "replied " TO " to=bob@example.org; attempt sent " TO " open remote" END},
        {AT "delivery successful", "attempt sent " TO " open remote" END},
        {"Nov 24 09:14:07 mail dma[837e45.1e13660][72412]: remote delivery failed: corrupted queue file",
         "attempt bounced " TO " open remote text=corrupted queue file"},
        {AT "remote delivery to mx.example.org [192.0.2.25] failed after RCPT TO: 550 5.1.1 "
            "<bob@example.org> no",
         "attempt bounced " TO " relay=mx.example.org ip=192.0.2.25 open remote text=550 5.1.1 "
         "<bob@example.org> no"},
        {AT "remote delivery deferred: mx.example.org [192.0.2.25] failed after MAIL FROM: 450 wait",
         "attempt deferred " TO " relay=mx.example.org ip=192.0.2.25 open remote text=450 wait"},
        {AT "remote delivery failed after RCPT TO: 550 no", "attempt bounced " TO " open remote text=550 no"},
        {AT "remote delivery deferred: DNS lookup failure: host x not found",
         "attempt deferred " TO " open remote text=DNS lookup failure: host x not found"},
        {AT "local delivery deferred: can not lock", "attempt deferred " TO " open text=can not lock"},
        {AT "connect to mx.example.org [192.0.2.25] failed: Connection refused",
         "attempt deferred " TO " open remote text=connect to mx.example.org [192.0.2.25] failed: Connection "
         "refused"},
        {AT "delivery failed, bouncing as 1fc79", "attempt bounced " TO " open remote" END},
        {AT "can not bounce a bounce message, discarding", "attempt bounced " TO " open remote" END},
        {AT "error creating bounce: Success", "attempt bounced " TO " open remote" END},
        {"Nov 24 09:14:07 mail dma[837e45]: new mail from user=root uid=8 envelope_from=<ann@example.com>",
         "passed: a step of a delivery"},
        {"dma: delivery successful", "attempt sent id=\tdma open remote; done id=\tdma"},
        {AT "remote delivery weird", "unknown"},
        {AT "lost queue file `x'", "unknown"},
        {"Nov 24 09:14:07 mail dma[837e45]: delivery successful", "unknown"},
        {"Nov 24 09:14:07 mail dmax[837e45.1e13660]: delivery successful", "not mine"},
    };
    (void)state;
    expect_rows(&dialect_dma, false, NULL, rows, ROWS(rows));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
