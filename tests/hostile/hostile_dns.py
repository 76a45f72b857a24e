#!/usr/bin/env python3
"""DNS answers and signatures that an attacker might publish: the limits of the RFCs hold, nothing crashes or hangs,
memory stays bounded, and nothing raw reaches the terminal.

usage: hostile_dns.py MAILWHY
"""
import json
import pathlib
import subprocess
import sys
import tempfile

from hostile import MAILWHY, SANITIZED, TIMEOUT, judge, make_input


def txt(name, text, piece=200):
    return f"{name}. 1 IN TXT " + " ".join('"' + text[i : i + piece] + '"' for i in range(0, len(text), piece)) + "\n"


def spf(name, record):
    return txt(name, "v=spf1 " + record)


def escaped(data):
    return "".join(f"\\{b:03d}" for b in data)


def raw(name, data):
    return f"{name}. 1 IN TXT " + " ".join('"' + escaped(data[i : i + 200]) + '"' for i in range(0, len(data), 200)) + "\n"


def chain(count, last):
    return "".join(f"c{i}.example. 1 IN CNAME c{i + 1}.example.\n" for i in range(count)) + f"c{count}.example. {last}\n"


def tree(depth):
    """Each record includes two others: 2^depth of them."""
    out = ""
    for level in range(depth):
        for side in "lr":
            out += spf(f"{side}{level}.example", f"include:l{level + 1}.example include:r{level + 1}.example -all")
    return out + spf("a.example", "include:l0.example include:r0.example -all") + spf(f"l{depth}.example", "-all") + spf(f"r{depth}.example", "-all")


# name, zone (with `complete`), what SPF must come to
SPF_CASES = [
    ("TXT of 64 KB", spf("a.example", "ip4:192.0.2.1 " * 4400 + "-all"), "fail"),
    ("TXT of 64 KB without a blank", spf("a.example", "a" * 60000), "permerror"),
    ("1,000 MX", spf("a.example", "mx -all") + "".join(f"a.example. 1 IN MX {i} m{i}.example.\n" for i in range(1000)), "permerror"),
    ("5,000 TXT records", spf("a.example", "-all") + "".join(txt("a.example", f"other {i}") for i in range(5000)), "fail"),
    ("5,000 SPF records", "".join(spf("a.example", f"ip4:192.0.2.{i % 256}/{i % 33} -all") for i in range(5000)), "permerror"),
    ("5,000 addresses", spf("a.example", "a -all") + "".join(f"a.example. 1 IN A 10.{i // 250}.{i % 250}.1\n" for i in range(5000)), "fail"),
    ("a loop of aliases", spf("a.example", "a:c0.example -all") + chain(5, "1 IN CNAME c0.example."), "temperror"),
    ("an alias of itself", "a.example. 1 IN CNAME a.example.\n", "temperror"),
    ("1,000 aliases", spf("a.example", "a:c0.example -all") + chain(1000, "1 IN A 203.0.113.1"), "temperror"),
    ("a loop of includes", spf("a.example", "include:b.example -all") + spf("b.example", "include:a.example -all"), "permerror"),
    ("an include of itself", spf("a.example", "include:a.example -all"), "permerror"),
    ("a redirect to itself", spf("a.example", "redirect=a.example"), "permerror"),
    ("a tree of includes", tree(12), "permerror"),
    ("a record of 60,000 terms", spf("a.example", "a " * 30000 + "-all"), "permerror"),
    ("macros in macros", spf("a.example", "exists:" + "%{d}." * 5000 + "example -all"), "fail"),
    ("a macro with 60,000 delimiters", spf("a.example", "exists:%{d" + "." * 60000 + "}.example -all"), "fail"),
    ("a number of 60,000 digits", spf("a.example", "exists:%{d" + "9" * 60000 + "}.example -all"), "fail"),
    ("an explanation that grows", spf("a.example", "-all exp=e.example") + txt("e.example", "%{s}%{s}%{p}%{c}%{i}%{h}" * 2000), "fail"),
    ("escapes in an explanation", spf("a.example", "-all exp=e.example") + raw("e.example", b"\x1b]0;owned\x07\x1b[31m<script>alert(1)</script>"), "fail"),
    ("NUL in a record", raw("a.example", b"v=spf1 a:\0.example -all"), "permerror"),
    ("control characters in a record", raw("a.example", b"v=spf1 \x1b[2J -all"), "permerror"),
    ("every byte", raw("a.example", b"v=spf1 " + bytes(range(256)) * 200), "permerror"),
    ("names of 63 characters", spf("a.example", "a:" + ".".join(["x" * 63] * 3) + ".example mx:" + "y" * 64 + ".example -all"), "fail"),
    ("labels with dots and blanks", spf("a.example", "ptr -all") + "1.113.0.203.in-addr.arpa. 1 IN PTR a\\.b\\032c\\000.example.\n", "fail"),
    ("1,000 names of an address", spf("a.example", "ptr -all") + "".join(f"1.113.0.203.in-addr.arpa. 1 IN PTR n{i}.example.\n" for i in range(1000)), "fail"),
    ("DMARC of 64 KB", spf("a.example", "-all") + txt("_dmarc.a.example", "v=DMARC1; p=reject; " + "x=y; " * 12000), "fail"),
    ("a key of 64 KB", spf("a.example", "-all") + txt("sel._domainkey.a.example", "v=DKIM1; p=" + "A" * 60000), "fail"),
    ("a key of damaged ASN.1", spf("a.example", "-all") + txt("sel._domainkey.a.example", "v=DKIM1; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A//////////8="), "fail"),
    ("a list that answers anything", spf("a.example", "-all") + "".join(f"1.113.0.203.zen.spamhaus.org. 1 IN A 10.{i // 250}.{i % 250}.9\n" for i in range(3000)), "fail"),
]

SIGNATURE = b"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=a.example; s=sel;\n h=from:to:subject; bh=%s; b=%s\n"
KEY = ("v=DKIM1; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA7VW7UfHJ0zE2hx1WjN1Y0dVLLmJgP3z6lSbxDdvHPvK4tGvYbPCHbGFTbKvEDCrE"
       "qeJC9iIhiIZRQ2p4lbcAgx0kIOgpvKzYZlhLqpSy4XqiSRCAXK9fAO2QYoTz7h2rSPkxRMTcHEYHFTLjSwIDAQAB")
HASH = b"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
FROM = b"From: a@a.example\nTo: b@b.example\nSubject: x\n"

# name, message: all must end, with any result
MESSAGES = [
    ("1,000 signatures over 1 MB", SIGNATURE % (HASH, b"AAAA") * 1000 + FROM + b"\n" + (b"body " * 20 + b"\n") * 10000),
    ("20 signatures of different lengths over 4 MB", b"".join(SIGNATURE.replace(b"h=from", b"l=%d; h=from" % (i * 1000)) % (HASH, b"AAAA") for i in range(20)) + FROM + b"\n" + b"a\n" * 2000000),
    ("a signature that signs 100,000 names", SIGNATURE.replace(b"h=from", b"h=from" + b":x" * 100000) % (HASH, b"AAAA") + FROM + b"\nbody\n"),
    ("a signature with 100,000 tags", SIGNATURE.replace(b"h=from", b"".join(b"t%d=1; " % i for i in range(100000)) + b"h=from") % (HASH, b"AAAA") + FROM + b"\nbody\n"),
    ("a signature with one tag 50,000 times", SIGNATURE.replace(b"h=from", b"x=1; " * 50000 + b"h=from") % (HASH, b"AAAA") + FROM + b"\nbody\n"),
    ("a b= of 1 MB", SIGNATURE % (HASH, b"A" * (1 << 20)) + FROM + b"\nbody\n"),
    ("a subject of 100 KB to untag", SIGNATURE % (HASH, b"AAAA") + b"From: a@a.example\nSubject: " + b"[x] " * 25000 + b"\n\nbody\n"),
    ("50,000 signed fields", SIGNATURE % (HASH, b"AAAA") + b"To: b\n" * 50000 + FROM + b"\nbody\n"),
    ("50 ARC sets", b"".join(b"ARC-Seal: i=%d; a=rsa-sha256; cv=%s; d=a.example; s=sel; b=AAAA\nARC-Message-Signature: i=%d; a=rsa-sha256; c=relaxed/relaxed; d=a.example; s=sel; h=from; bh=%s; b=AAAA\nARC-Authentication-Results: i=%d; mx; spf=pass\n"
                             % (i, b"none" if i == 1 else b"pass", i, HASH, i) for i in range(50, 0, -1)) + FROM + b"\nbody\n"),
    ("100,000 ARC fields", b"ARC-Seal: i=1; a=rsa-sha256; cv=none; d=a.example; s=sel; b=AAAA\n" * 100000 + FROM + b"\nbody\n"),
    ("NUL and controls in a signature", (SIGNATURE % (HASH, b"AAAA")).replace(b"d=a", b"d=\0\x1b[31ma") + FROM + b"\nbody\n"),
    ("lines of 1 MB that were broken", SIGNATURE % (HASH, b"AAAA") + FROM + b"\n" + b"y" * (1 << 20) + b"\n" + (b"z" * 990 + b"!\n") * 1000),
]


def key_zone():
    return txt("sel._domainkey.a.example", KEY) + ";! complete\n"


AUDIT = ["audit", "--domain", "a.example", "--ip", "203.0.113.1", "--helo", "h.example", "--sender", "x@a.example", "--selector", "sel"]


def is_clean(text):
    return all(ord(c) >= 32 and not 127 <= ord(c) < 160 or c == "\n" for c in text)


def answers(folder):
    path = folder / "zone"
    for name, zone, wanted in SPF_CASES:
        path.write_text(zone + ";! complete\n")
        problems = []
        shown = {}
        for form in ("json", "text", "html"):
            done = subprocess.run([MAILWHY, *AUDIT, "-f", form, "--dns", path], capture_output=True, timeout=TIMEOUT)
            shown[form] = done.stdout.decode(errors="strict")
            if len(done.stdout) > 8 * len(zone) + (256 << 10):
                problems.append(f"{form}: {len(done.stdout) >> 10} KB on a snapshot of {len(zone) >> 10} KB")
            if done.returncode:
                problems.append(f"{form}: exit status {done.returncode}: {done.stderr[-1500:].decode(errors='replace')}")
        if not problems:
            got = json.loads(shown["json"])["auth"]["checks"]["spf"]["result"]
            problems += [f"SPF is {got}, not {wanted}"] if got != wanted else []
            problems += ["raw control characters in the text"] if not is_clean(shown["text"]) else []
            problems += ["a script in the HTML"] if "<script>alert" in shown["html"] else []
        for problem in problems:
            yield f"{name}: {problem}"


def messages(folder):
    path, zone = folder / "input", folder / "zone"
    zone.write_text(key_zone())
    for name, message in MESSAGES:
        if SANITIZED and len(message) > 2 << 20:
            continue
        make_input(lambda: message, path)
        for problem in judge(None, None, path, "--dns", str(zone)):
            yield f"{name}: {problem}"


def damaged(folder):
    """A snapshot that is no text at all is refused with its line, and nothing is analysed."""
    path = folder / "zone"
    for data in (bytes(range(256)) * 1000, b"(" * 100000, b'"' * 100001, b"\0" * 100000, b"a. 1 IN TXT " + b"x " * 500000):
        path.write_bytes(data)
        done = subprocess.run([MAILWHY, "dns", "show", path], capture_output=True, timeout=TIMEOUT)
        if done.returncode not in (0, 78) or (done.returncode == 78) != (str(path).encode() + b":" in done.stderr):
            yield f"a damaged snapshot ({data[:20]!r}): exit status {done.returncode}: {done.stderr[-500:]}"
        if not is_clean(done.stderr.decode(errors="replace")):
            yield f"a damaged snapshot ({data[:20]!r}): raw control characters in the message"


def main():
    failures = 0
    with tempfile.TemporaryDirectory() as name:
        for problem in (p for part in (answers, messages, damaged) for p in part(pathlib.Path(name))):
            failures += 1
            print(problem)
    print(f"{len(SPF_CASES)} snapshots, {len(MESSAGES)} messages, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
