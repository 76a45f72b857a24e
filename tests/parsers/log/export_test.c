/* Exports: JSON, tables and lists. What each built-in kind reads its own examples say (rules/exports). */
#include "parsers/log/reader.h"
#include "tests/parsers/log/dialect_table.h"

static void reads_json(void **state) {
    static const struct dialect_row rows[] = {
        {"{\"type\":\"Delivery\",\"id\":\"d1\",\"sender\":\"ann@example.com\",\"recipient\":\"bob@example."
         "org\",\"size\":1453,\"timestamp\":1795511647,\"peer_address\":{\"name\":\"mx.example.org.\","
         "\"addr\":\"192.0.2.25\"},\"response\":{\"code\":250,\"enhanced_code\":{\"class\":2,\"subject\":0,"
         "\"detail\":0},\"content\":\"Ok\"}}",
         "queued id=d1\tbob@example.org from=ann@example.com size=1453 recipients=1; attempt sent "
         "id=d1\tbob@example.org to=bob@example.org relay=mx.example.org ip=192.0.2.25 remote last "
         "code=2.0.0 "
         "text=250 2.0.0 Ok"},
        {"{\"type\":\"Rejection\",\"id\":\"d1\",\"sender\":\"a@example.net\",\"recipient\":\"bob@example."
         "com\",\"peer_address\":{\"name\":\"x.example\",\"addr\":\"203.0.113.4\"},\"response\":{\"code\":"
         "550,\"enhanced_code\":{\"class\":5,\"subject\":7,\"detail\":1},\"content\":\"no\"}}",
         "reject id=d1 to=bob@example.com from=a@example.net client=x.example client-ip=203.0.113.4 "
         "code=5.7.1 text=550 5.7.1 no"},
        {"{\"type\":\"Reception\",\"queue\":\"x\",\"recipient\":\"bob@example.org\"}",
         "passed: a record of no delivery"},
        /* an event that is not known is not understood, nor one without a recipient */
        {"{\"type\":\"Weird\",\"queue\":\"x\",\"recipient\":\"bob@example.org\"}", "unknown"},
        {"{\"type\":\"Bounce\",\"queue\":\"x\",\"recipient\":\"\"}", "unknown"},
        {"{\"level\":\"info\"}", "not mine"},
        {"{\"type\":", "not mine"},
        {"[1]", "not mine"},
        {"{\"MESSAGE\":\"x\",\"SYSLOG_IDENTIFIER\":\"postfix/qmgr\"}", "not mine"},
        /* the name that stands first counts */
        {"{\"event\":\"bounced\",\"to\":\"b@example.org\",\"event\":\"delivered\"}",
         "queued id=\tb@example.org recipients=1; attempt bounced id=\tb@example.org to=b@example.org last"},
    };
    (void)state;
    expect_rows(&dialect_export, false, NULL, rows, ROWS(rows));
}

static void reads_json_inside_of_others(void **state) {
    static const struct dialect_row rows[] = {
        {"{\"value\":[{\"id\":\"1\",\"senderAddress\":\"a@example.com\",\"recipientAddress\":\"b@example."
         "org\",\"status\":\"failed\"}]}",
         "queued id=1\tb@example.org from=a@example.com recipients=1; attempt bounced id=1\tb@example.org "
         "to=b@example.org last"},
        {"{\"Message\":\"{\\\"detail\\\":{\\\"event\\\":\\\"bounced\\\",\\\"to\\\":\\\"b@example.org\\\"}}"
         "\"}",
         "queued id=\tb@example.org recipients=1; attempt bounced id=\tb@example.org to=b@example.org last"},
        {"{\"Message\":\"no JSON\"}", "not mine"},
    };
    (void)state;
    expect_rows(&dialect_export, false, NULL, rows, ROWS(rows));
}

#define TRACKING                                                                                             \
    "#Software: Microsoft Exchange Server\n#Fields: date-time,client-ip,server-ip,server-hostname,event-id," \
    "sender-address,recipient-address,recipient-status,message-id,network-message-id,total-bytes\n"
#define AT "2026-11-24T09:14:07.250Z,,192.0.2.25,mx.example.org,"

static void reads_rows(void **state) {
    static const struct dialect_row rows[] = {
        {"#Fields: date-time,client-ip,server-ip,server-hostname,event-id,sender-address,recipient-address,"
         "recipient-status,message-id,network-message-id,total-bytes",
         "passed: the head of the file"},
        {"date-time,client-ip", "passed: the names of the columns"},
        /* each recipient has its own status; where there are not as many, none has */
        {AT "FAIL,ann@example.com,b@example.org;c@example.org,550 5.1.1 no;552 5.2.2 full,,n1,",
         "queued id=n1\tb@example.org from=ann@example.com recipients=1; attempt bounced "
         "id=n1\tb@example.org "
         "to=b@example.org relay=mx.example.org ip=192.0.2.25 text=550 5.1.1 no; queued id=n1\tc@example.org "
         "from=ann@example.com recipients=1; attempt bounced id=n1\tc@example.org to=c@example.org "
         "relay=mx.example.org ip=192.0.2.25 text=552 5.2.2 full"},
        {AT "FAIL,,b@example.org;c@example.org,550 no;x;y,,n1,",
         "queued id=n1\tb@example.org recipients=1; attempt bounced id=n1\tb@example.org to=b@example.org "
         "relay=mx.example.org ip=192.0.2.25; queued id=n1\tc@example.org recipients=1; attempt bounced "
         "id=n1\tc@example.org to=c@example.org relay=mx.example.org ip=192.0.2.25"},
        {AT "FAIL,,b@example.org,[{LED=550 4.4.7 QUEUE.Expired; message expired};{MSG=421 4.4.2 "
            "dropped};{FQDN=mx.b.example};{IP=192.0.2.1};{LRT=}],<x@example.com>,,",
         "queued id=x@example.com\tb@example.org recipients=1; replied id=x@example.com\tb@example.org "
         "to=b@example.org text=421 4.4.2 dropped; attempt given-up id=x@example.com\tb@example.org "
         "to=b@example.org relay=mx.b.example ip=192.0.2.1 text=550 4.4.7 QUEUE.Expired; message expired"},
        {AT "FAIL,,\"\"\"x;SEND\"\"@example.org;b@example.org\",550 no,,,",
         "queued id=\t\"x;SEND\"@example.org recipients=1; attempt bounced id=\t\"x;SEND\"@example.org "
         "to=\"x;SEND\"@example.org relay=mx.example.org ip=192.0.2.25 text=550 no; queued "
         "id=\tb@example.org recipients=1; attempt bounced id=\tb@example.org to=b@example.org "
         "relay=mx.example.org ip=192.0.2.25 text=550 no"},
        {AT "RECEIVE,ann@example.com,bob@example.org,,,,", "passed: a record of no delivery"},
        {AT "ODD,ann@example.com,bob@example.org,,,,", "unknown"},
    };
    static const struct dialect_row other[] = {{AT "FAIL,x,y", "not mine"}};
    (void)state;
    expect_rows(&dialect_export, false, TRACKING, rows, ROWS(rows));
    expect_rows(&dialect_export, false, "", other, ROWS(other));
    expect_rows(&dialect_export, false, "Nov 24 09:14:07 mail x: y\n", other, ROWS(other));
}

#define IIS                                                                                                  \
    "#Software: Microsoft Internet Information Services 7.0\n  #Fields: date time c-ip cs-username "         \
    "s-sitename s-computername s-ip s-port cs-method cs-uri-stem cs-uri-query sc-status\n"
#define OUT "2026-11-24 09:14:07 192.0.2.25 OutboundConnection"
#define IN  "2026-11-24 09:14:07 203.0.113.9 "

/* The SMTP service of IIS: blanks part its columns, and '+' is one inside of them. */
static void reads_iis(void **state) {
    static const struct dialect_row rows[] = {
        {"#Date: 2026-11-24 09:14:07", "passed: the head of the file"},
        {OUT "Command SMTPSVC1 MAIL - 25 RCPT - TO:<a+b@example.org> 0",
         "said id=\t192.0.2.25 ip=192.0.2.25 text=RCPT TO:<a+b@example.org>"},
        {"  " OUT "Response SMTPSVC1 MAIL - 25 - - 550+5.1.1+<a+b@example.org>+no 0",
         "said id=\t192.0.2.25 ip=192.0.2.25 remote text=550 5.1.1 <a+b@example.org> no"},
        {OUT "Command SMTPSVC1 MAIL - 25 QUIT - - 0", "said id=\t192.0.2.25 ip=192.0.2.25 text=QUIT"},
        {IN "mail.example.net SMTPSVC1 MAIL 192.0.2.5 0 RCPT - +TO:+<bob@example.com> 550",
         "reject to=bob@example.com client=mail.example.net client-ip=203.0.113.9 text=550"},
        {IN "mail.example.net SMTPSVC1 MAIL 192.0.2.5 0 MAIL - +FROM:<ann@example.net> 451",
         "reject client=mail.example.net client-ip=203.0.113.9 text=451"},
        {IN "mail.example.net SMTPSVC1 MAIL 192.0.2.5 0 RCPT - +TO:<bob@example.com> 250",
         "passed: a record of no delivery"},
        {IN "- SMTPSVC1 MAIL 192.0.2.5 0 xxxx - +x 500", "passed: a record of no delivery"},
        /* whoever says that in HELO sends nothing from here */
        {IN "OutboundConnectionResponse SMTPSVC1 MAIL 192.0.2.5 0 RCPT - +TO:<bob@example.com> 250",
         "passed: a record of no delivery"},
        {IN "OutboundConnectionCommand+RCPT SMTPSVC1 MAIL 192.0.2.5 0 MAIL - +FROM:<a@b> 250",
         "passed: a record of no delivery"},
        {IN "\"x SMTPSVC1 MAIL 192.0.2.5 0 QUIT - \"x 240", "passed: a record of no delivery"},
        /* a web server's log */
        {IN "- W3SVC1 WEB - 443 GET / - 200", "unknown"},
    };
    (void)state;
    expect_rows(&dialect_export, false, IIS, rows, ROWS(rows));
}

/* Whole files: what is read of them. */
static void reads_files(void **state) {
    static const struct {
        const char *text, *recipients;
        unsigned unparsed;
    } files[] = {
        /* any order, other separators, marks of Excel and PowerShell */
        {"\xef\xbb\xbfsep=;\n\"Status\";\"RecipientAddress\";\"SenderAddress\"\n\"Failed\";\"b@example.org\";"
         "\"a@"
         "example.com\"\n",
         "b@example.org 2", 0},
        {"#TYPE System.Object\nSTATUS\tRecipient "
         "Address\tSender_Address\r\nDelivered\tb@example.org\ta@b\r\n",
         "b@example.org 0", 0},
        /* a cell of two lines; rows that lack their end */
        {"Subject,Status,RecipientAddress,SenderAddress\n\"a\nb\",Failed,b@example.org,\n\"open,Failed\n,"
         "Failed,"
         "c@example.org,\n",
         "b@example.org 2, c@example.org 2", 1},
        /* tables and lists of PowerShell */
        {"Received             Sender Address Recipient Address Status   \n"
         "--------             -------------- ----------------- ------   \n"
         "11/24/2026 9:14:07 AM ann@b.example  bob@example.org   Failed   \n",
         "bob@example.org 2", 0},
        {"\n\nMessage ID       : <x@example.com>\nStatus           : Failed\nSender Address   :\n"
         "Recipient Address: x\nRecipientAddress : b@example\n                   .org\nSubject          : a "
         ": b\n\n\n"
         "Message ID       : <y@example.com>\nStatus           : Pending\nSender Address   :\n"
         "RecipientAddress : c@example.org\n",
         "b@example.org 2, c@example.org 1", 1},
        {"  EventId         : FAIL\n  Recipients      : {b@example.org}\n  RecipientStatus : {[{LED=501 "
         "5.1.4 reserved by\n"
         "                    RFC 2606};{MSG=};{IP=}]}\n\n  EventId         : FAIL\n  Recipients      : "
         "{c@example.org, d@ex...}\n",
         "b@example.org 2, c@example.org 2", 1},
        {"EventId  Source    Recipients\n-------  ------    ----------\nFAIL     SMTP      {bob@exam...\n",
         "", 1},
        /* JSON of several lines, and lists of it */
        {"[\n  {\n    \"event\": \"bounced\",\n    \"to\": \"b@example.org\"\n  },\n  {\n    \"event\": "
         "\"odd\",\n"
         "    \"to\": \"c@example.org\"\n  }\n]\n",
         "b@example.org 2", 1},
        {"{\"event\":\"bounced\",\n\"to\":\n", "", 2},
        {"{\"event\":\"bounced\",\"to\":\"b@example.org\"}{\"event\":\"deferred\",\"to\":\"c@example.org\"}{"
         "\"ev\n",
         "b@example.org 2, c@example.org 1", 1},
        {"#type,timeLogged,rcpt\nb,2026-03-11 10:00:00,b@example.org\n", "b@example.org 2", 0},
        {"EventId,Recipients\nFAIL,System.String[]\nFAIL,b@example.org c@example.org\n",
         "b@example.org 2, c@example.org 2", 1},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(files); i++) {
        struct slice text = slice_of(files[i].text);
        struct log_input input = {.bytes = text, .header = text, .now = NOW};
        struct log_reader r = {.lines = 0};
        g_autoptr(GString) found = g_string_new(NULL);
        log_read(&r, &input);
        for (size_t n = 0; n < r.facts.count; n++)
            if (r.facts.events[n].kind == LOG_ATTEMPT)
                g_string_append_printf(found, "%s%.*s %d", found->len ? ", " : "",
                                       S(r.facts.events[n].recipient), r.facts.events[n].status);
        expect_text(files[i].text, (struct slice){found->str, found->len}, files[i].recipients);
        expect_number(files[i].text, (long long)r.facts.unparsed, files[i].unparsed);
        log_reader_free(&r);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_json), cmocka_unit_test(reads_json_inside_of_others),
        cmocka_unit_test(reads_rows), cmocka_unit_test(reads_iis), cmocka_unit_test(reads_files)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
