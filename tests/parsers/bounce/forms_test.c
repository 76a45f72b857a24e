/* Bounces as programs write them, by the built-in formats and phrases: of whom they are, and which host they
 * name. The forms are real, seen 2026-11 (rules/bounces says where); names and addresses are ours. */
#include "parsers/bounce/bounce.h"
#include "parsers/rules/tables.h"
#include "tests/table.h"

#include <gmime/gmime.h>

static struct arena arena;

#define DSN(text, status)                                                                                    \
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\n" text "\n--b\n"      \
    "Content-Type: message/delivery-status\n\n" status "\n--b--\n"

static const struct {
    const char *name, *input;
    enum input_kind kind;
    const char *expected; /* address@host[ip], of each recipient */
    const char *software; /* NULL: not looked at */
} rows[] = {
    {"Exim's command, broken by a mail program that wraps lines",
     "From: Mailer-Daemon@mx.example.net\nSubject: Mail delivery failed\n\nThis message was created "
     "automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or "
     "more of its\nrecipients. The following address(es) failed:\n\n  bob@example.org\n    host "
     "mx.example.org [192.0.2.25]\n    SMTP error from remote mail server after RCPT\nTO:<bob@example.org>:\n"
     "    554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked\nusing zen.spamhaus.org\n",
     KIND_BOUNCE, "bob@example.org@mx.example.org[192.0.2.25] ", "exim"},
    {"Sendmail's, without its first lines",
     "   ----- The following addresses had permanent fatal errors -----\nbob@example.org\n    (reason: 550 "
     "5.1.1 User unknown)\nann@example.org\n    (reason: 550 5.1.1 User unknown)\n",
     KIND_BOUNCE, "bob@example.org@[] ann@example.org@[] ", "sendmail"},
    {"Sendmail's users of its own host",
     "The original message was received at Sat, 19 Feb 2011 14:18:05 +0200\nfrom localhost\n\n   ----- The "
     "following addresses had permanent fatal errors -----\nbob\n    (reason: 550 5.1.1 User unknown)\n    "
     "(expanded from: bob)\nroot\n    (reason: 550 5.1.1 User unknown)\n",
     KIND_BOUNCE, "bob@[] root@[] ", "sendmail"},
    {"Outlook's own, moved in and in Spanish",
     "      Asunto:\tPedido\n      Enviado el:\t14/10/2019 8:15\n\nNo se puede localizar a los destinatarios "
     "siguientes:\n\n      'bob@example.org' en 14/10/2019 8:15\n            Error del servidor: '451 "
     "Requested "
     "action aborted: local error in processing'\n",
     KIND_BOUNCE, "bob@example.org@[] ", "exchange"},
    {"what Exim says of recipients, without the words before it",
     "  bob@example.org\n    SMTP error from remote mail server after RCPT TO:<bob@example.org>:\n    host "
     "mx.example.org [192.0.2.25]: 550 No such user!\n  ann@example.com\n    host mx.example.com "
     "[192.0.2.26]\n "
     "   SMTP error from remote mail server after end of data:\n    550 Mailbox is frozen\n",
     KIND_BOUNCE, "bob@example.org@mx.example.org[192.0.2.25] ann@example.com@mx.example.com[192.0.2.26] ",
     "exim"},
    {"the sender that Exim names first is no recipient",
     "From: Mailer-Daemon@mx.example.net\nSubject: Mail delivery failed\n\nThis message was created "
     "automatically "
     "by mail delivery software.\n\nA message sent by\n\n  <alice@lists.example.net>\n\ncould not be "
     "delivered to "
     "one or more of its recipients. The following\naddress(es) failed:\n\n  bob@example.org\n    all hosts "
     "have "
     "been failing for a long time\n",
     KIND_BOUNCE, "bob@example.org@[] ", "exim"},
    {"Vade borrows the first words of Exchange",
     "From: MAILER-DAEMON <mailer-daemon@mx.example.net>\nSubject: Undeliverable: x\n\nDelivery has failed "
     "to these "
     "recipients or distribution lists:\n\nServer \"192.0.2.1:25\" returned an error:\n\n\t* "
     "[bob@example.org]: 550 "
     "bob@example.org...User account is overquota\n\nOriginal message details:\n\n\t* From: "
     "alice@example.net\n",
     KIND_BOUNCE, "bob@example.org@[192.0.2.1] ", "vade"},
    {"Openwave tells the reason first, then of whom",
     "From: Postmaster@mx.example.net\nSubject: Mail System Error - Returned Mail\n" DSN(
         "This Message was undeliverable due to the following reason:\n\nYour message was not delivered "
         "within 2 "
         "days.\nHost example.org is not responding.\n\nThe following recipients did not receive your "
         "message:\n\n  "
         "   <bob@example.org>\nThe following recipients did not receive your message:\n\n     "
         "<ann@example.org>\n\nPlease reply to Postmaster@mx.example.net\nif you feel this message to be in "
         "error.\n",
         "Reporting-MTA: dns; mx.example.net\n"),
     KIND_BOUNCE, "bob@example.org@[] ann@example.org@[] ", "openwave"},
    {"InterScan names nobody",
     "From: gateway@example.net\nSubject: Mail could not be delivered\n\n****** Message from InterScan "
     "E-Mail "
     "VirusWall NT ******\n\nThe following mail could not be delivered.\n\nReason:  Exceeded Maximum "
     "Delivery "
     "Attempts.\n",
     KIND_BOUNCE, "@[] ", "interscan"},
    {"Exchange's address of X.400",
     "From: System Administrator <postmaster@mx.example.net>\nSubject: Undeliverable: x\n\nYour message\n\n  "
     "To:      list@example.net\n\ndid not reach the following recipient(s):\n\nc=US;a= "
     ";p=MAIN;o=Site2;dda:SMTP=bob@example.org; on Fri, 4 Oct 2002\n17:12:28 -0400\n    The recipient name "
     "is "
     "not recognized\n",
     KIND_BOUNCE, "bob@example.org@[] ", "exchange"},
    {"old Exim folds before the host",
     "X-Failed-Recipients: bob@example.org\nFrom: Mailer-Daemon@example.net\nSubject: Mail delivery "
     "failed\n\nThis message was created automatically by mail delivery software.\n\nA message that you sent "
     "could not be delivered to all of its recipients. The\nfollowing address(es) failed:\n\n  "
     "bob@example.org:\n    SMTP error from remote mailer after RCPT TO:\n    <bob@example.org>:\n    host "
     "mx.example.org [192.0.2.3]:\n    553 5.1.1 unknown or illegal user:\n    bob@example.org\n",
     KIND_BOUNCE, "bob@example.org@mx.example.org[192.0.2.3] ", "exim"},
    {"Nemesis names the host",
     "From: Mail Delivery System <mailer-daemon@example.net>\nSubject: Mail delivery failed: returning "
     "message "
     "to sender\n\nThis message was created automatically by mail delivery software.\n\nA message that you "
     "sent "
     "could not be delivered to one or more of\nits recipients. The following addresses failed:\n\n  "
     "<bob@example.org>\n\nSMTP error from remote server after RCPT command:\nhost "
     "mx.example.org[192.0.2.3]:\n550 user unknown\n\n\n--- The header of the original message is "
     "following. ---\n",
     KIND_BOUNCE, "bob@example.org@mx.example.org[192.0.2.3] ", "exim"},
    {"FrontBridge goes on trying",
     "From: MAILER-DAEMON@example.net (Mail Delivery System)\nSubject: Warning: message has not yet been "
     "delivered\n\nThis is an automated message created by mail delivery software.\n\nYour message "
     "to:\n\tbob@example.org\n\nhas not yet been delivered because the recipient server did not "
     "respond.\n\nThis is just a warning, you do not need to take any action. We will continue to attempt "
     "delivery of this message for 5 days. \n",
     KIND_BOUNCE, "bob@example.org@[] ", ""},
    {"Raptor's firewall",
     "From: E500_SMTP_Mail_Service@gate.example.net\nSubject: Returned Mail - Error During "
     "Delivery\n\n------ "
     "Failed Recipients ------\n\n<bob@example.org>: Requested action not taken: mailbox unavailable. [SMTP "
     "Error Code 550]\n-------- Returned Mail --------\n\nReceived: from a.example.net\n",
     KIND_BOUNCE, "bob@example.org@[] ", "csmap"},
    {"Symantec's gateway goes on trying",
     "From: Symantec_AntiVirus_for_SMTP_Gateways@example.net\nSubject: Delivery failure "
     "notification\n\nYour message with Subject: bike\ncould not be delivered to the following "
     "recipients:\n\nBob@example.org\n\nPlease do not resend your original message.\n\nDelivery attempts "
     "will "
     "continue to be made for 5  day(s).\n",
     KIND_BOUNCE, "Bob@example.org@[] ", "symantec-gateway"},
    {"a notice returned by a script of Outlook's is not this one",
     "From: <admin@example.org>\nSubject: Non-Delivery: Your message to talk awaits moderator "
     "approval\n\n--- Non-Delivery Report ---\nThe email below could not be delivered to the following "
     "user:\n\n\"bob@example.org\" <bob@example.org>\n\nOld message:\n\nYour mail to 'talk' with the "
     "subject\n\n    x\n\nIs being held until the list moderator can review it for approval.\n",
     KIND_BOUNCE, "bob@example.org@[] ", ""},
    {"in two languages",
     "From: gate@example.net\nSubject: RE: x : non remis\n\n****\nVotre message n'a pas pu etre delivre "
     "a\nbob@example.org\n\n****\nYour message could not be delivered to\nbob@example.org\n\n****\n",
     KIND_BOUNCE, "bob@example.org@[] ", ""},
    {"who is in no directory",
     "From: postmaster@example.org (Automated response)\nSubject: FAILED MAIL to \"bob\"\n\nThe standard "
     "form "
     "of email address at EXAMPLE is lastnameNumber@example.org\nalthough individuals may choose an "
     "alternate "
     "email address. The address to\nwhich your message was addressed, bob1@example.org, did not exactly "
     "match "
     "an\nEXAMPLE email address.\n\nOriginal message as received is as follows:\n",
     KIND_BOUNCE, "bob1@example.org@[] ", ""},
    {"JetMail names a mailbox",
     "From: \"Jetmail System\" <>\nSubject: Mail Error\n\nYour mail cannot be delivered to the following "
     "address(es):\n\n bob \"(0), ErrMsg=mail box space not enough, account=bob \"\n\n---- Header of the "
     "source "
     "mail attached ----\n\nTo: list@example.org\n",
     KIND_BOUNCE, "bob@[] ", "jetmail"},
    {"AOL names mailboxes; the address in the reason is no recipient",
     "From: MAILER-DAEMON@aol.com\nTo: list-bounces@example.net\nSubject: Mail Delivery Problem\n\nYour mail "
     "to the "
     "following recipients could not be delivered because they are not accepting mail from "
     "list@example.net:\n\tbob\n",
     KIND_BOUNCE, "bob@[] ", "aol"},
    {"Sina writes like qmail, in Chinese",
     "From: MAILER-DAEMON@sina.com\nSubject: x\nContent-Type: text/plain; "
     "charset=utf-8\n\nsina.com.\n邮件无法发送到您指定的地址中。\n\n<bob@sina.com>:\n\n<ann@sina.com>:\n\n---"
     " "
     "附件中的内容是原信件的一份拷贝\n",
     KIND_BOUNCE, "bob@sina.com@[] ann@sina.com@[] ", "sina"},
    {"Coremail",
     "From: Postmaster@example.com\nSubject: returned mail\n\nYour mail could not be delivered to "
     "bob@example.org\n\n  SMTP error, RCPT TO: Host example.org(192.0.2.1) RCPT TO said 550 No such user "
     "here\n",
     KIND_BOUNCE, "bob@example.org@example.org[192.0.2.1] ", NULL},
    {"Microsoft 365 names who generated the report",
     "From: <postmaster@example.com>\nSubject: Undeliverable: x\n\nYour message to bob@example.org couldn't "
     "be "
     "delivered.\n\nOriginal Message Details\nRecipient Address: bob@example.org\n\nError Details\nReported "
     "error: "
     "550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found\nDSN generated by:       mx.outlook.example.org\n",
     KIND_BOUNCE, "bob@example.org@[] ", "exchange"},
    {"a gateway of X.400 quotes another",
     "From: postmaster@example.com\nSubject: Delivery Report (failure) for bob@example.org\n" DSN(
         "Your message was not delivered to:\n        bob@example.org\nDiagnostic was Unable to transfer, "
         "-1\n"
         "Information MTA '192.0.2.1' gives error message 5.7.1 Unable to relay for bob@example.org\n",
         "Reporting-MTA: x400; mta a in /ADMD= /C=WW/\n\nOriginal-Recipient: rfc822; bob@example.org\n"
         "Final-Recipient: x400; /RFC-822=bob(a)example.org/ADMD= /C=WW/\nAction: failed\n"),
     KIND_BOUNCE, "bob@example.org@[192.0.2.1] ", NULL},
    {"a channel's address gives way to the original one; a port is no part of a name",
     "From: postmaster@mx.example.net\nSubject: Delivery Notification: Delivery has failed\n" DSN(
         "Your message cannot be delivered\n",
         "Reporting-MTA: dns;mx.example.net\n\nOriginal-recipient: rfc822;bob@example.org\nFinal-recipient: "
         "rfc822;@mss.example.org.lmtp:35065@lmtpcs-daemon\nAction: failed\nRemote-MTA: "
         "dns;mss.example.org:25\n"),
     KIND_BOUNCE, "bob@example.org@mss.example.org[] ", NULL},
    {"a challenge is of the mailbox that writes it, where its words name that too",
     "From: bob@example.org\nTo: alice@example.net\nSubject: RE: x\n\nYour message was received:\n\nTo: "
     "bob@example.org\n\nThis account is protected by Shield.  Please click on the\nfollowing link to have "
     "your "
     "address added to the recipient's allowed\nlist.\n",
     KIND_CHALLENGE, "bob@example.org@[] ", NULL},
    {"and not of the service's own",
     "From: confirm@example.com\nTo: alice@example.net\nSubject: RE: x\n\nThis account is protected by "
     "Shield.  Please "
     "click on the\nfollowing link to have your address added to the recipient's allowed\nlist.\n",
     KIND_CHALLENGE, "", NULL},
};

static void forms(void **state) {
    struct ruleset *rules = ruleset_new(&builtin_rules);
    struct matcher *matcher = matcher_new(rules);
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct message message;
        struct bounce bounce;
        g_autoptr(GString) found = g_string_new(NULL);
        message_parse(&message, slice_of(rows[i].input), 1, &arena);
        bounce_read(&bounce, &message, matcher);
        for (const struct recipient *r = bounce.recipients; r; r = r->next)
            g_string_append_printf(found, "%.*s@%.*s[%.*s] ", S(r->address), S(r->host), S(r->ip));
        expect_number(rows[i].name, bounce.kind, rows[i].kind);
        expect_text(rows[i].name, (struct slice){found->str, found->len}, rows[i].expected);
        if (rows[i].software)
            expect_text(rows[i].name, slice_of(bounce.software), rows[i].software);
    }
    matcher_free(matcher);
    ruleset_free(rules);
}

/* Exchange's words for the host that wrote the report, in the languages in which they were seen. */
static void reporters(void **state) {
    static const char *const words[] = {"Generating server", "Generierender Server", "Gerando servidor",
                                        "Формирующий сервер"};
    struct ruleset *rules = ruleset_new(&builtin_rules);
    struct matcher *matcher = matcher_new(rules);
    (void)state;
    for (size_t i = 0; i < ROWS(words); i++) {
        struct message message;
        struct bounce bounce;
        g_autofree char *input = g_strdup_printf(
            "From: <postmaster@example.com>\nSubject: Undeliverable: x\nContent-Type: text/plain; "
            "charset=utf-8\n\nDiagnostic information for administrators:\n%s: mx.example.com\n"
            "bob@example.org\nRemote server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; not "
            "found'\n",
            words[i]);
        message_parse(&message, slice_of(input), 1, &arena);
        bounce_read(&bounce, &message, matcher);
        expect_text(words[i], bounce.reporter, "mx.example.com");
    }
    matcher_free(matcher);
    ruleset_free(rules);
}

int main(void) {
    g_mime_init();
    const struct CMUnitTest tests[] = {cmocka_unit_test(forms), cmocka_unit_test(reporters)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failures;
}
