/* What a program does with a verdict. */
#include "analyze/verdict/next_step.h"
#include "tests/table.h"

static void actions(void **state) {
    static const struct {
        const char *cause, *underlying, *fixer;
        bool is_permanent, is_lasting_known;
        const char *expected;
    } rows[] = {
        {"recipient.unknown", NULL, "author", true, true, "suppress"},
        {"recipient.unknown", NULL, "author", false, true, "retry"},
        {"domain.not-found", NULL, "author", true, true, "suppress"},
        {"recipient.full", NULL, "recipient", true, true, "contact"},
        {"recipient.full", NULL, "recipient", false, true, "retry"},
        {"auth.spf", NULL, "sender-operator", true, true, "fix"},
        {"content.spam", NULL, "author", true, true, "fix"},
        {"receiver.error", NULL, "receiver-operator", true, true, "contact"},
        {"rate.greylisted", NULL, "nobody", false, true, "retry"},
        {"queue.expired", "recipient.unknown", "author", true, true, "suppress"},
        {"queue.expired", NULL, "receiver-operator", true, true, "contact"},
        {"notice.delivered", NULL, "nobody", false, true, "none"},
        {"notice.auto-reply", NULL, "nobody", false, true, "none"},
        {"notice.complaint", NULL, "sender-operator", true, true, "suppress"},
        {"notice.fraud", NULL, "sender-operator", true, true, "fix"},
        {"notice.virus", NULL, "sender-operator", true, true, "fix"},
        {"notice.not-spam", NULL, "nobody", false, true, "none"},
        {"notice.feedback", NULL, "sender-operator", false, true, "none"},
        {"notice.challenge", NULL, "author", false, true, "contact"},
        {"unknown.unclassified", NULL, "receiver-operator", true, false, "contact"},
        {"unknown.unclassified", NULL, "nobody", true, false, "none"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct cause cause = {.id = rows[i].cause};
        struct cause underlying = {.id = rows[i].underlying};
        struct verdict v = {.cause = &cause,
                            .underlying = rows[i].underlying ? &underlying : NULL,
                            .fixer = rows[i].fixer,
                            .is_permanent = rows[i].is_permanent,
                            .is_lasting_known = rows[i].is_lasting_known};
        expect_text(rows[i].cause, slice_of(verdict_action(&v)), rows[i].expected);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(actions)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
