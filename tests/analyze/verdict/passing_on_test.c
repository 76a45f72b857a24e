/* Mail that was only passed on. */
#include "analyze/verdict/passing_on.h"

#include "tests/table.h"

static void rewritten(void **state) {
    static const struct {
        const char *sender;
        bool expected;
    } rows[] = {{"SRS0=HHHH=TT=a.example=kim@b.example", true},
                {"srs1+HHH=c.example==HHH=TT=a.example=kim@b.example", true},
                {"SRS0kim@b.example", false},
                {"kim@b.example", false},
                {"", false}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].sender, sender_is_rewritten(slice_of(rows[i].sender)), rows[i].expected);
}

static void redirected(void **state) {
    static const struct {
        const char *original, *recipient, *sender;
        bool expected;
    } rows[] = {{"info@b.example", "bob@c.example", "kim@a.example", true},
                {"info@b.example", "bob@B.EXAMPLE", "kim@a.example", false},
                {"info@a.example", "bob@c.example", "kim@A.example", false}, /* its sender's own alias */
                {"", "bob@c.example", "kim@a.example", false},
                {"info@b.example", "bob", "kim@a.example", false},
                {"info@b.example", "bob@c.example", "", false}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].recipient,
                      recipient_is_redirected(slice_of(rows[i].original), slice_of(rows[i].recipient),
                                              slice_of(rows[i].sender)),
                      rows[i].expected);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(rewritten), cmocka_unit_test(redirected)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
