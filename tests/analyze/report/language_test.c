/* Languages: which one a locale means, and that each has all words of the customer's page. */
#include "analyze/report/language.h"

#include "analyze/report/words.h"
#include "parsers/rules/rules.h"
#include "tests/table.h"

static void test_locales(void **state) {
    static const struct {
        const char *names, *code;
    } rows[] = {{"de", "de"},
                {"de_AT.UTF-8", "de"},
                {"DE", "de"},
                {"fr_FR@euro", "fr"},
                {"es.ISO-8859-1", "es"},
                {"en_GB.UTF-8", "en"},
                {"it_IT.UTF-8", "en"},
                {"it:es:de", "es"},
                {"it_IT:en:de", "en"},
                {"::de", "de"},
                {"deutsch", "en"},
                {"d", "en"},
                {"", "en"},
                {":", "en"}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].names, slice_of(language_of_locales(rows[i].names)), rows[i].code);
}

static void test_codes(void **state) {
    const struct language *language;
    (void)state;
    assert_true(language_find(NULL, &language) && !language);
    assert_true(language_find("en", &language) && !language);
    assert_false(language_find("it", &language));
    for (size_t i = 1; language_code(i); i++) {
        assert_true(language_find(language_code(i), &language));
        expect_text("code", slice_of(language->code), language_code(i));
    }
    expect_text("thousands", language_thousands(NULL), ",");
    assert_true(language_find("de", &language));
    expect_text("thousands", language_thousands(language), ".");
    assert_true(language_find("fr", &language));
    expect_text("thousands", language_thousands(language), "\u202f");
    assert_non_null(language_code(3)); /* de, es and fr are there */
    expect_text("unknown words", slice_of(language_say(language, "no such words")), "no such words");
    expect_text("English", slice_of(language_say(NULL, "Your message")), "Your message");
}

static void expect_said(const struct language *language, const char *english) {
    if (language_say(language, english) == english)
        fail_msg("%s does not say: %s", language->code, english);
}

static void test_all_is_said(void **state) {
    const struct rule_list *causes = &builtin_rules.lists[RULES_CAUSES];
    (void)state;
    for (size_t i = 0; languages[i]; i++) {
        for (enum words w = TITLE_YOURS_FAILED; w <= SAY_PAGE_REDACTED; w++)
            expect_said(languages[i], words_text(w));
        for (size_t k = 0; k < causes->count; k++) {
            const char *cause = ((const struct cause *)causes->items[k])->id;
            const struct reader_text *text = rulebase_reader(&builtin_rules, cause);
            if (!text)
                fail_msg("rules/readers.yaml has nothing on %s", cause);
            expect_said(languages[i], text->customer);
            for (const char *const *step = text->steps; *step; step++)
                expect_said(languages[i], *step);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_locales), cmocka_unit_test(test_codes),
                                       cmocka_unit_test(test_all_is_said)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
