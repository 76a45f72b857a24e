/* Names that lead to nothing, and the one that a provider names. */
#include "analyze/auth/spf_provider.h"
#include "tests/table.h"

static void means(void **state) {
    static const struct {
        const char *name, *expected; /* "": none */
    } rows[] = {
        {"spf.google.com", "_spf.google.com"},
        {"_spf.google.com", ""},
        {"_SPF.google.com.", ""},
        {"_spf.gogle.com", "_spf.google.com"},
        {"spf.protection.outlook", "spf.protection.outlook.com"},
        {"protection.outlook.com", "spf.protection.outlook.com"},
        {"sendgrid.com", "sendgrid.net"},
        {"spf.sendgrid.net", "sendgrid.net"},
        {"amazonses.co", "amazonses.com"},
        {"relay.host.example", ""},
        {"net", ""},
        {"mail.example", ""},
        {"", ""},
    };
    static const char *const google[] = {"_spf.google.com", NULL};
    static const char *const microsoft[] = {"spf.protection.outlook.com", NULL};
    static const char *const others[] = {"sendgrid.net", "amazonses.com", NULL};
    static const struct provider providers[] = {
        {.spf = google}, {.name = "x"}, {.spf = microsoft}, {.spf = others}};
    const void *items[] = {&providers[0], &providers[1], &providers[2], &providers[3]};
    struct rulebase rules = {0};
    (void)state;
    rules.lists[RULES_PROVIDERS].items = (void *)items;
    rules.lists[RULES_PROVIDERS].count = ROWS(items);
    for (size_t i = 0; i < ROWS(rows); i++) {
        const char *meant = spf_provider_meant(&rules, slice_of(rows[i].name));
        expect_text(rows[i].name, slice_of(meant ? meant : ""), rows[i].expected);
    }
    assert_null(spf_provider_meant(NULL, SLICE("spf.google.com")));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(means)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
