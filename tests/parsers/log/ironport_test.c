/* Lines of Cisco's mail gateway. */
#include "tests/parsers/log/dialect_table.h"

#define AT "Mon Mar 31 20:10:58 2025 Info: "

static void reads(void **state) {
    static const struct dialect_row rows[] = {
        {AT "MID 4 ICID 5 From: <ann@example.com>", "queued id=4 from=ann@example.com"},
        {AT "MID 4 ICID 5 From: <>", "queued id=4"},
        {AT "MID 4 ICID 5 RID 1 To: <bob@example.org>",
         "replied id=4 to=bob@example.org; begins id=4 to=bob@example.org try=4\t1"},
        {AT "MID 4 ICID 5 To: <bob@example.org> Rejected by LDAPACCEPT",
         "reject to=bob@example.org text=Rejected by LDAPACCEPT"},
        {AT "MID 4 ready 1627 bytes from <ann@example.com>", "queued id=4 from=ann@example.com size=1627"},
        {AT "MID 4 Message-ID '<17@example.com>'", "message-id id=4 message-id=17@example.com"},
        {AT "MID 4 Message-ID '<'", "message-id id=4 message-id=<"},
        {AT "MID 4 quarantined to \"Policy\" (DLP violation)",
         "attempt held id=4 open text=quarantined to \"Policy\" (DLP violation)"},
        {AT "ISQ: Quarantined MID 4", "attempt held id=4 open text=ISQ: Quarantined MID 4"},
        {AT "Message aborted MID 4 Dropped by amp", "attempt discarded id=4 open text=Dropped by amp"},
        {AT "Message aborted MID 4 Receiving aborted by sender", "passed: a step of a message"},
        {AT "Message done DCID 5 MID 4 to RID [0, 12]",
         "attempt sent try=4\t0 remote; attempt sent try=4\t12 remote"},
        {AT "Message done DCID 3312 MID 4806 to [0] [('subject', 'x [1, 2]')]",
         "attempt sent try=4806\t0 remote"},
        {AT "Message done DCID 5 MID 4 to RID []", "unknown"},
        {AT "Message finished MID 4 done", "done id=4"},
        {AT "Deleted: MID 3 to [0]", "attempt discarded try=3\t0"},
        {AT "Bounced: DCID 3 MID 4 to RID 1 - 5.1.0 - Unknown address error ('550', ['<bob@example.org>... "
            "no such "
            "user']) []",
         "attempt bounced try=4\t1 text=550 <bob@example.org>... no such user"},
        {AT "Delayed: DCID: 4370 Message 10800 to 0 - 4.4.0 - Other network problem ('000', ['[Errno 54] "
            "reset']) []",
         "attempt deferred try=10800\t0 open code=4.4.0 text=Other network problem: [Errno 54] reset"},
        {AT "Bounced: DCID 8413617 MID 19 From: <ann@example.com> To: <bob@example.org> RID 0 - 5.4.7 - "
            "Delivery "
            "expired (message too old) ('000', ['timeout'])",
         "queued id=19 from=ann@example.com; replied id=19 to=bob@example.org; begins id=19 "
         "to=bob@example.org "
         "try=19\t0; attempt given-up try=19\t0 code=5.4.7 text=Delivery expired (message too old): timeout"},
        {AT
         "Bounced: 45346670:0 From:<ann@example.com> To:<bob@example.org> Reason: \"5.1.0 - Unknown address "
         "error\" Response: \"('550', ['There is no such active account.'])\"",
         "queued id=45346670 from=ann@example.com; replied id=45346670 to=bob@example.org; begins "
         "id=45346670 "
         "to=bob@example.org try=45346670\t0; attempt bounced try=45346670\t0 text=550 There is no such "
         "active "
         "account."},
        {AT "Bounced: DCID 3 MID 4", "unknown"},
        {AT "LDAP: Drop query x.ldapaccept MID 3 RID 1 address bob@example.org",
         "attempt discarded try=3\t1 text=LDAP: Drop query x.ldapaccept MID 3 RID 1 address bob@example.org"},
        {AT "ICID 7 REJECT SG BLACKLIST match sbrs[-10.0:-2.0] SBRS -9.9",
         "reject text=REJECT SG BLACKLIST match sbrs[-10.0:-2.0] SBRS -9.9"},
        {AT "SMTP Auth (ICID 7) failed for user: kim using AUTH mechanism: LOGIN with profile: x",
         "login user=kim"},
        {AT "New SMTP DCID 5 interface 192.0.2.1 address 192.0.2.25", "passed: a connection or step"},
        {"Jun 26 10:42:24 gw.example.org mail_logs: Info: Message finished MID 38 done", "done id=38"},
        {"2019 Sep 28 16:13:38 gw mail [info] splunk_maillogs:nopid Info: MID 6 ICID 7 RID 0 To: "
         "bob@example.org",
         "replied id=6 to=bob@example.org; begins id=6 to=bob@example.org try=6\t0"},
        {"Nov 24 09:14:07 mail app[1]: Info: Message sent", "not mine"},
        /* words of clients, in lines of other programs */
        {"Nov 24 09:14:06 mail sshd[11]: Invalid user Info: Message done DCID 5 MID 4 to RID [0] from "
         "192.0.2.6",
         "not mine"},
        {"2026-11-24 09:14:06 1abcde-000001-AB <= a@b.example T=\"Info: Message done DCID 5 MID 4 to RID "
         "[0]\"",
         "not mine"},
        {"rejected mail Info: Message done DCID 5 MID 4 to RID [0]", "not mine"},
        {"2026-11-24 09:14:06 no name found for the mail Info: Message done DCID 5 MID 4 to RID [0]",
         "not mine"},
        {AT "Message 4 to RID [0] pending till Mon Mar 31 20:01:23 2025", "passed: a step of a message"},
        {AT "Status: CPULd 3", "passed: a connection or step"},
        {"Mon Mar 31 20:10:58 2025 Warning: URL category definitions have changed", "passed: a notice"},
        {AT "something else", "not mine"},
    };
    (void)state;
    expect_rows(&dialect_ironport, false, NULL, rows, ROWS(rows));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
