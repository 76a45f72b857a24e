#!/usr/bin/env python3
"""The joint: what a receiver says, on DNS that bears it out, that contradicts it, and that does not tell. Bounces that are
genuine, and backscatter. Believed claims against what is found.

usage: verify.py MAILWHY
"""
import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
from claims import check

MAILWHY = sys.argv[1]
TAKEN = ";! taken 2026-11-24T15:00:00Z\n"
SERVER = "mail.sender.example. 60 IN A 192.0.2.5\n"

PTR = "550 5.7.25 [192.0.2.5] The IP address sending this message does not have a PTR record setup"
GENERIC = "554 5.7.1 rejected: [192.0.2.5] generic or dynamic reverse DNS"
SPF = "550 5.7.23 SPF check failed: 192.0.2.5 is not allowed to send mail for sender.example"
DMARC = "550 5.7.26 Unauthenticated email from sender.example is not accepted due to domain's DMARC policy"
REQUIRED = ("550-5.7.26 Your email has been blocked because the sender is unauthenticated. Gmail requires all senders to authenticate "
            "with either SPF or DKIM. Authentication results: DKIM = did not pass SPF [sender.example] with ip: [192.0.2.5] = did not pass")
HELO = "504 5.5.2 <mail.sender.example>: Helo command rejected: Host not found"
LISTED = "554 5.7.1 Service unavailable; Client host [192.0.2.5] blocked using zen.spamhaus.org"
SENDER = "450 4.1.8 <ann@sender.example>: Sender address rejected: Domain not found"
NULL_MX = "556 5.1.10 Recipient address has null MX"
NO_HOST = "550 5.1.2 <bob@receiver.example>: Host or domain name not found"

# reply, check, zone, what it says
JOINT = [
    (PTR, "ptr", ";! NXDOMAIN 5.2.0.192.in-addr.arpa.\n", "supports"),
    (PTR, "ptr", "5.2.0.192.in-addr.arpa. 60 IN PTR mail.sender.example.\n" + SERVER + ";! NODATA mail.sender.example. AAAA\n", "contradicts"),
    (PTR, "ptr", "5.2.0.192.in-addr.arpa. 60 IN PTR other.sender.example.\n;! NXDOMAIN other.sender.example.\n", "supports"),
    (PTR, "ptr", "5.2.0.192.in-addr.arpa. 60 IN PTR host-192-0-2-5.isp.example.\nhost-192-0-2-5.isp.example. 60 IN A 192.0.2.5\n;! complete\n", "contradicts"),
    (PTR, "ptr", ";! SERVFAIL 5.2.0.192.in-addr.arpa. PTR\n", "neutral"),
    (PTR, "ptr", ";! TIMEOUT 5.2.0.192.in-addr.arpa. PTR\n", "neutral"),
    (PTR, "ptr", "", "neutral"),
    (GENERIC, "ptr", "5.2.0.192.in-addr.arpa. 60 IN PTR host-192-0-2-5.isp.example.\nhost-192-0-2-5.isp.example. 60 IN A 192.0.2.5\n;! complete\n", "supports"),
    (GENERIC, "ptr", "5.2.0.192.in-addr.arpa. 60 IN PTR mail.sender.example.\n" + SERVER + ";! complete\n", "contradicts"),
    (SPF, "spf", 'sender.example. 60 IN TXT "v=spf1 ip4:198.51.100.1 -all"\n', "supports"),
    (SPF, "spf", 'sender.example. 60 IN TXT "v=spf1 ip4:192.0.2.0/24 -all"\n', "contradicts"),
    (SPF, "spf", 'sender.example. 60 IN TXT "v=spf1 include:gone.example -all"\n;! NXDOMAIN gone.example.\n', "supports"),
    (SPF, "spf", 'sender.example. 60 IN TXT "v=spf1 include:open.example -all"\n', "neutral"),
    (SPF, "spf", "", "neutral"),
    (DMARC, "dmarc", '_dmarc.sender.example. 60 IN TXT "v=DMARC1; p=reject"\nsender.example. 60 IN TXT "v=spf1 -all"\n' + SERVER + ";! complete\n", "supports"),
    (DMARC, "dmarc", '_dmarc.sender.example. 60 IN TXT "v=DMARC1; p=reject"\nsender.example. 60 IN TXT "v=spf1 ip4:192.0.2.5 -all"\n' + SERVER + ";! complete\n", "contradicts"),
    (REQUIRED, "spf", 'sender.example. 60 IN TXT "v=spf1 -all"\n;! complete\n', "supports"),
    (REQUIRED, "dkim", 'sender.example. 60 IN TXT "v=spf1 -all"\n;! complete\n', "supports"),
    (REQUIRED, "spf", 'sender.example. 60 IN TXT "v=spf1 ip4:192.0.2.5 -all"\n;! complete\n', "contradicts"),
    (REQUIRED, "dkim", 'sender.example. 60 IN TXT "v=spf1 ip4:192.0.2.5 -all"\n;! complete\n', "neutral"),
    (HELO, "helo", ";! NXDOMAIN mail.sender.example.\n", "supports"),
    ("504 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname", "helo", SERVER + ";! complete\n", "supports"),
    ("450 4.7.1 <gone.sender.example>: Helo command rejected: Host not found", "helo", SERVER + ";! complete\n", "supports"),
    (HELO, "helo", SERVER + ";! NODATA mail.sender.example. AAAA\n", "contradicts"),
    (LISTED, "blocklist", "5.2.0.192.zen.spamhaus.org. 60 IN A 127.0.0.3\n", "supports"),
    (LISTED, "blocklist", ";! NXDOMAIN 5.2.0.192.zen.spamhaus.org.\n", "contradicts"),
    (LISTED, "blocklist", "5.2.0.192.zen.spamhaus.org. 60 IN A 127.255.255.254\n", "neutral"),
    (LISTED, "blocklist", "", "neutral"),
    (SENDER, "mx", ";! NXDOMAIN sender.example.\n", "supports"),
    (SENDER, "mx", "sender.example. 60 IN MX 10 mail.sender.example.\n" + SERVER + ";! complete\n", "contradicts"),
    (NULL_MX, "mx", "receiver.example. 60 IN MX 0 .\n", "supports"),
    (NULL_MX, "mx", "receiver.example. 60 IN MX 10 mx.receiver.example.\nmx.receiver.example. 60 IN A 198.51.100.9\n;! complete\n", "contradicts"),
    (NO_HOST, "mx", ";! NXDOMAIN receiver.example.\n", "supports"),
]


def bounce(reply, returned=b"", to="ann@sender.example", received=""):
    head = (f"{received}From: MAILER-DAEMON@mail.sender.example\nTo: {to}\nSubject: Undelivered Mail Returned to Sender\nDate: Tue, 24 Nov 2026 09:14:07 +0000\n"
            'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n--b\nContent-Type: text/plain\n\nIt failed.\n\n'
            "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mail.sender.example\n\nFinal-Recipient: rfc822; bob@receiver.example\n"
            f"Action: failed\nStatus: 5.0.0\nRemote-MTA: dns; mx.receiver.example\nDiagnostic-Code: smtp; {reply}\nLast-Attempt-Date: Tue, 24 Nov 2026 09:14:07 +0000\n\n"
            "--b\nContent-Type: message/rfc822\n\n")
    returned = returned or b"Return-Path: <ann@sender.example>\nFrom: ann@sender.example\nTo: bob@receiver.example\nSubject: x\n\nbody\n"
    return head.encode() + returned + b"\n--b--\n"


def explain(folder, message, zone, *options):
    (folder / "in.eml").write_bytes(message)
    (folder / "in.zone").write_text(TAKEN + zone)
    done = subprocess.run([MAILWHY, "-f", "json", "--dns", folder / "in.zone", *options, folder / "in.eml"], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"exit {done.returncode}: {done.stderr}")
    return json.loads(done.stdout)


def joint(folder):
    for reply, check, zone, says in JOINT:
        verdict = explain(folder, bounce(reply), zone)["verdicts"][0]
        got = {c["check"]: c["says"] for c in verdict.get("checks", [])}
        yield f"{reply[:60]} / {zone!r}: {check} {says}", got.get(check) == says, f"{verdict['cause']}: {json.dumps(verdict.get('checks'), indent=1)}"


BATV, EXPIRED_BATV = "prvs=0784abcdef=ann@sender.example", "prvs=0123abcdef=ann@sender.example"  # day 20781 is 784 - 3
OUTSIDE = b"Received: from evil.example (evil.example [203.0.113.66])\n\tby mx.receiver.example with ESMTP id 1; Tue, 24 Nov 2026 09:14:05 +0000\n"
PLAIN = b"From: ann@sender.example\nTo: bob@receiver.example\nSubject: x\n\nbody\n"
FROM_OUTSIDE = "Received: from mx.receiver.example (mx.receiver.example [198.51.100.9])\n\tby mail.sender.example with ESMTP id 2; Tue, 24 Nov 2026 09:14:09 +0000\n"
NO_SPF = 'sender.example. 60 IN TXT "v=spf1 ip4:192.0.2.5 -all"\n;! complete\n'

# what it is, the bounce, the zone
GENUINE = [
    ("backscatter", bounce("550 5.1.1 no such user", OUTSIDE + PLAIN, received=FROM_OUTSIDE), NO_SPF),
    ("unknown", bounce("550 5.1.1 no such user", OUTSIDE.replace(b"203.0.113.66", b"192.0.2.5") + PLAIN, received=FROM_OUTSIDE), NO_SPF),
    ("unknown", bounce("550 5.1.1 no such user", PLAIN, to=BATV, received=FROM_OUTSIDE), NO_SPF),
    ("backscatter", bounce("550 5.1.1 no such user", PLAIN, to=EXPIRED_BATV, received=FROM_OUTSIDE), NO_SPF),
    ("unknown", bounce("550 5.1.1 no such user", PLAIN, received=FROM_OUTSIDE), NO_SPF),
    ("unknown", bounce("550 5.1.1 no such user", OUTSIDE + PLAIN, received=FROM_OUTSIDE), ""),
    ("genuine", bounce("550 5.1.1 no such user", PLAIN, received="Received: by mail.sender.example (Postfix) id 3; Tue, 24 Nov 2026 09:14:09 +0000\n"), NO_SPF),
]


def genuine(folder):
    for wanted, message, zone in GENUINE:
        verdict = explain(folder, message, zone)["verdicts"][0]
        got = next(c for c in verdict["checks"] if c["check"] == "bounce-genuine")
        yield f"{wanted}", got["result"] == wanted, f"{message.decode()[:400]}\n{got}"


FORGED = FROM_OUTSIDE, OUTSIDE + PLAIN
REFUSES = 'sender.example. 60 IN TXT "v=spf1 {} -all"\n' + SERVER + ";! complete\n"

# what came back, the zone, the records that are proposed
CHANGES = [
    (bounce(SPF), REFUSES.format("ip4:198.51.100.1"), {("sender.example", "TXT", "v=spf1 ip4:192.0.2.5 ip4:198.51.100.1 -all")}),
    (bounce(SPF), REFUSES.format("ip4:198.51.100.1").replace("-all", "redirect=_spf.sender.example"), set()),
    (bounce(SPF), REFUSES.format("ip4:192.0.2.0/24"), None),
    (bounce(SPF), 'sender.example. 60 IN TXT "v=spf1 include:gone.example -all"\n;! NXDOMAIN gone.example.\n', set()),
    (bounce(SPF, FORGED[1], received=FORGED[0]), REFUSES.format("ip4:198.51.100.1"), None),
    (bounce(PTR), ";! NXDOMAIN 5.2.0.192.in-addr.arpa.\n", set()),
    (bounce("550 5.1.1 no such user"), REFUSES.format("ip4:198.51.100.1"), None),
]


def changes(folder):
    """What exactly is to be changed, where the DNS bears the refusal out."""
    for message, zone, wanted in CHANGES:
        verdict = explain(folder, message, zone)["verdicts"][0]
        all_changes = verdict.get("to_change")
        got = None if all_changes is None else {(r["name"], r["type"], r["value"]) for c in all_changes for r in c.get("records", [])}
        yield f"{verdict['cause']} on {zone!r}", got == wanted and all(c["remedy"] for c in all_changes or []), f"{got}\n{verdict.get('checks')}"
    text = subprocess.run([MAILWHY, "--dns", folder / "in.zone", "-"], input=bounce(SPF), capture_output=True).stdout.decode()
    yield "the text says what to change", "\n  What to change     1. If 192.0.2.5 may send for sender.example" in text, text
    (folder / "after.zone").write_text(TAKEN + REFUSES.format("ip4:192.0.2.5"))
    fixed = explain(folder, bounce(SPF), REFUSES.format("ip4:198.51.100.1"), "--dns-after", folder / "after.zone")["verdicts"][0]
    yield "what is fixed is not to be changed", (fixed["reason_now"], "to_change" in fixed) == ("fixed", False), str(fixed)


ARRIVED = ("Return-Path: <ann@sender.example>\n{results}Received: from mail.sender.example (mail.sender.example [192.0.2.5])\n"
           "\tby mx.receiver.example with {protocol} id 1 for <bob@receiver.example>; Tue, 24 Nov 2026 09:14:05 +0000\n"
           "{below}From: ann@sender.example\nTo: bob@receiver.example\nSubject: x\n\nbody\n")


def claims(folder):
    trust = ["--trust", ".receiver.example"]
    results = "Authentication-Results: mx.receiver.example; spf={} smtp.mailfrom=ann@sender.example\n"
    report = explain(folder, ARRIVED.format(results=results.format("fail"), protocol="ESMTP", below="").encode(), NO_SPF, *trust)
    found = report["auth"].get("differences", [])
    yield "a claim that is not so is told", [(d["method"], d["claimed"], d["found"]) for d in found] == [("spf", "fail", "pass")], str(report["auth"])
    report = explain(folder, ARRIVED.format(results=results.format("pass"), protocol="ESMTP", below="").encode(), NO_SPF, *trust)
    yield "a claim that is so is not", "differences" not in report["auth"], str(report["auth"])
    forged = "Authentication-Results: other.example; spf=fail smtp.mailfrom=ann@sender.example\n"
    report = explain(folder, ARRIVED.format(results="", protocol="ESMTP", below=forged).encode(), NO_SPF, *trust)
    yield "what nobody trusted claims is not held against anything", "differences" not in report["auth"], str(report["auth"])


def hop_tls(folder):
    sts = '_mta-sts.receiver.example. 60 IN TXT "v=STSv1; id=1"\n;! complete\n'
    for protocol, words in (("ESMTP", "no TLS is noted"), ("ESMTPS", "used TLS")):
        (folder / "in.eml").write_text(ARRIVED.format(results="", protocol=protocol, below=""))
        (folder / "in.zone").write_text(TAKEN + sts)
        out = subprocess.run([MAILWHY, "--dns", folder / "in.zone", folder / "in.eml"], capture_output=True, text=True).stdout
        yield f"{protocol} against MTA-STS", words in " ".join(out.split()), out


with tempfile.TemporaryDirectory() as name:
    sys.exit(check((joint, genuine, changes, claims, hop_tls), pathlib.Path(name), "claims"))
