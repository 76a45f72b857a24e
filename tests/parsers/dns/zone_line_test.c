/* Lines of zone files in the place of their texts. */
#include "parsers/dns/zone_line.h"
#include "tests/table.h"

static void reads(void **state) {
    static const struct {
        const char *text, *expected; /* "": it is no line */
    } rows[] = {
        {"_dmarc IN TXT \"v=DMARC1; p=none\"", "v=DMARC1; p=none"},
        {"_dmarc.a.example. 3600 IN TXT \"v=DMARC1; p=none\"", "v=DMARC1; p=none"},
        {"m._domainkey\tIN\tTXT\t( \"v=DKIM1; k=rsa; \"\t\"p=MII\"\t\"AB\" )  ; ----- DKIM key m for "
         "a.example",
         "v=DKIM1; k=rsa; p=MIIAB"},
        {"m._domainkey IN TXT ( v=DKIM1; k=rsa; p=MIIAB )  ; -----", "v=DKIM1; k=rsa; p=MIIAB"},
        {"TXT v=DKIM1; p=MIIAB", "v=DKIM1; p=MIIAB"},
        {"IN TXT \"v=DKIM1; p=MIIAB", "v=DKIM1; p=MIIAB"},
        {"m._domainkey.a.example text = \"v=DKIM1; p=MIIAB\"", "v=DKIM1; p=MIIAB"},
        {"@ IN SPF \"v=spf1 -all\"", "v=spf1 -all"},
        {"v=DKIM1; p=MIIAB; n=a TXT record", ""},
        {"v=spf1 -all txt", ""},
        {"k=rsa TXT p=MIIAB", ""},
        {"this is no TXT", ""},
        {"one two three four TXT five", ""},
        {"TXT", ""},
        {"", ""},
    };
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].text, zone_line_text(slice_of(rows[i].text), &arena), rows[i].expected);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
