/* Kinds of replies that were judged wrongly, and certain of it: their cause by the built-in rules and the
 * second opinion. `!` before the cause: it must not be called certain. */
#define _GNU_SOURCE
#include "analyze/verdict/build_pasted.h"

#include "tests/analyze/built_in_rules.h"

static const struct {
    const char *cause, *text;
} rows[] = {
    /* a time that a program was told to wait is no timeout */
    {"network.unreachable",
     "Connection: opening to smtp.a.example:587, timeout=300\nstream_socket_client(): unable to "
     "connect to smtp.a.example:587 (Network is unreachable)"},
    /* a number behind a program's words for it, a fence with its words, an error that has no code */
    {"sender.refused", "SMTP error 550 Sender refused - when I send email using my account\n\nIt fails."},
    {"blocklist.spamhaus",
     "Desktop client rejected\n\n``` NOQUEUE: reject: RCPT from [HOME]:61079: 550 5.7.1 Service unavailable; "
     "client [HOME] blocked using zen.spamhaus.org```\n\nIt fails."},
    {"access.denied", "Test Results\nUnable to send test email.\nException message was: 5.7.1 refused by "
                      "local policy (MBL-R)\n"
                      "Email communications are enabled."},
    /* a title that names one refusal in part, and below it another in whole; vaultwarden's words behind it */
    {"sender.spoofed",
     "Cannot add users - SMTP 5xx error: permanent error (535): 5.7.8 Error:\n\nError sending SMTP test "
     "email\nSMTP 5xx error: permanent error (553): 5.7.1 <a@b.example>: Sender address rejected: not owned "
     "by user c"},
    {"access.login-required",
     "SMTP Client error: internal client error: No compatible authentication mechanism was found"},
    /* who lets nobody send as another does not say that SPF failed */
    {"sender.spoofed", "550 5.1.0 Sender is not allowed to send from example.net (R2)"},
    {"auth.spf", "550 5.1.0 192.0.2.1 is not allowed to send from <example.net> per its SPF Record"},
    /* below an error, a person's question */
    {"sender-system.refused",
     "Test email didn't work - what is missing?\n\nHi there,\n\nI've set up the plugin with SES "
     "and in the end I got this for every mail that I tried to send with it, test mail or not:\n\n"
     "\" SimpleEmailService::sendRawEmail(): Sender - MessageRejected: Email address is not "
     "verified. The following identities failed the check in region US-EAST-1: a@b.example \"\n\n"
     "What is the next step?"},
    /* a field that a server's own filter wrote */
    {"content.format",
     "554 Failed: Malformed MIME field: ARC-Message-Signature: i=1; a=rsa-sha256; [0x0D] ..."},
    {"recipient.disabled", "550 5.7.1 Policy rejection on the target address"},
    {"reputation.ip", "550 [S10] Blocked"},
    {"content.policy", "554 Message not allowed - [299]\n\nHas anybody seen this? Please advise."},
    /* a list's error answer is no listing, nor is one that could not be asked */
    {"receiver.error", "550 Rejected: 192.0.2.1 listed at bl.example.org (127.255.255.252)"},
    {"receiver.error",
     "554 Sender address [a@b.example] blocked using dbl.spamhaus.org; Error: open resolver"},
    {"receiver.error", "550 zen.spamhaus.org is not reachable, mail refused; you are not listed"},
    {"receiver.error", "451 4.7.1 Blacklist lookup failed, try later"},
    {"blocklist.spamhaus", "554 5.7.1 Sender domain example.org listed on dbl.spamhaus.org"},
    {"content.url-blocklist", "554 5.7.1 URL http://bad.example/x listed on dbl.spamhaus.org"},
    /* the zone of a list at the head of a client's name is that client's word */
    {"identity.helo", "550 Access denied - Invalid HELO name (See RFC2821 4.1.1.1) zen.spamhaus.org.example"},
    {"rate.connections", "421 4.7.0 Too many connections from blocked-using-bl.spamcop.net.example"},
    /* English words that are part of a pattern of another language */
    {"content.format", "ERROR CODE :550 - Message headers fail syntax check\n\nReporting-MTA: dns; "
                       "mx.example.net\nStatus: 550\nDiagnostic-Code: Message headers fail syntax check\n"},
    /* a server's own name, and a customer's words below the reply, are no reason */
    {"access.denied", "relay=mx.b.example[192.0.2.6]:25, status=deferred (host mx.b.example[192.0.2.6] "
                      "refused to talk to me: 554 spamgw3.b.example)"},
    {"identity.ptr-missing",
     "status=deferred (host mx.b.example[192.0.2.6] refused to talk to me: 554-No SMTP service "
     "554-Bad DNS PTR resource record.\n```\nIs their mailbox full, or is it a virus?"},
    /* an id of Postfix's queue is no code, whatever it begins with, and a reply ends where the report goes on
     */
    {"blocklist.spamhaus",
     "558A42D609B6: to=<a@b.example>, relay=mx.b.example[192.0.2.33]:25,\ndelay=1, dsn=5.7.1, status=bounced "
     "(host mx.b.example[192.0.2.33]\nsaid: 550 5.7.1 Service unavailable, Client host [192.0.2.1]\nblocked "
     "using Spamhaus. See http://www.spamhaus.org/lookup.lasso\n(in reply to MAIL FROM command))"},
    {"access.denied", "<a@b.example>: host mx.b.example[192.0.2.1] refused\n    to talk to me: 554 "
                      "gw02.b.example\n\nReporting-MTA: dns; mail.example.org\nStatus: 4.0.0\n"},
    /* an address that the login may not use is not misspelt */
    {"sender.spoofed", "551 Sender address is not valid for your login. Check your email program settings."},
    {"sender.syntax", "553 5.1.7 Sender address is not valid"},
    {"sender.syntax", "550 5.1.7 Sender address does not conform to RFC-2821 syntax"},
    {"sender.spoofed",
     "554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to "
     "process message due to a permanent exception with message Cannot submit message."},
    /* a login that was not given is no command in a wrong place */
    {"access.login-required", "530 5.7.0 No AUTH command has been given. (in reply to MAIL FROM command)"},
    /* a filter's name that is a list's name too says nothing of a listing by itself */
    {"sender.domain-not-found",
     "554 5.7.1 SPFBL sender has non-existent internet domain. See http://spfbl.net/en/feedback"},
    {"blocklist.other", "554 5.7.1 SPFBL permanently blocked. See https://matrix.spfbl.net/192.0.2.5"},
    /* a domain that is not served here may well exist; the sender's is not the one that is relayed to */
    {"relay.denied", "550 5.1.2 Domain not served here [example.org]"},
    {"!sender.refused", "550 5.7.1 Sender domain not permitted for this client"},
    /* who verifies the sender says so in its last line, whatever the first leaves out */
    {"sender.unverified", "550-Verification for <a@b.example> 550-The mail server could not deliver mail to "
                          "a@b.example. The account or domain may not exist, they may be blacklisted, or "
                          "missing the proper dns entries. 550 Sender verify failed"},
    /* an address that is called after a check says nothing of it */
    {"rate.greylisted",
     "451 4.7.1 <noreply@dmarc.b.example>: Sender address rejected: Greylisting in effect, "
     "please come back later"},
    {"sender.refused", "554 5.7.1 <dmarc@b.example>: Sender address rejected: Access denied"},
    /* what stands in the copy behind a report is the sender's */
    {"!access.denied",
     "a@b.example\n    host mail.b.example [192.0.2.7]: 550 Blocked\n\n------ This is a copy "
     "of the message, including all the headers. ------\nReturn-path: <c@example.org>\n"
     "Received: from [192.0.2.65] (helo=desk.example)\n"},
    /* who does not answer on this machine or in this network is no receiver */
    /* what this server's own programs do not take, at a socket or at its own address */
    {"sender-system.error",
     "(delivery temporarily suspended: connect to mail.b.example[private/dovecot-lmtp]: "
     "Connection refused)"},
    {"sender-system.error", "connect to mail.b.example[/var/run/dovecot/lmtp]: No such file or directory"},
    {"network.lost", "(lost connection with mail.b.example[private/dovecot-lmtp] while receiving the initial "
                     "server greeting)"},
    {"network.timeout",
     "(conversation with 127.0.0.1[127.0.0.1] timed out while receiving the initial server "
     "greeting)"},
    {"network.answer-lost",
     "lost connection with 127.0.0.1[127.0.0.1] while sending end of data -- message may "
     "be sent more than once"},
    {"network.answer-lost", "conversation with 127.0.0.1[127.0.0.1] timed out while sending end of data -- "
                            "message may be sent more than once"},
    {"network.refused", "(delivery temporarily suspended: connect to 127.0.0.1[127.0.0.1]:10024: Connection "
                        "refused)"},
    {"network.timeout", "connect to relay.example.lan[10.0.0.7]:25: Connection timed out"},
    /* a line of a program is no code, and a field of a log line no words about relaying */
    {"network.lost", "Expected response code 220 but got an empty response in /srv/app/Smtp.php:445\nStack "
                     "trace:\n#0 /srv/app/Mailer.php(50): start()"},
    {"!access.denied", "to=<a@b.example>, relay=mailrelay.b.example[192.0.2.6], status=bounced (host "
                       "mailrelay.b.example[192.0.2.6] said: 554 5.0.0 Refused (in reply to end of DATA "
                       "command))"},
    {"identity.ptr-missing",
     "<mx1.b.example #5.7.1 smtp;501 5.7.1 <a@example.org>...Sender IP must resolve>"},
    {"recipient.unknown", "554 5.4.1 <mx1.b.example #5.4.1 smtp;550 5.4.1 Recipient address rejected: Access "
                          "denied. AS(201806281)>"},
    /* a page in brackets is no name that the server repeats */
    {"blocklist.trendmicro", "550 5.7.1 Policy analysis reported: See <URL:http://mail-abuse.org/dul/>"},
    /* what .NET says before a reply is not the server's, in whatever language */
    {"identity.helo", "Postfach nicht verfügbar. Die Serverantwort war: Please use a fully-qualified domain "
                      "name for HELO/EHLO"},
    {"relay.denied", "Buzón no disponible. La respuesta del servidor fue: 5.7.1 Unable to relay"},
    {"relay.denied", "Boîte aux lettres non disponible. La réponse du serveur était : 5.7.1 Unable to relay"},
    {"relay.denied", "邮箱不可用。服务器响应为:5.7.1 Unable to relay"},
    {"relay.denied", "Cassetta postale non disponibile. Risposta del server: 5.7.1 Unable to relay"},
    {"relay.denied", "Skrzynka pocztowa jest niedostępna. Odpowiedź serwera: 5.7.1 Unable to relay"},
    {"relay.denied", "Poštovní schránka není k dispozici. Odpověď serveru: 5.7.1 Unable to relay"},
    {"relay.denied", "Posta kutusu kullanılamaz. Sunucu yanıtı şöyleydi: 5.7.1 Unable to relay"},
    {"relay.denied", "メールボックスを使用できません。サーバーの応答: 5.7.1 Unable to relay"},
    {"access.login-required", "The server committed a protocol violation The server response was: "
                              "UGFzc3dvcmQ6"},
    /* a list's view of an address for which it delays */
    {"rate.greylisted", "451 4.7.1 IP Reputation Greylisted - Riprova tra 5 minuti"},
    /* whose account, whose quota, and whose errors: "your" is said to who sends */
    {"rate.limited", "You exceeded your quota of 100 messages an hour"},
    {"rate.limited", "Message count quota exceeded"},
    {"recipient.full", "552 5.2.2 Mailbox quota exceeded"},
    {"sender-system.refused", "451 4.7.1 - Your account has been temporarily suspended"},
    {"recipient.disabled", "550 5.2.1 This account has been suspended"},
    {"rate.connections", "550 too many unknown recipients, blocked for 24 hours"},
    {"rate.connections", "421 4.5.1 Too many errors, you have been temporarily blacklisted"},
    {"rate.connections", "421 4.7.0 Too many unknown recipients, goodbye"},
    {"limits.recipients", "452 4.5.3 Too many recipients"},
    {"recipient.unknown", "550 unknown recipient"},
    /* of a server that asked for the sender's mailbox, what it was told there is about the sender */
    {"sender.unverified",
     "This message was created automatically by mail delivery software.\nThe following address(es) "
     "failed:\n\n"
     "  b@example.org\n    SMTP error from remote mail server after RCPT TO:<b@example.org>:\n    host "
     "mx.example.org [192.0.2.1]:\n    550 5.1.7 <a@example.net>: Sender address rejected: undeliverable "
     "address:\n    host mx.example.net[192.0.2.2] said: 550 <a@example.net> recipient rejected (in reply to "
     "RCPT TO command)\n"},
    /* whose mailbox it is */
    {"sender.unverified", "550 5.7.1 <a@example.org>: Sender address rejected: mailbox disabled"},
    {"sender.unverified", "550 5.7.1 Sender address rejected: mailbox full"},
    /* a mailbox that is not available, wherever it is said */
    {"recipient.unknown",
     "550 - Den forespurte kommandoen feilet fordi brukerens postkasse ikke var tilgjengelig"},
    {"recipient.unknown", "550 Handlingen blev ikke udført: postkassen er ikke tilgængelig"},
    {"recipient.unknown", "550 De gevraagde actie is niet uitgevoerd: mailbox niet beschikbaar"},
    {"recipient.unknown", "550 Istenen islem gerceklestirilemedi: posta kutusu kullanilamiyor"},
    /* what Outlook says around the server's words, in the languages that it speaks */
    {"relay.denied",
     "Serversvar: '550 <b@example.org>... Vidarebefordran nekades', Port: 25, Serverfel: 550"},
    {"relay.denied", "Resposta do Servidor: '550 <b@example.org>... Reencaminhamento Negado', Porta: 25"},
    /* where the server refused nothing, what the program says itself behind the session decides */
    {"tls.certificate",
     "2025-05-31 00:51:49 SERVER -> CLIENT: 220 mx.b.example ESMTP\n2025-05-31 00:51:49 CLIENT -> SERVER: "
     "EHLO a.example\n2025-05-31 00:51:49 SERVER -> CLIENT: 250-mx.b.example\n250 STARTTLS\n2025-05-31 "
     "00:51:49 CLIENT -> SERVER: STARTTLS\n2025-05-31 00:51:49 SERVER -> CLIENT: 220 2.0.0 Ready\n2025-05-31 "
     "00:51:49 Connection failed. Error #2: stream_socket_enable_crypto(): SSL operation failed with code 1. "
     "OpenSSL Error messages:error:0A000086:SSL routines::certificate verify failed [/www/PHPMailer/SMTP.php "
     "line 476]\nSMTP Error: Could not connect to SMTP host.\n2025-05-31 00:51:49 CLIENT -> SERVER: QUIT\n"
     "2025-05-31 00:51:49 SERVER -> CLIENT:\n2025-05-31 00:51:49 SMTP ERROR: QUIT command failed:\n"},
    /* what a program writes around the reply says nothing beside it */
    {"recipient.full",
     "452 4.2.2 id=1-1 - Temporary MTA failure on relaying, from MTA(smtp:[127.0.0.1]:10025): "
     "452 4.2.2 <b@example.org>: Mailbox full"},
    {"rate.greylisted",
     "450 4.7.1 id=1-1 - Temporary MTA failure on relaying, from MTA(smtp:[127.0.0.1]:10025): "
     "450 4.7.1 <b@example.org>: Recipient address rejected: Greylisted"},
    {"receiver.error", "451 4.3.5 id=1-1 - Temporary MTA failure on relaying, from MTA(smtp:[::1]:10025): "
                       "451 4.3.5 Server configuration error"},
    {"receiver.error", "451 4.5.0 id=1-1 - Temporary MTA failure on relaying, From MTA() during fwd-connect "
                       "(Negative greeting: at line 479.): id=1-1"},
    /* words of a rule in a text that is no reply and says nothing of mail */
    {"!recipient.unknown", "nobody here speaks French"},
    {"!receiver.unavailable", "the shop is closed, please try again later"},
    {"blocklist.spamhaus",
     "The following From address failed: a@b.example : MAIL FROM command failed,5.7.1 Client "
     "host [192.0.2.1] blocked using zen.spamhaus.org,554"},
    {"rate.limited",
     "The following From address failed: a@b.example : MAIL FROM command failed,4.7.0 Too many "
     "messages sent, try again later,421"},
    {"content.virus",
     "SMTP ERROR: DATA END command failed: 550 5.7.1 Message contains a virus SMTP Error: data not "
     "accepted."},
    {"relay.denied",
     "SMTP Error: The following recipients failed: b@example.org: <b@example.org>: Relay access "
     "denied\nSMTP server error: DATA command failed Detail: Error: no valid recipients SMTP code: 554 "
     "Additional SMTP info: 5.5.1"},
    {"content.format",
     "stat=Error (temporary failure: \"mail.lmtp: LMTP server error: 550 5.7.1 <a@b.example> Permanent "
     "failure: unrecognized patch header\")"},
    {"relay.denied", "550 I cannot deliver mail for <kim@example.com>"},
    /* what passed is not what failed; what is denied is not said */
    {"auth.spf", "550 5.7.1 DKIM verified, SPF did not"},
    {"auth.dkim", "554 5.7.1 SPF=pass DKIM=fail"},
    {"recipient.unknown", "El buz\u00f3n no est\u00e1 lleno; el usuario no existe en este servidor."},
    /* no connection: who of the two, and at which port */
    {"network.refused", "unable to connect to ssl://smtp.example.com:465 (Connection refused)"},
    {"!network.refused", "SMTP Error: Could not connect to SMTP host. Failed to connect to server"},
    {"!network.refused", "Could not connect to SMTP host: localhost, port: 25"},
    {"network.timeout", "connect ETIMEDOUT 142.250.102.108:587"},
    {"queue.expired", "retry time not reached for any host after a long failure period"},
    {"sender-system.error", "lowest numbered MX record points to local host"},
    {"receiver.error", "550 lowest numbered MX record points to local host"},
    /* what nobody can read is not guessed */
    {"!unknown.unclassified", "find_string id 10056429953"},
    {"!unknown.unclassified", "xxxxxxxx xxx xxxxxxxxxxxxxxxx xxxx"},
    {"receiver.unavailable",
     "host mx1-us1.ppe-hosted.com[192.0.2.1] refused to talk to me: 421 4.3.2 All screening "
     "ports are busy"},
    {"content.policy", "550 邮件内容被拒绝"},
    /* an event's kind decides */
    {"notice.delivered",
     "{\"eventType\":\"Delivery\",\"delivery\":{\"smtpResponse\":\"250 2.0.0 OK user unknown "
     "spam\",\"recipients\":[\"a@b.example\"]}}"},
    {"notice.delivered",
     "{\"event\":\"delivered\",\"recipient\":\"a@b.example\",\"delivery-status\":{\"code\":250,"
     "\"message\":\"OK\"},\"message\":{\"headers\":{\"subject\":\"user unknown\"}}}"},
    {"notice.delivered",
     "{\"type\":\"delivery\",\"rcpt_to\":\"a@b.example\",\"msys\":{\"message_event\":{\"type\":"
     "\"delivery\"}}}"},
    {"notice.complaint", "{\"RecordType\":\"SpamComplaint\",\"Email\":\"a@b.example\",\"Description\":\"The "
                         "subscriber explicitly marked this message as spam.\"}"},
    {"notice.complaint", "{\"notificationType\":\"Complaint\",\"complaint\":{\"complainedRecipients\":[{"
                         "\"emailAddress\":\"a@b.example\"}]}}"},
    {"notice.complaint", "{\"event\":\"complained\",\"recipient\":\"a@b.example\"}"},
    {"notice.auto-reply", "{\"RecordType\":\"Bounce\",\"Type\":\"AutoResponder\",\"Email\":\"a@b.example\","
                          "\"Description\":\"Automatic email responder\"}"},
    {"sender-system.refused", "{\"event\":\"dropped\",\"email\":\"a@b.example\",\"reason\":\"Unsubscribed "
                              "Address\"}"},
    {"domain.no-mail-host",
     "{\"event\":\"bounce\",\"email\":\"a@b.example\",\"reason\":\"unable to get mx info: "
     "failed to get IPs from PTR record: lookup <nil>: unrecognized address\"}"},
    /* a name or a word that a stranger chose, where the server's own words say another thing */
    {"!blocklist.spamhaus", "550 Access denied - Invalid HELO name (See RFC2821 4.1.1.1) zen.spamhaus.org"},
    {"!blocklist.microsoft", "421 4.7.0 [203.0.113.9] Too many connections from S3150"},
    {"!content.spam", "530 5.7.0 Must issue a STARTTLS command first, [CS01]"},
    {"!blocklist.microsoft", "550 5.7.1 Unauthenticated email from evil.example is not accepted due to "
                             "domain's DMARC policy. (in reply to end of DATA command) Subject: S3150"},
    {"!blocklist.microsoft", "550 5.7.1 virus Eicar-Test-Signature detected by ClamAV in \"S3150\""},
    /* a name that the server repeats, more than once, or among the words that a rule knows, or at its place
     */
    {"!blocklist.spamcop",
     "550 5.7.1 Unauthenticated email from bl.spamcop.net is not accepted due to domain's "
     "DMARC policy. Please contact the administrator of bl.spamcop.net domain"},
    {"!receiver.error",
     "451 4.4.3 unable to look up host zen.spamhaus.org: Temporary failure in name resolution"},
    {"!receiver.error", "Could not connect to SMTP host: zen.spamhaus.org, port: 25; nested exception is: "
                        "java.net.ConnectException: Connection refused"},
    {"reputation.ip", "421 4.7.0 [TSS04] Messages from 192.0.2.5 temporarily deferred"},
    {"!auth.spf", "550 5.5.1 Server spf=fail has an invalid PTR record"},
    /* what stands where nothing but a host's name does, whatever else is said */
    {"!blocklist.microsoft", "450 4.7.1 host S3150 [192.0.2.9] temporary failure #120"},
    {"!auth.spf", "451 4.4.2 reply: read error from spf=fail"},
    {"!blocklist.spamhaus", "554 zen.spamhaus.org IP: 192.0.2.7, You are not allowed to send us mail"},
    {"protocol.error",
     "503 <OU-002@example.com>: Sender address rejected: Improper use of SMTP command pipelining"},
    {"reputation.ip", "550 OU-002 Mail rejected by Windows Live Hotmail for policy reasons."},
    {"blocklist.spamhaus", "554 5.7.1 Client host [192.0.2.1] blocked using zen.spamhaus.org"},
    /* what the server had not seen yet is not certain */
    {"!content.virus",
     "host mx.example.org[192.0.2.1] said: 550 5.7.1 the message contains a virus (in reply to "
     "RCPT TO command)"},
    {"!unknown.unclassified", "SMTP Error: data not accepted."},
    {"!unknown.unclassified", "554 5.5.1 Error: no valid recipients"},
    /* what the words of a pipe are elsewhere is no pipe in a reply with a code */
    {"!receiver.unavailable", "to=<a@b.example>, relay=mx.b.example, stat=451 Temporary failure"},
    {"sender.spoofed", "Expected response code 250 but got code \"501\", with message \"501 5.7.1 "
                       "<username>... Permission denied \""},
    /* a sender that is no whole address is written wrong, not refused by its name */
    {"sender.syntax", "KO: (501, b': sender address must contain a domain', 'kim')"},
    {"sender.syntax", "smtplib.SMTPSenderRefused: (501, b'5.1.7 Invalid address', 'kim')"},
    /* constants of programs are known with underscores and without */
    {"tls.certificate", "CERTIFICATE_VERIFY_FAILED: Hostname mismatch(handshake.cc:359))"},
    {"tls.certificate", "An error occurred while attempting to establish an SSL or TLS connection.\n\nThe "
                        "host name did not match the name given in the server's SSL certificate."},
    /* what only a program's library writes counts to the letter in its long reports too */
    {"network.lost", "\"smtp\": { \"error\": { \"type\": \"AsyncSmtpError\", \"message\": \"io: "
                     "incomplete\" } }"},
    {"tls.required", "smtp::outbound::delivery: context=\"tls\" event=\"unavailable\" mx=\"mx.b.example\" "
                     "reason=\"STARTTLS was not advertised by host\""},
    {"limits.hops", "DNS Error: Unable to deliver email to the IP address [192.0.2.4] resolved for the Mail "
                    "Exchange (MX) server of \"b.example\". The resolved IP address corresponds to a local "
                    "interface."},
    {"protocol.error", "Expected response code \"354\" but got code \"250\", with message \"250 2.1.5 Ok\""},
    /* a program's object names the command that was refused */
    {"sender.syntax", "Mail from command failed - 501 <a@[127.0.0.1]>: domain literals not allowed"},
    {"sender.unverified",
     "{ code: 'EENVELOPE', response: '550 User unknown', responseCode: 550, command: 'MAIL FROM' }"},
    /* a mailbox that was never looked up is not missing */
    {"limits.hops", "550 5.1.1 <a@b.example>: Recipient address rejected: undeliverable address: mail for "
                    "b.example loops back to myself"},
    /* what never got as far as a server is the program's */
    {"sender-system.error", "javax.mail.MessagingException: IOException while sending message;\n  nested "
                            "exception is:\n\tjavax.activation.UnsupportedDataTypeException: no object DCH "
                            "for MIME type multipart/mixed; \n\tboundary=\"----=_Part_190\"\n\tat "
                            "com.sun.mail.smtp.SMTPTransport.sendMessage(SMTPTransport.java:1141)"},
    {"sender.spoofed", "553 Relaying disallowed as Kim <kim@example.com.br>"},
    {"content.attachment", "Report: MailScanner: No programs allowed (oOle10Native_tmp)"},
    /* what a program says itself, without a server's refusal in it */
    {"network.timeout", "Error: can not connect to any SMTP server\n    at tryConnect "
                        "(/srv/node_modules/sendmail/sendmail.js:88:49)"},
    {"sender-system.refused",
     "Your account is on probation and domains are limited to 100 messages / hour. To "
     "maintain the rate the account has been disabled until Tue, 23 Oct 2018"},
    /* a name says who answers, and the words beside it why */
    {"rate.connections",
     "421-gmx.net (mxgmx107) Nemesis ESMTP Service not available\n421 Too many connections"},
    {"identity.ptr-missing", "550 MagicSpam: no reverse DNS found for 192.0.2.1"},
    {"auth.spf", "421-4.7.0 Try again later, closing connection. Rate limited because SPF does not pass"},
    {"rate.limited", "550 5.7.508 Access denied, [2001:db8::5] has exceeded permitted limits within range"},
    /* what stands behind a server and failed it is no network */
    {"receiver.error", "451 database query timeout"},
    {"access.login-required", "535 5.7.8 bad_signature"},
};

static void kinds(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct verdict v;
        bool may_be_certain = rows[i].cause[0] != '!';
        verdict_of_reply(&v, slice_of(rows[i].text), loaded.matcher, &arena);
        expect_text(rows[i].text, slice_of(v.cause->id), rows[i].cause + !may_be_certain);
        if (!may_be_certain && v.confidence == CONFIDENCE_CERTAIN)
            fail_msg("certain: %s", rows[i].text);
        arena_free(&arena);
    }
}

/* A file may be about anything, and hold a word that rules know. */
static void documents(void **state) {
    static const char filler[] =
        "This software is provided as is, without any express or implied warranty. In no event will the "
        "authors be held liable. The attachment of a handler is not allowed, and a loop is a policy error; "
        "connections time out, users are unknown, and quotas are full.\n";
    static const struct {
        unsigned fillers; /* before the words */
        const char *words;
        const char *cause; /* NULL: nothing is told of it */
    } files[] = {
        {3, "", NULL},
        {3, "404 not found: user unknown, access denied", NULL},
        {3, "Write to Bob <bob@example.org>.", NULL},
        {3, "My mail to bob@example.org came back: mailbox full", "recipient.full"},
        {3, "My mail came back. It said:\n\n552 5.2.2 mailbox full\n", "recipient.full"},
        {3, "Why was my mail refused?\n\n550 mailbox full\n", "recipient.full"},
        {40, "\nMy mail to bob@example.org came back: mailbox full", NULL},
        {40, "\nMy mail to bob@example.org came back: 552 5.2.2 mailbox full", "recipient.full"},
        {0, "disk quota exceeded", "recipient.full"},
        {0, "550 5.7.1 no", "access.denied"},
        /* no rule knows the words, the second opinion does: only of what is about mail */
        {0, "Boite du destinataire archivee. Archived recipient.\n(in reply to RCPT TO command)",
         "recipient.disabled"},
        {0, "Boite du destinataire archivee. Archived recipient.", NULL},
        /* a number is no code, where nothing else tells of mail */
        {0, "Serves 4.\n\n550 g of flour\n421 ml of water\n", NULL},
        {0, "My mail was refused.\n\n550 g of it\n", "access.denied"},
        {0, "requests.exceptions.HTTPError: 404 Client Error: Not Found for url", NULL},
        {0, "> They told me:\n> 550 5.1.1 <bob@example.org>: user\n> unknown\n", "recipient.unknown"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(files); i++) {
        struct arena arena = {0};
        struct report report = {0};
        g_autoptr(GString) text = g_string_new(NULL);
        for (unsigned n = 0; n < files[i].fillers; n++)
            g_string_append_printf(text, "%s\n", filler);
        g_string_append(text, files[i].words);
        bool is_told = report_build_pasted(&report, slice_of(text->str), loaded.matcher, &arena);
        expect_number(files[i].words, is_told, files[i].cause != NULL);
        if (is_told)
            expect_text(files[i].words, slice_of(report.verdicts->cause->id), files[i].cause);
        if (is_told && strcmp(files[i].words, "disk quota exceeded") == 0 &&
            report.verdicts->confidence == CONFIDENCE_CERTAIN)
            fail_msg("certain of words that may be another program's");
        arena_free(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(kinds), cmocka_unit_test(documents)};
    return cmocka_run_group_tests(tests, load, unload);
}
