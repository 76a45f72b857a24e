"""What is done to signed messages and sealed chains, and what must be said of each."""
import base64
import email.quoprimime
import quopri
import re
import unittest.mock

from signers import Key, dkimpy, dkimpy_arc, mail_dkim, mail_dkim_arc, opendkim, zone_line

DOMAIN = "sender.example"

MESSAGE = (
    b"From: Ann Sender <ann@sender.example>\r\n"
    b"To: Bob <bob@receiver.example>, Carol <carol@receiver.example>\r\n"
    b"Subject: The minutes of the meeting\r\n"
    b"Date: Tue, 24 Nov 2026 09:14:02 +0000\r\n"
    b"Message-ID: <20261124091402.1@sender.example>\r\n"
    b"MIME-Version: 1.0\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: 8bit\r\n"
    b"\r\n"
    b"Dear Bob,\r\n"
    b"\r\n"
    b"From here on it is yours.  Caf\xc3\xa9 at ten?\r\n"
    b".hidden files are not shown.\r\n"
    + b"word " * 300 + b"\r\n"
    b"The end of it.\r\n"
)

MULTIPART = (
    b"From: Ann Sender <ann@sender.example>\r\nTo: bob@receiver.example\r\nSubject: Two parts\r\n"
    b"Date: Tue, 24 Nov 2026 09:14:02 +0000\r\nMessage-ID: <2@sender.example>\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="b1"\r\n\r\n'
    b"--b1\r\nContent-Type: text/plain\r\n\r\nfirst\r\n--b1\r\nContent-Type: text/plain\r\n\r\nsecond\r\n--b1--\r\n"
)

SHORT = MESSAGE.replace(b"word " * 300 + b"\r\n", b"")


def split(message):
    header, _, body = message.partition(b"\r\n\r\n")
    return header + b"\r\n", body


def join(header, body):
    return header + b"\r\n" + body


def on_header(change):
    return lambda message: join(change(split(message)[0]), split(message)[1])


def on_body(change):
    return lambda message: join(split(message)[0], change(split(message)[1]))


def replace(old, new):
    def change(text):
        assert old in text, old
        return text.replace(old, new, 1)

    return change


def requoted(message):
    header, body = split(message)
    return join(header.replace(b"Encoding: 8bit", b"Encoding: quoted-printable"), quoted(body))


def without(name):
    return lambda header: re.sub(rb"(?im)^" + name + rb":.*\r\n(?:[ \t].*\r\n)*", b"", header)


def refold(header):
    return header.replace(b">, Carol", b">,\r\n\tCarol")


FOOTER = b"_______________\r\nlist mailing list\r\nhttps://lists.example/\r\n"

# What is done to a message of any signer; the result; what must be said.
ALTERED = {
    "footer": (on_body(lambda b: b + FOOTER), "fail", "added at the end"),
    "banner": (on_body(lambda b: b"CAUTION: external mail\r\n\r\n" + b), "fail", "added at the top"),
    "body-word": (on_body(replace(b"yours", b"mine")), "fail", "body was changed"),
    "body-reencoded": (requoted, "fail", "re-encoded the (body|message)"),
    "body-from": (on_body(replace(b"\r\nFrom here", b"\r\n>From here")), "fail", "mbox"),
    "body-dot": (on_body(replace(b"\r\n.hidden", b"\r\n..hidden")), "fail", "dot-stuffing"),
    "body-latin1": (on_body(replace(b"\xc3\xa9", b"\xe9")), "fail", "character set"),
    "body-gone": (on_body(lambda b: b""), "fail", "removed"),
    "subject-tag": (on_header(replace(b"Subject: ", b"Subject: [minutes] ")), "fail", r"tag was put in front of the [Ss]ubject"),
    "subject-spam": (on_header(replace(b"Subject: ", b"Subject: ***SPAM*** ")), "fail", r"tag was put in front of the [Ss]ubject"),
    "subject-other": (on_header(replace(b"minutes of", b"hours of")), "fail", "signed field was changed"),
    "from-rewritten": (on_header(lambda h: replace(b"From: Ann Sender <ann@sender.example>", b"From: Ann via list <list@lists.example>\r\nReply-To: Ann Sender <ann@sender.example>")(h)), "fail", "From field was rewritten"),
    "from-quoted": (on_header(replace(b"From: Ann Sender", b'From: "Ann Sender"')), "fail", "quotation marks of the From"),
    "to-changed": (on_header(replace(b"bob@receiver", b"rob@receiver")), "fail", "signed field was changed"),
    "second-subject": (on_header(lambda h: h + b"Subject: buy this\r\n"), "fail", "Subject field was added"),
    "two-added": (on_header(lambda h: h + b"Subject: buy this\r\nTo: eve@other.example\r\n"), "fail", "two fields were added after signing: Subject, and a To field"),
    "tag-and-added": (on_header(lambda h: replace(b"Subject: ", b"Subject: [minutes] ")(h) + b"To: eve@other.example\r\n"), "fail", "tag was put in front of the Subject and a To field was added"),
    "type-and-encoding": (on_header(lambda h: replace(b"text/plain; charset=utf-8", b"text/plain; charset=iso-8859-1")(replace(b"Encoding: 8bit", b"Encoding: 7bit")(h))), "fail", "(Content-Transfer-Encoding field was changed, and )?the Content-Type field was changed"),
    "subject-encoded": (on_header(replace(b"Subject: The minutes of", b"Subject: =?utf-8?q?The_minutes_of?=")), "fail", "Subject field was encoded in another way"),
    "subject-kept": (on_header(lambda h: replace(b"Subject: The minutes of", b"Subject: Our hours in")(h) + b"X-Original-Subject: The minutes of the meeting\r\n"), "fail", "old value kept in another field"),
    "from-domain": (on_header(replace(b"ann@sender.example", b"ann@mail.sender.example")), "fail", "domain in the From field was changed"),
    "date-zone": (on_header(replace(b"09:14:02 +0000", b"10:14:02 +0100")), "fail", "in another time zone"),
    "id-changed": (on_header(replace(b"20261124091402.1@sender", b"7@gateway")), "fail", "no single change .* most often on the way come first: Subject, From"),
    "body-links": (on_body(replace(b"yours", b"https://nam01.safelinks.protection.outlook.com/?url=x")), "fail", "Safe Links"),
    "date-gone": (on_header(without(b"Date")), "fail", "(?i)missing here: .*date"),
    "list": (lambda m: on_body(lambda b: b + FOOTER)(on_header(replace(b"Subject: ", b"Subject: [minutes] "))(m)), "fail", r"tag was put in front of the [Ss]ubject"),
    "signature-damaged": (on_header(lambda h: re.sub(rb"(\sb=\s*[\w+/]{8})[\w+/]{4}", rb"\1AAAA", h, count=1)), "fail", "signature is not valid"),
    "algorithm-unknown": (on_header(lambda h: re.sub(rb"a=rsa-sha\d+", b"a=rsa-sha999", h, count=1)), "permerror", "algorithm"),
    "no-version": (on_header(replace(b"v=1;", b"v=2;")), "permerror", "version"),
}


def alter_all(cases, signer, signed, whole="pass"):
    cases[f"{signer}-whole"] = (signed, {"result": whole})
    cases[f"{signer}-lf"] = (signed.replace(b"\r\n", b"\n"), {"result": whole})
    for name, (change, result, says) in ALTERED.items():
        cases[f"{signer}-{name}"] = (change(signed), {"result": result, "says": says})


def of_keys(cases, key, short, zone):
    """The same message under keys that are missing, revoked, short, …"""
    names = {
        "gone": (None, "permerror", "no key is published"),
        "revoked": (key.record(public=""), "permerror", "revoked"),
        "other": (short.record(), "fail", "signature is not valid: it was made with another key"),
        "damaged": (key.record(public="!!!"), "permerror", "not base64|cannot be read"),
        "private": (key.record(public=key.private_base64()), "permerror", "cannot be read: it is the private key"),
        "size": ("v=DKIM1; k=rsa; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", "permerror", "size of a key of ed25519"),
        "cut": (key.record()[:255], "permerror", "cut at 255 bytes"),
        "not-mail": (key.record("v=DKIM1; s=tlsrpt;"), "permerror", "not meant for mail"),
        "testing": (key.record("v=DKIM1; t=y;"), "pass", "testing"),
        "kind": (key.record("v=DKIM1; k=ed25519;"), "permerror|fail", ""),
        "sha1-only": (key.record("v=DKIM1; h=sha1;"), "permerror", "hash"),
        "failing": ("SERVFAIL", "temperror", "could not be looked up"),
        "timeout": ("TIMEOUT", "temperror", "could not be looked up"),
        "absent": ("unknown", "unchecked", "snapshot does not contain"),
    }
    real = key.name
    key.name = "k-second"
    cases["key-second"] = (dkimpy(SHORT, key, DOMAIN), {"result": "pass", "says": "2 records"})
    zone += [zone_line(key.name, DOMAIN, short.record()), zone_line(key.name, DOMAIN, key.record())]
    key.name = "k-several"
    cases["key-several"] = (dkimpy(SHORT, key, DOMAIN), {"result": "pass", "says": "2 records"})
    zone += [zone_line(key.name, DOMAIN, key.record()), zone_line(key.name, DOMAIN, key.record("v=DKIM1; n=other; k=rsa;"))]
    for name, (record, result, says) in names.items():
        key.name = f"k-{name}"
        signed = dkimpy(SHORT, key, DOMAIN)
        cases[f"key-{name}"] = (signed, {"result": result, "says": says} if "|" not in result else {"result": result.split("|")[0], "says": says})
        at = f"{key.name}._domainkey.{DOMAIN}."
        if record is None:
            zone.append(f";! NXDOMAIN {at}")
        elif record in ("SERVFAIL", "TIMEOUT"):
            zone.append(f";! {record} {at} TXT")
        elif record != "unknown":
            zone.append(zone_line(key.name, DOMAIN, record))
    key.name = real
    cases["key-short"] = (dkimpy(SHORT, short, DOMAIN), {"result": "policy", "says": "512 bits"})


def quoted(body):
    return quopri.encodestring(body.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")


ENCODED_PARTS = MULTIPART.replace(b"Content-Type: text/plain\r\n\r\nfirst", b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nCaf\xc3\xa9 at ten = twenty")


def of_encodings(cases, key):
    """What servers do to the encoding of a body and of its parts, and undo."""
    parts = dkimpy(ENCODED_PARTS, key, DOMAIN)
    cases["parts-quoted"] = (parts.replace(b"8bit\r\n\r\nCaf\xc3\xa9 at ten = twenty", b"quoted-printable\r\n\r\nCaf=C3=A9 at ten =3D twenty"), {"result": "fail", "says": "re-encoded parts of the body"})
    cases["parts-base64"] = (parts.replace(b"8bit\r\n\r\nCaf\xc3\xa9 at ten = twenty", b"base64\r\n\r\n" + base64.b64encode(b"Caf\xc3\xa9 at ten = twenty")), {"result": "fail", "says": "re-encoded parts of the body"})
    cases["parts-other"] = (parts.replace(b"ten = twenty", b"ten = thirty"), {"result": "fail", "says": "body was changed"})
    header, body = split(MESSAGE.replace(b"word \r\n", b"word\r\n"))  # encoders differ in blanks at the end
    header = header.replace(b"Encoding: 8bit", b"Encoding: quoted-printable")
    lines = email.quoprimime.body_encode(body.decode("latin-1").replace("\r\n", "\n"), eol="\r\n")
    signed = dkimpy(join(header, lines.encode()), key, DOMAIN)
    cases["quoted-undone"] = (on_header(replace(b"Encoding: quoted-printable", b"Encoding: 8bit"))(join(split(signed)[0], body)), {"result": "fail", "says": r"undid the encoding of the body \(quoted-printable\)"})
    cases["quoted-wrapped"] = (join(split(signed)[0], email.quoprimime.body_encode(body.decode("latin-1").replace("\r\n", "\n"), maxlinelen=60, eol="\r\n").encode()), {"result": "fail", "says": "encoding of the body anew"})
    cases["quoted-letters"] = (on_body(lambda b: re.sub(rb"=[0-9A-F]{2}", lambda m: m.group().lower(), b))(signed), {"result": "fail", "says": "encoding of the body anew"})
    cases["quoted-word"] = (on_body(replace(b"yours", b"mine"))(signed), {"result": "fail", "says": "^the body hash does not match: the body was changed after signing no change"})
    coded = base64.encodebytes(b"Caf\xc3\xa9 at ten = twenty, and at eleven = thirty, and at twelve = forty").replace(b"\n", b"\r\n")
    whole = dkimpy(ENCODED_PARTS.replace(b"8bit\r\n\r\nCaf\xc3\xa9 at ten = twenty\r\n", b"base64\r\n\r\n" + coded), key, DOMAIN)
    cases["parts-wrapped"] = (whole.replace(coded, coded[:20] + b"\r\n" + coded[20:]), {"result": "fail", "says": "encoding of parts of the body anew"})
    quoted_part = b"quoted-printable\r\n\r\nCaf=C3=A9 at ten =3D twenty"
    nested = MULTIPART.replace(b"--b1\r\nContent-Type: text/plain\r\n\r\nfirst", b'--b1\r\nContent-Type: multipart/alternative; boundary="b2"\r\n\r\n--b2\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: ' + quoted_part + b"\r\n\r\n--b2--\r\n")
    signed = dkimpy(nested, key, DOMAIN)
    cases["nested-undone"] = (signed.replace(quoted_part, b"8bit\r\n\r\nCaf\xc3\xa9 at ten = twenty"), {"result": "fail", "says": "undid or changed the encoding of parts"})
    cases["nested-base64"] = (signed.replace(quoted_part, b"base64\r\n\r\n" + base64.b64encode(b"Caf\xc3\xa9 at ten = twenty")), {"result": "fail", "says": "undid or changed the encoding of parts"})
    cases["nested-other"] = (signed.replace(quoted_part, b"8bit\r\n\r\nCaf\xc3\xa9 at ten = thirty"), {"result": "fail", "says": "body was changed after signing no change"})
    cases["quoted-base64"] = (on_header(replace(b"Encoding: quoted-printable", b"Encoding: base64"))(on_body(lambda b: base64.encodebytes(quopri.decodestring(b.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")).replace(b"\n", b"\r\n"))(dkimpy(join(header, quoted(body)), key, DOMAIN))), {"result": "fail", "says": "which was quoted-printable"})
    header = header.replace(b"Encoding: quoted-printable", b"Encoding: base64")
    signed = dkimpy(join(header, base64.encodebytes(body).replace(b"\n", b"\r\n")), key, DOMAIN)
    cases["base64-undone"] = (on_header(replace(b"Encoding: base64", b"Encoding: 8bit"))(join(split(signed)[0], body)), {"result": "fail", "says": r"undid the encoding of the body \(base64\)"})


ALTERNATIVES = MULTIPART.partition(b"\r\n\r\n")[0].replace(b"multipart/mixed", b"multipart/alternative") + b"""

--b1
Content-Type: text/plain; charset=utf-8

Good morning,
see the page. Caf\xc3\xa9 at ten.
.profile is gone.

Yours
--b1
Content-Type: text/html; charset=utf-8

<html><head><title>x</title></head><body><p>Good morning,</p><p>see the page.</p></body></html>

--b1--
""".replace(b"\n", b"\r\n")


def of_insertions(cases, key):
    """What gateways put into the parts of a body, and what was lost inside of them."""
    signed = dkimpy(ALTERNATIVES, key, DOMAIN)
    disclaimer = replace(b"Yours\r\n", b"Yours\r\n\r\nThis mail is confidential.\r\n")
    in_html = replace(b"</body>", b"<p>This mail is confidential.</p></body>")
    cases["disclaimer-both"] = (on_body(lambda b: in_html(disclaimer(b)))(signed), {"result": "fail", "says": 'added at the end of the parts of the body.*confidential'})
    cases["disclaimer-html"] = (on_body(in_html)(signed), {"result": "fail", "says": "added at the end of the parts of the body"})
    cases["banner-both"] = (on_body(lambda b: b.replace(b"\r\n\r\nGood", b"\r\n\r\nCAUTION: from outside\r\n\r\nGood").replace(b"<body>", b"<body><div>CAUTION: from outside</div>"))(signed), {"result": "fail", "says": "added at the top of the parts of the body.*CAUTION"})
    cases["html-meta"] = (on_body(replace(b"<head>", b'<head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'))(signed), {"result": "fail", "says": "wrote a <meta>"})
    cases["dot-lost"] = (on_body(replace(b"\r\n.profile", b"\r\nprofile"))(signed), {"result": "fail", "says": "lost the dot"})
    cases["empty-line-lost"] = (on_body(replace(b"gone.\r\n\r\n", b"gone.\r\n"))(signed), {"result": "fail", "says": "an empty line was lost"})
    cases["letters-lost"] = (on_body(replace(b"Caf\xc3\xa9", b"Ca?e"))(signed), {"result": "fail", "says": "question marks stand inside words"})
    cases["insertion-and-word"] = (on_body(lambda b: in_html(b).replace(b"page", b"site"))(signed), {"result": "fail", "says": "no change of the body that was tried"})


def of_names(cases, key):
    """A name that is not ASCII, in other forms of RFC 2047; and blanks of one under c=simple."""
    coded = SHORT.replace(b"From: Ann Sender", b"From: =?utf-8?q?J=C3=B6rg?= Sender")
    for canon in ("relaxed/relaxed", "simple/simple"):
        other = on_header(replace(b"=?utf-8?q?J=C3=B6rg?= Sender", b"=?UTF-8?B?SsO2cmcgU2VuZGVy?="))
        cases[f"name-{canon[:6]}-encoded"] = (other(dkimpy(coded, key, DOMAIN, canon)), {"result": "fail", "says": "the name in the From field was encoded in another way"})
    cases["name-refolded"] = (on_header(replace(b"Sender <ann", b"Sender\r\n <ann"))(dkimpy(coded, key, DOMAIN, "simple/simple")), {"result": "fail", "says": "folding of the From field"})
    signed = dkimpy(SHORT, key, DOMAIN)
    cases["names-quoted"] = (on_header(replace(b"To: Bob <bob@receiver.example>, Carol <", b'To: "Bob" <bob@receiver.example>, "Carol" <'))(signed), {"result": "fail", "says": "quotation marks of the To field"})
    whole = coded.replace(b"=?utf-8?q?J=C3=B6rg?= Sender", b"=?UTF-8?Q?J=C3=B6rg_Sender?=")
    cases["name-whole"] = (on_header(replace(b"=?UTF-8?Q?J=C3=B6rg_Sender?=", b"=?utf-8?b?SsO2cmcgU2VuZGVy?="))(dkimpy(whole, key, DOMAIN)), {"result": "fail", "says": "the name in the From field was encoded in another way"})


def of_copies(cases, key):
    """z=, which dkimpy does not write: it comes behind i=, and ends as that must."""
    copies = b"@sender.example; z=Message-ID:<20261124091402.1=40sender.example>|To:Bob=20<bob@receiver.example>,=20Carol=20<carol@receiver.example>|From:Ann=20Sender=20<ann@sender.example>|X:sender.example"
    signed = dkimpy(SHORT, key, DOMAIN, identity=copies)
    cases["copies-whole"] = (signed, {"result": "pass"})
    other = on_header(replace(b"Message-ID: <20261124091402.1@", b"Message-ID: <7@"))
    cases["copies-one"] = (other(signed), {"result": "fail", "says": "Message-ID field was changed, as the copy shows"})
    both = on_header(replace(b"Bob <bob@", b"Rob <bob@"))(other(signed))
    cases["copies-two"] = (both, {"result": "fail", "says": "several fields were changed: with the copies"})
    hidden = on_header(replace(b"minutes of", b"hours of"))(other(signed))
    cases["copies-not-all"] = (hidden, {"result": "fail", "says": r"by the copies .* changed: Message-ID \(it was "})


def of_signatures(cases, key):
    cases["sha1"] = (dkimpy(SHORT, key, DOMAIN, algorithm=b"rsa-sha1"), {"result": "policy", "says": "rsa-sha1"})
    tail = dkimpy(SHORT, key, DOMAIN, length=True)
    cases["length"] = (tail, {"result": "pass", "says": "anybody can add"})
    cases["length-tail"] = (tail + b"Buy pills\r\n", {"result": "pass", "says": "added by anybody"})
    cases["length-cut"] = (tail[:-20], {"result": "fail", "says": "cut"})
    cases["strict-whole"] = (dkimpy(SHORT, key, DOMAIN, "simple/simple"), {"result": "pass"})
    simple = dkimpy(SHORT, key, DOMAIN, "simple/simple")
    cases["strict-name"] = (simple.replace(b"\r\nSubject: ", b"\r\nSUBJECT:  "), {"result": "fail", "says": "name of the SUBJECT field or the space"})
    of_copies(cases, key)
    of_names(cases, key)
    cases["strict-blanks"] = (simple.replace(b"Dear Bob,\r\n", b"Dear Bob, \r\n"), {"result": "fail", "says": "spaces were added at the ends"})
    cases["strict-refolded"] = (on_header(refold)(simple), {"result": "fail", "says": "folding of the To"})
    cases["strict-footer"] = (simple + FOOTER, {"result": "fail", "says": "added at the end"})
    header = simple.replace(b"i=@sender.example", b"i=@other.example")
    cases["identity"] = (header, {"result": "permerror", "says": r"i="})
    expired = re.sub(rb"(DKIM-Signature: v=1;)", rb"\1 x=1500000000;", dkimpy(SHORT, key, DOMAIN).replace(b" t=", b" y="))
    cases["expired"] = (expired, {"result": "fail", "says": "expired"})
    with unittest.mock.patch("dkim.time.time", return_value=4000000000):
        cases["future"] = (dkimpy(SHORT, key, DOMAIN), {"result": "pass"})
    cases["cut-multipart"] = (dkimpy(MULTIPART, key, DOMAIN)[:-30], {"result": "fail", "says": "closing boundary"})
    broken = dkimpy(MESSAGE, key, DOMAIN)
    at = broken.index(b"word ") + 990
    cases["long-line"] = (broken[:at] + b"!\r\n" + broken[at:], {"result": "fail", "says": "broken by a server"})
    two = dkimpy(dkimpy(SHORT, key, DOMAIN).replace(b" h=", b" h=x-none : "), key, DOMAIN)
    cases["one-of-two"] = (two, [{"result": "pass"}, {"result": "fail"}])


BOUNCE = (b"From: MAILER-DAEMON@mx.receiver.example\r\nTo: ann@sender.example\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
          b'Content-Type: multipart/report; report-type=delivery-status; boundary="zz"\r\n\r\n--zz\r\nContent-Type: text/plain\r\n\r\nIt failed.\r\n'
          b"--zz\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.receiver.example\r\n\r\n"
          b"Final-Recipient: rfc822; bob@receiver.example\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user\r\n"
          b"\r\n--zz\r\nContent-Type: %s\r\n\r\n%s\r\n--zz--\r\n")


def returned(cases, key):
    """What comes back inside a bounce: all of it, or its header."""
    for canon in ("relaxed/relaxed", "simple/simple"):
        signed, kind = dkimpy(SHORT, key, DOMAIN, canon), canon[:6]
        header = split(signed)[0]
        cases[f"returned-{kind}-whole"] = (BOUNCE % (b"message/rfc822", signed), {"result": "pass"})
        cases[f"returned-{kind}-multipart"] = (BOUNCE % (b"message/rfc822", dkimpy(MULTIPART, key, DOMAIN, canon)), {"result": "pass"})
        cases[f"returned-{kind}-header"] = (BOUNCE % (b"text/rfc822-headers", header), {"result": "unchecked", "says": "returns only the header.* header is valid"})
        cases[f"returned-{kind}-no-body"] = (BOUNCE % (b"message/rfc822", header + b"\r\n"), {"result": "unchecked", "says": "header is valid"})
        cases[f"returned-{kind}-changed"] = (BOUNCE % (b"text/rfc822-headers", header.replace(b"Subject: ", b"Subject: [x] ")), {"result": "unchecked", "says": "not as it was signed.*tag was put in front"})


def make(folder):
    key, short = Key(folder, "sel"), Key(folder, "short", 512)
    zone = [";! taken 2026-11-24T15:00:00Z", zone_line("sel", DOMAIN, key.record()), zone_line("short", DOMAIN, short.record())]
    cases = {}
    alter_all(cases, "opendkim", opendkim(SHORT, key, DOMAIN), "policy")
    alter_all(cases, "dkimpy", dkimpy(SHORT, key, DOMAIN))
    alter_all(cases, "maildkim", mail_dkim(SHORT, key, DOMAIN))
    of_keys(cases, key, short, zone)
    of_signatures(cases, key)
    of_encodings(cases, key)
    of_insertions(cases, key)
    returned(cases, key)
    return cases, "\n".join(zone) + "\n"


def field(message, name, instance):
    """One ARC field as bytes."""
    found = re.findall(rb"(?im)^" + name + rb":(?:.*\r\n(?:[ \t].*\r\n)*)", message)
    return next(f for f in found if re.search(rb"\bi=" + str(instance).encode() + rb"\b", f))


def break_chains(cases, signer, sealed, count):
    kinds = {"results": (b"ARC-Authentication-Results", b"=pass", b"=fail"), "message": (b"ARC-Message-Signature", b" h=", b" h=x-a:"), "seal": (b"ARC-Seal", b"; b=", b"; t2=1; b=")}
    cases[f"{signer}-whole"] = (sealed, {"result": "pass"})
    cases[f"{signer}-body"] = (sealed + b"Tail\r\n", {"result": "fail", "says": f"body hash of instance {count}.*added at the end"})
    cases[f"{signer}-subject"] = (sealed.replace(b"Subject: The", b"Subject: Not the", 1), {"result": "fail", "says": f"message signature of instance {count}"})
    for instance in range(1, count + 1):
        for kind, (name, old, new) in kinds.items():
            whole = field(sealed, name, instance)
            cases[f"{signer}-{kind}-{instance}-gone"] = (sealed.replace(whole, b"", 1), {"result": "fail", "says": f"instance {instance} is not complete"})
            cases[f"{signer}-{kind}-{instance}-twice"] = (whole + sealed, {"result": "fail", "says": f"instance {instance} has two"})
            changed = re.sub(rb"(?i)cv=\w+", b"cv=fail", whole) if kind == "seal" else whole.replace(old, new, 1)
            assert changed != whole, whole
            says = f"cv=fail" if kind == "seal" else f"instance {instance}"
            cases[f"{signer}-{kind}-{instance}-changed"] = (sealed.replace(whole, changed, 1), {"result": "fail", "says": says})


def make_chains(folder):
    keys = [Key(folder, f"arc{i}") for i in (1, 2, 3)]
    zone = [zone_line(k.name, f"hop{i}.example", k.record("v=DKIM1; k=rsa; t=s;")) for i, k in enumerate(keys, 1)]  # i= of ARC is no identity
    cases = {}
    sealed = SHORT
    for i, key in enumerate(keys, 1):
        sealed = dkimpy_arc(sealed, key, f"hop{i}.example", f"mx.hop{i}.example", "none" if i == 1 else "pass")
    break_chains(cases, "dkimpy", sealed, 3)
    sealed = SHORT
    for i, key in enumerate(keys, 1):
        sealed = mail_dkim_arc(sealed, key, f"hop{i}.example", f"mx.hop{i}.example", "none" if i == 1 else "pass")
    break_chains(cases, "maildkim", sealed, 3)
    cases["no-chain"] = (SHORT, {"result": "none"})
    cases["no-key"] = (sealed.replace(b"s=arc2", b"s=arc9"), {"result": "unchecked", "says": "snapshot does not say"})
    return cases, "\n".join(zone) + "\n"
