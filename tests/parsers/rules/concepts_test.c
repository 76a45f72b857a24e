/* Concepts of words: languages meet, beginnings count, and dense writing is taken apart. */
#include "parsers/rules/concepts.h"
#include "tests/table.h"

static size_t read(const char *text, uint8_t concepts[8]) {
    memset(concepts, 0, 8);
    return concepts_of(&builtin_concepts, slice_of(text), concepts, 8);
}

static void languages_meet(void **state) {
    static const struct {
        const char *one, *other;
        bool same;
    } rows[] = {
        {"mailbox full", "postfach voll", true},
        {"the inbox of bob is full", "mailbox full", true}, /* what is not known is passed over */
        {"sender unknown", "expéditeur inconnu", true},
        {"邮箱已满", "mailbox full", true},
        {"schránka je plná", "schranka plna", true}, /* as it is typed where only ASCII is */
        {"корисник не постоји", "korisnik ne postoji", true},
        {"hộp thư đầy", "mailbox message full", true}, /* a syllable is a word */
        {"邮箱 已满", "邮箱已满", true},
        {"mailbox mailbox full", "mailbox full", true}, /* one beside itself */
        {"mailbox full", "full mailbox", false},        /* their order is kept */
        {"mailboxes", "mailbox", true},                 /* a beginning */
        {"fullness", "full", false},                    /* a whole word only */
        {"zzz qqq", "", true},
    };
    uint8_t one[8], other[8];
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        bool same = read(rows[i].one, one) == read(rows[i].other, other) && memcmp(one, other, 8) == 0;
        expect_number(rows[i].one, same, rows[i].same);
    }
}

/* At most as many as there is room for; a text that ends inside of a letter is read to its end. */
static void is_bounded(void **state) {
    uint8_t two[2];
    (void)state;
    assert_int_equal(concepts_of(&builtin_concepts, SLICE("mailbox full of spam"), two, 2), 2);
    assert_int_equal(concepts_of(&builtin_concepts, SLICE("\xe9\x82"), two, 2), 0);
    assert_int_equal(concepts_of(&builtin_concepts, SLICE("\xf0\x9f"), two, 2), 0);
    assert_int_equal(concepts_of(&builtin_concepts, SLICE("  "), two, 2), 0);
}

/* A thing of mail, in whatever language, is told from what is said of one. */
static void subjects_are_known(void **state) {
    static const struct {
        const char *word;
        bool is_subject;
    } rows[] = {{"mailbox", true}, {"absender", true},   {"邮箱", true}, {"spf", true},
                {"full", false},   {"unbekannt", false}, {"not", false}, {"locked", false}};
    uint8_t concepts[8];
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        assert_true(read(rows[i].word, concepts) > 0);
        expect_number(rows[i].word, concept_is_subject(&builtin_concepts, concepts[0]), rows[i].is_subject);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(languages_meet), cmocka_unit_test(is_bounded),
                                       cmocka_unit_test(subjects_are_known)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
