/* What the words of programs around a refusal tell of it. */
#include "parsers/bounce/told.h"
#include "tests/table.h"

static void tells_the_command(void **state) {
    static const struct {
        const char *text, *command;
    } rows[] = {
        {"smtplib.SMTPSenderRefused: (553, b'no', 'a')", "MAIL FROM"},
        {"SMTPSendFailedException: 501 no\n\tat "
         "org.eclipse.angus.mail.smtp.SMTPTransport.issueSendCommand(X)\n\tat "
         "org.eclipse.angus.mail.smtp.SMTPTransport.mailFrom(SMTPTransport.java:1812)",
         "MAIL FROM"},
        {"com.sun.mail.smtp.SMTPAddressFailedException: 550 no\n\tat "
         "com.sun.mail.smtp.SMTPTransport.mailFrom(X)",
         "RCPT TO"}, /* the first decides */
        {"SMTP Error (550): Failed to add recipient \"b\" (no)", "RCPT TO"},
        {"host mx.example.org refused to talk to me: 554 no", "CONNECT"},
        {"DATA END command failed: 550 no", "end of DATA"},
        {"msmtp: recipient address root not accepted by the server", "RCPT TO"},
        {"550 no", ""},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].text, told_command(slice_of(rows[i].text)), rows[i].command);
}

static void tells_of_forwarding(void **state) {
    static const struct {
        const char *text, *words;
    } rows[] = {
        {"Mail forwarding bounced by gmail", "Mail forward"},
        {"user@a.example is forwarded to user@b.example", "is forwarded"},
        {"Die Mails werden an Gmail weitergeleitet.", "weitergeleitet"},
        {"For further assistance, please forward this email to support", ""},
        {"we set up port forwarding and forward DNS", ""},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].text, told_forwarding(slice_of(rows[i].text)), rows[i].words);
}

static void tells_the_outgoing(void **state) {
    static const struct {
        const char *text, *host;
    } rows[] = {
        {"host: \"smtp.example.com\",\nport: 465", "smtp.example.com"},
        {"MAIL_HOST=smtp.example.com\nhost = 'ssl://smtp.example.com'", "smtp.example.com"},
        {"email_server =smtp.example.com", "smtp.example.com"},
        {"host: smtp.example.com\nhost: smtp.example.org", ""}, /* which? */
        {"with smtp.example.com it works", ""},
        {"When trying to send mail to smtp.example.com, I get", "smtp.example.com"},
        {"I send via smtp.example.com and through smtp.example.org", ""},
        {"smtp:\n  host: \"example.com\"\n  port: 587", "example.com"},
        {"host: example.com\nport: 5432", ""},
        {"smtp_smarthost: 'mail.example.com:25'", "mail.example.com"},
        {"$mail->Host = \"mail.example.com\";\n$mail->SMTPAuth = true;\n$mail->Port = 587;",
         "mail.example.com"},
        {"my host:\nI use smtp.example.com", ""},
        {"user: a@smtp.example.com, host: none", ""},
        {"host: smtp", ""},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].text, told_outgoing(slice_of(rows[i].text)), rows[i].host);
}

static void tells_who_refused(void **state) {
    static const struct {
        const char *text;
        bool is_here;
    } rows[] = {
        {"postfix logs: NOQUEUE: reject: RCPT from unknown[192.0.2.1]: 450 4.7.1 no", true},
        {"4FA1: milter-reject: END-OF-MESSAGE from a.example[192.0.2.1]: 550 5.7.1 no", true},
        {"H=(a) [192.0.2.1] F=<a@example.org> rejected RCPT <b@example.net>: no", true},
        {"host mx.example.org[192.0.2.1] said: 550 rejected RCPT <b@example.net>: no", false},
        {"550 5.7.1 no", false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].text, told_refused_here(slice_of(rows[i].text)), rows[i].is_here);
}

static void tells_the_host(void **state) {
    static const struct {
        const char *text, *host;
    } rows[] = {
        {"Remote-MTA: dns; mx.example.org Diagnostic-Code: smtp; 550 no", "mx.example.org"},
        {"Remote-MTA: mx.example.org", "mx.example.org"},
        {"TLS is required, but was not offered by host mx.example.org[192.0.2.1]", "mx.example.org"},
        {"Delivery Host: mx.example.org Delivery IP: 192.0.2.1", "mx.example.org"},
        {"failed via SMTP server 'mx.example.org'. error: 111", "mx.example.org"},
        {"Connected to 192.0.2.1.", ""},
        {"Connected to mx.example.org (192.0.2.1) port 25", "mx.example.org"},
        {"Connected to localhost (127.0.0.1) port 25 Remote-MTA: dns; mx.example.org", "mx.example.org"},
        {"Server: '<smtp.example.com>', Protocol: SMTP, Remote-MTA: mx.example.org", "smtp.example.com"},
        {"Connecting to", ""},
        {"stream_socket_client(): unable to connect to ssl://smtp.example.com:465 (no)", "smtp.example.com"},
        {"unable to connect to smtp.example.com:587 (Network is unreachable)", "smtp.example.com"},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].text, told_host(slice_of(rows[i].text)), rows[i].host);
}

static void tells_the_recipient(void **state) {
    static const struct {
        const char *text, *recipient;
    } rows[] = {
        {"Your message wasn't delivered to bob@b.example because the domain couldn't be found.",
         "bob@b.example"},
        {"F1: to=<bob@b.example>, relay=none, status=bounced", "bob@b.example"},
        {">>> RCPT TO:<bob@b.example> NOTIFY=NEVER\n<<< 550 no", "bob@b.example"},
        {"from=<a@a.example> to=<bob@b.example> proto=ESMTP RCPT TO:<c@c.example>", "bob@b.example"},
        {"delivered to the mailbox of bob@b.example", ""},
        {"Ihre Nachricht wurde nicht an bob@b.example zugestellt, weil die Adresse nicht gefunden wurde.",
         "bob@b.example"},
        {"SMTP Error (550): Failed to add recipient \"bob@b.example\" (5.7.1 no).", "bob@b.example"},
        /* a line of its own, or before the server that answered, with and without the brackets */
        {"—– The following addresses had permanent fatal errors —–\n<bob@b.example>\n(reason: 550 no)",
         "bob@b.example"},
        {"Hi\n  bob@b.example\nis full. Yours,\nbob@b.example", "bob@b.example"},
        {"a@a.example\nbob@b.example\n550 no", ""},
        {"<bob@b.example>: host mx.b.example[192.0.2.1] said: 550 no", "bob@b.example"},
        {"bob@b.example: host mx.b.example[192.0.2.1] said: 550 no", "bob@b.example"},
        {"550 5.7.1\n<a@a.example>: Sender address rejected", ""},
        {"MAIL_HOST=mx.b.example\nMAIL_FROM=a@a.example\n", ""},
        {"<a=b@b.example>\n550 no", "a=b@b.example"},
        {"550 no such user", ""},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].text, told_recipient(slice_of(rows[i].text)), rows[i].recipient);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_the_command),   cmocka_unit_test(tells_the_recipient),
        cmocka_unit_test(tells_of_forwarding), cmocka_unit_test(tells_the_outgoing),
        cmocka_unit_test(tells_who_refused),   cmocka_unit_test(tells_the_host)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
