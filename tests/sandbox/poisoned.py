#!/usr/bin/env python3
"""A process that dies while it reads one of several inputs costs the report on that input, and nothing else; and no byte of an input
is read before the sandbox is entered, whichever command reads it. Nothing of an input is left in the process when the next is read. One
input that takes too long ends with a report too. Nobody inside has what the program's starter left open. Of a mailbox, or a folder, one message that kills whoever reads it costs its own report.

usage: poisoned.py MAILWHY [POISON]     POISON: the library made of poison.c; without it this last is not tried
"""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

MAILWHY = sys.argv[1]
POISON = sys.argv[2] if len(sys.argv) > 2 else None
IS_SANITIZED = b"__asan_init" in open(MAILWHY, "rb").read()  # what is freed waits in its quarantine, as it was
PATIENCE = 60  # seconds for what happens at once, unless something is wrong
SAMPLE = pathlib.Path("samples/bounces/spamhaus.eml").resolve()
failures = 0


def expect(what, found, expected):
    global failures
    if found != expected:
        failures += 1
        print(f"{what}:\n  found    {found}\n  expected {expected}")


def children(pid):
    try:
        return [int(c) for c in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def is_waiting(pid):
    """For a while: it has come to the FIFO, and is not at an input before it."""
    def looked():
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return fields[0], fields[11], fields[12]
    looks = [looked()]
    for _ in range(4):
        time.sleep(0.03)
        looks.append(looked())
    return len(set(looks)) == 1 and looks[0][0] == "S"


def reader_of(pid, path):
    """The process below `pid` that has `path` open, and no other process of ours has it by then."""
    for child in children(pid):
        for grandchild in children(child):
            try:
                links = [os.readlink(f) for f in pathlib.Path(f"/proc/{grandchild}/fd").iterdir()]
            except OSError:
                links = []
            if str(path) in links and is_waiting(grandchild):
                return grandchild
    return None


def wait_for(what):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        time.sleep(0.005)
    return None


def kill_reader(folder, options, number):
    """Input 20 of 40 is a FIFO, on which its reader waits; it is killed there."""
    fifo = folder / "fifo"
    os.mkfifo(fifo)
    inputs = [SAMPLE] * 20 + [fifo] + [SAMPLE] * 19
    process = subprocess.Popen([MAILWHY, "-f", "json", *options, *map(str, inputs)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    writer = os.open(fifo, os.O_RDWR)  # so that the parent can open it, and nobody reads its end
    reader = wait_for(lambda: reader_of(process.pid, fifo))
    if reader:
        os.kill(reader, number)
    out, err = process.communicate(timeout=2 * PATIENCE)
    os.close(writer)
    fifo.unlink()
    what = f"{' '.join(options)}, signal {number}"
    expect(f"{what}: exit status", process.returncode, 70)
    reports = json.loads(out)
    expect(f"{what}: reports", len(reports), 40)
    whole = json.loads(subprocess.run([MAILWHY, "-f", "json", SAMPLE], capture_output=True, text=True).stdout)
    expect(f"{what}: others", [r for n, r in enumerate(reports) if n != 20 and r["verdicts"] != whole["verdicts"]], [])
    expect(f"{what}: its own", [p["text"].split(",")[0] for p in reports[20]["problems"]], ["the process that read this input died"])
    if number == signal.SIGKILL:  # of others the sanitizers tell
        expect(f"{what}: standard error", err, "")


def can_trace():
    return shutil.which("strace") and not subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True).returncode


FROM = "From MAILER-DAEMON Thu Apr 29 23:34:45 2027\n"


def run_poisoned(arguments, data):
    return subprocess.run([MAILWHY, *arguments], input=data, capture_output=True, env={**os.environ, "LD_PRELOAD": POISON})


def count_reports(form, out):
    """How many reports there are, and which of them (from 0) tell of a dead process."""
    if form in ("json", "ndjson"):
        reports = json.loads(out) if form == "json" else [json.loads(line) for line in out.splitlines()]
        return len(reports), [n for n, r in enumerate(reports) if any("process that read" in p["text"] for p in r.get("problems", []))]
    heading = {"text": r"^==> \d+\b", "markdown": r"^\*\*\d+(?:\.\d+)?\*\*", "html": r"<p class=\"input\" id=\"r\d+"}[form]
    return len(re.findall(heading, out, re.MULTILINE)), None


def poison_mailboxes(folder):
    mail = SAMPLE.read_text()
    kinds = {"killed": mail.replace("Service unavailable", "be-killed unavailable"), "ended": mail.replace("Service unavailable", "be-ended unavailable")}
    whole = folder / "thousand.mbox"
    whole.write_text("".join(FROM + (kinds["killed"] if n == 499 else mail) + "\n" for n in range(1000)))
    result = run_poisoned(["-f", "ndjson", whole], None)
    expect("1000 messages: exit status", result.returncode, 70)
    expect("1000 messages: reports", count_reports("ndjson", result.stdout.decode()), (1000, [499]))
    summary = run_poisoned(["--summary", whole], None)
    expect("1000 messages: summary", (summary.returncode, b"bounces: 999" in summary.stdout, b"1 could not be read" in summary.stdout), (70, True, True))
    for kind, poison in kinds.items():
        box, maildir = folder / f"{kind}.mbox", folder / f"{kind}.maildir"
        box.write_text("".join(FROM + (poison if n == 20 else mail) + "\n" for n in range(40)))
        maildir.mkdir()
        for n in range(40):
            (maildir / f"{n:02}").write_text(poison if n == 20 else mail)
        packed = subprocess.run(["gzip", "-c", box], capture_output=True).stdout
        ways = {"file": ([box], None), "stdin": (["-"], box.read_bytes()), "packed": (["-"], packed), "two": ([box, SAMPLE], None),
                "pipe": ([SAMPLE, "-"], box.read_bytes()), "pipe first": (["-", SAMPLE], box.read_bytes()), "folder": ([maildir], None)}
        for form in ("text", "markdown", "html", "json", "ndjson") if kind == "killed" else ("ndjson",):
            for options in ([], ["-j1"], ["-j2", "--isolate"], ["--summary"]):
                for way, (inputs, data) in ways.items():
                    if way.startswith("pipe") and form != "ndjson":
                        continue
                    result = run_poisoned(["-f", form, *options, *inputs], data)
                    what = f"{kind} message, {form} {' '.join(options)}, {way}"
                    expect(f"{what}: exit status", result.returncode, 70)
                    out = result.stdout.decode()
                    if options == ["--summary"]:
                        told = re.search(r'"unread":1\b|1 could not be read', out)
                        expect(f"{what}: summary", told is not None, True)
                        continue
                    count, where = count_reports(form, out)
                    expect(f"{what}: reports", (count, out.count("process that read this")), (40 + (len(inputs) - 1), 1) if where is None else (count, 1))
                    if where is not None:
                        expect(f"{what}: reports", (count, where), (40 + (len(inputs) - 1), [20 + (way == "pipe")]))


def poison_beside_slow_parent(folder):
    """Whoever hears a dead process late, and would hand it another input first, still learns which message it died at."""
    box = folder / "ended.mbox"  # as poison_mailboxes wrote it
    slow = ["strace", "-o", os.devnull, "-e", "trace=poll", "-e", "inject=poll:delay_exit=100000", MAILWHY]
    for options in (["-j1"], ["-j2"]):
        result = subprocess.run([*slow, "-f", "ndjson", *options, box, SAMPLE], capture_output=True, env={**os.environ, "LD_PRELOAD": POISON})
        expect(f"a slow parent, {options}: reports", count_reports("ndjson", result.stdout.decode()), (41, [20]))


def poison_surveys(folder):
    """What commands find in a mailbox without reporting on it, from a file and from standard input: one message is missing."""
    mail = SAMPLE.read_text()
    box = folder / "surveyed.mbox"
    box.write_text("".join(FROM + (mail.replace("Service unavailable", "be-killed unavailable") if n == 3 else mail.replace("mail.example.com", f"mail{n}.example.com"))
                           + "\n" for n in range(8)))
    for arguments, found in ((["rules", "missing"], b"# 7 replies are known"), (["dns", "needs"], b"mail7.example.com. A\n")):
        for inputs, data in (([box], None), (["-"], box.read_bytes()), ([SAMPLE, "-"], box.read_bytes())):
            result = run_poisoned([*arguments, *inputs], data)
            what = f"{' '.join(arguments)}, {'file' if data is None else len(inputs)}"
            found = found.replace(b"7 replies", b"8 replies") if len(inputs) == 2 else found
            expect(f"{what}: exit status", result.returncode, 70)
            expect(f"{what}: the others", found in result.stdout, True)
            expect(f"{what}: it is named", result.stderr.count(b"the message at line"), 1)


def find_inherited(folder):
    """What whoever started the program left open cannot be read by a process that reads; what is named can, so that the test sees it."""
    secret, mail, log = folder / "secret", folder / "nosy.eml", folder / "nosy.log"
    secret.write_bytes(b"a secret of at least sixteen bytes, by its length a key\n")
    reply = "550 5.7.1 be-nosy unavailable; Client host [192.0.2.5] blocked using zen.spamhaus.org"
    mail.write_text(SAMPLE.read_text().replace("Service unavailable", "be-nosy unavailable"))
    log.write_text("Nov 24 09:14:03 mail postfix/smtp[7]: 4F1: to=<zoe@x.example>, relay=mx.x.example[192.0.2.7]:25, dsn=5.1.1, "
                   f"status=bounced (host mx.x.example[192.0.2.7] said: {reply})\n")
    several = [[mail, SAMPLE], ["--isolate", mail, SAMPLE]]  # their readers close everything
    rows = [([mail], None), ([], mail), *((a, None) for a in several), (["log", log], None), (["--log", log, mail], None), (["reply", reply], None)]
    with open(secret, "rb") as opened:
        os.dup2(opened.fileno(), 9)
        for arguments, given in rows:
            for named in ([], ["--redact-key", "/dev/fd/9"]):
                with open(given or os.devnull, "rb") as data:
                    result = subprocess.run([MAILWHY, *arguments, *named], stdin=data, capture_output=True, pass_fds=[9],
                                            env={**os.environ, "LD_PRELOAD": POISON, "NOSY_INODE": str(os.stat(secret).st_ino)})
                found = result.returncode == 99 or b"process that read" in result.stdout
                expect(f"{arguments} {named}: a descriptor that was left open can be read", found, bool(named) and arguments not in several)
        os.close(9)


def is_left(folder, options):
    """Where in the memory of a process that waits for its second input something of the first stands."""
    mark = "zqxjkvbw"
    mail = SAMPLE.read_text()
    for word in ("Your order", "kim@", "shop@", "Service unavailable", "undeliverable", "web1"):
        mail = mail.replace(word, word[0] + mark + word[1:])
    (folder / "marked.eml").write_text(mail)
    fifo = folder / "fifo"
    os.mkfifo(fifo)
    process = subprocess.Popen([MAILWHY, "-j1", *options, folder / "marked.eml", fifo], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    writer = os.open(fifo, os.O_RDWR)
    reader = wait_for(lambda: reader_of(process.pid, fifo))
    found = []
    with open(f"/proc/{reader}/mem", "rb", 0) as memory:
        for line in pathlib.Path(f"/proc/{reader}/maps").read_text().splitlines():
            start, end = (int(x, 16) for x in line.split()[0].split("-"))
            try:
                memory.seek(start)
                part = memory.read(end - start)
            except (OSError, OverflowError):  # of the kernel
                continue
            found += [(line.split()[-1], part[max(m.start() - 30, 0):m.end() + 30]) for m in re.finditer(mark.encode(), part, re.IGNORECASE)]
    process.kill()
    process.wait()
    os.close(writer)
    fifo.unlink()
    return found


def end_by_deadline(folder, options):
    """The clock of a single input, which here is set forward: its signal comes while the FIFO is waited for."""
    fifo = folder / "fifo"
    os.mkfifo(fifo)
    process = subprocess.Popen([MAILWHY, "-f", "json", *options, fifo], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    writer = os.open(fifo, os.O_RDWR)

    os.write(writer, b"Subject: x\n")  # so that it is known to be no mailbox

    def reader():
        for pid in [process.pid, *children(process.pid)]:
            try:
                links = [os.readlink(f) for f in pathlib.Path(f"/proc/{pid}/fd").iterdir()]
            except OSError:
                continue
            last = not children(pid)
            if str(fifo) in links and last and is_waiting(pid):
                return pid
        return None
    os.kill(wait_for(reader), signal.SIGALRM)
    out, err = process.communicate(timeout=2 * PATIENCE)
    os.close(writer)
    fifo.unlink()
    out = (folder / "late").read_text() if "-o" in options else out
    what = f"a single input that is late, {' '.join(map(str, options))}"
    expect(f"{what}: exit status", process.returncode, 70)
    expect(f"{what}: report", [p["text"][:36] for p in json.loads(out)["problems"]], ["this input took too long to read (60"])
    expect(f"{what}: standard error", err[:45], "mailwhy: this input took too long to read (60")


def reads_before_sandbox(folder, arguments, data=None):
    """What processes read of mail before they are in the sandbox; and how many are in one."""
    trace = folder / "trace"
    subprocess.run(["strace", "-f", "-qq", "-e", "trace=read,pread64,readv,mmap,seccomp", "-o", trace, MAILWHY, *arguments], input=data, capture_output=True)
    entered, early = set(), []
    for line in trace.read_text(errors="replace").splitlines():
        process, call = line.split(None, 1)
        if call.startswith("seccomp(SECCOMP_SET_MODE_FILTER"):
            entered.add(process)
        elif re.match(r'pread64\(\d+, ".{0,8}", 8, 0\)', call):
            continue  # the first bytes, by which is known what may be a mailbox
        elif process not in entered and re.search(r'"(Return-Path|From |Received|Nov |2026|550 |;! taken)', call):
            early.append(call)
    return early, len(entered)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for options in ([], ["-j1"], ["-j2"], ["--isolate"]):
            for number in (signal.SIGKILL, signal.SIGSEGV):
                kill_reader(folder, options, number)
        if POISON and not IS_SANITIZED:
            poison_mailboxes(folder)
            if can_trace():
                poison_beside_slow_parent(folder)
            poison_surveys(folder)
            find_inherited(folder)
        end_by_deadline(folder, [])
        end_by_deadline(folder, ["-o", str(folder / "late")])
        for options in ([], ["-f", "html"]):
            if not IS_SANITIZED:
                expect(f"{options}: left of the input before", is_left(folder, options), [])
        if can_trace():
            log = "samples/logs/postfix.log"
            zone = "samples/dns/two-domains.zone"
            (folder / "all").write_text(";! complete\n")
            rows = [([str(SAMPLE)], None), (["-"], SAMPLE.read_bytes()), (["samples/bounces"], None), (["--isolate", "samples/messages"], None),
                    (["-j1", "--log", log, str(SAMPLE)], None), (["-j1", "--log", log, "samples/bounces"], None), (["-j1", "--log", log], SAMPLE.read_bytes()),
                    (["rules", "missing", "samples/bounces"], None), (["dns", "needs", "samples/messages"], None),
                    (["dns", "needs"], SAMPLE.read_bytes()), (["dns", "show", zone], None),
                    (["dns", "capture", "--server", "127.0.0.1#9", "--dns", str(folder / "all"), str(SAMPLE)], None),
                    (["audit", "--domain", "example.com", "--ip", "192.0.2.5", "--dns", zone], None),
                    (["log", "-j1", log], None), (["-j1", log], None), (["-j1", log, "samples/logs/exim.log"], None), (["reply"], b"550 5.1.1 no\n"),
                    (["-o", str(folder / "out"), str(SAMPLE)], None)]
            for arguments, data in rows:
                early, entered = reads_before_sandbox(folder, arguments, data)
                expect(f"{arguments}: read before the sandbox", early, [])
                expect(f"{arguments}: in a sandbox", entered > 0, True)
            early, entered = reads_before_sandbox(folder, ["--no-sandbox", str(SAMPLE)])
            expect("--no-sandbox: the trace sees reading", (len(early) > 0, entered), (True, 0))
        out = subprocess.run([MAILWHY, "--no-sandbox", "-f", "json", SAMPLE], capture_output=True, text=True).stdout
        expect("--no-sandbox is said", json.loads(out)["problems"], [{"severity": "warning", "text": "this was read without a sandbox (--no-sandbox)"}])
    print(f"{failures} failures")
    sys.exit(failures > 0)


main()
