/* Whom a server could mean when it answered a command. */
#define _GNU_SOURCE
#include "analyze/classify/stage.h"
#include "tests/analyze/rules.h"

static const struct {
    const char *command, *cause, *expected;
} rows[] = {
    {"MAIL FROM", "recipient.unknown", "sender.unverified"},
    {"MAIL FROM", "recipient.refused", "sender.refused"},
    {"MAIL FROM", "domain.not-found", "sender.domain-not-found"},
    {"MAIL FROM", "recipient.full", ""},
    {"MAIL FROM", "auth.spf", ""},
    {"CONNECT", "recipient.unknown", "access.denied"},
    {"EHLO", "recipient.refused", "access.denied"},
    {"EHLO", "domain.not-found", ""},
    {"AUTH", "recipient.disabled", "access.login-required"},
    {"AUTH LOGIN", "recipient.unknown", "access.login-required"},
    {"AUTH", "rate.limited", ""},
    {"RCPT TO", "recipient.unknown", ""},
    {"", "recipient.unknown", ""},
};

static void causes(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        const char *cause = stage_cause(slice_of(rows[i].command), rows[i].cause);
        expect_text(rows[i].command, slice_of(cause ? cause : ""), rows[i].expected);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(causes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
