/* Whom a session's refusal is about. */
#include "parsers/bounce/session.h"

#include "tests/table.h"

#define OPEN  "220 mx ESMTP\nEHLO x\n250 mx\nMAIL FROM:<a@b.example>\n250 ok\n"
#define TAKEN "RCPT TO:<kim@c.example>\n250 ok\n"
#define DATA  "DATA\n354 go on\n"

static const struct {
    const char *what, *text, *recipient;
} rows[] = {
    {"refused", OPEN "RCPT TO:<jo@c.example>\n550 5.1.1 no\n", "jo@c.example"},
    {"with parameters", OPEN "RCPT TO:<jo@c.example> NOTIFY=NEVER\n550 5.1.1 no\n", "jo@c.example"},
    {"without brackets", OPEN "RCPT TO: jo@c.example\n550 5.1.1 no\n", "jo@c.example"},
    {"of several", OPEN TAKEN "RCPT TO:<jo@c.example>\n550 5.1.1 no\nRCPT TO:<al@c.example>\n250 ok\n",
     "jo@c.example"},
    {"the sender", "220 mx\nEHLO x\n250 mx\nMAIL FROM:<a@b.example>\n550 5.7.1 no\n", ""},
    {"the mail to one", OPEN TAKEN DATA "Subject: x\n.\n550 5.7.1 spam\n", "kim@c.example"},
    {"the mail to several", OPEN TAKEN TAKEN DATA "Subject: x\n.\n550 5.7.1 spam\n", ""},
    {"no domain", OPEN "RCPT TO:<postmaster>\n550 5.1.1 no\n", ""},
};

static void recipients(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct session session;
        assert_true(session_read(&session, slice_of(rows[i].text), &arena));
        expect_text(rows[i].what, session.recipient, rows[i].recipient);
        arena_free(&arena);
    }
}

static void refusals(void **state) {
    static const struct {
        const char *what, *text, *refusal;
    } said[] = {
        {"the program's summary is none",
         ">>> DATA\n<<< 500 5.0.0: Line too long\n554 5.5.0 Remote protocol error\n",
         "500 5.0.0: Line too long"},
        {"nor where the line ends were lost",
         ">>> DATA <<< 550 Relay denied 550 5.1.1 <jo@c.example>... User unknown", "550 Relay denied"},
        {"lines of one reply are no summary", ">>> DATA\n<<< 550-5.7.1 no\n<<< 550 5.7.1 at all\n",
         "550-5.7.1 no\n550 5.7.1 at all"},
        {"a command that is not known is weak",
         "EHLO x\n250 mx\nXYZ\n500 what?\nMAIL FROM:<a@b.example>\n550 no\n", "550 no"},
        {"lines of one side marked", "> RCPT TO:<jo@c.example>\n550 5.1.1 no\n", "550 5.1.1 no"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(said); i++) {
        struct arena arena = {0};
        struct session session;
        assert_true(session_read(&session, slice_of(said[i].text), &arena));
        expect_text(said[i].what, session.refusal, said[i].refusal);
        arena_free(&arena);
    }
}

#define MARKED "S: 220 mx ESMTP\nC: EHLO x\nS: 250 mx\nC: STARTTLS\nS: 220 go on\n"

/* What the program wrote itself, behind all that both sides said. */
static void endings(void **state) {
    static const struct {
        const char *what, *text, *ending;
    } said[] = {
        {"its failure", MARKED "2025-05-31 00:51:49 Connection failed.\nSMTP Error: no\n",
         "Connection failed.\nSMTP Error: no\n"},
        {"not what follows upon QUIT",
         MARKED "SMTP Error: no\n2025-05-31 00:51:49 C: QUIT\nS:\nSMTP ERROR: QUIT command failed\n",
         "SMTP Error: no\n"},
        {"nor what it wrote before", MARKED "trying\nC: EHLO x\nS: 250 mx\n", ""},
        {"nothing", MARKED, ""},
        {"no marks", OPEN TAKEN "kim is there\n", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(said); i++) {
        struct arena arena = {0};
        struct session session;
        assert_true(session_read(&session, slice_of(said[i].text), &arena));
        expect_text(said[i].what, session.ending, said[i].ending);
        arena_free(&arena);
    }
}

/* Of whom the server was ready to speak TLS with, and who then took his leave, the handshake failed. */
static void broken_tls(void **state) {
    static const struct {
        const char *what, *text, *given_up;
    } said[] = {
        {"taking leave", MARKED "C: QUIT\n", "220 go on"},
        {"an empty answer to that", MARKED "C: QUIT\nS:\nSMTP ERROR: QUIT command failed\n", "220 go on"},
        {"words of the program between", MARKED "SMTP Error: no\nC: QUIT\n", "220 go on"},
        {"it went on", MARKED "C: EHLO x\nS: 250 mx\nC: QUIT\n", ""},
        {"somebody copied no more", MARKED, ""},
        {"TLS was refused", "S: 220 mx ESMTP\nC: EHLO x\nS: 250 mx\nC: STARTTLS\nS: 454 no\nC: QUIT\n", ""},
        {"line ends and stamps in between were lost",
         "2017-02-10 14:27:35 SERVER -> CLIENT: 220 mx ESMTP 2017-02-10 14:27:35\tCLIENT -> SERVER: EHLO x "
         "2017-02-10 14:27:35 SERVER -> CLIENT: 250-mx 250 DSN 2017-02-10 14:27:35\tCLIENT -> SERVER: "
         "STARTTLS "
         "2017-02-10 14:27:35\tSERVER -> CLIENT: 220 2.0.0 Ready 2017-02-10 14:27:35\tCLIENT -> SERVER: QUIT "
         "2017-02-10 14:27:35\tSERVER -> CLIENT: 2017-02-10 14:27:35\tSMTP ERROR: QUIT command failed: ",
         "220 2.0.0 Ready"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(said); i++) {
        struct arena arena = {0};
        struct session session;
        assert_true(session_read(&session, slice_of(said[i].text), &arena));
        expect_text(said[i].what, session.tls_given_up, said[i].given_up);
        arena_free(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(recipients), cmocka_unit_test(refusals),
                                       cmocka_unit_test(endings), cmocka_unit_test(broken_tls)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
