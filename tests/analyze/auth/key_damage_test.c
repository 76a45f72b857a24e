/* Damaged key records put right. The key is that of RFC 8463, appendix A.2. */
#include "analyze/auth/key_damage.h"
#include "tests/table.h"

#define KEY  "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
#define HEAD "v=DKIM1; k=ed25519; p="

static void mends(void **state) {
    static const struct {
        const char *text, *expected; /* "": it is no key then either */
    } rows[] = {
        {HEAD "\"" KEY "\"", HEAD KEY},
        {"v=DKIM1\\; k=ed25519\\; p=" KEY, HEAD KEY},
        {HEAD "-----BEGIN PUBLIC KEY-----" KEY "-----END PUBLIC KEY-----", HEAD KEY},
        {HEAD "-----BEGIN PUBLIC KEY-----" KEY, HEAD KEY},
        {HEAD, ""},
        {"v=DKIM1; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A", ""}, /* cut */
        {"v=DKIM1\\; p=MIIB", ""},
        {"v=DKIM1; p=MAMCA g=", "v=DKIM1; p=MAMCA+g="},
        {"k=ed25519; v=DKIM1; p=" KEY, HEAD KEY},
        {HEAD "11qYAYKxCrfVS%2F7TyWQHOg7hcvPapiMlrwIaaPcHURo%3D", HEAD KEY},
        {HEAD "11qYAYKxCrfVS/7T\\nyWQHOg7hcvPapiMlrwIaaPcHURo=", HEAD KEY},
        {"v=DKIM1, k=ed25519, p=" KEY, HEAD KEY},
        {"v=DKIM1 k=ed25519 p=" KEY, HEAD KEY},
        {"v=DKIM1; k=ed25519 p=" KEY, HEAD KEY},
        {"v=DKIM1; MIIB", ""},
        {"( " HEAD KEY " )", HEAD KEY},
        {HEAD "11qYAYKxCrfVS/7T\" \"yWQHOg7hcvPapiMlrwIaaPcHURo=", HEAD KEY},
        {"mail._domainkey IN TXT ( \"v=DKIM1; k=ed25519; \" \"p=" KEY "\" )  ; ----- DKIM key mail",
         HEAD KEY},
        {"mail._domainkey.a.example. 60 IN TXT " HEAD KEY, HEAD KEY},
        {"mail._domainkey IN TXT \"v=spf1 -all\"", ""},
        {"v=spf1 -all", ""},
        {"", ""},
    };
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].text, key_mended(slice_of(rows[i].text), &arena), rows[i].expected);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(mends)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
