/* The verdict on a reply in a log: what it names, and what is over there. */
#include "analyze/verdict/log_verdict.h"

#include "tests/table.h"

static const struct cause greylisted = {
    .id = "rate.greylisted", .fixer = "nobody", .given_up_fixer = "sender-operator"};
static const struct cause unavailable = {.id = "receiver.unavailable", .fixer = "nobody"};
static const struct cause full = {.id = "recipient.full", .fixer = "recipient"};

static void verdicts(void **state) {
    static const struct {
        const struct cause *cause;
        const char *fixer, *expected;
        bool is_permanent, is_over, given_up;
    } rows[] = {
        {&greylisted, NULL, "nobody", false, false, false},
        {&greylisted, NULL, "sender-operator", false, true, true},
        {&unavailable, NULL, "receiver-operator", false, true, true},
        {&full, NULL, "recipient", false, true, true},
        {&full, "author", "author", true, true, false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct reply_class class = {
            .cause = rows[i].cause, .fixer = rows[i].fixer, .is_permanent = rows[i].is_permanent};
        struct verdict v =
            verdict_of_log(&class, SLICE("host mx.r.example[192.0.2.9] said: 451 192.0.2.1 is new"),
                           rows[i].is_over, &arena);
        expect_text(rows[i].cause->id, slice_of(v.fixer), rows[i].expected);
        expect_number("given up", v.is_given_up, rows[i].given_up);
        expect_number("permanent", v.is_permanent, rows[i].is_over);
        expect_text("ip", entity_value(v.entities, SLICE("ip")), "192.0.2.1");
        arena_free(&arena);
    }
}

static void takes_no_address_of_the_other_side(void **state) {
    static const struct {
        const char *reply, *ip;
    } rows[] = {
        {"host mx.r.example[192.0.2.9] said: 550 no PTR", ""},
        {"host mx.r.example[192.0.2.9] refused to talk to me: 554 192.0.2.1 is listed", "192.0.2.1"},
        {"SMTP error from remote mail server after RCPT TO:<a@r.example>: host mx.r.example [192.0.2.9]: 550 "
         "no",
         ""},
        {"SMTP error from remote mailer after MAIL FROM:<>: host mx.r.example [192.0.2.9]: 550 192.0.2.1 "
         "listed",
         "192.0.2.1"},
        {"SMTP error from remote mail server after RCPT TO:<a@r.example>: 550 [192.0.2.1]: listed",
         "192.0.2.1"},
        {"192.0.2.9 does not like recipient./Remote host said: 550 no PTR/Giving up on 192.0.2.9./", ""},
        {"550 no PTR", ""},
        {"", ""},
    };
    struct reply_class class = {.cause = &full};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct verdict v = verdict_of_log(&class, slice_of(rows[i].reply), false, &arena);
        expect_text(rows[i].reply, entity_value(v.entities, SLICE("ip")), rows[i].ip);
        arena_free(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(verdicts),
                                       cmocka_unit_test(takes_no_address_of_the_other_side)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
