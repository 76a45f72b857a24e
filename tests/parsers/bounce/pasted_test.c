/* The reply in a text that somebody pasted. */
#include "parsers/bounce/pasted.h"
#include "parsers/bounce/pasted_forms.h"
#include "parsers/bounce/pasted_text.h"
#include "tests/table.h"

#define PROSE                                                                                                \
    "The quick brown fox jumps over the lazy dog, which does nothing at all about it. It goes on like "      \
    "that\n"                                                                                                 \
    "for a while, until everybody has read more than three hundred characters of it, and nobody can say\n"   \
    "any more what it was about: foxes, dogs, or how people try keyboards and the pictures of letters "      \
    "that\n"                                                                                                 \
    "printers cast in lead.\n"

static struct arena arena;

static void finds_the_reply(void **state) {
    static const struct {
        const char *text, *reply, *command; /* reply NULL: none */
    } rows[] = {
        /* programs */
        {"Error: Mail command failed: 550 5.7.1 Not yours\n    at X (/a.js:1:2)\n  response: '550 5.7.1 "
         "It\\'s not "
         "yours',\n  responseCode: 550",
         "550 5.7.1 It's not yours", ""},
        /* a title that holds the start of it */
        {"Getting Message failed: 554 6.6.0 Error\n\nHi, it says `Error: Message failed: 554 6.6.0 Error "
         "sending message for delivery.`\nWhy?",
         "554 6.6.0 Error sending message for delivery.\"", ""},
        {"550 5.7.1 Relaying denied\n\nIt says: 550 5.7.1 Relaying denied by moon\n",
         "550 5.7.1 Relaying denied by moon", ""},
        {"550 5.7.1 Relaying denied\n\nIt says: 550 5.7.1 Relaying denied\nWhy?", "550 5.7.1 Relaying denied",
         ""},
        {"SMTP 535 5.7.139 Error\n\nHello,\n\nthe server returns 535 5.7.139 Login unsuccessful.\n",
         "535 5.7.139 Login unsuccessful.", ""},
        /* a person's lines: a quotation that goes on, an address that is cut */
        {"Hi,\nthey wrote: \"552 5.7.0 the attached\nfile is not taken\". Help?",
         "552 5.7.0 the attached file is not taken", ""},
        /* one that never ends */
        {"Got code \"554\", with message \"554 5.5.1 Error: no valid recipients\n```\n\nIt has "
         "\"encryption\" on",
         "554 5.5.1 Error: no valid recipients", ""},
        {"Got code \"554\", with message \"554 5.5.1 Error: no valid recipients\n\nIts encryption is tls",
         "554 5.5.1 Error: no valid recipients", ""},
        {"{\"code\":\"EENVELOPE\",\"response\":\"450 4.2.0 Later\\nplease\"}", "450 4.2.0 Later\nplease", ""},
        {"SMTP Error: data not accepted.SMTP server error: DATA END command failed Detail: Spam. SMTP code: "
         "554 "
         "Additional SMTP info: 5.7.1",
         "554 5.7.1 Spam.", ""},
        {"SMTP server error: RCPT failed Detail: No such user SMTP code: 550", "550 No such user", ""},
        /* a reply quoted inside of another */
        {"smtp; 550 4.4.7 Message expired: unable to deliver in 840 minutes. <421 4.4.1 Failed to establish "
         "connection>",
         "550 4.4.7 Message expired: unable to deliver in 840 minutes. <421 4.4.1 Failed to establish "
         "connection>",
         ""},
        {"They told us <421 4.4.1 Failed to establish connection>",
         "421 4.4.1 Failed to establish connection>", ""},
        /* marks inside a quotation, a colon behind a blank, what a person writes behind it, parentheses */
        {"{'code': 550, 'error': '5.7.1 Unfortunately, it wasn\\'t sent (S1)', 'to': 'b@example.org'}",
         "5.7.1 Unfortunately, it wasn't sent (S1)", ""},
        {"b@example.org, ERROR CODE :550 - Headers are wrong\n\nReporting-MTA: dns; mx.example.net\nStatus: "
         "550\nAction: failed",
         "550 - Headers are wrong", ""},
        {"Bounced, it said:\n```\n554 No SMTP service here for you, as far as one can tell from "
         "this\n```\nIs it "
         "theirs?",
         "554 No SMTP service here for you, as far as one can tell from this", ""},
        {"Mail came back (mx.example.net: 554 5.7.1 Not you) kim@example.org", "554 5.7.1 Not you", ""},
        /* the codes behind the words */
        {"Sender address rejected: not logged in (Diagnostic-Code: smtp; 553 5.7.1)",
         "553 5.7.1 Sender address rejected: not logged in", ""},
        {"It came back.\nThe mailbox (kim) is full. Code: 552", "552 The mailbox (kim) is full. Code:", ""},
        {"Mail to kim bounced (550 5.7.1) yesterday, why?", "550 5.7.1) yesterday, why?", ""},
        {"The following From address failed: a@example.com : MAIL FROM command failed,5.7.1 Client host, as "
         "of "
         "500,000 others, blocked,554",
         "554 5.7.1 Client host, as of 500,000 others, blocked", ""},
        {"The following From address failed: a : MAIL FROM command failed,Log in,530,5.7.0SMTP server error: "
         "x",
         "530 5.7.0 Log in", ""},
        {"MAIL FROM command failed,,", NULL, NULL},
        {"SMTPSendFailedException: 503 Error: need AUTH first ! nested exception is: "
         "SMTPSenderFailedException: 503 Error: need AUTH first !",
         "503 Error: need AUTH first !", ""},
        {"Could not connect. SMTP code: 101 Additional SMTP info: Network is unreachable", NULL, NULL},
        {"Expected response code \"250\" but got code \"550\", with message \"550 5.1.1 Unknown user\".",
         "550 5.1.1 Unknown user", ""},
        {"but got code \"550\", with message \"550 \"envelope sender not allowed a@b.example\" \" in X.php",
         "550  envelope sender not allowed a@b.example", ""},
        {"smtplib.SMTPDataError: (552, b'5.3.4 Message\\n5.3.4 too big')", "552 5.3.4 Message\n5.3.4 too big",
         ""},
        {"smtplib.SMTPSenderRefused: (530, b\"5.7.0 Log in\", 'a@example.com')", "530 5.7.0 Log in", ""},
        {"Expected response code 354 but got code \"503\"", "503", ""},
        {"WARN: Net::SMTPFatalError: 553 Mail from must equal authorized user\nwhatever a person says of it",
         "553 Mail from must equal authorized user", ""},
        {"Socket Exception: (550, b'nothing here')", "550 nothing here", ""},
        {"SMTPDataError(550, b'nothing here')", "550 nothing here", ""},
        {"    return (500, 'Line too long')", NULL, NULL},
        {"thread 'main' panicked: lettre::transport::smtp::Error { kind: Permanent(Code { severity: "
         "PermanentNegativeCompletion, category: Unspecified3, detail: Four }) }",
         "534", ""},
        {"lettre::transport::smtp::Error { kind: Connection }", NULL, NULL},
        {"220 mx ready\nhello: 501 5.5.4 Invalid argument\nThe following SMTP error was encountered: 501 "
         "5.5.4 "
         "Invalid argument\nUnable to send email",
         "501 5.5.4 Invalid argument", "EHLO"},
        {"192.0.2.1_does_not_like_recipient./Remote_host_said:_550-5.1.1_no_such/550_5.1.1_user/Giving_up_on_"
         "192.0.2.1./",
         "550-5.1.1 no such\n550 5.1.1 user", ""},
        {"213.0.113.1_accepted_message./Remote_host_said:_250_Ok:_queued/", NULL, NULL},
        {"C86F93FD8B: reject: body # 550 5.1.1 user unknown # from mx[192.0.2.4]; from=<> to=<c@d.example> "
         "proto=ESMTP helo=<mx>: 5.7.1 Rejecting backscatter mail",
         "5.7.1 Rejecting backscatter mail", ""},
        {"reject: header Subject: 550 5.1.1 user unknown from local; from=<a@b.example> to=<c@d.example>: "
         "5.7.1 "
         "no spam",
         "5.7.1 no spam", ""},
        {"SMTP protocol error in \"AUTH LOGIN\" H=(x) [192.0.2.1]:6072 I=[192.0.2.2]:587 AUTH command used "
         "when not "
         "advertised",
         "AUTH command used when not advertised", ""},
        {"javax.mail.SendFailedException: Invalid Addresses;\n  nested exception "
         "is:\n\tSMTPAddressFailedException: "
         "550 5.1.1 <b@example.org> unknown\n\n\tat com.sun.mail.smtp.SMTPTransport.rcptTo(X.java:1)",
         "550 5.1.1 <b@example.org> unknown", ""},
        {"panic: 535 5.7.8 Bad password\n\ngoroutine 1 [running]:", "535 5.7.8 Bad password", ""},
        {"2026/11/01 10:00:00 send: 454 4.7.1 Relay access denied", "454 4.7.1 Relay access denied", ""},
        {"System.Net.Mail.SmtpFailedRecipientsException: Unable to send to all recipients.\n ---> "
         "System.Net.Mail.SmtpFailedRecipientException: Mailbox unavailable. The server response was: 5.7.54 "
         "SMTP; Unable to relay\n   at System.Net.Mail.SmtpTransport.SendMail(X)",
         "5.7.54 SMTP; Unable to relay", ""},
        {"System.Net.Mail.SmtpException: Failure sending mail. ---> System.Net.WebException: Unable to "
         "connect "
         "---> System.Net.Sockets.SocketException: No such host is known   at System.Net.Dns.Get()\n",
         "No such host is known", ""},
        {"System.Net.Mail.SmtpException: Mailbox unavailable. The server response was: 5.1.1 a ---> "
         "System.Net.Mail.SmtpException: The server response was: \n",
         "5.1.1 a", ""},
        {"邮箱不可用。服务器响应为:5.7.1 a", "5.7.1 a", ""},
        {"Boîte aux lettres non disponible. La réponse du serveur était : 5.7.1 a", "5.7.1 a", ""},
        {"b,2026-01-01 10:00:00,a@example.com,b@example.org,,failed,5.1.1 (bad),smtp;550 5.1.1 unknown,"
         "mx.example.org (192.0.2.1),\"8BITMIME,SIZE\"",
         "550 5.1.1 unknown", ""},
        {"b@example.org,failed,\"smtp;550 5.1.1 no, not here\",mx.example.org", "550 5.1.1 no, not here", ""},
        /* sessions */
        {"<-  220 mx ESMTP\n -> EHLO me\n<-  250-mx\n<-  250 DSN\n -> MAIL FROM:<a@example.com>\n<-  250 ok\n"
         " -> RCPT TO:<b@example.org>\n<** 554-5.7.1 Blocked\n<** 554 5.7.1 by a list\n -> QUIT\n<-  221 "
         "Bye\n",
         "554-5.7.1 Blocked\n554 5.7.1 by a list", "RCPT TO"},
        {" ~> MAIL FROM:<a@example.com>\n<~* 530 5.7.0 Authentication needed\n",
         "530 5.7.0 Authentication needed", "MAIL FROM"},
        {"220 mx\nEHLO me\n502 What?\nHELO me\n250 mx\nMAIL FROM:<a@example.com>\n250 ok\nRCPT "
         "TO:<b@example.org>\n"
         "450 4.2.0 Greylisted\nDATA\n554 5.5.1 Error: no valid recipients\n",
         "450 4.2.0 Greylisted", "RCPT TO"},
        {">>> RCPT To:<b@example.org>\n550 5.1.1 unknown\n>>> QUIT\n", "550 5.1.1 unknown", "RCPT TO"},
        {"12:00:01  1234   SMTP>> RCPT TO:<b@example.org>\n12:00:02  1234   SMTP<< 550 relay not permitted\n",
         "550 relay not permitted", "RCPT TO"},
        {"Got: 220 mx\nSent: EHLO me\nGot: 250-mx\nGot: 250 DSN\nSent: MAIL FROM:<>\nGot: 553 5.7.1 Not "
         "yours\n",
         "553 5.7.1 Not yours", "MAIL FROM"},
        {"SMTP -> FROM SERVER:250 Sender OK\nSMTP -> FROM SERVER:550 5.7.54 Unable to relay\n",
         "550 5.7.54 Unable to relay", ""},
        {" DEBUG [pUz] S: 220 mx\n DEBUG [pUz] C: AUTH PLAIN xx\n DEBUG [pUz] S: 535 5.7.8 failed\n",
         "535 5.7.8 failed", "AUTH"},
        {"CLIENT 1:\n└──RCPT TO:<b@example.org>\nSERVER 1:\n└──550-5.1.1 Unknown\n   550 5.1.1 here\n",
         "550-5.1.1 Unknown\n550 5.1.1 here", "RCPT TO"},
        {"2026-01-01 10:00:00\tCLIENT -> SERVER: DATA\n2026-01-01 10:00:00\tSERVER -> CLIENT: 354 Go on\n"
         "2026-01-01 10:00:01\tCLIENT -> SERVER: .\n2026-01-01 10:00:01\tSERVER -> CLIENT: 550 Spam\n",
         "550 Spam", "end of DATA"},
        {"[01-Jan-2026 10:00:00 +0000]: <n6> Recv: 550-Too many\n[01-Jan-2026 10:00:00 +0000]: <n6> Recv: "
         "550 "
         "logins\n",
         "550-Too many\n550 logins", ""},
        {"debug | >> MAIL FROM:<a@example.com>  << 250 2.1.0 Ok  >> RCPT TO:<b@example.org>  << 553 5.7.1 "
         "Not "
         "yours  >> RSET  << 250 Ok",
         "553 5.7.1 Not yours", "RCPT TO"},
        {">> RCPT TO:<b@example.org> << 550 Unknown", "550 Unknown", "RCPT TO"},
        {"> note\n220 text of a page\nshift << 3 >> 4\n", NULL, NULL},
        {"---\n250 SMTPUTF8\nAUTH PLAIN xx\n535 5.7.8 failed\nquit\n221 Bye\n", "535 5.7.8 failed", "AUTH"},
        {"SERVER -> CLIENT: 220 mx\nCLIENT -> SERVER: MAIL FROM:<a@example.com>\nSERVER -> CLIENT: 553 Not "
         "yours\n",
         "553 Not yours", "MAIL FROM"},
        {"220 mx\nHELO me\n250 mx\nMAIL FROM:<a@example.com>\n250 ok\nQUIT\n221 Bye\n", NULL, NULL},
        /* words */
        {"Hello,\n\nour mails come back with 550 5.7.1 Refused by policy here.\nCan you help?\n",
         "550 5.7.1 Refused by policy here.", ""},
        {"They say: \"554 5.7.1 Your mail is not wanted\" and nothing else.",
         "554 5.7.1 Your mail is not wanted", ""},
        {"<b@example.org>: host mx.example.org[192.0.2.1] said: 550\n    5.7.0 Blocked\n    by us\n\nBye",
         "550 5.7.0 Blocked by us", ""},
        /* wrapped by somebody's program */
        {"host mx.example.org[192.0.2.1] said:\n550-5.7.26 This mail is not authenticated at all, and the "
         "receiver\n"
         "asks for it. 550-5.7.26\n550-5.7.26 DKIM did not\npass and\nSPF did not. 550 5.7.26 See the page",
         "550-5.7.26 This mail is not authenticated at all, and the receiver asks for it. "
         "550-5.7.26\n550-5.7.26 DKIM did "
         "not pass and SPF did not. 550 5.7.26 See the page",
         ""},
        {"said: 550 5.7.1 Client host [192.0.2.1] is listed at a list of addresses\nnamed zen.example.org, "
         "see there\n\nBye",
         "550 5.7.1 Client host [192.0.2.1] is listed at a list of addresses named zen.example.org, see "
         "there",
         ""},
        {"said: 550 5.7.1 Not wanted\nWhat can I do?", "550 5.7.1 Not wanted", ""},
        {"SMTPSenderRefused: 550\n5.7.1Unauthorized shipping - Check SPF\n",
         "550 5.7.1 Unauthorized shipping - Check SPF", ""},
        {"('Failed', \"SMTPSenderRefused: 550\\n5.7.1Unauthorized\\nb@example.org\")",
         "550 5.7.1 Unauthorized\\nb@example.org\"", ""},
        {"it said: 550\n5.7.1\nClient host [192.0.2.1] blocked using\nzen.example.org\nWhat now?",
         "550 5.7.1 Client host [192.0.2.1] blocked using zen.example.org", ""},
        {"Error code: 550\nError: b'not local'\n\nHelp", "550 Error: b'not local'", ""},
        /* in Markdown */
        {"**Error message:** `` 554 Sandbox only. ``", "554 Sandbox only. \"", ""},
        {"I get `550 Relaying is not for you` all day", "550 Relaying is not for you", ""},
        {"| Status | failed |\n| Response | `550 5.5.0 Not taken` |", "550 5.5.0 Not taken\" |", ""},
        {"| Response | 550 Not taken |", "550 Not taken |", ""},
        {"```\n550 5.1.1 unknown\n```\nHelp", "550 5.1.1 unknown", ""},
        /* a code in brackets */
        {"SMTP Error (450): Failed to add recipient \"b@example.org\" (4.1.2 no).",
         "450 Failed to add recipient \"b@example.org\" (4.1.2 no).", ""},
        {"Error SMTP: [550] Incorrect header", "550 Incorrect header", ""},
        {"permanent error (554): 5.7.1 Spam", "554 5.7.1 Spam", ""},
        {"see chapter (554): it is long", NULL, NULL},
        /* the code is left away */
        {"Recipient address 'b@example.org' not accepted due to the following reason: \n             \"4.3.0 "
         "<a@example.com>: Temporary lookup failure\n         \"\n",
         "4.3.0 <a@example.com>: Temporary lookup failure", ""},
        {"The mail server responded:\n5.7.1 Relay access denied.\n", "5.7.1 Relay access denied.", ""},
        {"PHPMailer 5.2.1 No error\nversion: 5.4.2 Stable\n5.4.2 stable\nmail", NULL, NULL},
        /* other protocols and programs */
        {"GET /x HTTP/1.1\n< HTTP/1.1 550 Forbidden: 554 no", NULL, NULL},
        {"220 FTP ready\n331 Password required\n530 Login incorrect.\n", NULL, NULL},
        {"requests.HTTPError: 404 Client Error", NULL, NULL},
        {"requests.HTTPError: 404 5.0.0 Client Error", NULL, NULL},
        {"if code >= 500:", NULL, NULL},
        {"Could not connect to SMTP host: mx.example.org, port: 587", NULL, NULL},
        {"Could not connect to mx.example.org port 465;", NULL, NULL},
        {"{'mail_server': 'mx.example.org', 'mail_port': '465', 'smtpPort': 587}", NULL, NULL},
        {"I have bought 500 apples and 450 pears.", NULL, NULL},
        /* a file about something else */
        {PROSE "\nError: 404 not found\n", NULL, NULL},
        {PROSE "\nError: 550 5.1.1 unknown\n", "550 5.1.1 unknown", ""},
        {PROSE "\nMail to bob: 550 unknown\n", "550 unknown", ""},
        {PROSE "\nMail to bob\n\n550 unknown\n", "550 unknown", ""},
        {"", NULL, NULL},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct pasted p;
        bool found = pasted_read(&p, slice_of(rows[i].text), &arena);
        expect_number(rows[i].text, found, rows[i].reply != NULL);
        if (!found)
            continue;
        expect_text(rows[i].text, p.reply, rows[i].reply);
        expect_text(rows[i].text, p.command, rows[i].command);
    }
    arena_reset(&arena);
}

static void finds_each_recipient(void **state) {
    static const struct {
        const char *text, *found;
    } rows[] = {
        {"smtplib.SMTPRecipientsRefused: {'a@example.org': (550, b'5.1.1 Unknown'), \"b@example.org\": (452, "
         "b\"4.2.2 It's full\")}",
         "a@example.org 550 5.1.1 Unknown|b@example.org 452 4.2.2 It's full|"},
        {"{'a@example.org': (250, b'ok'), 'b': (550, b'no')}", ""},
        {"(550, b'5.1.1 Unknown', 'a@example.org')", ""},
        {"'@': (", ""},
        {"': (550, b'x')", ""},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct event_reply refusals[4];
        struct slice found = SLICE_EMPTY;
        size_t count = form_refusals(slice_of(rows[i].text), refusals, ROWS(refusals), &arena);
        for (size_t n = 0; n < count; n++)
            found = arena_printf(&arena, "%.*s%.*s %.*s|", S(found), S(refusals[n].recipient),
                                 S(refusals[n].reply));
        expect_text(rows[i].text, found, rows[i].found);
    }
    arena_reset(&arena);
}

static void knows_panels(void **state) {
    static const struct {
        const char *text;
        bool is_labels;
    } rows[] = {
        {"Event: error\nSender: a@example.com\nSent Time: now\nResult: SMTP error: 550 SPF failed\n", true},
        {"Event: error\nSender: a@example.com\nResult: accepted\n", false},
        {"From: a@example.com\nSubject: error: 550 5.1.1 unknown\n\nHello", false},
        {"From: a@example.com\nTo: b@example.org\n\nThey say: 550 5.1.1 unknown", false},
        {"Received: from a by b\nX-Error: 550 5.1.1 unknown\n\nHello", false},
        {"From: Exchange\nSent: Monday\nTo: a@example.com\n\nIt returned '550 5.1.1 unknown'", true},
        {"From: Exchange\nSent: Monday\nTo: a@example.com\n\nHello", false},
        {"From: Exchange\nDate: Monday\nSent: now\n\nIt returned '550 5.1.1 unknown'", false},
        {"", false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].text, pasted_is_labels(slice_of(rows[i].text)), rows[i].is_labels);
}

static void tells_lists_from_texts(void **state) {
    static const struct {
        const char *text;
        bool is_list;
    } rows[] = {
        {"550 5.1.1 unknown\n552 5.2.2 full\n", true},
        {"550 5.1.1 unknown\nConnection timed out\n421 Later\n", true},
        {"550 5.1.1 unknown\n", false},
        {"550-5.7.1 One\n550 5.7.1 two\n", false},
        {"RCPT TO:<b@example.org>\n550 unknown\nDATA\n554 no valid recipients\n", false},
        {"220 mx\nHELO me\n250 mx\nRCPT TO:<b@example.org>\n550 unknown\n", false},
        {"Error\n    at x\n", false},
        {"", false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].text, pasted_is_list(slice_of(rows[i].text)), rows[i].is_list);
}

static void reads_html(void **state) {
    struct slice text = pasted_text(SLICE("<p>550 5.1.1 &lt;b@example.org&gt;: unknown</p>"), &arena);
    (void)state;
    expect_text("HTML", slice_trim(text), "550 5.1.1 <b@example.org>: unknown");
    expect_text("plain", pasted_text(SLICE("550 <b@example.org>"), &arena), "550 <b@example.org>");
    expect_text("quoted", pasted_text(SLICE("> one\n> > two\n>three\n>>> RCPT\n>>\n"), &arena),
                "one\ntwo\nthree\n>>> RCPT\n\n");
    arena_reset(&arena);
}

static void knows_headers_of_mail(void **state) {
    (void)state;
    expect_number("mail", pasted_header_is_mail(SLICE("X-A: b\nSubject: c\n")), true);
    expect_number("words", pasted_header_is_mail(SLICE("Error: Message failed\n")), false);
    expect_number("nothing", pasted_header_is_mail(SLICE_EMPTY), false);
    expect_number("a header", pasted_begins_as_mail(SLICE("Subject: c\nReceived: by x\n\nd\n")), true);
    expect_number("words before", pasted_begins_as_mail(SLICE("It says\nReceived: by x\n")), false);
    expect_number("a reply", pasted_begins_as_mail(SLICE("550 no\n")), false);
    expect_number("a part", pasted_header_may_be_mail(SLICE("Authentication-Results: a; spf=pass\n")), true);
    expect_number("a licence", pasted_header_may_be_mail(SLICE("Format: a\nSource: b\n")), false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_reply), cmocka_unit_test(finds_each_recipient),
        cmocka_unit_test(knows_panels),    cmocka_unit_test(tells_lists_from_texts),
        cmocka_unit_test(reads_html),      cmocka_unit_test(knows_headers_of_mail)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
