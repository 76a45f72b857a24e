#include "parsers/dns/typed.h"
#include "tests/table.h"

static struct arena arena;

static void puts_back(void **state) {
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"v=spf1 -all", "v=spf1 -all"},
        {"\xe2\x80\x9cv=spf1 \xe2\x80\x93"
         "all\xe2\x80\x9d",
         "\"v=spf1 -all\""},
        {"\xef\xbb\xbfv=spf1\xc2\xa0-all", "v=spf1 -all"},
        {"\xc2\xabp\xc2\xbb \xe2\x88\x92\xe2\x80\x8b.", "\"p\" -."},
        {"b\xc3\xbc"
         "cher \xe2\x80",
         "b\xc3\xbc"
         "cher \xe2\x80"},
        {"\xe2\x80\x9d", "\""},
        {"-\xd0\xb0ll \xd0\xb0\xd1\x81\xd0\xb5", "-all ace"}, /* Cyrillic */
        {"\xef\xbc\x8d\xef\xbd\x81ll\xcd\xbe", "-all;"},      /* wide; Greek question mark */
        {"in\xc2\xad"
         "clude\xe3\x80\x80x\xe2\x81\xa0",
         "include x"},
        {"\xd0", "\xd0"},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].text, text_as_typed(slice_of(rows[i].text), &arena), rows[i].expected);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(puts_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
