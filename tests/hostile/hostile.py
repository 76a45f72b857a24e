#!/usr/bin/env python3
"""Inputs that an attacker might write: no crash, no hang, bounded memory, the exit statuses of the contract.

usage: hostile.py MAILWHY [CORPUS_DIR]

Memory is held to 3 times the input and 64 MB (not under a sanitizer, which needs its own). How
time, memory and output grow is measured by growth.py; here a case only must end. CORPUS_DIR/*.eml are cut at every 97th byte.
"""
import gzip
import itertools
import json
import os
import pathlib
import subprocess
import sys
import tempfile

MAILWHY = os.path.abspath(sys.argv[1])
CORPUS = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
SANITIZED = b"__asan_init" in open(MAILWHY, "rb").read()
SLOW = 20 if SANITIZED else 1  # cases are this much smaller under a sanitizer
TIMEOUT = 240

DSN_HEAD = (b"From: MAILER-DAEMON@example.com\nSubject: Undelivered\nMIME-Version: 1.0\n"
            b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n")
TEXT = b"--b\nContent-Type: text/plain\n\nreport\n"
STATUS = b"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.com\n\n"
GROUP = b"Final-Recipient: rfc822; u%d@example.org\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user\n\n"


def nested_messages(depth):
    return b"".join(b"Content-Type: message/rfc822\n\n" for _ in range(depth)) + b"Subject: deepest\n\nend\n"


def nested_multiparts(depth):
    out = [b"MIME-Version: 1.0\n"]
    for i in range(depth):
        out.append(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i))
    out.append(b"Content-Type: text/plain\n\nend\n")
    return b"".join(out)


def report(count):
    return DSN_HEAD + TEXT + STATUS + b"".join(GROUP % i for i in range(count)) + b"--b--\n"


MB = 1 << 20
# name, input, exit status, what the first report must hold
CASES = [
    ("100 MB of body", lambda: b"Subject: big\n\n" + b"x" * 70 + b"\n" + (b"y" * 70 + b"\n") * (100 * MB // 71 // SLOW), 0, None),
    ("100 MB in one line", lambda: b"Subject: big\n\n" + b"z" * (100 * MB // SLOW), 0, None),
    ("100,000 header fields", lambda: b"".join(b"X-F%d: v\n" % i for i in range(100000 // SLOW)) + b"\nbody\n", 0, None),
    ("400,000 header fields", lambda: b"".join(b"X-F%d: v\n" % i for i in range(400000)) + b"\nbody\n", 65, "header lines"),
    ("address groups inside each other", lambda: b"To: " + b"a:" * 45000 + b"\n\nbody\n", 65, "address groups"),
    ("encoded words without an end", lambda: b"Subject: " + b"=?utf-8?q?abc" * 80000 + b"\n\nbody\n", 65, "encoded words"),
    ("encoded words without an end, folded", lambda: b"Subject: " + b"=?utf-8?q?abc\n " * 80000 + b"\n\nbody\n", 65, "encoded words"),
    ("a header line of 100 MB", lambda: b"Subject: " + b"s" * (100 * MB // SLOW) + b"\n\nbody\n", 65, "256 KiB"),
    ("1,000 nested messages", lambda: nested_messages(1000), 0, None),
    ("20,000 nested messages", lambda: nested_messages(20000), None, None),
    ("1,000 nested multiparts", lambda: nested_multiparts(1000), 65, "last boundary"),
    ("20,000 nested multiparts", lambda: nested_multiparts(20000), None, None),
    ("200,000 parts", lambda: DSN_HEAD + b"--b\n\nx\n" * 200000, 65, "MIME parts"),
    ("10,000 recipients", lambda: report(10000 // SLOW), 0, 10000 // SLOW),
    ("200,000 recipients", lambda: report(200000), 65, 50000) if not SANITIZED else ("100 recipients", lambda: report(100), 0, 100),
    ("NUL bytes", lambda: open("samples/bounces/spamhaus.eml", "rb").read().replace(b"e", b"e\0"), None, None),
    ("only NUL bytes", lambda: b"\0" * 100000, 65, None),
    ("lone CR", lambda: open("samples/bounces/spamhaus.eml", "rb").read().replace(b"\n", b"\r"), None, None),
    ("CRLF", lambda: open("samples/bounces/spamhaus.eml", "rb").read().replace(b"\n", b"\r\n"), 0, 1),
    ("not UTF-8", lambda: bytes(range(256)) * 4000, None, None),
    ("a reply of 1 MB", lambda: report(1).replace(b"no such user", b"550-no such user " * (MB // 17 // SLOW)), 0, 1),
    ("a field of 100,000 folds", lambda: report(1).replace(b"no such user", b"no\n such user" * (100000 // SLOW)), 0, 1),
    ("an address of 200 KB", lambda: report(1).replace(b"u0@", b"u" * 200000 + b"@"), 0, 1),
    ("a bounce text of 40,000 recipients", lambda: b"Subject: failure notice\n\nHi. This is the qmail-send program at mx.example.com.\n\n"
     + b"".join(b"<u%d@example.org>:\nno mailbox here by that name\n\n" % i for i in range(40000 // SLOW)), 0, 40000 // SLOW),
    ("a gzip bomb", lambda: gzip.compress(b"\0" * (400 * MB)), 65, "expands"),
    ("an mbox of 20,000 messages", lambda: b"From a@x Thu Apr 29 23:34:45 2017\nSubject: x\n\nbody\n\n" * (20000 // SLOW), 0, None),
    ("HTML that never closes", lambda: b"From: MAILER-DAEMON@x\nSubject: Undeliverable\nContent-Type: text/html\n\n" + b"<script>" * (200000 // SLOW), None, None),
]


QUEUED = b"Nov 24 09:00:00 mx postfix/qmgr[1]: %010X: from=<a@example.com>, size=1, nrcpt=1 (queue active)\n"
TRY = b"Nov 24 09:00:01 mx postfix/smtp[2]: %010X: to=<u%d@example.org>, relay=none, delay=1, delays=0/0/1/0, dsn=4.4.1, status=deferred (connect to mx%d.example.org[192.0.2.1]:25: Connection timed out)\n"
POSTFIX = open("samples/logs/postfix.log", "rb").read()
# name, log, exit status, what the first line of NDJSON or the error must hold
LOG_CASES = [
    ("a line of 10 MB", lambda: POSTFIX + b"Nov 24 09:00:00 mx postfix/smtp[2]: " + b"x" * (10 * MB) + b"\n" + POSTFIX, 0, None),
    ("a delivery of 10 MB", lambda: TRY[:-2] % (1, 1, 1) + b"y" * (10 * MB) + b")\n", 0, None),
    ("NUL bytes", lambda: POSTFIX.replace(b"e", b"e\0"), 0, None),
    ("not UTF-8", lambda: POSTFIX + POSTFIX.replace(b"o", b"\xff\xfe") + bytes(range(256)) * 1000, 0, None),
    ("queue ids that never close", lambda: b"".join(QUEUED % i + TRY % (i, i, i) for i in range(1000000 // SLOW)), 0, 1000000 // SLOW),
    ("one message to 300,000", lambda: QUEUED % 1 + b"".join(TRY % (1, i, i) for i in range(300000 // SLOW)), 0, 300000 // SLOW),
    ("recipients that are one to g_str_hash", lambda: QUEUED % 1 + b"".join(
        TRY.replace(b"u%d", b"".join(p)) % (1, i) for i, p in enumerate(itertools.product((b"aB", b"b!"), repeat=18))), 0, 262144),
    ("one recipient tried 300,000 times", lambda: QUEUED % 1 + TRY % (1, 1, 1) * (300000 // SLOW), 0, 1),
    ("replies that are all different", lambda: b"".join((TRY % (i, i, i)).replace(b"Connection", b"Zq%x" % (i * 7919)) for i in range(150000 // SLOW)), 0, None),
    ("a cut gzip", lambda: gzip.compress(POSTFIX * 2000)[:-500], 65, None),
    ("a gzip bomb", lambda: gzip.compress(b"a" * (1000 * MB // SLOW)), 65, None),
    ("no newline at all", lambda: b"a" * (50 * MB), 65, 0),
    ("nothing", lambda: b"", 65, 0),
    ("braces", lambda: b"{" * MB + b"\n" + b"[" * MB, None, 0),
    ("quotes in a table", lambda: open("samples/logs/powermta.csv", "rb").read() + b'"' * MB + b"\n" + b'd,"' * 100000, 0, None),
]


def run(path, *words):
    with open(path, "rb") as stdin, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen([MAILWHY, *words, "-j", "1", "-f", "ndjson"], stdin=stdin, stdout=out, stderr=err)
        try:
            _, status, usage = wait4(process)
        except TimeoutError:
            process.kill()
            return None, b"", 0, b"", 0
        out.seek(0)
        err.seek(0)
        first = out.readline()
        lines = (1 if first else 0) + sum(1 for _ in out)
        return os.waitstatus_to_exitcode(status), first, lines, err.read(), usage.ru_maxrss * 1024


def wait4(process):
    import signal

    def alarm(*_):
        raise TimeoutError

    signal.signal(signal.SIGALRM, alarm)
    signal.alarm(TIMEOUT)
    try:
        return os.wait4(process.pid, 0)
    finally:
        signal.alarm(0)


def make_input(make, path):
    """In a process of its own: a child's peak memory counts what its parent held when it was made."""
    child = os.fork()
    if child == 0:
        path.write_bytes(make())
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0


def judge(status, holds, path, *words):
    problems = []
    size = path.stat().st_size
    got, first, lines, err, memory = run(path, *words)
    if got is None:
        return ["it did not end"]
    if got not in ((status,) if status is not None else (0, 65)):
        problems.append(f"exit status {got}, expected {status}: {err[-2000:].decode(errors='replace')}")
    if isinstance(holds, int) and lines != holds:
        problems.append(f"{lines} verdicts, expected {holds}")
    if isinstance(holds, str) and holds not in json.dumps(json.loads(first).get("problems", "")):
        problems.append(f"no problem says `{holds}`")
    limit = 3 * size + 64 * MB
    if memory > limit and not SANITIZED:
        problems.append(f"{memory / MB:.0f} MB of memory for {size / MB:.0f} MB of input")
    return problems


def cut_files(folder):
    count = 0
    step = 97 * (10 if SANITIZED else 1)
    for source in sorted(CORPUS.glob("*.eml")):
        data = source.read_bytes()
        for at in range(0, len(data), step):
            (folder / f"{source.stem}-{at:06}").write_bytes(data[:at])
            count += 1
    return count


def main():
    failures = 0
    with tempfile.TemporaryDirectory() as name:
        path = pathlib.Path(name) / "input"
        for name, make, status, holds in CASES:
            make_input(make, path)
            for problem in judge(status, holds, path):
                failures += 1
                print(f"{name}: {problem}")
        for name, make, status, holds in LOG_CASES:
            make_input(make, path)
            for problem in judge(status, holds, path, "log"):
                failures += 1
                print(f"log, {name}: {problem}")
    print(f"{len(CASES) + len(LOG_CASES)} cases, {failures} failures")
    if CORPUS and CORPUS.exists():
        with tempfile.TemporaryDirectory() as name:
            count = cut_files(pathlib.Path(name))
            result = subprocess.run([MAILWHY, "-f", "ndjson", name], capture_output=True, timeout=900)
            reports = len({json.loads(line)["input"]["name"] for line in result.stdout.splitlines()})
            print(f"{count} cut files, {reports} reports, exit status {result.returncode}")
            failures += result.returncode not in (0, 65) or reports != count
    else:
        print("skipped: cut corpus files (there is no corpus here)")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
