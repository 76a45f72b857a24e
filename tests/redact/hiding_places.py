"""A bounce in which somebody is named in every place where a person can be: all that names one holds "zzq"."""
import base64
import quopri
import urllib.parse

WORD = "=?utf-8?b?" + base64.b64encode(b"Zoe Zzqmann").decode() + "?="
SUBJECT = "Offer 4711 for zzqproject until Friday noon"
QUOTED = "=?utf-8?q?" + quopri.encodestring(SUBJECT.encode(), header=True).decode().replace("\n", "") + "?="
SURNAME_HOST = "host zzqmann.x.example"  # half of a local part, which is a name only beside one
TOKEN = base64.urlsafe_b64encode(b"zoe.zzqmann@x.example").decode()
HEX = urllib.parse.quote

# A line each of the reply: what is written there of the recipient, the sender and the mail.
PLACES = [
    "<zoe.zzqmann@x.example> user zoe.zzqmann, 'zoe.zzqmann', mailbox zoe.zzqmann",
    "rfc822;zoe.zzqmann@x.example RFC822; zoe.zzqmann@x.example mailto:zoe.zzqmann@x.example",
    '"zoe.zzqmann two"@x.example "zoe\\"zzqmann"@x.example "@zzqat"@x.example',
    "zoe.zzqmann%x.example@relay.example x.example!zoe.zzqmann",
    "zoe.zzqmann+zzqtag@x.example zoe.zzqmann=x.example@list.example list-bounces+zoe.zzqmann=x.example@list.example",
    "SRS0=HHHH=TT=x.example=zoe.zzqmann@relay.example SRS1=HHHH=r.example==HHHH=TT=x.example=zoe.zzqmann@relay.example",
    "prvs=1234567890=zoe.zzqmann@x.example btv1==abc==zoe.zzqmann@x.example",
    "zoe.zzqmann (at) x.example zoe.zzqmann[at]x.example zoe.zzqmann&#64;x.example zoe.zzqmann&#x40;x.example",
    "zoe.zzqmann=40x.example zoe.zzqmann%40x.example zoe.zzqmann%2540x.example zoe.zzqmann\\u0040x.example",
    '{"user":"zoe.zzqmann","email":"zoe.zzqmann@x.example","name":"Zoe Zzqmann","id":"zzq4711id"}',
    "z\u200boe.zz\u00adqmann@x.example zoe.zz\u2060qmann zoe.zzqmann\u200b@x.example",
    "Zoe Zzqmann, Zzqmann Zoe, ZOE ZZQMANN, zoe zzqmann, Zzqmann, (Zoe Zzqmann)",
    f"{WORD} {QUOTED}",
    f"{SUBJECT} Re: {SUBJECT} {SUBJECT[:34]}",
    f"{SUBJECT.replace(' ', '_')} {HEX(SUBJECT)} {SUBJECT.replace(' ', '+')} mailto:zoe.zzqmann@x.example?subject={HEX(SUBJECT)} ({SUBJECT})",
    f"https://x.example/u?e=zoe.zzqmann%40x.example&s={HEX(SUBJECT)}&n=Zoe+Zzqmann&t={TOKEN}&m=zzq4711id",
    f"https://zoe.zzqmann@x.example/zoe.zzqmann/{TOKEN} https://x.example/?e=zoe.zzqmann%2540x.example",
    "queued as zzq4711id queue id zzq4712id <zzq-msgid.1@own.example> host zoe-zzqmann.dyn.x.example",
    SURNAME_HOST,
    "Grüße.zzqmann@x.example <grüße.zzqmann@bücher.example> smtp.auth=zoe.zzqmann (authenticated as zoe.zzqmann)",
    "zoe_zzqmann zoe-zzqmann Z.Zzqmann Z. Zzqmann zoezzqmann ZoeZzqmann zzqmann_zoe \uff5aoe.zzqmann\uff20x.example",
    "/var/mail/zoe.zzqmann /home/zzqmann/Maildir/new C:\\Users\\zoe.zzqmann Mr. Zzqmann, Zzqmann!",
    "https://x.example/u?h=" + b"zoe.zzqmann@x.example".hex() + " https://x.example/u/" + b"zoe.zzqmann@x.example".hex(),
    "user=<zoe.zzqmann> to=<zoe.zzqmann> orig_to=<zoe.zzqmann> sasl_username=zoe.zzqmann",
    "no zzqlogin1, zzqlogin2, zzqlogin3, zzqlogin4, zzqlogin5, zzqscript.php; uid=471199 X-Authenticated-User: zzqlogin8",
    "U=zzqu A=login_plain:zzqa authid=zzqb (Authenticated sender: zzqc) logged in as zzqd, authenticated user zzqe; ruser=zzqf",
]
# What only a header tells to be a name or a subject: a log cannot know.
NEEDS_HEADER = [place for place in PLACES if "Zzqmann" in place or SUBJECT in place or "zzqlogin1" in place or place == SURNAME_HOST]

# Names of which no header tells: only the form of the reply does.
REPLIES = [
    "550 5.1.1 No such user 'zzqbob'", "550 \"Kim Zzqample\" <kim@x.example>: rejected", "550 Kim Zzqample <kim@x.example>: rejected",
    "552 User account zzqkim is over quota", "550 5.1.1 <zzqkim>: no such user", "550 mailbox zzqkim not found", "550 unknown account: zzqkim",
    "550 No mailbox for `zzqkim'", "452 /var/mail/zzqkim: disk full", "452 /home/zzqkim/Maildir/tmp: no space", "550 Mr. Zzqlee has left",
    "550 alias \"zzqkim\" disabled", "550-5.7.1 refused. zzq7-5b1f17b1804b1.431 - gsmtp", "550 see https://x.example/?t=zzq456789abcdef0",
    "550 login zzqkim: recipient zzqlee rejected",
    # logins, and what a name is said of
    "535 5.7.8 Authentication failed for zzqkim", "535 5.7.8 zzqkim: authentication failed", "535 Login failed for zzqkim",
    "535 5.7.3 Authentication unsuccessful for zzqkim [AM0PR04CA0001]", "535 Incorrect authentication data (set_id=zzqkim)",
    "552 quota exceeded for zzqkim", "550 zzqkim: user unknown", "550 5.1.1 zzqkim... User unknown", "550 employee zzqkim has left",
    # addresses that are cut, or written so that they are none
    "550 5.1.1 <zzqkim.l...>: no such user", "550 5.1.1 <zzqkim...@x.example>: no", "550 5.1.1 zzqkim @ x.example unknown",
    "550 5.1.1 zzqkim -at- x.example", "550 5.1.1 zzqkim(@)x.example", "550 5.1.1 zzqkim&#064;x.example", "550 5.1.1 zzqkim&AT;x.example",
    # parameters of SMTP, internationalised addresses, a line of quoted-printable that was cut, a place in a directory
    "550 5.1.1 RCPT TO:<kim@x.example> ORCPT=rfc822;zzqkim+40x.example NOTIFY=NEVER", "550 MAIL FROM:<kim@x.example> AUTH=zzqkim+40x.example",
    "550 5.1.1 ORCPT=utf-8;zzqkim\\x{40}x.example", "550 5.1.1 utf-8;zzqk\\x{E4}m.zzq@x.example unknown", "550 ENVID=zzq4711id00 rejected",
    "550 5.1.1 zzq.k=\n im@x.example unknown", "550 not found; /o=Org/ou=Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=zzqkim",
    "550 not found; /O=ORG/OU=GROUP/CN=RECIPIENTS/CN=5b6a7c8d9e0f1a2b-zzqkim; RESOLVER.ADR.ExRecipNotFound",
    # values of JSON
    '550 [{"rcpt":"zzqkim"}]', '550 {"recipient":{"local":"zzqkim","domain":"x.example"}}', '550 {\\"user\\":\\"zzqkim\\"}',
    '550 {"first_name":"Zzqkim","last_name":"Zzqample"}', '550 {"msg_id":"zzqid12345"}', '550 {"phone":"+49 30 zzq"}',
    # names
    "550 'Kim Zzqample' <kim@x.example>", "550 kim@x.example (Kim Zzqample)", "550 Zzqample, Kim <kim@x.example>", "550 Dear Kim Zzqample,",
    "550 Sr. Kim Zzqample", "550 subject 'Zzqoffer of today' rejected",
]

# Numbers of telephones in what a person wrote, and numbers that are none.
PHONES = ["+49 30 9876543", "+1 (555) 987-6543", "Tel. 030/9876543", "Phone: 555-987-6543", "(Fax 555.987.6543)"]
NUMBERS = ["192.0.2.5", "Tel. 192.0.2.5", "+0000", "5.7.1", "2026-11-24 09:14:03", "+ 5 MB", "call 911"]

# What stays in a reply, whatever its sender is called and whatever the subject was.
REFUSALS = [
    "554 5.7.1 Service unavailable; Client host [192.0.2.5] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.5",
    "550 5.1.1 Recipient address rejected: User unknown in virtual mailbox table",
    "552 5.2.2 mailbox full; user is over quota",
    "550 5.7.26 SPF [example.net] with ip: [192.0.2.5] = did not pass; dmarc=fail spf=fail",
    "550 5.7.606 Access denied, banned sending IP [192.0.2.5]; forward this message to delist@microsoft.com",
    "550 5.7.1 rejected by policy; see https://example.net/help/1234567890#blocked or write to postmaster@example.net",
]
CHOSEN = ["Service unavailable", "192.0.2.5", "www.spamhaus.org", "User unknown", "blocked using zen.spamhaus.org", "full", "fail", "rejected",
          "Client host 192.0.2.5 blocked", "User Over Quota", "https://www.spamhaus.org/query/ip/192.0.2.5", "5.7.26", "is", "550", "unknown",
          "Recipient address rejected: User unknown in virtual mailbox table", "spamhaus", "query", "blocked", "zen", "did not pass"]

# What must stay readable in the reply.
KEPT = "user unknown in mail system, offer declined; see https://x.example/help?id=550&lang=en at mx1.x.example [192.0.2.7]"

MAIL = f"""Return-Path: <>
Delivered-To: kim.zzqsender@own.example
Received: from mx.x.example (mx.x.example [192.0.2.9]) (authenticated as kim.zzqsender)
\tby mail.own.example (Postfix, from userid 1000 zzqsender) with ESMTP id zzq4713id
\tfor <kim.zzqsender@own.example>; Tue, 24 Nov 2026 09:14:03 +0000 (comment of kim.zzqsender)
Received: from [192.168.1.5] (helo=kims-zzqsender-laptop.fritz.box) by mx.x.example with esmtpsa (Exim 4.96)
\t(envelope-from <kim.zzqsender@own.example>) id 1abCde-0003Xy-5T for zoe.zzqmann@x.example;
\tTue, 24 Nov 2026 09:14:02 +0000
Authentication-Results: mail.own.example; spf=pass (kim.zzqsender) smtp.mailfrom=kim.zzqsender@own.example;
\tauth=pass smtp.auth=kim.zzqsender; dkim=pass header.i=kim.zzqsender@own.example header.b=abc
Received-SPF: pass (own.example: domain of kim.zzqsender@own.example) client-ip=192.0.2.1;
\tenvelope-from="kim.zzqsender@own.example"; helo=zzqsender.own.example
DKIM-Signature: v=1; a=rsa-sha256; d=own.example; s=sel-zzqsender-2; i=kim.zzqsender@own.example; h=from; bh=a; b=b
List-Id: Zzqsender List <zzqsender.own.example>
List-Unsubscribe: <mailto:unsub-kim.zzqsender=own.example@x.example>, <https://x.example/u/{TOKEN}>
X-Original-To: kim.zzqsender@own.example
X-Failed-Recipients: zoe.zzqmann@x.example
X-PHP-Originating-Script: 471199:zzqscript.php
X-PHP-Script: own.example/zzqfolder/zzqscript.php for 192.0.2.3
X-Authenticated-User: zzqlogin1
X-Authenticated-Sender: web1.own.example: zzqlogin2
X-AuthUser: zzqlogin3@own.example
X-Sender-Id: shop|x-authuser|zzqlogin4@own.example
X-Get-Message-Sender-Via: web1.own.example: authenticated_id: zzqlogin5/only user confirmed/virtual account not confirmed
X-Source-Auth: zzq6
X-Authentication-Warning: web1.own.example: zzqlogin7 set sender to zzqshop@own.example using -f
Auto-Submitted: auto-replied
From: Mail Delivery <MAILER-DAEMON@x.example>
To: "Zzqsender, Kim" <kim.zzqsender@own.example>
Subject: Undelivered: {SUBJECT}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain; charset=utf-8

Your message could not be delivered.

<zoe.zzqmann@x.example>: 550 5.1.1 {PLACES[0]}
{PLACES[11]}; {SUBJECT}

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.x.example
X-Postfix-Queue-ID: zzq4711id
X-Postfix-Sender: rfc822; kim.zzqsender@own.example

Final-Recipient: rfc822; zoe.zzqmann@x.example
Original-Recipient: rfc822;"zoe.zzqmann two"@x.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx1.x.example
Diagnostic-Code: smtp; 550 5.1.1 REPLY

--b
Content-Type: message/rfc822

Received: by mail.own.example (Postfix, from userid 1000 zzqsender)
\tid zzq4711id; Tue, 24 Nov 2026 09:14:02 +0000 (UTC)
From: =?utf-8?b?{base64.b64encode(b"Kim Zzqsender").decode()}?= <kim.zzqsender@own.example>
To: {WORD} <zoe.zzqmann@x.example>, grüße.zzqmann@x.example (Zoe Zzqmann)
Subject: Re: {SUBJECT}
Message-Id: <zzq-msgid.1@own.example>
DKIM-Signature: v=1; a=rsa-sha256; d=own.example; s=zzqsender2026; i=@own.example; h=from; bh=a; b=b

text

--b--
"""

LOG = """Nov 24 09:14:02 mail postfix/smtpd[7]: zzq4711id: client=unknown[192.0.2.1], sasl_method=PLAIN, sasl_username=kim.zzqsender
Nov 24 09:14:02 mail postfix/cleanup[7]: zzq4711id: message-id=<zzq-msgid.1@own.example>
Nov 24 09:14:02 mail postfix/qmgr[7]: zzq4711id: from=<kim.zzqsender@own.example>, size=99, nrcpt=1 (queue active)
Nov 24 09:14:03 mail postfix/smtp[7]: zzq4711id: to=<zoe.zzqmann@x.example>, relay=mx1.x.example[192.0.2.7]:25, delay=1, delays=0/0/0/1, dsn=5.1.1, status=bounced (host mx1.x.example[192.0.2.7] said: 550 5.1.1 REPLY)
Nov 24 09:14:02 mail postfix/cleanup[7]: zzq4711id: info: header X-PHP-Originating-Script: 471199:zzqscript.php from local; from=<kim.zzqsender@own.example> to=<zoe.zzqmann@x.example>
Nov 24 09:14:02 mail postfix/cleanup[7]: zzq4711id: warning: header X-Authenticated-User: zzqlogin1 from local; from=<kim.zzqsender@own.example> to=<zoe.zzqmann@x.example>
Nov 24 09:14:02 mail postfix/pickup[7]: zzq4711id: uid=471199 from=<zzqlocal>
Nov 24 09:14:02 mail dovecot: imap-login: Login: user=<zzqlogin9>, method=PLAIN, rip=192.0.2.1, lip=192.0.2.2
Nov 24 09:14:02 mail dovecot: lda(zzqbare1)<7><abc>: Error: user zzqbare1: save failed to INBOX: Quota exceeded (mailbox for user is full)
Nov 24 09:14:02 mail dovecot: auth: passwd-file(zzqbare2,192.0.2.1): Password mismatch
Nov 24 09:14:02 mail strange[7]: 1tF1ac-0000000ABCD-1235 U=zzqbare3 T="Zzqsubject of it" ctladdr=zzqbare4 (471199/471199) cwd=/home/zzqbare5/www
Nov 24 09:14:02 mail strange[8]: mail() on [/srv/zzqsite/form.php:12]: To: zoe.zzqmann@x.example
Nov 24 09:14:03 mail postfix/qmgr[7]: zzq4711id: removed
Nov 24 09:14:04 mail postfix/smtpd[7]: NOQUEUE: reject: RCPT from unknown[192.0.2.8]: 554 5.7.1 <zoe.zzqmann@x.example>: Relay access denied; from=<kim.zzqsender@own.example> to=<zoe.zzqmann@x.example> proto=ESMTP helo=<zzqsender.own.example>
Nov 24 09:14:04 mail postfix/strange[7]: zzq4711id9: a line of nobody: user=kim.zzqsender <zoe.zzqmann@x.example>
"""


def mails():
    """A mail for each place, and one with what must stay."""
    for place in [*PLACES, KEPT]:
        yield place, MAIL.replace("REPLY", place)
