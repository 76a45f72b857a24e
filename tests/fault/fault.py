#!/usr/bin/env python3
"""Each allocation and each system call of a run fails once in turn, whichever process of the run makes it.

usage: fault.py MAILWHY FAIL_CALL FAIL_ALLOC [--most N] [--places N] [--only NAME] [-v]

What must hold, whatever fails: exit 0 means that the report is whole; nothing stands under the report's name but a whole
report; no file is left beside it; nothing hangs; no signal ends the program but where ldns gets no memory (counted apart; SECURITY.md
promises no more); --pipe ends with 0 or 75.
  --most N     places of one kind in one run; beyond it they are spread evenly over the run (otherwise all)
  --places N   the same for all runs together
"""
import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile

PATIENCE = 20  # seconds
CALLS = ["read", "read-part", "write", "write-part", "open", "rename", "link", "fsync", "fork", "pipe", "message", "mmap", "protect", "stat",
         "other", "wait"]
ALLOCATIONS = ["malloc", "calloc", "realloc", "aligned", "strdup"]  # as in faults.h
FORM = struct.Struct("4Q5Q")
STATUSES = {0, 64, 65, 66, 70, 74, 78}
SAMPLES = [f"samples/bounces/{name}.eml" for name in ("spamhaus", "user-unknown", "gmail-spf", "yahoo-deferred", "expired", "too-large")]
ZONE, LOG = "samples/dns/two-domains.zone", "samples/logs/postfix.log"
AUDIT = ["audit", "--domain", "example.com", "--ip", "192.0.2.10", "--dns", ZONE]
ON_OUTPUT = "OUTPUT"  # in arguments: a file in the run's own folder
RULES, KEY, BOX, EVENTS, PART, FORM_SENT = IN_SHARED = "RULES", "KEY", "BOX", "EVENTS", "PART", "FORM"
BOUNDARY = "fault-boundary"
RUNS = {  # name → arguments, and what is on standard input
    "text": (SAMPLES[:1], None),
    "html": (["-f", "html", SAMPLES[0]], None),
    "markdown": (["-f", "markdown", SAMPLES[1]], None),
    "json": (["-f", "json", "samples/messages/signed.eml", "--dns", ZONE], None),
    "ndjson": (["-f", "ndjson", "samples/mailbox.mbox"], None),
    "stdin": (["-"], SAMPLES[0]),
    "--log": (["--log", LOG, SAMPLES[0]], None),
    "log": (["log", LOG], None),
    "log -j2": (["log", "-j2", "-f", "ndjson", LOG, "samples/logs/exim.log"], None),
    "log -o": (["log", "-f", "json", "-o", ON_OUTPUT, LOG], None),
    "reply": (["reply", "550 5.7.1 Service unavailable; client blocked using zen.spamhaus.org"], None),
    "replies": (["reply", "-f", "ndjson"], "samples/replies.txt"),
    "audit": (AUDIT, None),
    "audit -o": ([*AUDIT, "-f", "html", "-o", ON_OUTPUT], None),
    "dns show": (["dns", "show", ZONE], None),
    "dns needs": (["dns", "needs", *SAMPLES], None),
    "rules list": (["rules", "list", RULES], None),
    "rules test": (["rules", "test", RULES], None),
    "rules missing": (["rules", "missing", *SAMPLES[:2]], None),
    "explain": (["explain", "blocklist.spamhaus"], None),
    "verify": (["--dns", ZONE, "-f", "json", "samples/bounces/gmail-two-domains.eml"], None),
    "batch": (["-j2", "-f", "json", *SAMPLES], None),
    "batch -o": (["-j2", "-f", "json", "-o", ON_OUTPUT, *SAMPLES], None),
    "--isolate": (["-j2", "-f", "ndjson", "--isolate", *SAMPLES[:3]], None),
    "-o json": (["-f", "json", "-o", ON_OUTPUT, SAMPLES[0]], None),
    "-o html": (["-f", "html", "-o", ON_OUTPUT, SAMPLES[0]], None),
    "--pipe": (["--pipe"], SAMPLES[0]),
    "--pipe -o": (["--pipe", "-f", "json", "-o", ON_OUTPUT], SAMPLES[0]),
    "--redact": (["--redact", "--redact-key", KEY, "-f", "json", *SAMPLES[:2], "--rules", RULES], None),
    "compressed": (["-f", "json", BOX], None),
    "mailbox": ([], "samples/mailbox.mbox"),
    "--summary": (["--summary", "-j2", "-f", "html", *SAMPLES], None),
    "--emit": (["log", "--emit", "events", LOG], None),
    "--from": (["log", "--from", "events", EVENTS], None),
    "--partial": (["log", "--partial", LOG], None),
    "--merge": (["log", "-f", "json", "--merge", PART, PART], None),
    "cgi": (["cgi"], None),
    "cgi, a bounce": (["cgi"], FORM_SENT),
    "--no-sandbox": (["--no-sandbox", "-f", "json", SAMPLES[0]], None),
}
# A report that differs, and says so: what it had to do without.
TOLD = re.compile(rb"sandbox|libspf2|libopendkim|second opinion|cannot be asked|could not be")
CGI_TOLD = re.compile(rb"\AStatus: [45]\d\d |This text could not be made")
NOT_BEGUN = re.compile(rb"error while loading shared libraries|cannot allocate|undefined symbol|cannot apply additional memory|Inconsistency detected|dl-\w+\.c:")


class Result:
    def __init__(self, status, out, err, file, left, fired, counts):
        self.status, self.out, self.err, self.file, self.left, self.fired, self.counts = status, out, err, file, left, fired, counts


class Runner:
    def __init__(self, options, shared):
        self.options, self.shared = options, shared

    def arguments(self, name, folder):
        here = {ON_OUTPUT: folder / "report"}
        return [str(here.get(a, self.shared / a if a in IN_SHARED else a)) for a in RUNS[name][0]]

    def run(self, name, kind=None, number=0):
        with tempfile.TemporaryDirectory(dir=self.shared) as inner:
            folder, result, faults = pathlib.Path(inner) / "folder", pathlib.Path(inner) / "result", pathlib.Path(inner) / "faults"
            folder.mkdir()
            program, environment = [self.options.mailwhy], dict(os.environ, LC_ALL="C.UTF-8", TZ="UTC", SOURCE_DATE_EPOCH="1795600000")
            if kind in ALLOCATIONS or kind == "allocations":
                faults.write_bytes(FORM.pack(ALLOCATIONS.index(kind) if number else 0, number, number, *[0] * 6))
                environment |= {"LD_PRELOAD": self.options.fail_alloc, "FAULTS": str(faults)}
            else:
                program = [self.options.fail_call, str(result), kind or "none", str(number), *program]
            stdin = RUNS[name][1]
            if stdin == FORM_SENT:
                stdin = self.shared / FORM_SENT
                environment |= {"REQUEST_METHOD": "POST", "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
                                "CONTENT_LENGTH": str(stdin.stat().st_size), "MAILWHY_CONFIG": ""}
            elif RUNS[name][0] == ["cgi"]:
                environment |= {"REQUEST_METHOD": "GET", "MAILWHY_CONFIG": ""}
            with open(stdin or os.devnull, "rb") as given:
                process = subprocess.Popen([*program, *self.arguments(name, folder)], stdin=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                           env=environment, start_new_session=True)
                try:
                    out, err = process.communicate(timeout=PATIENCE)
                    status = process.returncode
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, 9)  # of the session that was begun above
                    out, err = process.communicate()
                    status = "hangs"
            status = 200 - status if isinstance(status, int) and status < 0 else status
            if faults.exists():
                _, _, _, fired, *counts = FORM.unpack(faults.read_bytes())
                counts = dict(zip(ALLOCATIONS, counts))
            else:
                lines = result.read_text().split("\n") if result.exists() else []
                fired, counts = "fired" in lines, {k: int(n) for k, n in (line.split() for line in lines if " " in line)}
            file = (folder / "report").read_bytes() if (folder / "report").exists() else None
            left = sorted(set(os.listdir(folder)) - {"report"})
            return Result(status, out, err, file, left, bool(fired), counts)


def is_whole(name, report):
    """Of a report that tells of damage: is it one?"""
    arguments = RUNS[name][0]
    if "--partial" in arguments:  # bytes, which --merge refuses where one is missing
        with tempfile.NamedTemporaryFile() as piece:
            piece.write(report)
            piece.flush()
            return subprocess.run([sys.argv[1], "log", "-f", "json", "--merge", piece.name], capture_output=True).returncode == 0
    form = arguments[arguments.index("-f") + 1] if "-f" in arguments else "text"
    try:
        if form in ("json", "ndjson"):
            for line in [report] if form == "json" else report.splitlines():
                json.loads(line)
        if form == "html":
            return report.rstrip().endswith(b"</html>")
        return report.endswith(b"\n")
    except ValueError:
        return False


def counted(piece):
    """What a piece of a log holds, in whatever order: without its last 8 bytes, a sum over that order."""
    return sorted(piece[:-8])


def judge(name, kind, plain, got):
    """What came of it, and whether that is wrong."""
    status = got.status
    if status == "hangs":
        return "hangs", True
    if got.left:
        return "leaves a file", True
    if got.file is not None and got.file != plain.file and not is_whole(name, got.file):
        return "a partial report under its name", True
    if "--pipe" in RUNS[name][0] and status not in (0, 75) and not (status == 127 and NOT_BEGUN.search(got.err)):
        return "--pipe: another status", True
    if status == 75:
        return ("75: tried again", "--pipe" not in RUNS[name][0])
    if status == 127 and NOT_BEGUN.search(got.err) and not got.out:
        return "did not begin", False
    if isinstance(status, int) and status > 200:
        is_ldns = kind in ALLOCATIONS and status == 211 and ZONE in RUNS[name][0] and not got.out and got.file is None
        return ("ldns crashed: no memory", False) if is_ldns else (f"signal {status - 200}", True)
    if status not in STATUSES:
        return "an unknown status", True
    if status == 0:
        if (got.out, got.file) == (plain.out, plain.file) or ("--partial" in RUNS[name][0] and counted(got.out) == counted(plain.out)):
            return "0: the same report", False
        if RUNS[name][0] == ["cgi"] and CGI_TOLD.search(got.out) and got.out.rstrip().endswith(b"</html>"):
            return "0: a page that says so", False
        told = is_whole(name, got.file or got.out) and TOLD.search((got.file or got.out) + got.err)
        return ("0: a report that says what it is without", False) if told else ("0: something is missing", True)
    if status in (64,):
        return "64: usage", True
    if not got.err and not is_whole(name, got.file or got.out):
        return "fails without a word", True
    return f"{status}: told", False


def spread(count, most):
    """Numbers from 1 to count, at most so many."""
    if most is None or count <= most:
        return list(range(1, count + 1))
    return sorted({1 + i * (count - 1) // (most - 1) for i in range(most)}) if most > 1 else [count]


def prepare(folder, mailwhy):
    (folder / KEY).write_bytes(b"a key that is used in this test only\n" * 2)
    (folder / RULES).write_text("replies:\n- id: own-moon\n  cause: content.spam\n  text: the moon is full\n  examples: [550 the moon is full]\n")
    subprocess.run(["gzip", "-c", "samples/mailbox.mbox"], stdout=open(folder / BOX, "wb"), check=True)
    subprocess.run([mailwhy, "log", "--emit", "events", LOG], stdout=open(folder / EVENTS, "wb"), check=True)
    subprocess.run([mailwhy, "log", "--partial", LOG], stdout=open(folder / PART, "wb"), check=True)
    text = pathlib.Path(SAMPLES[0]).read_text()
    (folder / FORM_SENT).write_text(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="text"\r\n\r\n{text}\r\n--{BOUNDARY}--\r\n')


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("mailwhy", type=os.path.abspath)
    parser.add_argument("fail_call", type=os.path.abspath)
    parser.add_argument("fail_alloc", type=os.path.abspath)
    parser.add_argument("--most", type=int)
    parser.add_argument("--places", type=int)
    parser.add_argument("--only", action="append")
    parser.add_argument("-v", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, concurrent.futures.ThreadPoolExecutor(os.cpu_count() + 1) as pool:
        folder = pathlib.Path(name)
        prepare(folder, options.mailwhy)
        return run_all(Runner(options, folder), options, pool)


def run_all(runner, options, pool):
    names = options.only or list(RUNS)
    plain = dict(zip(names, pool.map(runner.run, names)))
    if any(r.status == 126 for r in plain.values()):
        print("skipped: this system does not tell of system calls (seccomp's notifications)")
        return 77
    counted = dict(zip(names, pool.map(lambda n: runner.run(n, "allocations"), names)))
    wrong = [f"{n}: undisturbed: {r.status} {r.err}" for n, r in plain.items() if r.status not in (0, 65) or (r.out != counted[n].out and n != "--partial")]
    places = [(n, k, number) for n in names for counts in (plain[n].counts, counted[n].counts) for k, count in counts.items()
              for number in spread(count, options.most)]
    if options.places:
        places = [places[i - 1] for i in spread(len(places), options.places)]
    table, of_kind = collections.Counter(), collections.Counter()
    for (n, kind, number), got in zip(places, pool.map(lambda p: runner.run(*p), places)):
        if not got.fired and got.status != "hangs":
            table["not reached"] += 1
            continue
        outcome, is_wrong = judge(n, kind, plain[n], got)
        table[outcome] += 1
        of_kind[kind] += 1
        if is_wrong or options.v:
            wrong += [f"{'WRONG ' if is_wrong else ''}{n}: {kind} {number}: {outcome} ({got.status}) {got.err[-150:].decode(errors='replace').strip()!r}"] 
    print("\n".join(wrong))
    print("places: " + ", ".join(f"{k} {of_kind[k]}" for k in [*ALLOCATIONS, *CALLS] if of_kind[k]))
    for outcome, count in table.most_common():
        print(f"{count:7}  {outcome}")
    bad = [w for w in wrong if w.startswith("WRONG") or "undisturbed" in w]
    print(f"{sum(of_kind.values())} places in {len(names)} runs, {len(bad)} wrong")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
