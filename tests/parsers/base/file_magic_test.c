/* What a file is that is no mail. */
#include "parsers/base/file_magic.h"
#include "tests/table.h"

#define TEN          "0123456789"
#define HUNDRED      TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define HUNDRED_LESS TEN TEN TEN TEN "0123456" /* 257 bytes with two hundreds and ten before it */

static void names_the_file(void **state) {
    static const struct {
        struct slice bytes;
        const char *says; /* NULL: nothing */
    } rows[] = {
        {SLICE("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"), "Outlook message (.msg)"},
        {SLICE("PK\x03\x04\x14"), "ZIP archive"},
        {SLICE("PK\x05\x06"), "empty ZIP"},
        {SLICE("%PDF-1.7\n"), "PDF"},
        {SLICE("\x89PNG\r\n\x1a\n"), "PNG"},
        {SLICE("\xff\xd8\xff\xe0"), "JPEG"},
        {SLICE("\xd0\xcf\x11"), NULL},
        {SLICE("PKware said no"), NULL},
        {SLICE(""), NULL},
        {SLICE(HUNDRED HUNDRED "many/a.eml" HUNDRED_LESS "ustar\0"
                               "00"),
         "TAR archive"},
        {SLICE(HUNDRED HUNDRED "many/a.eml" HUNDRED_LESS "usta"), NULL},
        {SLICE("From: a@example.com\n"), NULL},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        const char *advice = file_magic_advice(rows[i].bytes);
        bool fits = rows[i].says ? advice && strstr(advice, rows[i].says) : !advice;
        expect_number(rows[i].bytes.ptr, fits, true);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_the_file)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
