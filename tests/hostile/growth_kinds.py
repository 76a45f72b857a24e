"""The kinds of hostile input whose cost must grow as they do. Each is made in any size: `n` things of its kind.

kind(name, n, make, words, slow): `make(n)` gives the bytes, or {file name: bytes} where several files are needed;
`words` is the command line, in which {name} stands for a file of those and {in} for the only one.
"""
import base64
import bz2
import collections
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib

Kind = collections.namedtuple("Kind", "name n make words")
KINDS = []


def kind(name, n, make, words=("{in}",)):
    KINDS.append(Kind(name, n, make, words))


HEAD = b"From: a@b.example\nMIME-Version: 1.0\n"
OPEN_WORD = b"=?utf-8?q?abc"


def folded(word):
    return lambda n: (word + b"\n ") * n


def numbered(word):
    return lambda n: b"".join(word % i for i in range(n))


def field(name, make):
    return lambda n: HEAD + name + b": " + make(n) + b"\n\nbody\n"


# --- what GMime gets to see ---
kind("address groups inside each other", 40000, field(b"To", lambda n: b"a:" * n))
kind("address groups, folded", 40000, field(b"Cc", folded(b"a:")))
kind("address groups in a part", 40000, lambda n: HEAD + b"Content-Type: multipart/digest; boundary=b\n\n--b\n\nTo: " + b"a:" * n + b"\n\nx\n--b--\n")
kind("groups side by side", 40000, field(b"To", folded(b"a:b@c;")))
for name in (b"Subject", b"From", b"To", b"Content-Description", b"Message-Id", b"References", b"In-Reply-To", b"Date", b"Received",
             b"Content-Id", b"Content-Location", b"Comments", b"Authentication-Results", b"DKIM-Signature", b"Received-SPF"):
    kind(f"open encoded words in {name.decode()}", 40000, field(name, folded(OPEN_WORD)))
kind("open encoded words in one line", 80000, field(b"Subject", lambda n: OPEN_WORD * n))
kind("open encoded words, cut by CR", 40000, field(b"Subject", folded(b"=\r?utf-8?\rq?abc")))
kind("open encoded words, cut by a fold", 40000, field(b"Subject", folded(b"=?utf-8\n ?q?abc")))
kind("open encoded words in quotes", 40000, field(b"From", lambda n: b'"' + folded(OPEN_WORD)(n) + b'" <a@b>'))
kind("open encoded words in phrases", 20000, field(b"To", folded(b"=?utf-8?q?abc <a@b>,")))
kind("open encoded words in comments", 20000, field(b"To", folded(b"a@b (=?utf-8?q?abc),")))
kind("open encoded words in name=", 40000, field(b"Content-Type", lambda n: b'text/plain; name="' + folded(OPEN_WORD)(n) + b'"'))
kind("open encoded words in filename=", 40000, field(b"Content-Disposition", lambda n: b'attachment; filename="' + folded(OPEN_WORD)(n) + b'"'))
kind("open encoded words in many parameters", 20000, field(b"Content-Type", lambda n: b"text/plain" + b';\n name="=?utf-8?q?abc"' * n))
kind("open encoded words in a nested message", 40000, lambda n: HEAD + b"Content-Type:\n message/rfc822\n\nSubject: " + folded(OPEN_WORD)(n) + b"\n\nx\n")
kind("open encoded words in a digest", 40000, lambda n: HEAD + b"Content-Type: multipart/digest; boundary=b\n\n--b\n\nx\nSubject: " + folded(OPEN_WORD)(n) + b"\n\nx\n")
kind("open encoded words in many fields", 20000, lambda n: HEAD + b"".join(b"Subject: " + OPEN_WORD * 4 + b"\n" for _ in range(n)) + b"\nx\n")
kind("whole encoded words", 40000, field(b"Subject", folded(b"=?utf-8?q?abc=FF?=")))
kind("encoded words in unknown sets", 10000, field(b"Subject", numbered(b"=?x-%d?q?a=FF?=\n ")))
kind("addresses", 40000, field(b"To", folded(b"a@b,")))
kind("comments inside each other", 100000, field(b"To", folded(b"(")))
kind("angles", 100000, field(b"Message-Id", lambda n: b"<a@" * n))
kind("quotes", 100000, field(b"To", folded(b'"')))
kind("parameters", 40000, field(b"Content-Type", lambda n: b"text/plain" + numbered(b";\n a%d=b")(n)))
kind("continued parameters", 40000, field(b"Content-Type", lambda n: b"text/plain" + numbered(b";\n a*%d=b")(n)))
kind("continued parameters backwards", 40000, field(b"Content-Disposition", lambda n: b"text/plain" + b"".join(b";\n a*%d*=%%41" % i for i in range(n, 0, -1))))
kind("percent signs", 100000, field(b"Content-Type", lambda n: b"text/plain; name*=utf-8''" + folded(b"%41")(n)))
kind("character sets of parts", 4000, lambda n: HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + numbered(b"--b\nContent-Type: text/plain; charset=x%d\n\n\xff\n")(n))
kind("8-bit bytes", 100000, field(b"Subject", folded(b"\xff\xfeabc")))
kind("lines of a field", 100000, field(b"X-A", folded(b"a")))
kind("fields", 50000, lambda n: HEAD + numbered(b"X-%d: a\n")(n) + b"\nx\n")
kind("fields To", 50000, lambda n: HEAD + b"To: a@b\n" * n + b"\nx\n")
kind("lines without a colon", 100000, lambda n: HEAD + b"=?utf-8?q?abc\n" * n + b"\nx\n")
# --- trees of parts ---
kind("parts", 4500, lambda n: HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * n)
kind("parts without a blank line", 4500, lambda n: HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: text/plain\n" * n)
kind("messages in parts without a blank line", 2000, lambda n: HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: message/rfc822\n\nSubject: x\n" * n)
kind("multiparts inside each other without a blank line", 100000, lambda n: b"MIME-Version: 1.0\n" + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n--b%d\n" % (i, i) for i in range(900)) + b"--body of it\n" * n)
kind("multiparts inside each other", 450, lambda n: b"MIME-Version: 1.0\n" + numbered(b"")(0) + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(n)) + b"\nx\n")
kind("messages inside each other", 450, lambda n: b"Content-Type: message/rfc822\n\n" * n + b"Subject: x\n\nx\n")
kind("messages side by side", 4500, lambda n: HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: message/rfc822\n\nSubject: x\nFrom: a@b\n\nx\n" * n)
kind("reports side by side", 2000, lambda n: REPORT_HEAD + b"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns;x\n\nFinal-Recipient: rfc822;a@b\nAction: failed\nStatus: 5.1.1\n\n" * n)
kind("base64", 200000, lambda n: HEAD + b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(b"550 no such user\n" * n))
kind("quoted-printable", 200000, lambda n: HEAD + b"Content-Transfer-Encoding: quoted-printable\n\n" + b"=41=42=\n" * n)
kind("uuencode", 100000, lambda n: HEAD + b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n" + b"#0V%T\n" * n + b"`\nend\n")
kind("HTML elements", 100000, lambda n: HEAD + b"Subject: Undeliverable\nContent-Type: text/html\n\n" + b"<div style='a:b'><p>" * n)
kind("HTML that never closes", 100000, lambda n: HEAD + b"Subject: Undeliverable\nContent-Type: text/html\n\n" + b"<script><!--" * n)
kind("HTML attributes that never close", 100000, lambda n: HEAD + b"Subject: Undeliverable\nContent-Type: text/html\n\n" + b"<b><script x='" * n)
kind("HTML references", 200000, lambda n: HEAD + b"Subject: Undeliverable\nContent-Type: text/html\n\n" + b"&#x41;&am" * n)
kind("HTML styles", 50000, lambda n: HEAD + b"Subject: Undeliverable\nContent-Type: text/html\n\n<style>" + numbered(b".a%d{display:none}")(n) + b"</style>" + numbered(b"<p class=a%d>x")(n))
# --- trace fields ---
for title, name, make in [
    ("Received fields", b"", numbered(b"Received: from a%d by b%d with SMTP id 1; Thu, 29 Apr 2021 10:00:00 +0000\n".replace(b"b%d", b"b"))),
    ("DKIM signatures", b"", numbered(b"DKIM-Signature: v=1; a=rsa-sha256; d=a%d.example; s=s; h=from; bh=AA==; b=AA==\n")),
    ("results", b"", numbered(b"Authentication-Results: mx%d.example; spf=pass smtp.mailfrom=a@b.example\n")),
    ("ARC fields", b"", numbered(b"ARC-Seal: i=%d; a=rsa-sha256; cv=pass; d=a.example; s=s; b=AA==\n")),
    ("list fields", b"", numbered(b"List-Id: <l%d.example>\n")),
    ("spam fields", b"", numbered(b"X-Spam-Status: Yes, score=%d.0 required=5.0 tests=A\n")),
]:
    kind(title, 400 if title != "list fields" else 20000, lambda n, make=make: make(n) + HEAD + b"\nx\n")
kind("results in one field", 40000, field(b"Authentication-Results", lambda n: b"mx.example;\n " + folded(b"spf=pass smtp.mailfrom=a;")(n)))
kind("properties of a result", 40000, field(b"Authentication-Results", lambda n: b"mx.example; spf=pass " + numbered(b"a.b%d=c\n ")(n)))
kind("comments of a Received field", 40000, field(b"Received", lambda n: b"from a " + folded(b"(b)")(n) + b" by c"))
kind("clauses of a Received field", 40000, field(b"Received", folded(b"from a by b")))
kind("open comments of a Received field", 100000, field(b"Received", lambda n: b"from a " + folded(b"(")(n)))
kind("tags of a signature", 40000, field(b"DKIM-Signature", numbered(b"a%d=c;\n ")))
kind("names that are signed", 40000, field(b"DKIM-Signature", lambda n: b"v=1; d=a.example; s=s; a=rsa-sha256; h=" + folded(b"from:")(n)))
# --- bounces ---
REPORT_HEAD = (b"From: MAILER-DAEMON@example.com\nSubject: Undelivered\nMIME-Version: 1.0\n"
               b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n")
GROUP = b"Final-Recipient: rfc822; u%d@example.org\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user %d\n\n"


def report(n, mta=b"mx.example.com", before=b"", returned=b"", group=GROUP):
    groups = b"".join(group % ((i,) * group.count(b"%d")) for i in range(n))
    text = b"--b\nContent-Type: text/plain\n\nreport\n"
    status = b"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; " + mta + b"\n\n"
    return before + REPORT_HEAD + text + status + groups + returned + b"--b--\n"


HOPS = numbered(b"Received: from a%d.example by b.example with SMTP; Thu, 29 Apr 2021 10:00:00 +0000\n")
RETURNED = b"--b\nContent-Type: message/rfc822\n\n"
for form in ("text", "markdown", "html", "json", "ndjson"):
    kind(f"recipients, as {form}", 2000, report, ("-f", form, "{in}"))
    kind(f"recipients and hops, as {form}", 300,
         lambda n: report(n, before=HOPS(n), returned=RETURNED + HOPS(n) + b"Subject: x\n\nx\n"), ("-f", form, "{in}"))
for reader in ("customer", "receiver"):
    kind(f"recipients, for the {reader}", 2000, report, ("--for", reader, "{in}"))
kind("recipients, -v", 2000, report, ("-v", "{in}"))
kind("recipients, redacted", 1000, report, ("--redact", "-f", "json", "{in}"))
kind("recipients and hops, redacted", 300, lambda n: report(n, before=HOPS(n), returned=RETURNED + HOPS(n) + b"Subject: x\n\nx\n"), ("--redact", "-f", "ndjson", "{in}"))
kind("recipients and the reporter's name", 1500, lambda n: report(n, mta=b"m" * (n * 20)), ("-f", "json", "{in}"))
kind("recipients and a queue id", 1500, lambda n: report(n).replace(b"Reporting-MTA", b"X-Postfix-Queue-ID: " + b"A" * (n * 20) + b"\nReporting-MTA"), ("-f", "ndjson", "{in}"))
kind("recipients and hidden words", 1000, lambda n: report(n, returned=RETURNED + b"From: " + numbered(b"Ann%d Bell <a%d@b>,\n ".replace(b"a%d", b"a"))(n) + b"\nSubject: x\n\nx\n"), ("--redact", "-f", "ndjson", "{in}"))
kind("recipients that are one", 2000, lambda n: report(n, group=GROUP.replace(b"u%d", b"u")), ("-f", "ndjson", "{in}"))
kind("recipients that are one, as text", 2000, lambda n: report(n, group=GROUP.replace(b"u%d", b"u")), ("-v", "{in}"))
kind("recipients in the text", 3000, lambda n: b"Subject: failure notice\n\nHi. This is the qmail-send program at mx.example.com.\n\n" + numbered(b"<u%d@example.org>:\nno mailbox here\n\n")(n), ("-f", "ndjson", "{in}"))
kind("recipients of a complaint", 2000, lambda n: HEAD + b"Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n\nx\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: x\nVersion: 1\nSource-IP: 192.0.2.1\n" + numbered(b"Original-Rcpt-To: u%d@b.example\n")(n) + b"\n--b--\n", ("{in}",))
kind("X-Failed-Recipients", 4000, lambda n: b"From: MAILER-DAEMON@x\nSubject: Mail delivery failed\n" + numbered(b"X-Failed-Recipients: u%d@b.example\n")(n) + b"\nThis message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its recipients.\n\n" + numbered(b"  u%d@b.example\n    no such user\n")(n), ("-f", "ndjson", "{in}"))
kind("addresses in a reply", 20000, lambda n: report(1).replace(b"no such user", folded(b"192.0.2.1 http://a.b/c")(n)), ("-f", "json", "{in}"))
kind("lines of a reply", 50000, lambda n: report(1).replace(b"no such user", folded(b"550-5.1.1 no")(n)), ("-f", "json", "{in}"))
kind("a body", 200000, lambda n: HEAD + b"Subject: Undelivered\n\n" + b"550 5.1.1 user unknown <a@b.example>\n" * n, ("-f", "json", "{in}"))
kind("boundaries of returned text", 50000, lambda n: b"From: MAILER-DAEMON@x\nSubject: Undelivered\n\n" + b"--- Below this line is a copy of the message.\n\nReturn-Path: <a@b>\n" * n, ("-f", "json", "{in}"))
# --- mailboxes ---
kind("messages of an mbox", 2000, lambda n: b"From a@x Thu Apr 29 23:34:45 2017\nSubject: x\n\nbody\n\n" * n, ("-f", "ndjson", "{in}"))
kind("empty messages of an mbox", 4000, lambda n: b"From a@x Thu Apr 29 23:34:45 2017\n\n" * n, ("-f", "ndjson", "{in}"))
kind("From lines without a message", 50000, lambda n: b"From a@x Thu Apr 29 23:34:45 2017\nSubject: x\n\n" + b"From a\n" * n, ("-f", "ndjson", "{in}"))
kind("files of a Maildir", 1000, lambda n: {f"cur/{i}:2,S": b"Subject: x\n\nx\n" for i in range(n)}, ("-f", "ndjson", "."))
# --- what is compressed ---
for name, squeeze in (("gzip", gzip.compress), ("bzip2", bz2.compress), ("xz", lzma.compress)):
    kind(f"{name} of zeros", 4 << 20, lambda n, squeeze=squeeze: HEAD + b"\n" + b"" if n < 0 else squeeze(HEAD + b"\n" + b"\0" * n))
kind("gzip members", 20000, lambda n: gzip.compress(HEAD + b"\n") + gzip.compress(b"x") * n)
# --- logs ---
QUEUED = b"Nov 24 09:00:00 mx postfix/qmgr[1]: %010X: from=<a@example.com>, size=1, nrcpt=1 (queue active)\n"
TRY = b"Nov 24 09:00:01 mx postfix/smtp[2]: %s: to=<%s@example.org>, relay=mx.example.org[192.0.2.1]:25, delay=1, delays=0/0/1/0, dsn=4.4.1, status=%s (%s)\n"
ID = b"4FABCDEF01"


def tries(n, address=b"bob%d", status=b"deferred", reply=b"450 4.2.1 later %d"):
    return b"".join(TRY % (ID, address % i if b"%d" in address else address, status, reply % i if b"%d" in reply else reply) for i in range(n))


QUEUE = b"Nov 24 09:00:00 mx postfix/qmgr[1]: " + ID + b": from=<a@example.com>, size=1, nrcpt=1 (queue active)\n"
DONE = b"Nov 24 09:00:02 mx postfix/qmgr[1]: " + ID + b": removed\n"
for form in ("text", "json", "ndjson"):
    kind(f"log: recipients of a message, as {form}", 20000, lambda n: QUEUE + tries(n), ("log", "-j", "1", "-f", form, "{in}"))
kind("log: tries of a recipient", 20000, lambda n: QUEUE + tries(n, b"bob"), ("log", "-j", "1", "-f", "ndjson", "{in}"))
kind("log: replies", 10000, lambda n: QUEUE + b"".join(TRY % (ID, b"u%d" % i, b"bounced", b"550 Zq%x no" % (i * 7919)) for i in range(n)), ("log", "-j", "1", "-f", "json", "{in}"))
kind("log: domains", 10000, lambda n: QUEUE + b"".join((TRY % (ID, b"u", b"bounced", b"550 no")).replace(b"@example.org", b"@d%d.example" % i) for i in range(n)), ("log", "-j", "1", "-f", "json", "{in}"))
kind("log: domains, as text", 10000, lambda n: QUEUE + b"".join((TRY % (ID, b"u", b"bounced", b"550 no")).replace(b"@example.org", b"@d%d.example" % i) for i in range(n)), ("log", "-j", "1", "{in}"))
kind("log: queue ids", 20000, lambda n: b"".join(QUEUED % i for i in range(n)), ("log", "-j", "1", "-f", "json", "{in}"))
kind("log: queue ids, used again", 5000, lambda n: (QUEUE + tries(1) + DONE) * n, ("log", "-j", "1", "-f", "ndjson", "{in}"))
kind("log: unknown programs", 50000, numbered(b"Nov 24 09:00:00 mx prog%d[1]: what\n"), ("log", "-j", "1", "-f", "json", "{in}"))
kind("log: containers", 30000, lambda n: b"".join(b"mail%d-1  | Nov 24 09:00:00 mx postfix/smtp[2]: A%07d: to=<u@example.org>, relay=none, dsn=4.4.1, status=deferred (no)\nweb-%d | x\n" % (i, i, i) for i in range(n)), ("log", "-j", "1", "-f", "json", "{in}"))
kind("log: refusals of the host itself", 30000, lambda n: b"".join(b"Nov 24 09:00:00 mx postfix/smtpd[2]: NOQUEUE: reject: RCPT from localhost[127.0.0.1]: 550 no; from=<a@b.example> to=<u%d@b.example>\n" % i for i in range(n)), ("log", "-j", "1", "-f", "json", "{in}"))
kind("log: a line", 2 << 20, lambda n: QUEUE + tries(1) + b"Nov 24 09:00:00 mx postfix/smtp[2]: " + b"x" * n + b"\n", ("log", "-j", "1", "-f", "json", "{in}"))
kind("log: hosts", 20000, lambda n: b"".join((QUEUED % i).replace(b" mx ", b" mx%d " % i) for i in range(n)), ("log", "-j", "1", "-f", "json", "{in}"))
kind("log: hours", 5000, lambda n: b"".join((QUEUE + TRY % (ID, b"u", b"sent", b"250 ok") + DONE).replace(b"Nov 24 09", b"2%03d-01-01T%02d" % (i // 24 % 999, i % 24)).replace(b" mx ", b"+00:00 mx ") for i in range(n)), ("log", "-j", "1", "-f", "json", "{in}"))
kind("log: columns of CSV", 50000, lambda n: b"type,timeLogged,rcpt,dsnStatus," + numbered(b"c%d,")(n) + b"\nd,2024-01-01 00:00:00+0000,a@b.example,5.1.1," + b"1," * n + b"\n", ("log", "-j", "1", "-f", "json", "{in}"))
kind("log: JSON inside JSON", 60000, lambda n: b'{"type":' + b'{"a":' * n + b"1" + b"}" * n + b"}\n" + b"[" * n + b"]" * n + b"\n", ("log", "-j", "1", "-f", "json", "{in}"))
kind("log: keys of JSON", 10000, lambda n: b'{"type":"Bounce",' + b",".join(b'"k%d":1' % i for i in range(n)) + b"}\n", ("log", "-j", "1", "-f", "json", "{in}"))
kind("log: journal", 5000, lambda n: numbered(b'{"__REALTIME_TIMESTAMP":"1700000000000000","SYSLOG_IDENTIFIER":"postfix/smtp","MESSAGE":"A%d: to=<a@b.example>, relay=x[192.0.2.1]:25, dsn=5.0.0, status=bounced (no)"}\n')(n), ("log", "-j", "1", "-f", "json", "{in}"))
LOG_JSON = ("log", "-j", "1", "-f", "json", "{in}")
TRACKING = b"#Fields: date-time,event-id,recipient-address,recipient-status,network-message-id\n"
PROTOCOL = b"#Fields: date-time,session-id,sequence-number,remote-endpoint,event,data,context\n"
kind("log: recipients of a row", 10000, lambda n: TRACKING + b'2026-11-24T09:14:07Z,FAIL,' + numbered(b"u%d@b.example;")(n) + b"," + b"550 no;" * n + b",n1\n", LOG_JSON)
kind("log: records of one message", 10000, lambda n: TRACKING + numbered(b"2026-11-24T09:14:07Z,FAIL,u%d@b.example,550 no,n1\n")(n), LOG_JSON)
kind("log: records of one delivery", 10000, lambda n: TRACKING + b"2026-11-24T09:14:07Z,FAIL,u@b.example,550 no,n1\n" * n, LOG_JSON)
kind("log: quotes of rows that stay open", 30000, lambda n: TRACKING + b'2026,FAIL,"u@b\n' * n, LOG_JSON)
kind("log: braces of a status", 10000, lambda n: TRACKING + b"2026-11-24T09:14:07Z,FAIL,u@b.example," + b"{LED=" * n + b"x,n1\n", LOG_JSON)
kind("log: JSON that stays open", 50000, lambda n: b'{"a":1,\n' * n + b"[1,\n" * n, LOG_JSON)
kind("log: records in a list", 5000, lambda n: b"[" + b",".join(b'{"event":"bounced","to":"u%d@b.example"}' % i for i in range(n)) + b"]\n", LOG_JSON)
kind("log: recipients of a record", 5000, lambda n: b'{"eventType":"Bounce","mail":{"messageId":"m"},"bounce":{"bouncedRecipients":[' + b",".join(b'{"emailAddress":"u%d@b.example","diagnosticCode":"550 no"}' % i for i in range(n)) + b"]}}\n", LOG_JSON)
kind("log: records inside of records", 3000, lambda n: b'{"value":{"detail":{"Message":{"value":[' + b",".join([b'{"detail":{"x":1}}'] * n) + b"]}}}}\n", LOG_JSON)
kind("log: words that no export knows", 3000, lambda n: b"".join(b'{"event":"w%d","to":"u@b.example"}\n' % i for i in range(n)), LOG_JSON)
kind("log: items of a list", 20000, lambda n: b"Status : Failed\nSenderAddress : a\n" + b"RecipientAddress : b@c.example\n  d\n" * n, LOG_JSON)
kind("log: lines of an item", 30000, lambda n: b"Status : Failed\nSenderAddress : a\nRecipientAddress : b\n" + b"  d\n" * n, LOG_JSON)
kind("log: SMTP sessions", 3000, lambda n: PROTOCOL + b"".join(b"2026-11-24T09:14:07Z,s%d,1,x,>,MAIL FROM:<a@b>,\n2026-11-24T09:14:07Z,s%d,1,x,>,RCPT TO:<u%d@b.example>,\n" % (i, i, i) for i in range(n)), LOG_JSON)
kind("log: recipients of an SMTP session", 10000, lambda n: PROTOCOL + b"2026-11-24T09:14:07Z,s,1,x,>,MAIL FROM:<a@b>,\n" + numbered(b"2026-11-24T09:14:07Z,s,1,x,>,RCPT TO:<u%d@b.example>,\n")(n) + b"2026-11-24T09:14:07Z,s,1,x,<,550 no,\n" * n, LOG_JSON)
kind("log: an SMTP answer of many lines", 10000, lambda n: PROTOCOL + b"2026-11-24T09:14:07Z,s,1,x,>,RCPT TO:<u@b.example>,\n" + b"2026-11-24T09:14:07Z,s,1,x,<,550-no,\n" * n, LOG_JSON)
LOGGED = QUEUE + tries(1) + DONE
LINES = LOGGED.splitlines(keepends=True)


def zipped(n, method=zipfile.ZIP_STORED, text=LOGGED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as packed:
        for i in range(n):
            packed.writestr(f"m{i}", text)
    return out.getvalue()


def tarred(n, kind="w"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=kind) as tar:
        for i in range(n):
            info = tarfile.TarInfo(f"m{i}")
            info.size = len(LOGGED)
            tar.addfile(info, io.BytesIO(LOGGED))
    return out.getvalue()


for title, around in [  # layers around a line, as many as there are
    ("margins", lambda n: b"> " * n + LINES[0]), ("services", lambda n: b"a  | " * n + LINES[0]), ("quotes", lambda n: b'"' * n + LINES[0].strip() + b'"' * n),
    ("places", lambda n: b"a:" * n + LINES[0]), ("stamps", lambda n: b"Nov 24 09:00:00 mx " * n + b"\n"), ("priorities", lambda n: b"<22>" * n + LINES[0]),
    ("braces", lambda n: b"{" * n + b"\n"), ("structured data", lambda n: b"<22>1 2026-11-24T09:00:00Z mx a 1 - " + b'[a b="c"]' * n + b" x\n"),
    ("colours", lambda n: b"\x1b[1m" * n + LINES[0]), ("lists", lambda n: b'{"hits":' * n + b"\n"),
]:
    kind(f"log: {title} around a line", 20000, around, LOG_JSON)
    kind(f"log: lines with {title}", 3000, lambda n, around=around: around(12) * n, LOG_JSON)
kind("log: colours of lines", 20000, lambda n: b"\x1b[1mx\n" + b"Nov 24 09:00:00 mx \x1b[1mprog\x1b[0m: what\n" * n, LOG_JSON)
kind("log: fields of an export", 50000, lambda n: b"__CURSOR=1\n" + numbered(b"A%d=b\n")(n) + b"\n", LOG_JSON)
kind("log: records of an export", 20000, lambda n: b"__CURSOR=1\nMESSAGE=x\n\n" * n, LOG_JSON)
kind("log: records that do not end", 50000, lambda n: b"__CURSOR=1\n" + b"MESSAGE\n\xff\xff\xff\xff\xff\xff\xff\x7f" * n, LOG_JSON)
COUNTED = b"<22>1 2026-11-24T09:14:07Z mx a 1 - - x"
kind("log: octet counts", 20000, lambda n: (b"%d " % len(COUNTED) + COUNTED) * n, LOG_JSON)
kind("log: octet counts that are too large", 20000, lambda n: (b"%d " % len(COUNTED) + COUNTED) * 2 + b"999999 <2" * n, LOG_JSON)
kind("log: objects over several lines", 10000, lambda n: b'{\n"message": "' + LINES[0].strip() + b'"\n}\n' + b'{\n"a": 1}\n' * n, LOG_JSON)
kind("log: objects that do not end", 50000, lambda n: b'{\n"message": "' + LINES[0].strip() + b'"\n}\n' + b'{"a":[' * n, LOG_JSON)
kind("log: a list of lines", 10000, lambda n: b'{"events":[' + (b'{"message":"' + LINES[0].strip() + b'"},') * n + b"{}]}", LOG_JSON)
kind("log: bytes of a message", 50000, lambda n: b'{"SYSLOG_IDENTIFIER":"a","MESSAGE":[' + b"65," * n + b"66]}\n", LOG_JSON)
kind("log: columns of a table of lines", 50000, lambda n: b"message," + b"a," * n + b"\nx," + b"b," * n + b"\n", LOG_JSON)
kind("log: UTF-16", 100000, lambda n: (LOGGED.decode() * (n // 100)).encode("utf-16"), LOG_JSON)
kind("log: files of a zip archive", 400, zipped, LOG_JSON)
kind("log: a zip archive of zeros", 4 << 20, lambda n: zipped(1, zipfile.ZIP_DEFLATED, LOGGED + b"\0" * n), LOG_JSON)
kind("log: files of a tar archive", 400, tarred, LOG_JSON)
kind("log: a tar archive of zeros", 4 << 20, lambda n: gzip.compress(tarred(1) + b"\0" * n), LOG_JSON)
kind("log: IronPort, recipients in a list", 10000, lambda n: b"Mon Mar 31 20:10:58 2025 Info: Message done DCID 5 MID 4 to RID [" + b", ".join(b"%d" % i for i in range(n)) + b"]\n", LOG_JSON)
kind("log: IronPort, recipients", 10000, lambda n: numbered(b"Mon Mar 31 20:10:58 2025 Info: MID 4 ICID 5 RID %d To: <u@b.example>\n")(n) + b"Mon Mar 31 20:10:58 2025 Info: Message aborted MID 4 Dropped by amp\n" * (n // 100), LOG_JSON)
kind("log: ZoneMTA, recipients", 10000, numbered(b"info Sender/default/1[1] 166874ba640000c923.%d REJECTED[x] from=a@b to=c@d.example mx=x[192.0.2.1] (550 no)\n"), LOG_JSON)
kind("log: ZoneMTA, quotes that do not close", 20000, lambda n: b"info Sender/default/1[1] 166874ba640000c923.001 DEFERRED[o] from=" + b'"a\\' * n + b" to=b (450 no)\n", LOG_JSON)
kind("log: dma, recipients", 10000, numbered(b"Nov 24 09:14:07 mail dma[837e45.%d]: remote delivery failed: x\n"), LOG_JSON)
kind("log: dma, tries without a name", 10000, numbered(b"dma: <u%d@b.example> trying delivery\ndma: remote delivery deferred: x\n"), LOG_JSON)
ENTRY = b"BB24480112  42952 Wed Nov 18 18:15:33  a@b.example\n"
kind("log: entries of a queue's listing", 5000, lambda n: b"-Queue ID-\n" + ENTRY + numbered(b"(no)\n u%d@c.example\n\n")(1) + b"".join(b"A%08X 9 Wed Nov 18 18:15:33 a@b.example\n(no)\n u@c.example\n\n" % i for i in range(n)), LOG_JSON)
kind("log: recipients of an entry", 10000, lambda n: ENTRY + numbered(b" u%d@c.example\n")(n), LOG_JSON)
kind("log: reasons of an entry that do not end", 20000, lambda n: ENTRY + b"(no\n" * n + b" u@c.example\n", LOG_JSON)
kind("log: a reason of an entry", 100000, lambda n: ENTRY + b"(" + b"x(" * n + b")\n u@c.example\n", LOG_JSON)
kind("log: heads of entries alone", 10000, lambda n: ENTRY * n, LOG_JSON)
kind("log: tries that name nobody, of many mails", 10000, numbered(b"Nov 24 09:00:00 mx postfix/smtp[2]: A%08d: host x[192.0.2.1] refused to talk to me: 554 no\n"), LOG_JSON)
kind("log: tries of a mail that name nobody", 10000, lambda n: b"Nov 24 09:00:00 mx postfix/smtp[2]: A12345: host x[192.0.2.1] said: 451 no\n" * n + tries(n), LOG_JSON)
# --- a bounce and a log ---
BOUNCE = lambda n, group=GROUP: report(n, group=group).replace(b"Reporting-MTA", b"X-Postfix-Queue-ID: " + ID + b"\nReporting-MTA")
SAME = GROUP.replace(b"u%d", b"bob")
for form in ("text", "json", "ndjson"):
    kind(f"--log: tries of recipients that are one, as {form}", 1000, lambda n: {"b": BOUNCE(n, SAME), "l": QUEUE + tries(n, b"bob")}, ("-v", "-j", "1", "-f", form, "--log", "{l}", "{b}"))
    kind(f"--log: stories of recipients that are one, as {form}", 1000, lambda n: {"b": BOUNCE(n, SAME), "l": (QUEUE + tries(1, b"bob") + DONE) * n}, ("-v", "-j", "1", "-f", form, "--log", "{l}", "{b}"))
kind("--log: recipients and as many stories", 1000, lambda n: {"b": BOUNCE(n), "l": QUEUE + tries(n, b"u%d")}, ("-j", "1", "-f", "ndjson", "--log", "{l}", "{b}"))
kind("--log: a recipient without a name", 1000, lambda n: {"b": BOUNCE(n, b"Final-Recipient: rfc822;\nAction: failed\nStatus: 5.1.1\nX: %d\n\n"), "l": QUEUE + tries(n)}, ("-j", "1", "-f", "ndjson", "--log", "{l}", "{b}"))
kind("--log: bounces and tries", 500, lambda n: {"b": b"".join(b"From a@x Thu Apr 29 23:34:45 2017\n" + BOUNCE(1, SAME) + b"\n" for _ in range(n)), "l": QUEUE + tries(n, b"bob")}, ("-j", "1", "-f", "ndjson", "--log", "{l}", "{b}"))
kind("--log: bounces without an id", 500, lambda n: {"b": b"".join(b"From a@x Thu Apr 29 23:34:45 2017\n" + report(1, group=SAME) + b"\n" for _ in range(n)), "l": b"".join((QUEUED % i) + (TRY % (b"%010X" % i, b"bob", b"bounced", b"550 no")) for i in range(n))}, ("-j", "1", "-f", "ndjson", "--log", "{l}", "{b}"))
# --- snapshots ---
MAIL_HEAD = HEAD + b"Subject: x\n\nx\n"
MAIL = b"Received: from m.example (m.example [192.0.2.1]) by mx.own.example; Thu, 29 Apr 2021 10:00:00 +0000\nReturn-Path: <a@a.example>\nFrom: a@a.example\nSubject: x\n\nx\n"
DNS = ("--dns", "{z}", "--trust", "mx.own.example", "-f", "json", "{m}")
kind("snapshot: records", 20000, lambda n: {"m": MAIL, "z": numbered(b"n%d.example. 1 IN A 192.0.2.1\n")(n)}, DNS)
kind("snapshot: records of a name", 20000, lambda n: {"m": MAIL, "z": b'a.example. 1 IN TXT "v=spf1 a -all"\n' + numbered(b'a.example. 1 IN TXT "other %d"\n')(n)}, DNS)
kind("snapshot: addresses", 20000, lambda n: {"m": MAIL, "z": b'a.example. 1 IN TXT "v=spf1 a -all"\n' + b"".join(b"a.example. 1 IN A 10.%d.%d.%d\n" % (i >> 16, i >> 8 & 255, i & 255) for i in range(n))}, DNS)
kind("snapshot: a long record", 5000, lambda n: {"m": MAIL, "z": b"a.example. 1 IN TXT " + b'"v=spf1 " ' + b'"ip4:192.0.2.9 " ' * min(n, 4000) + b"\n"}, DNS)
kind("snapshot: reverse names", 10000, lambda n: {"m": MAIL, "z": b'a.example. 1 IN TXT "v=spf1 ptr -all"\n' + numbered(b"1.2.0.192.in-addr.arpa. 1 IN PTR n%d.example.\n")(n)}, DNS)
kind("snapshot: aliases", 20000, lambda n: {"m": MAIL, "z": b"".join(b"c%d.example. 1 IN CNAME c%d.example.\n" % (i, i + 1) for i in range(n))}, DNS)
kind("snapshot: notes", 20000, lambda n: {"m": MAIL, "z": numbered(b";! NXDOMAIN n%d.example.\n")(n)}, DNS)
kind("snapshot: wrong lines", 5000, lambda n: {"m": MAIL, "z": b"what is this\n" * n}, DNS)
kind("snapshot: parentheses", 100000, lambda n: {"m": MAIL, "z": b"(" * n}, DNS)
kind("snapshot: recipients", 1000, lambda n: {"m": report(n, before=HOPS(1), returned=RETURNED + MAIL), "z": b'a.example. 1 IN TXT "v=spf1 -all"\n;! complete\n'}, ("--dns", "{z}", "-f", "ndjson", "{m}"))
kind("snapshot: recipients and lists", 500, lambda n: {"m": report(n, returned=RETURNED + MAIL, group=GROUP.replace(b"no such user %d", b"blocked by zen.spamhaus.org http://x%d.example/ 192.0.2.%d")), "z": b'a.example. 1 IN TXT "v=spf1 -all"\n'}, ("--dns", "{z}", "-f", "json", "{m}"))
# --- rule files ---
RULES = ("rules", "check", "{in}")
REPLY = "- id: r%d\n  cause: user.unknown\n  text: 'gh%d nn'\n  examples: ['550 gh%d nn']\n".encode()
kind("rules", 1000, lambda n: b"replies:\n" + b"".join(REPLY % (i, i, i) for i in range(n)), RULES)
kind("rules, tried", 1000, lambda n: b"replies:\n" + b"".join(REPLY % (i, i, i) for i in range(n)), ("rules", "test", "{in}"))
kind("rules of one id", 2000, lambda n: b"replies:\n" + REPLY.replace(b"r%d", b"r").replace(b"%d", b"x") * n, RULES)
kind("rules: unknown keys", 5000, lambda n: b"replies:\n- id: a\n" + numbered(b"  k%d: b\n")(n), RULES)
kind("rules: wrong regular expressions", 5000, lambda n: b"replies:\n- id: a\n  cause: user.unknown\n  examples: [a]\n  text:\n" + b"  - '('\n" * n, RULES)
kind("rules: alternatives", 5000, lambda n: b"replies:\n- id: a\n  cause: user.unknown\n  examples: [a]\n  text: '" + numbered(b"abc%d|")(n) + b"z'\n", RULES)
kind("rules: groups inside each other", 5000, lambda n: b"replies:\n- id: a\n  cause: user.unknown\n  examples: [a]\n  text: '" + b"(" * n + b"a" + b")" * n + b"'\n", RULES)
kind("rules: a long text", 1 << 20, lambda n: b"replies:\n- id: a\n  cause: user.unknown\n  examples: ['" + b"a" * n + b"']\n  text: b\n", RULES)
kind("rules: lists inside each other", 20000, lambda n: b"replies: " + b"[" * n + b"]" * n + b"\n", RULES)
kind("rules: open lists", 20000, lambda n: b"replies: " + b"[" * n, RULES)
kind("rules: indented lists", 500, lambda n: b"replies:\n" + b"".join(b" " * i + b"- \n" for i in range(n)), RULES)
kind("rules: questions", 20000, lambda n: b"? " * n, RULES)
kind("rules: anchors", 5000, lambda n: b"replies:\n" + b"".join(b"- &a%d {id: r%d}\n" % (i, i) for i in range(n)), RULES)
kind("rules: aliases", 2000, lambda n: b"replies:\n- &a\n  id: a\n  cause: user.unknown\n  text: [" + b"abc," * n + b"]\n  examples: [a]\n" + b"- *a\n" * n, RULES)
kind("rules: aliases of examples", 1000, lambda n: b"replies:\n- id: a\n  cause: user.unknown\n  text: a\n  examples: &e [" + b"a," * n + b"]\n" + b"".join(b"- {id: b%d, cause: user.unknown, text: a, examples: *e}\n" % i for i in range(n)), RULES)
kind("rules: an alias of itself", 1000, lambda n: b"causes:\n- &c\n  id: a.b\n  checked_by: &d [" + b"{check: spf, role: *d}, " * n + b"*c]\n", RULES)
kind("rules: pairs", 5000, lambda n: b"replies:\n- id: a\n  cause: user.unknown\n  text: a\n  examples: [a]\n  set: {" + numbered(b"k%d: v, ")(n) + b"}\n", RULES)
kind("rules: documents", 5000, lambda n: b"---\nreplies: []\n" * n, RULES)
kind("rules: kinds of lists", 5000, numbered(b"list%d: []\n"), RULES)
kind("rules: providers", 2000, lambda n: b"providers:\n" + numbered(b"- {id: p%d, name: x, hosts: [a.example]}\n")(n), RULES)
# --- replies ---
kind("replies", 2000, numbered(b"550 5.1.1 user u%d unknown\n"), ("reply", "-f", "ndjson"))
kind("a reply of addresses", 20000, lambda n: b"550 " + numbered(b"192.0.2.1 http://h%d.example/ ")(n), ("reply", "-f", "ndjson"))
kind("rules missing", 1000, lambda n: QUEUE + b"".join(TRY % (ID, b"u%d" % i, b"bounced", b"550 Zq%x qj wv" % (i * 7919)) for i in range(n)), ("rules", "missing", "{in}"))
kind("dns needs", 400, lambda n: HOPS(n) + numbered(b"DKIM-Signature: v=1; a=rsa-sha256; d=a%d.example; s=s; h=from; bh=AA==; b=AA==\n")(n) + MAIL, ("dns", "needs", "{in}"))

# --- products of two things in one input ---
BARE = b"Final-Recipient: rfc822; u%d@example.org\nAction: failed\nStatus: 5.0.0\n\n"
kind("recipients and words of a report", 1000, lambda n: report(n, group=BARE).replace(b"report\n", b"it was not delivered, says the host\n" * (n // 10)), ("-f", "ndjson", "{in}"))
kind("recipients that share a reply", 1000, lambda n: b"From: MAILER-DAEMON@x\nSubject: Mail delivery failed: returning message to sender\n\nThis message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n" + numbered(b"  u%d@b.example\n")(n) + b"    host mx.b.example [192.0.2.1]\n    SMTP error from remote mail server: 550 " + b"no such user, " * (n // 10) + b"\n", ("-f", "ndjson", "{in}"))
kind("returned headers in a text", 20000, lambda n: b"From: MAILER-DAEMON@x\nSubject: Undelivered\n\nHi. This is the qmail-send program at mx.example.com.\n\n<u@example.org>:\nno mailbox\n\n--- Below this line is a copy of the message.\n\nSubject: " + folded(OPEN_WORD)(n) + b"\nTo: " + folded(b"a:")(n) + b"\n", ("-f", "ndjson", "{in}"))
kind("returned headers in a part", 20000, lambda n: report(1, returned=b"--b\nContent-Type: text/rfc822-headers\n\nSubject: " + folded(OPEN_WORD)(n) + b"\nFrom: " + OPEN_WORD * n + b"\n\n"), ("-f", "ndjson", "{in}"))
kind("returned headers, encoded", 20000, lambda n: report(1, returned=b"--b\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(b"Subject: " + folded(OPEN_WORD)(n) + b"\nTo: " + b"a:" * n + b"\n\nx\n")), ("-f", "ndjson", "{in}"))
kind("messages inside each other around a body", 200000, lambda n: b"Content-Type: message/rfc822\n\n" * 1000 + b"Subject: x\n\n" + b"body of it\n" * n)
kind("multiparts inside each other around a body", 200000, lambda n: b"MIME-Version: 1.0\n" + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(900)) + b"\n" + b"-body of it\n" * n)
kind("hops, -v", 400, lambda n: HOPS(n) + MAIL_HEAD, ("-v", "{in}"))
kind("results, -v", 400, lambda n: numbered(b"Authentication-Results: mx%d.example; spf=pass smtp.mailfrom=a@b.example; dkim=fail\n")(n) + MAIL_HEAD, ("-v", "-f", "html", "{in}"))
kind("names to hide", 2000, lambda n: HEAD + b"To: " + b",\n ".join(b"Ann%d Bell%d <u%d@b.example>" % (i, i, i) for i in range(n)) + b"\nSubject: x\n\n" + numbered(b"Ann%d Bell wrote\n")(n), ("--redact", "-f", "json", "{in}"))
kind("snapshot: MX, not sorted", 20000, lambda n: {"m": MAIL, "z": b"".join(b"a.example. 1 IN MX %d m%d.example.\n" % ((n - i) % 65536, i) for i in range(n))}, DNS)
kind("snapshot: shown", 20000, lambda n: b"".join(b"n%d.example. 1 IN A 192.0.2.1\n" % i for i in range(n)), ("dns", "show", "{in}"))
kind("snapshot: signatures", 100, lambda n: {"m": numbered(b"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=a%d.example; s=s; h=from; l=%%d; bh=AA==; b=AA==\n".replace(b"; l=%%d", b""))(n) + MAIL + b"a line of a body\n" * n * 100, "z": b'a.example. 1 IN TXT "v=spf1 -all"\n;! complete\n'}, DNS)
for title, names, fields in (("fields", 1, 1), ("names", 1, 0), ("fields and names", 0, 0)):
    kind(f"snapshot: signed {title}", 2000, lambda n, names=names, fields=fields: {
        "m": b"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=a.example; s=s;\n h=from" + b":\n to" * (1 if names and fields else n)
        + b";\n bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=AAAA\n" + b"To: b\n" * (1 if names and not fields else n) + MAIL,
        "z": b'a.example. 1 IN TXT "v=spf1 -all"\n;! complete\n'}, DNS)
kind("rules: causes and replies", 1000, lambda n: b"causes:\n" + b"".join(b"- {id: c.x%d, title: x, meaning: x, fixer: author, permanent: 'yes', remedy: x}\n" % i for i in range(n)) + b"replies:\n" + b"".join(b"- {id: r%d, cause: c.x%d, text: gh%d, examples: ['550 gh%d']}\n" % (i, i, i, i) for i in range(n)), RULES)
kind("rules, used", 1000, lambda n: {"r": b"replies:\n" + b"".join(REPLY % (i, i, i) for i in range(n)), "m": report(10)}, ("--rules", "{r}", "-f", "ndjson", "{m}"))
kind("gzip in gzip", 1 << 20, lambda n: gzip.compress(gzip.compress(b"\0" * n * 16)))
# --- logs of other programs ---
EXIM = b"2026-11-24 09:00:01 1abcde-%06d-AB %s\n"
kind("log: Exim, recipients", 10000, lambda n: EXIM % (1, b"<= a@b.example H=x [192.0.2.1] P=esmtp S=9 id=x@y") + b"".join(EXIM % (1, b"** u%d@c.example R=r T=t: 550 no" % i) for i in range(n)), ("log", "-j", "1", "-f", "json", "{in}"))
for mark in (b">, relay=", b", status=", b" (host x said: ", b": 550 ", b" H=x [", b' "', b" => "):
    kind(f"log: {mark.decode()} in lines of Postfix", 2000, lambda n, mark=mark: (TRY % (ID, b"u", b"bounced", b"550 no" + mark * n)) * 20, ("log", "-j", "1", "-f", "json", "{in}"))
    kind(f"log: {mark.decode()} in lines of Exim", 2000, lambda n, mark=mark: (EXIM % (1, b"** u@c.example R=r T=t: 550 no" + mark * n)) * 20, ("log", "-j", "1", "-f", "json", "{in}"))
kind("log: Exim, ids", 10000, lambda n: b"".join(EXIM % (i % 1000000, b"<= a@b.example H=x [192.0.2.1] P=esmtp S=9 id=x%d@y" % i) for i in range(n)), ("log", "-j", "1", "-f", "json", "{in}"))
kind("log: a list of recipients", 20000, lambda n: b"Nov 24 09:00:00 mx sm-mta[1]: 4AO9001: to=" + b",".join(b"<u%d@c.example>" % i for i in range(n)) + b", delay=00:00:01, mailer=esmtp, relay=x. [192.0.2.1], dsn=5.1.1, stat=User unknown\n", ("log", "-j", "1", "-f", "json", "{in}"))
kind("log: lists of recipients", 100, lambda n: b"".join(b"Nov 24 09:00:00 mx sm-mta[1]: 4AO9%03d: to=" % (i % 999) + b",".join(b"<u%d@c.example>" % (i * n + k) for k in range(100)) + b", delay=00:00:01, mailer=esmtp, relay=x. [192.0.2.1], dsn=5.1.1, stat=User unknown\n" for i in range(n)), ("log", "-j", "1", "-f", "ndjson", "{in}"))
SENDMAIL = b"Nov 24 09:14:03 mx sendmail[1]: 0AO9E3ab000001: to=%s, ctladdr=<a@b.example>, delay=1, relay=x. [192.0.2.1], dsn=5.1.1, stat=no\n"
kind("log: recipients of a line of Sendmail", 1500, lambda n: SENDMAIL % b",".join(b"<u%d@b.example>" % i for i in range(n)), ("log", "-j", "1", "-f", "json", "{in}"))
kind("log: open brackets in a line of Sendmail", 8000, lambda n: SENDMAIL % (b"<a," * n), ("log", "-j", "1", "-f", "json", "{in}"))
kind("log: message ids", 10000, lambda n: b"".join(b"Nov 24 09:00:00 mx postfix/cleanup[1]: %010X: message-id=<%d@x>\n" % (i, i) for i in range(n)), ("log", "-j", "1", "-f", "json", "{in}"))
kind("log: a message id of many", 10000, lambda n: b"".join(b"Nov 24 09:00:00 mx postfix/cleanup[1]: %010X: message-id=<1@x>\n" % i + TRY % (b"%010X" % i, b"bob", b"sent", b"250 ok: queued as %010X" % (i + 1)) for i in range(n)), ("log", "-j", "1", "-f", "ndjson", "{in}"))
kind("log: rejects", 10000, lambda n: b"".join(b"Nov 24 09:00:00 mx postfix/smtpd[1]: NOQUEUE: reject: RCPT from x%d[192.0.2.1]: 550 5.1.1 <u%d@b.example>: Recipient address rejected; from=<a@b> to=<u%d@b.example> proto=ESMTP helo=<x>\n" % (i, i, i) for i in range(n)), ("log", "-j", "1", "-f", "json", "{in}"))
kind("log: senders and providers", 5000, lambda n: b"".join(QUEUE.replace(ID, b"%010X" % i).replace(b"a@example.com", b"a@s%d.example" % i) + (TRY % (b"%010X" % i, b"u", (b"sent", b"bounced")[i % 2], b"550 no")).replace(b"@example.org", b"@d%d.example" % (i % 100)) for i in range(n)), ("log", "-j", "1", "-f", "json", "{in}"))
# mail that goes on elsewhere: two hosts in one log and in two; recipients that wait for one queue id and for many
HANDED = b"Nov 24 09:00:00 %s postfix/qmgr[1]: %s: from=<a@example.com>, size=9, nrcpt=1 (queue active)\nNov 24 09:00:00 %s postfix/smtp[1]: %s: to=<u%d@example.org>, relay=b.example[192.0.2.9]:25, delay=1, dsn=2.0.0, status=sent (250 ok: queued as %s)\nNov 24 09:00:00 %s postfix/qmgr[1]: %s: removed\n"
TAKEN = b"Nov 24 09:00:00 b postfix/qmgr[1]: %s: from=<a@example.com>, size=9, nrcpt=1 (queue active)\nNov 24 09:00:00 b postfix/qmgr[1]: %s: removed\n"


def handed(n, first, number, step=1):
    return b"".join(HANDED % (b"a", b"%010X" % i, b"a", b"%010X" % i, i, b"%010X" % (first + i // step * number), b"a", b"%010X" % i) for i in range(n))


def taken(n, first, number):
    return b"".join(TAKEN % (b"%010X" % (first + i * number), b"%010X" % (first + i * number)) for i in range(n))


kind("log: hand-overs to another host", 5000, lambda n: TAKEN % (b"A" * 9, b"A" * 9) + handed(n, 1 << 36, 1), LOG_JSON)
kind("log: hand-overs under one queue id", 5000, lambda n: TAKEN % (b"A" * 9, b"A" * 9) + handed(n, 1 << 36, 0) + taken(n, 1 << 36, 0), LOG_JSON)
kind("log: hand-overs and what took them", 5000, lambda n: {"a": handed(n, 1 << 36, 1), "b": taken(n, 1 << 36, 1)}, ("log", "-j", "1", "-f", "json", "{a}", "{b}"))
kind("log: hand-overs of one message", 5000, lambda n: TAKEN % (b"A" * 9, b"A" * 9) + QUEUE + b"".join(TRY % (ID, b"u%d" % i, b"sent", b"250 ok: queued as %010X" % (1 << 36 | i)) for i in range(n)) + b"Nov 24 09:00:00 mx postfix/qmgr[1]: " + ID + b": removed\n" + taken(n, 1 << 36, 1), LOG_JSON)
# files that are the same, or begin alike
GONE = b"Nov 24 09:00:00 mx postfix/qmgr[1]: %010X: removed\n"
kind("log: files that are the same", 20, lambda n: {f"l{i}": GONE % 1 * 2000 for i in range(n)}, ("log", "-j", "1", "-f", "json", "."))
kind("log: beginnings of each other", 20, lambda n: {f"l{i}": GONE % 1 * (2000 + i) for i in range(n)}, ("log", "-j", "1", "-f", "json", "."))
kind("log: files that begin alike", 20, lambda n: {f"l{i}": GONE % 1 * 2000 + GONE % i for i in range(n)}, ("log", "-j", "1", "-f", "json", "."))
kind("log: many small files", 300, lambda n: {f"l{i}": GONE % 1 * 2 + GONE % i for i in range(n)}, ("log", "-j", "1", "-f", "json", "."))
kind("log: files of many hosts", 50, lambda n: {f"l{i}": (GONE % i).replace(b"mx", b"mx%d" % i) * 1000 for i in range(n)}, ("log", "-j", "1", "-f", "json", "."))
# filters beside the mail system: what they decide waits for the mail system's line, which may never come
PMG = b"Nov 24 09:00:00 mx pmg-smtp-filter[1]: %s: %s\n"
kind("log: verdicts of a filter", 10000, lambda n: b"".join(PMG % (b"%X" % i, b"block mail to <u%d@b.example> (rule: x)" % i) for i in range(n)), LOG_JSON)
kind("log: verdicts on one mail", 10000, lambda n: b"".join(PMG % (b"2C225C68", b"moved mail for <u%d@b.example> to spam quarantine - A (rule: x)" % i) for i in range(n)), LOG_JSON)
kind("log: verdicts on one recipient", 10000, lambda n: PMG % (b"2C225C68", b"block mail to <u@b.example> (rule: x)") * n, LOG_JSON)
kind("log: verdicts and what was said to them", 5000, lambda n: QUEUE + b"".join(PMG % (b"%X" % i, b"accept mail to <u%d@example.org> (%010X) (rule: x)" % (i, i)) + TRY % (ID, b"u%d" % i, b"sent", b"250 2.5.0 OK (%X)" % i) for i in range(n)), LOG_JSON)
kind("log: what a filter queued again", 10000, lambda n: b"".join(b"Nov 24 09:00:00 mx MailScanner[1]: Requeue: %X.A1B2C to %X\n" % (i, i + 1) for i in range(n)), LOG_JSON)
# stories of mails that are asked for
STORY = ("log", "-j", "1", "-f", "json", "--lines", "--recipient", "example.org", "{in}")
kind("log: stories", 2000, lambda n: b"".join(QUEUED % i + TRY % (b"%010X" % i, b"u%d" % i, b"sent", b"250 ok") for i in range(n)), STORY)
kind("log: stories of one mail", 5000, lambda n: QUEUE + tries(n), STORY)
kind("log: tries of a story", 10000, lambda n: QUEUE + tries(n, b"bob"), STORY)
kind("log: stories from queue to queue", 2000, lambda n: b"".join(QUEUED % i + TRY.replace(b"192.0.2.1", b"127.0.0.1") % (b"%010X" % i, b"bob", b"sent", b"250 ok: queued as %010X" % (i + 1)) + DONE.replace(ID, b"%010X" % i) for i in range(n)), STORY)
kind("log: stories that nobody asked for", 5000, lambda n: b"".join(QUEUED % i + TRY % (b"%010X" % i, b"u%d" % i, b"sent", b"250 ok") for i in range(n)), (*STORY[:-2], "example.net", "{in}"))
# what a configuration is proposed from
kind("config init: short names of hosts", 4000, lambda n: b"".join((QUEUED % i + TRY % (b"%010X" % i, b"u%d" % i, b"sent", b"250 ok")).replace(b" mx ", b" h%d " % i) for i in range(n)), ("config", "init", "{in}"))
# rankings of names
kind("log: accounts", 5000, lambda n: b"".join(b"Nov 24 09:00:00 mx postfix/smtpd[1]: %010X: client=x[192.0.2.1], sasl_method=PLAIN, sasl_username=u%d\n" % (i, i) + QUEUED % i + TRY % (b"%010X" % i, b"u%d" % i, b"sent", b"250 ok") for i in range(n)), LOG_JSON)
kind("log: accounts, one that comes back", 10000, lambda n: b"".join(b"Nov 24 09:00:00 mx postfix/smtpd[1]: warning: x[192.0.%d.%d]: SASL LOGIN authentication failed: x, sasl_username=u%d\n" % (i >> 8 & 255, i & 255, i * (i % 3)) for i in range(n)), LOG_JSON)
kind("log: clients that are refused", 10000, lambda n: b"".join(b"Nov 24 09:00:00 mx postfix/smtpd[1]: NOQUEUE: reject: RCPT from x[10.%d.%d.%d]: 550 5.1.1 no; from=<a@b> to=<u@b.example> proto=ESMTP helo=<x>\n" % (i >> 16, i >> 8 & 255, i & 255) for i in range(n)), LOG_JSON)
kind("log: scripts", 5000, lambda n: b"".join(b"2026-11-24 09:00:01 cwd=/home/w%d 3 args: /usr/sbin/sendmail -t -i\n" % i + EXIM % (i, b"<= a@b.example U=w%d P=local S=9" % i) + EXIM % (i, b"=> u@c.example R=r T=t H=x [192.0.2.1]") + EXIM % (i, b"Completed") for i in range(n)), LOG_JSON)
kind("log: rows of a table", 5000, lambda n: b"type,timeLogged,rcpt,dsnStatus\n" + b"".join(b"b,2024-01-01 00:00:00+0000,u%d@b.example,5.1.1\n" % i for i in range(n)), ("log", "-j", "1", "-f", "json", "{in}"))

# --- reports of receivers ---
ROW = b"<record><row><source_ip>192.0.2.1</source_ip><count>1</count></row><auth_results><spf><domain>a%d.example</domain></spf></auth_results></record>"
kind("a DMARC report's rows", 3000, lambda n: b"<feedback><report_metadata><org_name>x</org_name></report_metadata>" + numbered(ROW)(n) + b"</feedback>")
kind("a DMARC report's depth", 100000, lambda n: b"<feedback>" + b"<a>" * n)
kind("a DMARC report's attributes", 20000, lambda n: b"<feedback " + numbered(b"a%d='1' ")(n) + b"></feedback>")
kind("a TLS report's policies", 3000, lambda n: b'{"report-id": "1", "policies": [' + b",".join(
    b'{"policy": {"policy-domain": "a.example"}, "failure-details": [{"result-type": "x"}]}' for _ in range(n)) + b"]}")

# --- the page: what a browser sends ---
DISPOSITION = b"--b\r\nContent-Disposition: form-data; name=text"
FILE = DISPOSITION.replace(b"text", b"file; filename=a")
kind("a form: what only looks like a boundary", 200000, lambda n: DISPOSITION + b"\r\n\r\n" + b"\r\n--bx" * n + b"\r\n--b--", ("cgi",))
kind("a form: boundaries and no end of a line", 200000, lambda n: DISPOSITION + b"\r\n\r\n" + b"\r\n--b \t" * n + b"\r\n--b--", ("cgi",))
kind("a form: parts", 50000, lambda n: (DISPOSITION + b"\r\n\r\nx\r\n") * n + b"--b--", ("cgi",))
kind("a form: parts that are no field", 50000, lambda n: (DISPOSITION.replace(b"text", b"x") + b"\r\n\r\nx\r\n") * n + b"--b--", ("cgi",))
kind("a form: fields of a header", 200, lambda n: DISPOSITION + b"\r\nX: y" * n + b"\r\n\r\nx\r\n--b--", ("cgi",))
kind("a form: parameters", 1000, lambda n: DISPOSITION + b';a="\\""' * n + b"\r\n\r\nx\r\n--b--", ("cgi",))
kind("a form: a file of many lines", 100000, lambda n: FILE + b"\r\n\r\n" + b"550 5.1.1 no\r\n" * n + b"\r\n--b--", ("cgi",))
kind("a form: a text that is shown again", 20000, lambda n: DISPOSITION + b"\r\n\r\n" + b"\xff<&" * n + b"\r\n--b--", ("cgi",))

# --- what a person pastes or a program prints (reply, standard input) ---
PASTED = ("-f", "json", "{in}")
kind("pasted: a session's commands", 5000, lambda n: b"220 mx.example.org ESMTP\nEHLO x\n250 ok\n" + b"MAIL FROM:<a@b.example>\n250 ok\nRCPT TO:<u@c.example>\n550 5.1.1 no such user\n" * n, PASTED)
kind("pasted: sessions", 5000, lambda n: (b"Trying 192.0.2.1...\nConnected to mx.example.org.\nEscape character is '^]'.\n220 mx.example.org ESMTP\nEHLO x\n250 ok\nMAIL FROM:<a@b.example>\n550 5.7.1 no\n") * n, PASTED)
kind("pasted: an EHLO's answer", 20000, lambda n: b"220 mx.example.org ESMTP\nEHLO x\n" + numbered(b"250-X%d\n")(n) + b"250 ok\nMAIL FROM:<a@b.example>\n550 5.7.1 no\n", PASTED)
kind("pasted: swaks", 5000, lambda n: b"=== Trying mx.example.org:25...\n<-  220 mx ESMTP\n -> EHLO x\n" + b"<** 550 5.7.1 no\n -> QUIT\n" * n, PASTED)
kind("pasted: a program's frames", 20000, lambda n: b"Traceback (most recent call last):\n" + b'  File "/x/smtplib.py", line 1, in sendmail\n    raise x\n' * n + b"smtplib.SMTPRecipientsRefused: {'u@b.example': (550, b'5.1.1 no')}\n", PASTED)
kind("pasted: a program's recipients", 10000, lambda n: b"smtplib.SMTPRecipientsRefused: {" + numbered(b"'u%d@b.example': (550, b'5.1.1 no'), ")(n) + b"}\n", PASTED)
kind("pasted: Java's causes", 10000, lambda n: b"javax.mail.SendFailedException: Invalid Addresses;\n" + b"  nested exception is:\n\tcom.sun.mail.smtp.SMTPAddressFailedException: 550 5.1.1 <u@b.example> no\n" * n, PASTED)
kind("pasted: PHPMailer's debug lines", 10000, lambda n: b"2026-11-24 09:00:00 SERVER -> CLIENT: 250 ok\n2026-11-24 09:00:00 CLIENT -> SERVER: RCPT TO:<u@b.example>\n" * n + b"2026-11-24 09:00:00 SERVER -> CLIENT: 550 5.1.1 no\n", PASTED)
kind("pasted: dig and host", 10000, lambda n: numbered(b"; <<>> DiG 9 <<>> a%d.example\n;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1\n;; QUESTION SECTION:\n;x. IN A\n")(n) + b"550 5.7.1 no\n", PASTED)
kind("pasted: quoted lines", 20000, lambda n: b"> " * 20 + b"550 5.1.1 no such user <u@b.example>\n" + b"> 550 5.1.1 no such user\n" * n, PASTED)
kind("pasted: margins that grow", 300, lambda n: b"".join(b"> " * i + b"550 5.1.1 no such user\n" for i in range(n)), PASTED)
kind("pasted: a reply of many lines", 20000, lambda n: numbered(b"550-5.7.1 line %d\n")(n) + b"550 5.7.1 end\n", PASTED)
kind("pasted: codes in one line", 50000, lambda n: b"550 5.7.1 " * n + b"\n", PASTED)
kind("pasted: words of one line", 100000, lambda n: b"550 5.7.1 " + b"blocked " * n + b"\n", PASTED)
kind("pasted: open brackets", 100000, lambda n: b"550 5.7.1 " + b"([{<\"'" * n + b"\n", PASTED)
kind("pasted: links", 20000, lambda n: b"550 5.7.1 blocked see " + numbered(b"https://a%d.example/x ")(n) + b"\n", PASTED)
kind("pasted: links inside each other", 20000, lambda n: b"550 5.7.1 blocked see " + b"https://a.example/?u=" * n + b"\n", PASTED)
kind("pasted: links inside each other, redacted", 20000, lambda n: b"550 5.7.1 blocked see " + b"https://a.example/?u=" * n + b"\n", ("--redact", *PASTED))
kind("pasted: percent signs, redacted", 50000, lambda n: b"550 5.7.1 see https://a.example/?u=" + b"%25" * n + b"41%40\n", ("--redact", *PASTED))
kind("pasted: at signs, redacted", 100000, lambda n: b"550 5.7.1 " + b"a@" * n + b"b.example\n", ("--redact", *PASTED))
kind("pasted: names before addresses, redacted", 20000, lambda n: b"550 5.7.1 " + b"Ann Bell <a@b.example> " * n + b"\n", ("--redact", *PASTED))
kind("pasted: quotes before addresses, redacted", 50000, lambda n: b"550 5.7.1 " + b'"' * n + b" <a@b.example>\n", ("--redact", *PASTED))
kind("pasted: dots and dashes, redacted", 100000, lambda n: b"550 5.7.1 " + b"a.-_+=" * n + b"@b.example\n", ("--redact", *PASTED))
kind("pasted: names in comments, redacted", 20000, lambda n: b"550 5.7.1 " + b"a@b.example (Ann Bell) " * n + b"\n", ("--redact", *PASTED))
kind("pasted: names and dots, redacted", 50000, lambda n: b"550 5.7.1 " + b"ann... " * n + b"User unknown\n", ("--redact", *PASTED))
kind("letters with marks, redacted", 30000, field(b"Subject", lambda n: b"\xc3\xa9" * n), ("--redact", *PASTED))
kind("letters and their marks, redacted", 30000, field(b"Subject", lambda n: b"e\xcc\x81" * n), ("--redact", *PASTED))
kind("blanks in a subject, redacted", 30000, field(b"Subject", lambda n: b"An offer" + b" x" * n), ("--redact", *PASTED))
SAID_OF_CLIENT = lambda make: lambda n: b"Received: from a (" + make(n) + b") by b.example; Tue, 24 Nov 2026 09:14:03 +0000\nFrom: a@b.example\n\nx\n"
for title, make in [("a word of pluses", lambda n: b"a+" * n), ("quotes in a link", lambda n: b"http://a.b/" + b"a'" * n), ("backslashes", lambda n: b"\\a" * n),
                    ("slashes", lambda n: b"/a" * n), ("names before no address", lambda n: b"Ab <" * n), ("blanks and ids", lambda n: b"a:" + b" " * n + b"abc12 " * n),
                    ("signs of keys", lambda n: b"a=" * n), ("keys of directories", lambda n: b"/S=" * n), ("encoded words that do not end", lambda n: b"=?a" * n)]:
    kind(f"{title}, redacted", 10000, SAID_OF_CLIENT(make), ("--redact", "-f", "json", "{in}"))
    kind(f"pasted: {title}, redacted", 10000, lambda n, make=make: b"550 5.7.1 " + make(n) + b"\n", ("--redact", *PASTED))
kind("pasted: numbers of telephones, redacted", 50000, lambda n: b"550 5.7.1 " + b"tel. +1 (2" * n + b"\n", ("--redact", *PASTED))
kind("pasted: base64, redacted", 50000, lambda n: b"550 5.7.1 " + base64.b64encode(b"zoe.mann@x.example") * n + b"\n", ("--redact", *PASTED))
kind("pasted: hexadecimal digits, redacted", 50000, lambda n: b"550 5.7.1 https://a.example/" + b"zoe@x.example".hex().encode() * n + b"\n", ("--redact", *PASTED))
for form in ("text", "html", "markdown"):
    kind(f"replies, as {form}", 3000, numbered(b"550 5.1.1 user u%d unknown\n"), ("reply", "-f", form))
    kind(f"a long reply, as {form}", 50000, lambda n: b"550 5.7.1 " + b"https://www.example.com/ #12 @name " * n + b"\n", ("-v", "-f", form, "{in}"))
kind("customer: a long reply", 50000, lambda n: b"550 5.7.1 " + b"https://www.example.com/ #12 @name " * n + b"\n", ("--for", "customer", "{in}"))
kind("a sending service's events", 2000, lambda n: b"[" + b",".join(b'{"email":"u%d@b.example","event":"bounce","status":"5.1.1","reason":"550 no","timestamp":1}' % i for i in range(n)) + b"]", PASTED)
kind("a sending service's recipients", 2000, lambda n: b'{"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bounceSubType":"General","bouncedRecipients":[' + b",".join(b'{"emailAddress":"u%d@b.example","status":"5.1.1","diagnosticCode":"smtp; 550 no"}' % i for i in range(n)) + b'],"timestamp":"2026-11-24T09:00:00Z"},"mail":{"messageId":"x"}}', PASTED)
kind("a sending service's events in a string", 50000, lambda n: b'{"Type":"Notification","Message":"' + b'{\\"a\\":' * n + b'"}', PASTED)
kind("a sending service's escapes", 50000, lambda n: b'{"email":"u@b.example","event":"bounce","reason":"550 ' + b"\\ud83d\\u0041" * n + b'"}', PASTED)
# --- fields of a message that arrived ---
SAID_BY_FILTER = b"BAYES_99=1.5, SCL:5; CAT:SPM; [1.00, x] pts rule -- http://a.example/ (a@b.example);"
for name in (b"X-Forefront-Antispam-Report", b"X-Spam-Status", b"X-Spam-Report", b"X-Spamd-Result", b"List-Unsubscribe", b"X-MailScanner-SpamCheck", b"X-Barracuda-Spam-Report",
             b"X-MS-Exchange-Organization-SCL", b"ARC-Message-Signature", b"X-Authenticated-User", b"X-Get-Message-Sender-Via", b"X-PHP-Originating-Script", b"Delivered-To", b"Thread-Index"):
    kind(f"words of {name.decode()}", 20000, field(name, folded(SAID_BY_FILTER)))
for name in (b"X-Forefront-Antispam-Report", b"X-Spam-Status", b"X-Spamd-Result", b"ARC-Seal"):
    kind(f"fields {name.decode()}", 2000, lambda n, name=name: (name + b": SCL:5; Yes, score=9.9 required=5.0 tests=A http://a.example\n") * n + HEAD + b"\nx\n")
    kind(f"one word of {name.decode()}", 100000, field(name, lambda n: b"=" * n))
kind("notes of filters", 2000, lambda n: b"Received: from a (a [192.0.2.1]) by mx.own.example (Postfix) with ESMTP id 4Fq2xR6hLmz9rJ; Thu, 29 Apr 2021 10:00:00 +0000\n" + b"X-Rspamd-Queue-Id: 4Fq2xR6hLmz9rJ\nX-Spamd-Result: default: False [1 / 2]\n" * n + HEAD + b"\nx\n")
kind("hops that differ in time", 400, lambda n: b"".join(b"Received: from a%d.example (a%d.example [192.0.2.1]) by b%d.example (Postfix) with ESMTP id A; Thu, 29 Apr 2021 %02d:%02d:00 +0000\n" % (i, i, i, i // 60 % 24, i % 60) for i in range(n)) + HEAD + b"\nx\n")
# --- XML, archives ---
kind("a DMARC report's entities", 50000, lambda n: b"<?xml version='1.0'?><!DOCTYPE x [" + numbered(b"<!ENTITY e%d 'abc'>")(n) + b"]><feedback><report_metadata><org_name>&e1;</org_name></report_metadata></feedback>")
kind("a DMARC report's references", 50000, lambda n: b"<feedback><report_metadata><org_name>" + b"&#x41;&amp;" * n + b"</org_name></report_metadata></feedback>")
kind("a DMARC report's open comments", 50000, lambda n: b"<feedback>" + b"<!-- <![CDATA[ " * n + b"</feedback>")
kind("a DMARC report's comments", 50000, lambda n: b"<feedback><report_metadata><org_name>x</org_name></report_metadata>" + b"<!-- x -->" * n + b"</feedback>")
kind("a DMARC report's results in a row", 20000, lambda n: b"<feedback><report_metadata><org_name>x</org_name></report_metadata><record><row><source_ip>192.0.2.1</source_ip><count>1</count></row><auth_results>" + b"<dkim><domain>a.example</domain><result>fail</result></dkim>" * n + b"</auth_results></record></feedback>")
kind("a DMARC report's sources", 3000, lambda n: b"<feedback><report_metadata><org_name>x</org_name></report_metadata>" + b"".join(ROW.replace(b"192.0.2.1", b"10.%d.%d.%d" % (i >> 16, i >> 8 & 255, i & 255)) % i for i in range(n)) + b"</feedback>", ("-f", "json", "{in}"))
kind("a TLS report's failures", 5000, lambda n: b'{"report-id": "1", "policies": [{"policy": {"policy-domain": "a.example"}, "failure-details": [' + b",".join(b'{"result-type": "x%d", "sending-mta-ip": "192.0.2.1"}' % i for i in range(n)) + b"]}]}")
kind("DMARC reports, summed", 300, lambda n: {f"r{i}": b"<feedback><report_metadata><org_name>x</org_name><report_id>%d</report_id></report_metadata><policy_published><domain>a.example</domain></policy_published>" % i + numbered(ROW)(20) + b"</feedback>" for i in range(n)}, ("-f", "json", "--summary", "."))
kind("DMARC reports in a mail", 300, lambda n: HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"".join(b"--b\nContent-Type: application/gzip\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(gzip.compress(b"<feedback><report_metadata><org_name>x</org_name></report_metadata>" + ROW % i + b"</feedback>")) for i in range(n)))
kind("bounces of a mailbox, summed", 1000, lambda n: b"".join(b"From a@x Thu Apr 29 23:34:45 2017\n" + report(1).replace(b"u0@", b"u%d@" % i) + b"\n" for i in range(n)), ("-f", "json", "--summary", "{in}"))
kind("bounces of a mailbox, as html", 300, lambda n: b"".join(b"From a@x Thu Apr 29 23:34:45 2017\n" + report(1).replace(b"u0@", b"u%d@" % i) + b"\n" for i in range(n)), ("-f", "html", "{in}"))

# --- audits ---
AUDIT = ("audit", "-f", "json", "--domain", "a.example", "--ip", "192.0.2.1", "--helo", "h.example", "--dns", "{in}")


def record(word):
    return lambda n: b'a.example. 1 IN TXT "v=spf1"' + b"".join(b' " %s"' % (word % ((i,) * word.count(b"%d"))) for i in range(n)) + b' " -all"\n;! complete\n'


for word in (b"a", b"include:b.example", b"include:b%d.example", b"ptr", b"ip4:10.0.0.0/8", b"redirekt=b.example", b"mx:b%d.example/33", b"exists:%d.example"):
    kind(f"audit: {word.decode()}", 5000, record(word), AUDIT)
