/* Errors of mail programs and of libraries that send, and what servers write. */
#include "parsers/bounce/sending_program.h"

#include "tests/table.h"

static void programs(void **state) {
    static const struct {
        const char *text;
        bool expected;
    } says[] = {
        {"Task 'a@example.com - Sending' reported error (0x800CCC0F) : 'The connection to the server was "
         "interrupted.'",
         true},
        {"I use PHPMailer and they bounce: SMTP error from remote mail server after end of data: 550 no",
         false},
        {"SMTP Error: Could not connect to SMTP host.", true},
        {"smtplib.SMTPRecipientsRefused: {'a@example.com': (550, b'5.1.1 unknown')}", true},
        {"com.sun.mail.smtp.SMTPSendFailedException: 554 spam", true},
        {"Connection could not be established with host smtp.example.com [Connection timed out #110]", true},
        {"Failed to connect to server: php_network_getaddresses: getaddrinfo failed: No such host is known.",
         true},
        {"java.net.UnknownHostException: mail.example.org", true},
        {"The remote name could not be resolved: 'smtp.example.com'", true},
        {"SocketError (getaddrinfo: Name or service not known)", true},
        {"Error: Greeting never received", true},
        {"Net::OpenTimeout: execution expired", true},
        {"Mailbox unavailable. The server response was: 5.7.1 Unable to relay for kim@example.com", true},
        {"sSMTP: Cannot open mail.example.com:587", true},
        {"An error occurred while sending mail. The mail server responded: 4.3.0 Error: queue file write "
         "error.",
         true},
        {"Fehler beim Senden der Nachricht: Der Mail-Server antwortete: 4.7.1 <kim>: Helo command rejected",
         true},
        {"Senden der Nachricht fehlgeschlagen.", true},
        {"SMTP Error (451): Failed to add recipient \"kim@example.org\" (Temporary local problem).", true},
        {"Error SMTP (451): (Temporary local problem - please try later).", true},
        {"This message could not be sent. Try sending the message again later, or contact your network "
         "administrator. Error is [0x80070005-00000000-00000000]",
         true},
        {"SMTP error from remote mail server after RCPT TO: 451 try again later", false},
        {"connect to mx.example.org[192.0.2.1]:25: Connection timed out", false},
        {"Host or domain name not found. Name service error for name=example.org type=MX: Host not found",
         false},
        {"host mx.example.org[192.0.2.1] said: 550 5.1.1 unknown user", false},
        {"LMTP error: 550 unknown", false},
        {"", false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(says); i++)
        expect_number(says[i].text, is_of_sending_program(slice_of(says[i].text)), says[i].expected);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(programs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
