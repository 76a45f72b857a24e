/* Whose logs are not read. */
#include "parsers/log/unread.h"

#include "tests/table.h"

static void names(void **state) {
    static const struct {
        const char *line, *system;
    } rows[] = {
        {"\"SMTPD\"\t4532\t154\t\"2026-02-12 02:35:40.970\"\t\"192.0.2.9\"\t\"SENT: 220 x\"", "hMailServer"},
        {"Wed Sep  6 13:13:16 2023 Info: MID 14 queued for delivery", "Cisco's mail gateway (IronPort)"},
        {"l=info m=\"delivered from queue\" pkg=queue cid=1", "mox"},
        {"Mon Mar 19 20:16:27 2018 Info: Bounced: DCID 0 MID 1 From: <a@b> To: <c@d> RID 0 - 5.4.7 - x",
         "Cisco's mail gateway (IronPort)"},
        {"01/02/26 09:00:00\tSMTP-OU\tA.MAI\t10\t192.0.2.9\tRCPT\tRCPT TO:<a@b>\t250 OK\t30\t10",
         "MailEnable"},
        {"2006-10-09 05:00:15 192.0.2.9 h SMTPSVC1 PDC 192.0.2.1 0 HELO - +h 250 0 48 13 0 SMTP - - - -",
         "Microsoft's IIS"},
        {"Nov 24 09:14:07 sg smtpd[1]: SCANNER[1]: id=\"1000\" sys=\"SecureMail\" sub=\"smtp\"",
         "Sophos UTM"},
        {"datetime=2017-05-26T16:47:41+0100|aCode=7O|acc=C0|Act=Acc", "Mimecast"},
        {"[30/Dec/2013 05:27:59] IP address 192.0.2.9 found in DNS blacklist X, mail from <a@b>",
         "Kerio Connect"},
        {"Nov 24 09:14:07 mail moonmail[1]: x", NULL},
        {"", NULL},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].line, slice_of(log_unread_system(slice_of(rows[i].line))),
                    rows[i].system ? rows[i].system : "");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
