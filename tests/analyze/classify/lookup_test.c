/* Providers and block lists of the built-in rules by what names them. */
#define _GNU_SOURCE
#include "analyze/classify/lookup.h"
#include "tests/analyze/rules.h"

static const struct {
    const char *name, *expected;
} lists[] = {
    {"spamhaus-zen", "spamhaus-zen"},
    {"zen.spamhaus.org", "spamhaus-zen"},
    {"ZEN.Spamhaus.ORG", "spamhaus-zen"},
    {"zen.dq.spamhaus.net", "spamhaus-zen"},
    {"moon.example", ""},
    {"", ""},
};

static void blocklists(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(lists); i++) {
        const struct blocklist *b = blocklist_find(&builtin_rules, slice_of(lists[i].name));
        expect_text(lists[i].name, slice_of(b ? b->id : ""), lists[i].expected);
    }
}

static void providers(void **state) {
    struct loaded_rules loaded;
    struct arena arena = {0};
    (void)state;
    rules_open(&loaded, NULL);
    const struct provider *gmail = rulebase_provider(&builtin_rules, "gmail");
    assert_non_null(gmail);
    assert_null(rulebase_provider(&builtin_rules, "moon"));
    assert_null(rulebase_provider(&builtin_rules, NULL));
    assert_ptr_equal(provider_of_words(loaded.matcher,
                                       SLICE("see https://support.google.com/mail/?p=NoSuchUser "
                                             "a640c23a62f3a-aa50f000000si1-20020a17090 - gsmtp"),
                                       &arena),
                     gmail);
    assert_null(provider_of_words(loaded.matcher, SLICE("no such user"), &arena));
    rules_close(&loaded);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(blocklists), cmocka_unit_test(providers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
