/* What people ask and say of their own mail, and what servers write. */
#include "parsers/bounce/about_mail.h"

#include "tests/table.h"

static void people(void **state) {
    static const struct {
        const char *text;
        bool asks, is_own;
    } says[] = {
        {"How do I set up SPF so that it does not fail?", true, false},
        {"\"Mein Postfach ist voll, was nun?\" ", true, true},
        {"Meine Mails landen alle im Spam.", false, true},
        {"Please reset my password, login failed.", false, true},
        {"Sorry, your envelope sender is in my badmailfrom list.", false, false},
        {"Please see http://example.org/Why?s=mfrom;id=a", false, false},
        {"Army mail is refused", false, false},
        {"The mailbox is full.", false, false},
        {"", false, false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(says); i++) {
        expect_number(says[i].text, is_question(slice_of(says[i].text)), says[i].asks);
        expect_number(says[i].text, speaks_of_own_mail(slice_of(says[i].text)), says[i].is_own);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(people)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
