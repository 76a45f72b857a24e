/* Words and causes of deliveries. */
#include "analyze/deliveries/delivery.h"
#include "tests/table.h"

static void has_words(void **state) {
    (void)state;
    assert_string_equal(outcome_name(OUTCOME_SENT), "sent");
    assert_string_equal(outcome_name(OUTCOME_BOUNCED), "bounced");
    assert_string_equal(outcome_name(OUTCOME_EXPIRED), "expired");
    assert_string_equal(outcome_name(OUTCOME_DEFERRED), "deferred");
    assert_string_equal(outcome_name(OUTCOME_DISCARDED), "discarded");
    assert_string_equal(outcome_name(OUTCOME_HELD), "held");
    assert_string_equal(outcome_name(OUTCOME_REJECTED), "rejected");
    assert_string_equal(direction_name(DIRECTION_OUT), "out");
    assert_string_equal(direction_name(DIRECTION_IN), "in");
    assert_string_equal(direction_name(DIRECTION_LOCAL), "local");
}

static void follows_the_last_try(void **state) {
    (void)state;
    expect_number("sent", outcome_of_status(LOG_SENT), OUTCOME_SENT);
    expect_number("deferred", outcome_of_status(LOG_DEFERRED), OUTCOME_DEFERRED);
    expect_number("bounced", outcome_of_status(LOG_BOUNCED), OUTCOME_BOUNCED);
    expect_number("given up", outcome_of_status(LOG_GIVEN_UP), OUTCOME_EXPIRED);
    expect_number("discarded", outcome_of_status(LOG_DISCARDED), OUTCOME_DISCARDED);
    expect_number("held", outcome_of_status(LOG_HELD), OUTCOME_HELD);
    for (int i = 0; i < OUTCOMES; i++)
        expect_number(outcome_name(i), outcome_is_failure(i), i >= OUTCOME_BOUNCED && i <= OUTCOME_DEFERRED);
}

static void counts_under_the_cause_beneath(void **state) {
    static const struct cause expired = {.id = "queue.expired"};
    static const struct cause full = {.id = "recipient.full"};
    static const struct reply_class plain = {.cause = &full};
    static const struct reply_class given_up = {.cause = &expired, .underlying = &full};
    (void)state;
    assert_null(delivery_cause(&(struct delivery){.class = NULL}));
    assert_ptr_equal(delivery_cause(&(struct delivery){.class = &plain}), &full);
    assert_ptr_equal(delivery_cause(&(struct delivery){.class = &given_up}), &full);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(has_words), cmocka_unit_test(follows_the_last_try),
                                       cmocka_unit_test(counts_under_the_cause_beneath)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
