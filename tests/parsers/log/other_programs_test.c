/* Programs that tell nothing of deliveries. */
#include "tests/parsers/log/dialect_table.h"

static void passes_over(void **state) {
    static const struct dialect_row rows[] = {
        {"Nov 24 09:14:07 mail sshd[3]: Failed password", "passed: sshd"},
        {"Nov 24 09:14:07 mail CRON[3]: (root) CMD (x)", "passed: CRON"},
        {"Nov 24 09:14:07 mail opendkim[3]: 9C1D02B4: DKIM-Signature field added", "passed: opendkim"},
        {"Nov 24 09:14:07 mail moonmail[3]: x", "not mine"},
        {"2026-11-24T09:14:07Z DEBUG Housekeeper task run (housekeeper.run) type = \"metrics\"",
         "passed: an event of Stalwart"},
        {"2026-11-24T09:14:07Z DEBUG a thing (of no. name)", "not mine"},
        {"Nov 24 09:14:07 mail maddy[3]: [debug] target.queue: starting delivery for 3b24958c",
         "passed: a debug line of maddy"},
        {"Nov 24 09:14:07 mail moonmail[3]: [debug] x", "not mine"},
        {"[debug] queue: starting delivery for 17fec351", "not mine"},
        {"no frame", "not mine"},
        {"-- Logs begin at Tue 2026-11-24 09:00:00 UTC, end at Tue 2026-11-24 10:00:00 UTC. --",
         "passed: journalctl"},
        {"-- Reboot --", "passed: journalctl"},
        {"-- Subject: Unit session-146.scope has finished start-up", "passed: journalctl"},
        {"-- ", "passed: journalctl"},
        {"░░ The unit mail.service has entered the 'failed' state.", "passed: journalctl"},
        {"-- to=<bob@example.org>, status=sent", "not mine"},
    };
    (void)state;
    static const struct dialect_row maddy[] = {
        {"[debug] queue: starting delivery for 17fec351", "passed: a debug line of maddy"},
        {"queue: starting delivery for 17fec351", "not mine"}};
    expect_rows(&dialect_other_programs, false, NULL, rows, ROWS(rows));
    expect_rows(&dialect_other_programs, false, "submission: accepted\t{\"msg_id\":\"17fec351\"}\n", maddy,
                ROWS(maddy));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(passes_over)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
