/* Whose logs are not read. */
#include "parsers/log/unread.h"

#include "tests/table.h"

static void names(void **state) {
    static const struct {
        const char *line, *system;
    } rows[] = {
        {"04/28/2004 09:19:16 PM  Router: Message 006CCCD5 delivered to someone/somewhere", "HCL Domino"},
        {"00:08:20.111 2 DEQUEUER [113457753] SMTP(example.org)bob@example.org relayed: relayed via mx",
         "CommuniGate Pro"},
        {"03:19 03:22 SMTP-(00000260) processing C:\\IMail\\spool\\Q28de0018025017cd.SMD", "Ipswitch IMail"},
        {"2012-02-29T16:18:25.481Z,,h,,m,,,STOREDRIVER,DELIVER,8,<x@example.com>,bob@example.org,,1,1,,,s",
         "Exchange's message tracking, without its #Fields line"},
        {"date=2013-02-25 time=07:01:34 log_id=0200025843 type=statistics pri=information session_id=\"r\"",
         "FortiMail"},
        {"time=\"2024/07/24 10:38:36\" level=debug msg=\"[smtpd] allow LOGIN\"", "Mailpit"},
        {"Oct 17 13:29:06 ms4 outbound/smtp[1]: 1382041743-0f8241420001-6AQV5q 0 0 SEND ENC 1 8B 250 Ok",
         "Barracuda's gateway"},
        {"l=info m=\"delivered from queue\" pkg=queue cid=1", "mox"},
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
