/* Whole logs: which dialect is asked, repetitions, what is counted, and whether it is a log at all. */
#include "parsers/log/dialect.h"
#include "parsers/log/reader.h"
#include "tests/table.h"

#include <glib.h>

#define NOW  1796083200 /* 2026-12-01T00:00:00Z */
#define AT   "Nov 24 09:14:07 mail "
#define EXIM "2026-11-24 09:14:07 1r6TQj-0003ji-G9 "
#define TRY  "9C1D02B4: to=<bob@example.org>, relay=none, dsn=5.4.6, status=bounced (loops back to myself)"
#define LOGIN                                                                                                \
    "imap-login: Disconnected (auth failed, 3 attempts in 14 secs): user=<bob>, method=PLAIN, "              \
    "rip=192.0.2.9, lip=192.0.2.1"

static void read_text(struct log_reader *r, const char *text) {
    struct log_input input = {.bytes = slice_of(text), .header = slice_of(text), .now = NOW};
    log_read(r, &input);
}

static void finds_the_dialect(void **state) {
    static const struct {
        const char *line;
        enum dialect_number dialect; /* LOG_DIALECTS: none */
    } rows[] = {
        {AT "postfix/smtp[12]: x\n", DIALECT_postfix},
        {"2026-11-24 09:14:07 1pXYZa-0001Ab-2C Completed\n", DIALECT_exim},
        {AT "sm-mta[12]: starting\n", DIALECT_sendmail},
        {AT "smtpd[12]: x\n", DIALECT_opensmtpd},
        {AT "qmail: end msg 1\n", DIALECT_qmail},
        {AT "courierd: x\n", DIALECT_courier},
        {AT "dovecot: x\n", DIALECT_dovecot},
        {"{\"type\":\"Delivery\",\"to\":\"a@b\"}\n", DIALECT_export},
        {"type,timeLogged,rcpt\n", DIALECT_export},
        {"#Fields: date-time,event-id,recipient-address\n", DIALECT_export},
        {"Received,SenderAddress,RecipientAddress,Status\n", DIALECT_export},
        {AT "sshd[12]: x\n", DIALECT_other_programs},
        {AT "moonmail[12]: x\n", LOG_DIALECTS},
        {"no frame\n", LOG_DIALECTS},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct log_reader r = {.lines = 0};
        read_text(&r, rows[i].line);
        for (size_t d = 0; d < LOG_DIALECTS; d++)
            expect_number(rows[i].line, (long long)r.dialect_lines[d], d == rows[i].dialect);
        expect_number(rows[i].line, (long long)r.facts.unparsed, rows[i].dialect == LOG_DIALECTS);
        log_reader_free(&r);
    }
}

/* Who takes what nobody else does is not asked first, though it took the line above. */
static void asks_bystanders_last(void **state) {
    struct log_reader r = {.lines = 0};
    (void)state;
    read_text(&r, AT "CRON[5]: (root) CMD ( x)\n" AT
                     "dovecot: imap-login: Disconnected (auth failed, 1 attempts): "
                     "user=<root>, rip=203.0.113.9\n");
    expect_number("events", (long long)r.facts.count, 1);
    expect_number("dovecot", (long long)r.dialect_lines[DIALECT_dovecot], 1);
    log_reader_free(&r);
}

/* Exim's reject log shows the header of a refused mail, which its sender wrote. */
static void reads_reject_log(void **state) {
    static const char text[] =
        "2026-11-24 09:14:03 1r6TQj-0000000ABCD-1234 H=x.example [203.0.113.9] F=<a@x.example> "
        "rejected after DATA: spam\nP Received: from x.example\n\tby mx.example.net\n"
        " 278   => ann@bank.example R=x T=remote_smtp\n"
        " 2026-11-24 09:15:03 1r6TQj-0000000ABCE-1234 ** tim@bank.example R=x T=y: 550 no\n"
        "\tNov 24 09:14:07 mail postfix/smtp[1]: 9C1D02B4: to=<b@bank.example>, relay=none, "
        "dsn=5.1.1, status=bounced (no)\n"
        " > 2026-11-24 09:15:03 1r6TQj-0000000ABCE-1234 => tim@bank.example R=x T=y\n";
    struct log_reader r = {.lines = 0};
    (void)state;
    read_text(&r, text);
    expect_number("events", (long long)r.facts.count, 1);
    expect_number("a refusal", r.facts.events[0].kind, LOG_REJECT);
    log_reader_free(&r);
    /* pasted with a margin, of which the first line lost its own */
    r = (struct log_reader){.lines = 0};
    read_text(&r, "2026-11-24 09:14:03 1r6TQj-0000000ABCD-1234 Completed\n"
                  "  2026-11-24 09:15:03 1r6TQj-0000000ABCE-1234 Completed\n");
    expect_number("events", (long long)r.facts.count, 2);
    log_reader_free(&r);
}

/* What a mail broke, behind its marks of a quotation; and grep's numbers, of which one is of an empty line.
 */
static void puts_exim_together(void **state) {
    static const char refusal[] = "> 2026-11-24 09:14:03 1r6TQj-0003ji-G9 H=mx.example.net\n"
                                  "> [203.0.113.9]:57703 I=[192.0.2.30]:25\n"
                                  "> X=TLS1.2:ECDHE_RSA:256\n"
                                  "> F=<ann@example.net> rejected after DATA: unqualified\n";
    static const char numbered[] =
        "120:2026-11-24 09:14:03 1r6TQj-0003ji-G9 == bob@example.org R=x defer (-1): y\n"
        "121:\n"
        "122:2026-11-24 09:15:03 1r6TQj-0003ji-G9 == bob@example.org R=x defer (-1): y\n";
    struct log_reader r = {.lines = 0};
    static const char wrapped[] = "2026-11-24 09:14:03 1r6TQj-0003ji-G9 ** bob@example.org \n"
                                  "  R=lookuphost T=smtp: SMTP error from remote mailer after RCPT TO:\n"
                                  "  <bob@example.org>: host mx.example.net [203.0.113.9]: \n"
                                  "  550 <bob@example.org>... User unknown\n"
                                  "2026-11-24 09:14:03 1r6TQj-0003ji-G9 Completed\n";
    (void)state;
    read_text(&r, wrapped);
    expect_number("events", (long long)r.facts.count, 2);
    expect_text("why", r.facts.events[0].text,
                "SMTP error from remote mailer after RCPT TO: <bob@example.org>: host mx.example.net "
                "[203.0.113.9]: 550 <bob@example.org>... User unknown");
    log_reader_free(&r);
    r = (struct log_reader){.lines = 0};
    read_text(&r, refusal);
    expect_number("events", (long long)r.facts.count, 1);
    expect_text("client", r.facts.events[0].client_ip, "203.0.113.9");
    expect_text("sender", r.facts.events[0].sender, "ann@example.net");
    log_reader_free(&r);
    r = (struct log_reader){.lines = 0};
    read_text(&r, numbered);
    expect_number("numbered", (long long)r.facts.count, 2);
    log_reader_free(&r);
}

static void names_dialects(void **state) {
    (void)state;
    assert_string_equal(log_dialect_name(DIALECT_postfix), "postfix");
    assert_string_equal(log_dialect_name(LOG_DIALECTS - 1), NO_MAIL_SYSTEM);
    assert_null(log_dialect_name(LOG_DIALECTS));
}

static void counts_lines(void **state) {
    static const char text[] = AT "postfix/qmgr[1]: 9C1D02B4: removed\r\n"
                                  "\n" AT "moonmail[2]: one thing\n"
                                  "Nov 24 09:14:09 mail moonmail[2]: another thing\n"
                                  "Nov 24 09:14:01 mail postfix/qmgr[1]: 7D2E03C5: removed";
    struct log_reader r = {.lines = 0};
    (void)state;
    read_text(&r, text);
    expect_number("lines", (long long)r.lines, 5);
    expect_number("unparsed", (long long)r.facts.unparsed, 2);
    expect_number("events", (long long)r.facts.count, 2);
    expect_number("line", r.facts.events[0].line, 4);
    expect_text("host", r.facts.events[0].host, "mail");
    expect_number("time", r.facts.events[0].time, 1795511641);
    expect_number("first", r.first, 1795511641);
    expect_number("last", r.last, 1795511649);
    log_reader_free(&r);
}

/* What stands behind a line that lost its end, where somebody pasted it, is told, and not believed. */
static void tells_of_lines_that_were_joined(void **state) {
    static const struct {
        const char *text;
        int events, unparsed;
    } rows[] = {
        {AT "postfix/qmgr[1]: 9C1D02B4: removed" AT "postfix/qmgr[1]: 7D2E03C5: removed", 0, 1},
        {AT "postfix/smtp[1]: 9C1D02B4: to=<bob@example.org>, relay=mx[192.0.2.1]:25, dsn=2.0.0, status=sent "
            "(ok)" AT "postfix/smtp[1]: 7D2E03C5: to=<eve@example.org>, relay=mx[192.0.2.1]:25, "
            "dsn=2.0.0, status=sent (ok)",
         0, 2},
        {"[HTML]" AT "postfix/qmgr[1]: 9C1D02B4: removed", 1, 0},
        /* behind blanks: of the same host and program */
        {AT "qmail: 1795511647.1 info msg 7: bytes 1 from <a@b.example> qp 1 uid 0    " AT
            "qmail: 1795511647.2 starting delivery 1: msg 7 to local bob@example.org",
         1, 1},
        {AT "postfix/smtp[1]: 9C1D02B4: to=<bob@example.org>, relay=mx[192.0.2.1]:25, dsn=5.0.0, "
            "status=bounced (host mx[192.0.2.1] said: 550 see " AT "sshd[7]: x)",
         1, 0},
        {AT "Nov 24 09:14:07 mail postfix/qmgr[1]: 9C1D02B4: removed", 1, 0}, /* two headers */
        {EXIM "=> bob@example.org R=x T=remote_smtp C=\"250 OK\" " EXIM "Completed", 1, 1},
        {EXIM "Completed", 1, 0},
        {AT "postfix/qmgr[1]: 9C1D02B4: removed", 1, 0},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct log_reader r = {.lines = 0};
        read_text(&r, rows[i].text);
        expect_number(rows[i].text, (long long)r.facts.count, rows[i].events);
        expect_number(rows[i].text, (long long)r.facts.unparsed, rows[i].unparsed);
        log_reader_free(&r);
    }
}

/* As collectors export them: what came last stands first, and is told last; one line's events stay in order.
 */
static void turns_what_is_newest_first(void **state) {
    static const char newest_first[] =
        "Nov 24 09:14:09 mail postfix/qmgr[1]: 9C1D02B4: removed\n"
        "Nov 24 09:14:09 mail postfix/qmgr[1]: 9C1D02B4: from=<a@b.example>, status=expired, returned to "
        "sender\n"
        "Nov 24 09:14:08 mail postfix/smtp[2]: 9C1D02B4: to=<c@d.example>, relay=none, dsn=4.4.1, "
        "status=deferred (timed out)\n"
        "Nov 24 09:14:07 mail postfix/qmgr[1]: 9C1D02B4: from=<a@b.example>, size=7, nrcpt=1 (queue "
        "active)\n";
    static const unsigned char kinds[] = {LOG_QUEUED, LOG_ATTEMPT, LOG_QUEUED, LOG_ENDED, LOG_DONE};
    struct log_reader r = {.lines = 0};
    (void)state;
    read_text(&r, newest_first);
    static const unsigned char lines[] = {3, 2, 1, 1, 0};
    expect_number("events", (long long)r.facts.count, ROWS(kinds));
    for (size_t i = 0; i < ROWS(kinds) && i < r.facts.count; i++) {
        expect_number("kind", r.facts.events[i].kind, kinds[i]);
        expect_number("line", r.facts.events[i].line, lines[i]);
    }
    log_reader_free(&r);
}

static void reads_repetitions(void **state) {
    static const struct {
        const char *text;
        long long events, times;
    } rows[] = {
        {AT "smtpd[1]: x smtp authentication user=a result=permfail\n" AT "last message repeated 3 times\n",
         2, 3},
        {AT "smtpd[1]: x smtp authentication user=a result=permfail\n" AT "message repeated 4 times: [ x]\n",
         2, 4},
        {AT "postfix/qmgr[1]: 9C1D02B4: removed\n" AT "last message repeated 3 times\n", 1, 0},
        {AT "last message repeated 3 times\n", 0, 0},
        {AT "smtpd[1]: x smtp authentication user=a result=permfail\n--- last message repeated 5 times ---\n",
         2, 5},
        {AT "smtpd[1]: x smtp authentication user=a result=permfail\n"
            "2026-11-24 09:14:08 1abcDE-0001Ab-2C <= \"last message repeated 9 times\"@example.net P=smtp\n",
         2, 0},
        {AT "smtpd[1]: x smtp authentication user=a result=permfail\n" AT "last message repeated x times\n",
         1, 0},
        /* what was repeated is the line above, which counted nothing */
        {AT "smtpd[1]: x smtp authentication user=a result=permfail\n" AT "smtpd[1]: info: OpenSMTPD 7.5\n" AT
            "last message repeated 3 times\n",
         1, 0},
        {AT "smtpd[1]: x smtp authentication user=a result=permfail\n" AT "last message repeated 3 times\n" AT
            "last message repeated 4 times\n",
         3, 4},
        /* as rsyslog writes it */
        {AT "dovecot: " LOGIN "\n" AT "dovecot: message repeated 2 times: [ " LOGIN "]\n", 2, 6},
        {AT "postfix/qmgr[1]: 9C1D02B4: removed\n" AT "dovecot: message repeated 2 times: [ " LOGIN "]\n", 2,
         6},
        {AT "postfix/smtp[1]: " TRY "\n" AT "postfix/smtp[1]: message repeated 2 times: [ " TRY "]\n", 1, 0},
        {AT "dovecot: message repeated 2 times: [ " LOGIN "\n", 1, 3}, /* cut */
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct log_reader r = {.lines = 0};
        read_text(&r, rows[i].text);
        expect_number(rows[i].text, (long long)r.facts.count, rows[i].events);
        if (r.facts.count)
            expect_number(rows[i].text, r.facts.events[r.facts.count - 1].times, rows[i].times);
        log_reader_free(&r);
    }
}

/* The second must not be taken from memory that grows when it is added. */
static void repeats_when_events_grow(void **state) {
    g_autoptr(GString) text = g_string_new(NULL);
    struct log_reader r = {.lines = 0};
    (void)state;
    for (int i = 0; i < 4096; i++)
        g_string_append(text, AT "smtpd[1]: x smtp authentication user=a result=permfail\n");
    g_string_append(text, AT "last message repeated 2 times\n");
    read_text(&r, text->str);
    expect_number("events", (long long)r.facts.count, 4097);
    expect_number("kind", r.facts.events[4096].kind, LOG_LOGIN);
    expect_number("times", r.facts.events[4096].times, 2);
    log_reader_free(&r);
}

static void cuts_long_lines(void **state) {
    g_autoptr(GString) text = g_string_new(AT "postfix/qmgr[1]: x");
    struct log_reader r = {.lines = 0};
    (void)state;
    for (size_t i = 0; i < LIMIT_LOG_LINE; i++)
        g_string_append_c(text, 'x');
    g_string_append(text, "\n" AT "postfix/qmgr[1]: 9C1D02B4: removed\n");
    read_text(&r, text->str);
    expect_number("cut", (long long)r.cut, 1);
    expect_number("lines", (long long)r.lines, 2);
    expect_number("events", (long long)r.facts.count, 1);
    log_reader_free(&r);
}

static void knows_a_log(void **state) {
    static const struct {
        const char *text;
        bool is_log;
    } rows[] = {
        {AT "postfix/qmgr[1]: 9C1D02B4: removed\n", true},
        {AT "postfix/qmgr[1]: 9C1D02B4: removed\n" AT "sshd[1]: x\n", true},
        {AT "sshd[1]: x\n" AT "cron[1]: x\n", false},
        {AT "postfix/qmgr[1]: 9C1D02B4: removed\n" AT "sshd[1]: x\n" AT "sshd[1]: x\n" AT "sshd[1]: x\n",
         false},
        {AT "postfix/qmgr[1]: 9C1D02B4: removed\nno\nno\nno\n", false},
        {"Received: from x by y; Tue, 24 Nov 2026 09:14:07 +0000\nFrom: ann@example.com\n\ntext\n", false},
        {"Subject: our log\n" AT "postfix/qmgr[1]: 9C1D02B4: removed\n" AT
         "postfix/qmgr[1]: 9C1D02B5: removed\n",
         false},
        {"X-Apparently-To: ann@example.com\n" AT "postfix/qmgr[1]: 9C1D02B4: removed\n" AT
         "postfix/qmgr[1]: 9C1D02B5: removed\n",
         false},
        {"X-our log: the last lines\n" AT "postfix/qmgr[1]: 9C1D02B4: removed\n", true},
        {"", false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].text, log_is_likely(slice_of(rows[i].text)), rows[i].is_log);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds_the_dialect),
                                       cmocka_unit_test(asks_bystanders_last),
                                       cmocka_unit_test(reads_reject_log),
                                       cmocka_unit_test(puts_exim_together),
                                       cmocka_unit_test(names_dialects),
                                       cmocka_unit_test(counts_lines),
                                       cmocka_unit_test(tells_of_lines_that_were_joined),
                                       cmocka_unit_test(turns_what_is_newest_first),
                                       cmocka_unit_test(reads_repetitions),
                                       cmocka_unit_test(repeats_when_events_grow),
                                       cmocka_unit_test(cuts_long_lines),
                                       cmocka_unit_test(knows_a_log)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
