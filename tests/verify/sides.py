#!/usr/bin/env python3
"""On whose side a mail or a report is, with one's own names known: as JSON, and in words. A stranger may write any From, any
Received field and any Reporting-MTA; what a believed host saw, and who handed it in, counts.

usage: sides.py MAILWHY
"""
import json
import os
import subprocess
import sys

MAILWHY = sys.argv[1]
OWN = ["--own", "mine.example", "--own", "shop.example", "--own", "kim@free.example"]
TRUST = ["--trust", "mx.mine.example", "--trust", "mail.mine.example", "--trust", "192.0.2.0/24"]

DAY = "Tue, 24 Nov 2026 10:0%d:00 +0000"


def received(client, ip, by, minute, with_="ESMTPS", to=None):
    return (f"Received: from {client} ({client} [{ip}])\n\tby {by} (Postfix) with {with_} id 4F1{minute}A2B3C4\n"
            + (f"\tfor <{to}>; " if to else "\t; ") + DAY % minute + "\n")


OUR_MX_FROM_OTHER = received("mail.other.example", "198.51.100.7", "mx.mine.example", 5)
OUR_MX_FROM_EVIL = received("mail.evil.example", "203.0.113.66", "mx.mine.example", 5)
OUR_MX_FROM_OURS = received("mail.mine.example", "192.0.2.5", "mx.mine.example", 5)
OTHER_MX_FROM_OURS = received("mail.mine.example", "192.0.2.5", "mx.other.example", 5)
OTHER_MX_FROM_EVIL = received("mail.evil.example", "203.0.113.66", "mx.other.example", 5)
OTHER_MX_FROM_HOSTED = received("out.hoster.example", "198.51.100.44", "mx.other.example", 5)
LOGIN = received("laptop", "203.0.113.9", "mail.mine.example", 3, "ESMTPSA")
FORGED_BY = received("laptop", "203.0.113.9", "mail.mine.example", 1)
FORWARDED = received("mx.middle.example", "198.51.100.99", "mx.other.example", 6) + received("mail.mine.example", "192.0.2.5", "mx.middle.example", 5)
EVIL_WAY = received("x.evil.example", "203.0.113.67", "mail.evil.example", 1)
GREETS_AS_OURS = ("Received: from mail.mine.example (unknown [203.0.113.66])\n\tby mx.other.example (Postfix) with ESMTP id 4F15A2B3C4\n\t; "
                  + DAY % 5 + "\n")
PASS = "Authentication-Results: {}; dmarc=pass header.from={}\n"


def mail(way, from_, to, envelope=None, more=""):
    path = "" if envelope is None else f"Return-Path: <{envelope}>\n"
    return (f"{path}{way}{more}Message-ID: <1@a.example>\nDate: {DAY % 0}\nFrom: {from_}\nTo: {to}\nSubject: hello\n\nhello\n")


# name, options, message, side, words of the text (a leading ! for words that must not stand there)
MESSAGES = [
    ("in", OWN, mail(OUR_MX_FROM_OTHER, "b@other.example", "a@mine.example", "b@other.example"), "inbound", "came in for mine.example"),
    ("in, hosts known", OWN + TRUST, mail(OUR_MX_FROM_OTHER, "b@other.example", "a@mine.example", "b@other.example"), "inbound", "came in for mine.example"),
    ("in to a second domain", OWN, mail(OUR_MX_FROM_OTHER, "b@other.example", "a@shop.example", "b@other.example"), "inbound", "came in for shop.example"),
    ("in below a domain", OWN, mail(OUR_MX_FROM_OTHER, "b@other.example", "a@sub.mine.example", "b@other.example"), "inbound", "came in for mine.example"),
    ("in to an own address", OWN, mail(received("x.other.example", "198.51.100.7", "mx.free.example", 5), "b@other.example", "kim@free.example", "b@other.example"), "inbound", "came in for kim@free.example"),
    ("another's address there", OWN, mail(received("x.other.example", "198.51.100.7", "mx.free.example", 5), "b@other.example", "jo@free.example", "b@other.example"), None, "!Whose"),
    ("in, blind copy", OWN, mail(received("mail.other.example", "198.51.100.7", "mx.mine.example", 5, to="a@mine.example"), "b@other.example", "undisclosed:;", "b@other.example"), "inbound", "came in for mine.example"),
    ("in, Delivered-To alone", OWN, mail("Delivered-To: a@mine.example\n" + OUR_MX_FROM_OTHER, "b@other.example", "c@third.example", "b@other.example"), "inbound", "came in for mine.example"),
    ("in, null sender", OWN, mail(OUR_MX_FROM_OTHER, "b@other.example", "a@mine.example", ""), "inbound", "came in"),
    ("in, To in capitals", OWN, mail(OUR_MX_FROM_OTHER, "b@other.example", "A@MINE.EXAMPLE", "b@other.example"), "inbound", "came in"),
    ("a list brings a stranger's mail", OWN, mail(received("lists.third.example", "198.51.100.8", "mx.mine.example", 5, to="a@mine.example"), "b@other.example", "talk@lists.third.example", "talk-bounces@lists.third.example", "List-Id: <talk.lists.third.example>\n"), "inbound", "came in"),
    ("a list brings our mail back", OWN, mail(received("lists.third.example", "198.51.100.8", "mx.mine.example", 5, to="a@mine.example"), "a@mine.example", "talk@lists.third.example", "talk-bounces@lists.third.example", "List-Id: <talk.lists.third.example>\n"), "inbound", "came in"),
    ("forwarded to us, SRS", OWN, mail(received("fwd.third.example", "198.51.100.8", "mx.mine.example", 5, to="a@mine.example"), "b@other.example", "b2@third.example", "SRS0=ab12=CD=other.example=b@third.example"), "inbound", "came in"),
    ("forged From, stranger's envelope, to us", OWN, mail(OUR_MX_FROM_EVIL, "boss@mine.example", "a@mine.example", "x@evil.example"), "inbound", "nothing that is believed shows that it is yours"),
    ("the same, hosts known", OWN + TRUST, mail(OUR_MX_FROM_EVIL, "boss@mine.example", "a@mine.example", "x@evil.example"), "inbound", "nothing that is believed shows"),
    ("forged envelope and From, to us", OWN, mail(OUR_MX_FROM_EVIL, "boss@mine.example", "a@mine.example", "boss@mine.example"), "inbound", "nothing that is believed shows"),
    ("the same, hosts known", OWN + TRUST, mail(OUR_MX_FROM_EVIL, "boss@mine.example", "a@mine.example", "boss@mine.example"), "inbound", "nothing that is believed shows"),
    ("forged, a Received of ours below", OWN + TRUST, mail(OUR_MX_FROM_EVIL + FORGED_BY, "boss@mine.example", "a@mine.example", "boss@mine.example"), "inbound", "nothing that is believed shows"),
    ("forged, a login of ours below", OWN + TRUST, mail(OUR_MX_FROM_EVIL + LOGIN, "boss@mine.example", "a@mine.example", "boss@mine.example"), "inbound", "nothing that is believed shows"),
    ("forged, greets with our name", OWN + TRUST, mail("Received: from mail.mine.example (unknown [203.0.113.66])\n\tby mx.mine.example (Postfix) with ESMTP id 4F15A2B3C4\n\t; " + DAY % 5 + "\n", "boss@mine.example", "a@mine.example", "boss@mine.example"), "inbound", "nothing that is believed shows"),
    ("forged results of our name", OWN + TRUST, mail(OUR_MX_FROM_EVIL + FORGED_BY + PASS.format("mx.mine.example", "mine.example"), "boss@mine.example", "a@mine.example", "x@evil.example"), "inbound", "nothing that is believed shows"),
    ("forged From of a second domain", OWN, mail(OUR_MX_FROM_EVIL, "boss@shop.example", "a@mine.example", "x@evil.example"), "inbound", "names shop.example"),
    ("forged display name", OWN, mail(OUR_MX_FROM_EVIL, '"boss@mine.example" <x@evil.example>', "a@mine.example", "x@evil.example"), "inbound", "!nothing that is believed"),
    ("a name that only ends like ours", OWN, mail(OUR_MX_FROM_EVIL, "a@notmine.example", "a@mine.example", "a@notmine.example"), "inbound", "!nothing that is believed"),
    ("inside", OWN + TRUST, mail(OUR_MX_FROM_OURS + LOGIN, "a@mine.example", "b@mine.example", "a@mine.example"), "internal", "the recipient is yours too"),
    ("inside, hosts not named", OWN, mail(OUR_MX_FROM_OURS + LOGIN, "a@mine.example", "b@mine.example", "a@mine.example"), "internal", "the recipient is yours too"),
    ("inside, between domains", OWN, mail(OUR_MX_FROM_OURS, "a@mine.example", "b@shop.example", "a@mine.example"), "internal", "the recipient is yours too"),
    ("inside, with a login", OWN + TRUST, mail(LOGIN, "a@mine.example", "b@mine.example", "a@mine.example"), "internal", "mail.mine.example"),
    ("inside, a service signs for us", OWN, mail("Authentication-Results: mx.mine.example; dmarc=pass header.from=mine.example\n" + received("out.hoster.example", "198.51.100.44", "mx.mine.example", 5), "a@mine.example", "b@mine.example", "bounce@hoster.example"), "internal", "the recipient is yours too"),
    ("out", OWN, mail(OTHER_MX_FROM_OURS, "a@mine.example", "b@other.example", "a@mine.example"), "outbound", "mail.mine.example"),
    ("out, hosts known", OWN + TRUST, mail(OTHER_MX_FROM_OURS + LOGIN, "a@mine.example", "b@other.example", "a@mine.example"), "outbound", "mail.mine.example"),
    ("out of a second domain", OWN + TRUST, mail(OTHER_MX_FROM_OURS, "a@shop.example", "b@other.example", "a@shop.example"), "outbound", "shop.example"),
    ("out, forwarded there", OWN, mail(FORWARDED, "a@mine.example", "b@other.example", "a@mine.example"), "outbound", "mail.mine.example"),
    ("a copy that was kept", OWN, mail("", "a@mine.example", "b@other.example"), "outbound", "mine.example"),
    ("out of an own address", OWN, mail(received("smtp.free.example", "198.51.100.9", "mx.other.example", 5), "kim@free.example", "b@other.example", "kim@free.example"), "outbound", "kim@free.example"),
    ("out through a hoster", OWN, mail(OTHER_MX_FROM_HOSTED, "a@mine.example", "b@other.example", "a@mine.example"), "outbound", "names mine.example as its sender"),
    ("out through a hoster, checked there", OWN, mail("Authentication-Results: mx.other.example; dmarc=pass header.from=mine.example\n" + OTHER_MX_FROM_HOSTED, "a@mine.example", "b@other.example", "a@mine.example"), "outbound", "yours: mine.example sent it"),
    ("a service sends for us, checked", OWN, mail("Authentication-Results: mx.other.example; dmarc=pass header.from=mine.example\n" + OTHER_MX_FROM_HOSTED, "a@mine.example", "b@other.example", "x@hoster.example"), "outbound", "yours: mine.example sent it"),
    ("a service with our From, unchecked", OWN, mail(OTHER_MX_FROM_HOSTED, "a@mine.example", "b@other.example", "x@hoster.example"), "unknown", "names mine.example"),
    ("forged From in another's mailbox", OWN, mail(OTHER_MX_FROM_EVIL, "boss@mine.example", "b@other.example", "x@evil.example"), "unknown", "names mine.example"),
    ("forged in another's, hosts known", OWN + TRUST, mail(OTHER_MX_FROM_EVIL, "boss@mine.example", "b@other.example", "boss@mine.example"), "unknown", "came from no server of yours"),
    ("forged in another's, a login of ours below", OWN, mail(OTHER_MX_FROM_EVIL + LOGIN, "boss@mine.example", "b@other.example", "boss@mine.example"), "outbound", "nothing that is believed shows"),
    ("the same, hosts known", OWN + TRUST, mail(OTHER_MX_FROM_EVIL + LOGIN, "boss@mine.example", "b@other.example", "boss@mine.example"), "unknown", "came from no server of yours"),
    ("forged there, two hops of a stranger's above", OWN + TRUST, mail(OTHER_MX_FROM_EVIL + EVIL_WAY + FORGED_BY, "boss@mine.example", "b@other.example", "boss@mine.example"), "unknown", "came from no server of yours"),
    ("greets there with our name", OWN, mail(GREETS_AS_OURS + LOGIN, "boss@mine.example", "b@other.example", "boss@mine.example"), "outbound", "as its header tells"),
    ("the same, hosts known", OWN + TRUST, mail(GREETS_AS_OURS + LOGIN, "boss@mine.example", "b@other.example", "boss@mine.example"), "outbound", "as its header tells"),
    ("a copy that was kept says so itself", OWN, mail("", "a@mine.example", "b@other.example"), "outbound", "nothing tells of its way"),
    ("nobody of ours", OWN, mail(OTHER_MX_FROM_EVIL, "x@evil.example", "b@other.example", "x@evil.example"), None, "!Whose"),
]


def report(reporter, way_of_report, way, sender, recipient, to=None, original=None, from_=None, reply="550 5.1.1 User unknown"):
    to = to or sender
    first = f"Original-Recipient: rfc822;{original}\n" if original else ""
    return (f"Return-Path: <>\n{way_of_report}From: MAILER-DAEMON@{reporter}\nTo: {to}\nSubject: Undelivered Mail Returned to Sender\n"
            f"Date: {DAY % 9}\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
            f"--b\nContent-Type: text/plain\n\nIt could not be delivered.\n\n--b\nContent-Type: message/delivery-status\n\n"
            f"Reporting-MTA: dns; {reporter}\n\n{first}Final-Recipient: rfc822;{recipient}\nAction: failed\nStatus: 5.1.1\n"
            f"Remote-MTA: dns; mx.other.example\nDiagnostic-Code: smtp; {reply}\n\n"
            f"--b\nContent-Type: text/rfc822-headers\n\nReturn-Path: <{sender}>\n{way}Message-ID: <1@a.example>\nDate: {DAY % 0}\n"
            f"From: {from_ or sender}\nTo: {recipient}\nSubject: hello\n\n--b--\n")


LOCAL = "Received: by mail.mine.example (Postfix)\n\tid 4F17A2B3C4; " + DAY % 8 + "\n"
FROM_OTHER = received("mx.other.example", "198.51.100.7", "mx.mine.example", 8)
FROM_EVIL = received("mail.evil.example", "203.0.113.66", "mx.mine.example", 8)

REPORTS = [
    ("our server's", OWN + TRUST, report("mail.mine.example", LOCAL, LOGIN, "a@mine.example", "b@other.example"), "outbound", "yours: mine.example sent it"),
    ("our server's, hosts not named", OWN, report("mail.mine.example", LOCAL, LOGIN, "a@mine.example", "b@other.example"), "outbound", "yours: mine.example sent it"),
    ("another's of our mail", OWN + TRUST, report("mx.other.example", FROM_OTHER, OTHER_MX_FROM_OURS, "a@mine.example", "b@other.example"), "outbound", "mine.example sent it"),
    ("forged reporter, a stranger's way", OWN + TRUST, report("mail.mine.example", FROM_EVIL, EVIL_WAY, "a@mine.example", "b@other.example"), "backscatter", "not yours, it seems"),
    ("forged reporter, hosts not named", OWN, report("mail.mine.example", FROM_EVIL, EVIL_WAY, "a@mine.example", "b@other.example"), "outbound", "names mine.example as its sender"),
    ("forged reporter, no way at all", OWN + TRUST, report("mail.mine.example", FROM_EVIL, "", "a@mine.example", "b@other.example"), "outbound", "names mine.example as its sender"),
    ("no way at all, another reports", OWN, report("mx.other.example", FROM_OTHER, "", "a@mine.example", "b@other.example"), "outbound", "as it says"),
    ("a stranger's way, another reports", OWN + TRUST, report("mx.other.example", FROM_OTHER, EVIL_WAY, "a@mine.example", "b@other.example"), "backscatter", "not yours, it seems"),
    ("a stranger's way, hosts not named", OWN, report("mx.other.example", FROM_OTHER, EVIL_WAY, "a@mine.example", "b@other.example"), "outbound", "names mine.example as its sender"),
    ("a field of ours that anybody can write", OWN + TRUST, report("mx.other.example", FROM_EVIL, FORGED_BY, "a@mine.example", "b@other.example"), "outbound", "as the header that came back tells"),
    ("a field of ours below a stranger's", OWN, report("mx.other.example", FROM_OTHER, OTHER_MX_FROM_EVIL + FORGED_BY, "a@mine.example", "b@other.example"), "outbound", "names mine.example as its sender"),
    ("the same, hosts known", OWN + TRUST, report("mx.other.example", FROM_OTHER, OTHER_MX_FROM_EVIL + FORGED_BY, "a@mine.example", "b@other.example"), "backscatter", "came from no server of yours"),
    ("a field of ours below a relay's", OWN + TRUST, report("mx.other.example", FROM_OTHER, FORWARDED + LOGIN, "a@mine.example", "b@other.example"), "outbound", "as the header that came back tells"),
    ("of a second domain", OWN + TRUST, report("mail.mine.example", LOCAL, LOGIN, "a@shop.example", "b@other.example"), "outbound", "shop.example sent it"),
    ("of an own address", OWN, report("mx.other.example", FROM_OTHER, received("x", "203.0.113.9", "smtp.free.example", 1), "kim@free.example", "b@other.example"), "outbound", "names kim@free.example as its sender"),
    ("what came in and failed here", OWN + TRUST, report("mail.mine.example", LOCAL, OUR_MX_FROM_OTHER, "b@other.example", "a@mine.example"), "inbound", "somebody else's, to mine.example"),
    ("what came in and failed, told by others", OWN, report("mx.other.example", FROM_OTHER, EVIL_WAY, "b@other.example", "a@mine.example", reply="552 5.2.2 Mailbox full"), "inbound", "a mailbox of yours (mine.example)"),
    ("inside", OWN + TRUST, report("mail.mine.example", LOCAL, LOGIN, "a@mine.example", "b@mine.example"), "internal", "the recipient is yours too"),
    ("inside, forged reporter", OWN + TRUST, report("mail.mine.example", FROM_EVIL, EVIL_WAY, "a@mine.example", "b@mine.example"), "backscatter", "not yours, it seems"),
    ("an alias of ours that leads out", OWN + TRUST, report("mail.mine.example", LOCAL, OUR_MX_FROM_OTHER, "b@third.example", "b@other.example", original="a@mine.example"), "outbound", "passed it on"),
    ("an address of ours, told under another's name", OWN + TRUST, report("mail.mine.example", LOCAL, OUR_MX_FROM_OTHER, "b@third.example", "a@mine.example", original="a@shop.example"), "inbound", "somebody else's, to"),
    ("forged From, a stranger's envelope", OWN, report("mx.other.example", FROM_EVIL, EVIL_WAY, "x@evil.example", "b@other.example", from_="boss@mine.example"), None, "!yours:"),
    ("our From, a service's envelope", OWN + TRUST, report("mx.other.example", FROM_OTHER, OTHER_MX_FROM_OURS, "bounce@hoster.example", "b@other.example", from_="a@mine.example"), "outbound", "mine.example sent it"),
    ("we passed it on (SRS)", OWN + TRUST, report("mail.mine.example", LOCAL, OUR_MX_FROM_OTHER, "SRS0=ab12=CD=third.example=c@mine.example", "b@other.example", from_="c@third.example"), "outbound", "passed it on"),
    ("nobody of ours", OWN, report("mx.other.example", FROM_OTHER, EVIL_WAY, "x@evil.example", "b@other.example"), None, "!Whose"),
]

ANSWERS = [
    ("an answer to our mail", OWN, mail(OUR_MX_FROM_OTHER, "b@other.example", "a@mine.example", "", "Auto-Submitted: auto-replied\n"), "outbound", "as it says"),
    ("an answer that we sent", OWN, mail(OTHER_MX_FROM_OURS, "a@mine.example", "b@other.example", "", "Auto-Submitted: auto-replied\n"), "inbound"),
]


def run(options, text, *more):
    return subprocess.run([MAILWHY, "--width", "400", *more, *options], input=text, capture_output=True, text=True, env={**os.environ, "MAILWHY_CONFIG": ""}).stdout


def main():
    wrong = 0
    for name, options, text, side, *words in MESSAGES + REPORTS + ANSWERS:
        found = json.loads(run(options, text, "-f", "json"))["input"].get("own", {}).get("side")
        if found != side:
            print(f"{name}: {found}, expected {side}")
            wrong += 1
        shown = run(options, text)
        for w in words:
            if (w.lstrip("!") in shown) == w.startswith("!"):
                line = [x.strip() for x in shown.splitlines() if "Whose" in x]
                print(f"{name}: expected {w!r} in {line}")
                wrong += 1
    return print(f"{wrong} wrong") or 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
