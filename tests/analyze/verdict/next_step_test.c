/* What a program does with a verdict, and when it may come back. */
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

static void waits(void **state) {
    static const struct {
        const char *words;
        int seconds;
    } rows[] = {
        {"Greylisted, please try again in 15 minutes", 900},
        {"try again after 300 seconds", 300},
        {"Greylisting in action, please come back in 00:05:00", 300},
        {"try again in 01:00:00 hours", 3600},
        {"retry in 5min.", 300},
        {"wait 2 hours", 7200},
        {"try again later", -1},
        {"550 5.1.1 no such user", -1},
        {"the limit is 100 messages in 10 minutes", -1},
        {"try again in 99999999999 days", -1},
        {"try again in 400 days", -1},
        {"try again, 192.0.2.1 is listed", -1},
        {"try again in 0 seconds", -1},
        {"", -1},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].words, reply_retry_after(slice_of(rows[i].words)), rows[i].seconds);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(actions), cmocka_unit_test(waits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
