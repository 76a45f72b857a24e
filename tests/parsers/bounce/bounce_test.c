/* Messages of all kinds: what they are, and of whom they say what. */
#include "parsers/bounce/bounce.h"
#include "parsers/rules/tables.h"
#include "tests/table.h"

#include <gmime/gmime.h>

static struct arena arena;
static struct ruleset *rules;
static struct matcher *matcher;

struct row {
    const char *name, *input;
    enum input_kind kind;
    const char *format;    /* NULL: none, or any */
    const char *address;   /* of the first recipient; NULL: there is none */
    const char *diagnosis; /* its diagnostic, else its sentence; NULL: not looked at */
    unsigned human_line;   /* 0: not known */
};

#define HEAD "From: MAILER-DAEMON@mx.example.net\nTo: alice@example.net\nSubject: failure notice\n"
#define PERSON                                                                                               \
    "From: a@example.net\nTo: b@example.net\nSubject: Fwd\nContent-Type: multipart/mixed; boundary=m\n\n"
#define REPORT "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"

/* In a message that came back, or that is passed on. */
#define INNER_REPORT                                                                                         \
    "From: MAILER-DAEMON@mx.example.org\nSubject: failure\nContent-Type: multipart/report; "                 \
    "report-type=delivery-status; boundary=c\n\n--c\n\nSorry.\n--c\nContent-Type: "                          \
    "message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; "             \
    "victim@example.org\nAction: failed\nStatus: 5.7.26\nDiagnostic-Code: smtp; 550 5.7.26 "                 \
    "DMARC\n\n--c--\n"

static const struct row rows[] = {
    {"ordinary mail", "From: a@example.net\nTo: b@example.org\nSubject: Hello\n\nHow are you?\n",
     KIND_MESSAGE, NULL, NULL, NULL, 5},
    {"a notice that names its recipient, and a report that came back inside of it",
     HEAD "Return-Path: <>\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nYour message to "
          "bob@example.org could not be delivered.\n--b\nContent-Type: message/rfc822\n\n" INNER_REPORT
          "--b--\n",
     KIND_BOUNCE, NULL, "bob@example.org", "", 9},
    {"Exchange's words, in the mail that came back",
     HEAD
     "Return-Path: <>\n\nYour message to bob@example.org could not be delivered.\n\n----- Original "
     "message -----\n\nFrom: a@example.net\nTo: bob@example.org\nSubject: x\n\nDiagnostic information for "
     "administrators:\n\nGenerating server: gmail.example\n\nboss@bank.example\nRemote Server returned "
     "'554 5.7.1 blocked using zen.spamhaus.org'\n",
     KIND_BOUNCE, NULL, "bob@example.org", "", 6},
    {"mail of a list, whose envelope sender is for bounces, with a word that bounces have",
     "Return-Path: <kernel+bounces-5845-bob=b.example@vger.example>\nSender: list-bounces@vger.example\n"
     "From: a@example.net\nTo: b@example.org\nSubject: Fix issues in finish_quota\n\nIt was rejected.\n",
     KIND_MESSAGE, NULL, NULL, NULL, 7},
    {"empty", "", KIND_MESSAGE, NULL, NULL, NULL, 0},
    {"a report",
     HEAD REPORT
     "--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n"
     "Final-Recipient: rfc822; bob@example.org\nAction: failed\nStatus: 5.1.1\n"
     "Diagnostic-Code: smtp; 550 5.1.1 no such user\n\n--b--\n",
     KIND_BOUNCE, "dsn", "bob@example.org", "550 5.1.1 no such user", 8},
    {"a report of which the MIME is lost",
     HEAD
     "\nDelivery failed.\n\nReporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; bob@example.org\n"
     "Action: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 full\n",
     KIND_BOUNCE, "dsn", "bob@example.org", "552 full", 5},
    {"the fields of a report alone",
     "Reporting-MTA: dns; mx.example.net\nX-Postfix-Queue-ID: 4A15\n\nFinal-Recipient: rfc822; "
     "bob@example.org\nAction: failed\nStatus: 5.4.6\nDiagnostic-Code: X-Postfix; mail for example.org "
     "loops back\n    to myself\n",
     KIND_BOUNCE, "dsn", "bob@example.org", "mail for example.org loops back\n    to myself", 1},
    {"the same without those of the message",
     "Final-Recipient: rfc822; bob@example.org\nAction: failed\nStatus: 5.2.2\n", KIND_BOUNCE, "dsn",
     "bob@example.org", NULL, 1},
    {"a field of a report in a header of mail",
     "Reporting-MTA: dns; mx.example.net\nFrom: a@example.net\nTo: b@example.org\n\nFinal-Recipient: no\n",
     KIND_MESSAGE, NULL, NULL, NULL, 5},
    {"whom the report itself is sent to is no recipient",
     "Return-Path: <>\nFrom: postmaster@mx.example.net\nTo: alice@example.net\nSubject: delivery failed\n\n"
     "Mail of\nalice@example.net\nto\nbob@example.org\nfailed: 550 no such user\n",
     KIND_BOUNCE, "generic", "bob@example.org", NULL, 6},
    {"Mimecast",
     "Return-Path: <>\nFrom: postmaster@mx.example.net\nTo: list@example.net\nSubject: [Postmaster] Email "
     "Delivery Failure\n\nThis is a delivery failure notification message indicating that\nan email "
     "bounces@example.net addressed to email address :\n-- bob@example.org\n\nWith subject x\ncould not be "
     "delivered. The problem appears to be :\n-- Recipient server unavailable or busy\n\nAdditional "
     "information follows :\n-- 4.4.4 Temporary server error\n",
     KIND_BOUNCE, "mimecast", "bob@example.org", "4.4.4 Temporary server error", 6},
    {"MDaemon 3, whose transcript has no arrows",
     HEAD
     "\nThe attached message had PERMANENT fatal delivery errors!\n\nThe following addresses did NOT receive "
     "a copy of your message:\n\n> bob@example.org\n\n--- Session Transcript ---\n 220 mx.example.org "
     "ESMTP\n EHLO mx.example.net\n 250-8BITMIME\n 250 SIZE 40000000\n RCPT To:<bob@example.org>\n 552 "
     "would exceed mailbox quota\n QUIT\n--- End Transcript ---\n",
     KIND_BOUNCE, "mdaemon", "bob@example.org", "552 would exceed mailbox quota", 5},
    {"thanks of a program",
     "Return-Path: <>\nPrecedence: bulk\nFrom: bob@example.org\nTo: alice@example.net\nSubject: Thank you "
     "for "
     "your e-mail\n\nI will answer soon.\n",
     KIND_AUTO_REPLY, "thanks", NULL, NULL, 7},
    {"thanks of a person",
     "From: bob@example.org\nTo: alice@example.net\nSubject: Thank you for your e-mail\n\nIt helped.\n",
     KIND_MESSAGE, NULL, NULL, NULL, 5},
    {"a mail system's answer to nobody that is called an automatic one",
     "Return-Path: <>\nFrom: <>\nTo: alice@example.net\nAuto-Submitted: auto-replied\n\nYou sent mail to "
     "bob@example.org. That's not a valid user here.\n",
     KIND_BOUNCE, NULL, "bob@example.org", NULL, 0},
    {"a report inside the mail that came back is not the report",
     HEAD "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n"
          "Hi. This is the qmail-send program at mx.example.net.\nI'm afraid I wasn't able to deliver your "
          "message to "
          "the following addresses.\n\n<bob@example.org>:\n192.0.2.1 does not like recipient.\nRemote host "
          "said: 550 no "
          "such user\nGiving up on 192.0.2.1.\n\n--b\nContent-Type: message/rfc822\n\n" INNER_REPORT
          "--b--\n",
     KIND_BOUNCE, "qmail", "bob@example.org", "550 no such user", 0},
    {"whatever the type of the part that holds it",
     HEAD "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n"
          "Hi. This is the qmail-send program at mx.example.net.\nI'm afraid I wasn't able to deliver your "
          "message to the following addresses.\n\n<bob@example.org>:\n192.0.2.1 does not like recipient.\n"
          "Remote host said: 550 no such user\nGiving up on 192.0.2.1.\n\n--b\nContent-Type: "
          "message/news\n\n" INNER_REPORT "--b--\n",
     KIND_BOUNCE, "qmail", "bob@example.org", "550 no such user", 0},
    {"nor is it the report of ordinary mail that a program sent",
     "From: MAILER-DAEMON@mx.example.net\nSubject: Hello\nContent-Type: multipart/mixed; "
     "boundary=b\n\n--b\n\nHow are "
     "you?\n--b\nContent-Type: message/rfc822\n\nSubject: x\nContent-Type: multipart/mixed; "
     "boundary=c\n\n--c\n"
     "Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; victim@example.org\nAction: "
     "failed\n\n--c--\n--b--\n",
     KIND_MESSAGE, NULL, NULL, NULL, 0},
    {"a report that somebody passes on",
     "From: alice@example.net\nTo: help@example.net\nSubject: Fwd: failure notice\nContent-Type: "
     "multipart/mixed; "
     "boundary=b\n\n--b\n\nWhat is this?\n--b\nContent-Type: message/rfc822\n\n" INNER_REPORT "--b--\n",
     KIND_BOUNCE, "dsn", "victim@example.org", "550 5.7.26 DMARC", 0},
    {"words of the mail that came back, without a mark of the format",
     HEAD
     "\nYour message could not be delivered to\n<bob@example.org>\n\nThe text of your message follows.\n\n"
     "<victim@example.com>: host mx.example.com[192.0.2.77] said: 550 5.7.26 DMARC\n",
     KIND_BOUNCE, NULL, "bob@example.org", NULL, 0},
    {"qmail",
     HEAD
     "\nHi. This is the qmail-send program at mx.example.net.\nI'm afraid I wasn't able to deliver your "
     "message to "
     "the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work "
     "out.\n\n<bob@example.org>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 no such user\n"
     "Giving up on 192.0.2.1.\n\n--- Below this line is a copy of the message.\n\n"
     "Return-Path: <alice@example.net>\nSubject: x\n\nbody\n",
     KIND_BOUNCE, "qmail", "bob@example.org", "550 no such user", 0},
    {"passed on in German, behind words of a person, quoted, with what came back below it",
     "From: kim@example.net\nTo: help@example.net\nSubject: Fwd: x\nContent-Type: text/plain; "
     "charset=utf-8\n\n"
     "Warum? Bei eve@example.org war es 552 mailbox full.\n\n"
     "-------- Weitergeleitete Nachricht --------\nBetreff: failure notice\n"
     "Von: Mail Delivery System <MAILER-DAEMON@mx.example.net>\nAn: kim@example.net\n\n"
     ">> Hi. This is the qmail-send program at mx.example.net.\n>>\n>> <bob@example.org>:\n"
     ">> 192.0.2.7 does not like recipient.\n>> Remote host said: 550 5.1.1 unknown\n"
     ">> Giving up on 192.0.2.7.\n>>\n>> Return-Path: <kim@example.net>\n>> Subject: order\n"
     ">> From: kim@example.net\n>>\n>> <zoe@example.org>:\n>> 554 spam\n",
     KIND_BOUNCE, "qmail", "bob@example.org", "550 5.1.1 unknown", 0},
    {"qmail, quoted by whoever forwarded it",
     "From: alice@example.net\nTo: help@example.net\nSubject: Fwd: failure notice\n\n"
     "> Hi. This is the qmail-send program at mx.example.net.\n> I'm afraid I wasn't able to deliver your "
     "message "
     "to\n> the following addresses.\n> This is a permanent error; I've given up. Sorry it didn't work "
     "out.\n>\n> "
     "<bob@example.org>:\n> 192.0.2.1 does not like recipient.\n> Remote host said: 550 no such user\n",
     KIND_BOUNCE, "qmail", "bob@example.org", "550 no such user", 0},
    {"qmail as HTML, with a hidden text",
     HEAD
     "Content-Type: text/html\n\n<html><head><title>Mailbox full</title></head><!-- mailbox full -->"
     "<p>Hi. This is the qmail-send program at mx.example.net.<br>I'm afraid I wasn't able to deliver your "
     "message to the following addresses.<br>This is a permanent error; I've given up. Sorry it didn't work "
     "out.</p><p>&lt;bob@example.org&gt;:<br>Remote host said: 550 Empf&auml;nger unbekannt</p>",
     KIND_BOUNCE, "qmail", "bob@example.org", "550 Empf\xc3\xa4nger unbekannt", 0},
    {"a complaint",
     "From: feedback@example.com\nTo: abuse@example.net\nContent-Type: multipart/report; "
     "report-type=feedback-report; boundary=b\n\n--b\n\nThis is an abuse report.\n--b\nContent-Type: "
     "message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: x/1\nOriginal-Rcpt-To: "
     "<bob@example.com>\n\n--b--\n",
     KIND_COMPLAINT, "arf", "bob@example.com", NULL, 0},
    {"a complaint",
     "From: feedback@example.com\nTo: abuse@example.net\nContent-Type: multipart/report; "
     "report-type=feedback-report; boundary=b\n\n--b\n\nThis is an abuse report.\n--b\nContent-Type: "
     "message/feedback-report\n\nFeedback-Type: auth-failure\nUser-Agent: x/1\nOriginal-Rcpt-To: "
     "<bob@example.com>\n\n--b--\n",
     KIND_REPORT, "arf", "bob@example.com", NULL, 0},
    {"failed recipients in the header",
     HEAD "X-Failed-Recipients: bob@example.org, eve@example.org\n\nYour message could not be delivered.\n",
     KIND_BOUNCE, NULL, "bob@example.org", NULL, 0},
    {"an address in the text",
     HEAD "\nUndeliverable: your message to bob@example.org could not be delivered. User unknown.\n",
     KIND_BOUNCE, NULL, "bob@example.org", NULL, 0},
    {"qmail, quoted by four blanks",
     "From: alice@example.net\nTo: help@example.net\nSubject: Fwd\n\n"
     "    Hi. This is the qmail-send program at mx.example.net.\n    I'm afraid I wasn't able to deliver "
     "your "
     "message to\n    the following addresses.\n    This is a permanent error; I've given up. Sorry it "
     "didn't work "
     "out.\n\n    <bob@example.org>:\n    Remote host said: 550 no such user\n",
     KIND_BOUNCE, "qmail", "bob@example.org", "550 no such user", 0},
    {"a report that is forwarded",
     "From: a@example.net\nTo: b@example.net\nContent-Type: message/rfc822\n\n" HEAD REPORT
     "--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n"
     "Final-Recipient: rfc822; bob@example.org\nAction: delayed\n\n--b--\n",
     KIND_BOUNCE, "dsn", "bob@example.org", NULL, 0},
    {"a report that is forwarded behind words of the person: those are not the report's",
     PERSON "--m\n\nPlease help.\n--m\nContent-Type: message/rfc822\n\n" HEAD REPORT
            "--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; "
            "mx.example.net\n\nFinal-Recipient: rfc822; bob@example.org\nAction: failed\n\n--b--\n\n--m--\n",
     KIND_BOUNCE, "dsn", "bob@example.org", "Sorry.", 19},
    {"a report that is attached as bytes",
     PERSON "--m\n\nPlease help.\n--m\nContent-Type: application/octet-stream; name=bounce.eml\n"
            "Content-Transfer-Encoding: base64\n\n"
            "RnJvbTogTUFJTEVSLURBRU1PTkBteC5leGFtcGxlLm5ldApUbzogYWxpY2VAZXhhbXBsZS5uZXQK\n"
            "TWVzc2FnZS1JRDogPDFAbXguZXhhbXBsZS5uZXQ+ClN1YmplY3Q6IGZhaWx1cmUgbm90aWNlCkNv\n"
            "bnRlbnQtVHlwZTogbXVsdGlwYXJ0L3JlcG9ydDsgcmVwb3J0LXR5cGU9ZGVsaXZlcnktc3RhdHVz\n"
            "OyBib3VuZGFyeT1iCgotLWIKClNvcnJ5LgotLWIKQ29udGVudC1UeXBlOiBtZXNzYWdlL2RlbGl2\n"
            "ZXJ5LXN0YXR1cwoKUmVwb3J0aW5nLU1UQTogZG5zOyBteC5leGFtcGxlLm5ldAoKRmluYWwtUmVj\n"
            "aXBpZW50OiByZmM4MjI7IGJvYkBleGFtcGxlLm9yZwpBY3Rpb246IGZhaWxlZApEaWFnbm9zdGlj\n"
            "LUNvZGU6IHNtdHA7IDU1MCA1LjEuMSBubyBzdWNoIHVzZXIKCi0tYi0tCg==\n"
            "--m--\n",
     KIND_BOUNCE, "dsn", "bob@example.org", "550 5.1.1 no such user", 0},
    {"the same as they are",
     PERSON "--m\n\nPlease help.\n--m\nContent-Type: application/octet-stream\n\nDate: x\n" HEAD REPORT
            "--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; "
            "mx.example.net\n\nFinal-Recipient: rfc822; bob@example.org\nAction: failed\n\n--b--\n\n--m--\n",
     KIND_BOUNCE, "dsn", "bob@example.org", "Sorry.", 20},
    {"a bounce that is only text, attached as a message",
     PERSON
     "--m\n\nPlease help.\n--m\nContent-Type: message/rfc822\n\n" HEAD
     "\nHi. This is the qmail-send program at mx.example.net.\nI'm afraid I wasn't able to deliver your "
     "message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't "
     "work out.\n\n<bob@example.org>:\nRemote host said: 550 no such user\n--m--\n",
     KIND_BOUNCE, "qmail", "bob@example.org", "550 no such user", 16},
    {"an ordinary mail that is attached",
     PERSON
     "--m\n\nPlease help.\n--m\nContent-Type: message/rfc822\n\nFrom: c@example.net\nDate: x\n\nHello\n"
     "--m--\n",
     KIND_MESSAGE, NULL, NULL, NULL, 8},
    {"bytes that are no mail",
     PERSON "--m\n\nPlease help.\n--m\nContent-Type: application/octet-stream\n\nFinal-Recipient: rfc822; "
            "bob@example.org\nAction: failed\n--m--\n",
     KIND_MESSAGE, NULL, NULL, NULL, 8},
    {"what a program's mail has as an attachment is what came back",
     "Auto-Submitted: auto-generated\n" PERSON
     "--m\n\nThanks.\n--m\nContent-Type: application/octet-stream\n\nDate: x\n" HEAD REPORT
     "--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n"
     "Final-Recipient: rfc822; bob@example.org\nAction: failed\n\n--b--\n\n--m--\n",
     KIND_MESSAGE, NULL, NULL, NULL, 9},
    {"a recipient that is a pipe",
     HEAD
     "X-Failed-Recipients: bob@example.org\n" REPORT
     "--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n"
     "Final-Recipient: x-local; |/bin/false\nAction: failed\nStatus: 5.0.0\n\n--b--\n",
     KIND_BOUNCE, "dsn", "bob@example.org", NULL, 0},
    {"a report about nobody, with the message that came back",
     HEAD REPORT
     "--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; "
     "mx.example.net\n\n--b\nContent-Type: text/rfc822-headers\n\nTo: Bob <bob@example.org>\n\n--b--\n",
     KIND_BOUNCE, "dsn", "bob@example.org", NULL, 0},
    {"a receipt",
     "From: b@example.org\nTo: a@example.net\nContent-Type: multipart/report; "
     "report-type=disposition-notification; boundary=b\n\n--b\n\nRead.\n--b\nContent-Type: "
     "message/disposition-notification\n\nFinal-Recipient: rfc822;b@example.org\n\n--b--\n",
     KIND_AUTO_REPLY, "mdn", NULL, NULL, 0},
    {"a refusal that Dovecot writes as a receipt",
     "Return-Path: <>\nSubject: Automatically rejected mail\nAuto-Submitted: auto-replied "
     "(rejected)\nContent-Type: "
     "multipart/report; report-type=disposition-notification; boundary=b\n\n--b\n\nYour message to "
     "<b@example.org> was automatically rejected:\nQuota exceeded\n--b\nContent-Type: "
     "message/disposition-notification\n\nFinal-Recipient: rfc822;b@example.org\n\n--b--\n",
     KIND_BOUNCE, "dovecot-rejected", "b@example.org", "Quota exceeded", 8},
};

static void reads(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        const struct row *row = &rows[i];
        struct message message;
        struct bounce bounce;
        message_parse(&message, slice_of(row->input), 1, &arena);
        bounce_read(&bounce, &message, matcher);
        expect_number(row->name, bounce.kind, row->kind);
        if (row->format || row->kind == KIND_MESSAGE)
            expect_text(row->name, slice_of(bounce.format), row->format ? row->format : "");
        const struct recipient *r = bounce.recipients;
        expect_number(row->name, r != NULL, row->address != NULL);
        if (r)
            expect_text(row->name, r->address, row->address);
        if (row->diagnosis)
            expect_text(row->name,
                        slice_upto(r->diagnostic.len ? r->diagnostic : r->sentence, strlen(row->diagnosis)),
                        row->diagnosis);
        if (row->human_line)
            expect_number(row->name, bounce.human_line, row->human_line);
    }
}

#define SORRY                                                                                                \
    "\nHi. This is the qmail-send program at mx.example.net.\nI'm afraid I wasn't able to deliver your "     \
    "message to the following addresses.\n\n"
#define BELOW "\n--- Below this line is a copy of the message.\n"

/* Paragraphs of a report of qmail end at empty lines (QSBMF): what the other side wrote, which holds none,
 * makes no recipient and does not end the report. */
static void keeps_paragraphs(void **state) {
    static const struct {
        const char *text, *recipients;
    } texts[] = {
        {SORRY
         "<bob@evil.example>:\nRemote host said: 550-no\n<boss@bank.example>:\n198.51.100.1 does not like "
         "recipient.\nRemote host said: 550 5.7.1 listed\n" BELOW "\nSubject: x\n\nbody\n",
         "bob@evil.example "},
        {SORRY "<bob@evil.example>:\nRemote host said: 550-no" BELOW
               "550 no\n\n<ann@bank.example>:\nRemote host said: 550 5.1.1 no\n" BELOW
               "\nSubject: x\n\n\n<eve@bank.example>:\n550 no\n",
         "bob@evil.example ann@bank.example "},
        {SORRY "<bob@evil.example>:\nRemote host said: 550-no" BELOW
               "550 no\n\n<ann@bank.example>:\n550 no\n",
         "bob@evil.example ann@bank.example "}, /* its copy was left out */
        {SORRY "<bob@evil.example>:\n550 no\n\n- The mail is this one:\n\nSubject: "
               "x\n\n<eve@bank.example>:\n550 no\n",
         "bob@evil.example "}, /* whatever follows the hyphen */
    };
    (void)state;
    for (size_t i = 0; i < ROWS(texts); i++) {
        struct message message;
        struct bounce bounce;
        GString *names = g_string_new(NULL);
        message_parse(&message, slice_of(arena_printf(&arena, HEAD "%s", texts[i].text).ptr), 1, &arena);
        bounce_read(&bounce, &message, matcher);
        for (const struct recipient *r = bounce.recipients; r; r = r->next)
            g_string_append_printf(names, "%.*s ", S(r->address));
        expect_text(texts[i].text, (struct slice){names->str, names->len}, texts[i].recipients);
        g_string_free(names, TRUE);
    }
}

/* Postfix folds what it says of a recipient at any blank, and forums take the indentation away. */
static void folded(void **state) {
    static const struct {
        const char *said, *diagnosis, *host;
    } texts[] = {
        {"host mx.example.org[192.0.2.1] said: 550 5.7.1 not from this range (in reply to RCPT TO command)",
         "550 5.7.1 not from this range", "mx.example.org"},
        {"host mx.example.org[192.0.2.1] refused to talk to me: 554 not today, please",
         "554 not today, please", "mx.example.org"},
        {"connect to mx.example.org[192.0.2.1]:25: Connection timed out",
         "connect to mx.example.org[192.0.2.1]:25: Connection timed out", "mx.example.org"},
        {"lost connection with mx.example.org[192.0.2.1] while sending end of data", "", "mx.example.org"},
    };
    static const char *const breaks[] = {"\n    ", "\n"};
    (void)state;
    for (size_t i = 0; i < ROWS(texts) * ROWS(breaks); i++)
        for (const char *blank = texts[i / 2].said; (blank = strchr(blank, ' ')); blank++) {
            struct message message;
            struct bounce bounce;
            struct slice text =
                arena_printf(&arena,
                             HEAD "\nThis is the mail system at host mx.example.net.\n\n"
                                  "                   The mail system\n\n<bob@example.org>: %.*s%s%s\n",
                             (int)(blank - texts[i / 2].said), texts[i / 2].said, breaks[i % 2], blank + 1);
            message_parse(&message, text, 1, &arena);
            bounce_read(&bounce, &message, matcher);
            assert_non_null(bounce.recipients);
            expect_text(text.ptr, bounce.recipients->diagnostic, texts[i / 2].diagnosis);
            expect_text(text.ptr, bounce.recipients->host, texts[i / 2].host);
        }
}

/* What came back with the report. */
static void returned(void **state) {
    struct message message;
    struct bounce bounce;
    (void)state;
    message_parse(&message,
                  SLICE(HEAD REPORT
                        "--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; "
                        "mx.example.net\n\nFinal-Recipient: rfc822; bob@example.org\nAction: failed\n\n"
                        "--b\nContent-Type: message/rfc822\n\nFrom: alice@example.net\nTo: "
                        "bob@example.org\nMessage-ID: <1@example.net>\nSubject: x\n\nbody\n--b--\n"),
                  1, &arena);
    bounce_read(&bounce, &message, matcher);
    expect_text("id", bounce.returned.message_id, "<1@example.net>");
    expect_text("addressee", bounce.addressee, "alice@example.net");
    expect_number("whole", slice_find(bounce.returned_whole, SLICE("\n\nbody")) < bounce.returned_whole.len,
                  true);
}

int main(void) {
    g_mime_init();
    rules = ruleset_new(&builtin_rules);
    matcher = matcher_new(rules);
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads), cmocka_unit_test(keeps_paragraphs),
                                       cmocka_unit_test(folded), cmocka_unit_test(returned)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    matcher_free(matcher);
    ruleset_free(rules);
    arena_free(&arena);
    return failures;
}
