#!/usr/bin/env python3
"""The stages of `mailwhy log` in several processes say what one process says, byte by byte.

usage: stages.py MAILWHY

Logs are made here, of several hosts that hand mail to each other, in files that are cut and compressed, and the samples;
their events are written by a process for each file, sorted by `sort`, joined in shares, and merged in any order.
"""
import gzip
import json
import os
import pathlib
import random
import re
import struct
import subprocess
import sys
import tempfile

MAILWHY = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(__file__).resolve().parents[2]
FORMATS = ("text", "json", "html", "markdown")
LEFT = 0  # failures


def without_foot(page):
    """When a page was made, and with which options, stands at its foot."""
    return re.sub(rb" \xc2\xb7 mailwhy [^<]*</p></footer>", b"</p></footer>", page)


def run(*words, stdin=b"", fails=False):
    done = subprocess.run([MAILWHY, "log", "--tz", "UTC", *map(str, words)], input=stdin, capture_output=True, env={"LC_ALL": "C", "MAILWHY_CONFIG": "", "PATH": os.environ["PATH"]})
    if (done.returncode != 0) != fails:
        sys.exit(f"mailwhy log {' '.join(map(str, words))}: {done.returncode}\n{done.stderr.decode()}")
    return without_foot(done.stdout)


def expect(what, got, wanted):
    global LEFT
    if got != wanted:
        LEFT += 1
    if got != wanted and not isinstance(got, bytes):
        print(f"{what}: {got} in place of {wanted}")
    elif got != wanted:
        at = next((i for i, (a, b) in enumerate(zip(got, wanted)) if a != b), min(len(got), len(wanted)))
        print(f"{what}: differs at byte {at}:\n  {got[max(0, at - 60):at + 60]!r}\n  {wanted[max(0, at - 60):at + 60]!r}")


def make_logs(folder):
    """Mail of two gateways goes to two relays, which deliver it or do not; ids come again; a script hands mail in."""
    rand = random.Random(17)
    lines = {"gw1": [], "gw2": [], "out1": [], "out2": []}
    for i in range(4000):
        second = 3600 + i // 4
        gw, out = rand.choice(["gw1", "gw2"]), rand.choice(["out1", "out2"])
        first, next_id = f"{rand.randrange(0xA00000, 0xA00800):X}{i % 7}", f"B{i:06X}"
        if any(line[1] == gw and line[2] == first for line in lines[gw][-40:]):
            continue
        sender, to = f"u{rand.randrange(900)}@s{i % 9}.example", f"r{rand.randrange(5000)}@d{i % 50}.example.org"
        result = rand.choice(["sent (250 ok)", "sent (250 ok)", "bounced (host mx[192.0.2.7] said: 550 5.1.1 no such user)", "deferred (connect to mx[192.0.2.7]:25: Connection timed out)", "bounced (host mx[192.0.2.7] said: 554 5.7.1 blocked using zen.spamhaus.org)"])
        def add(host, at, queue_id, text):
            lines[host].append((at, host, queue_id, f"Nov 20 {at // 3600:02}:{at // 60 % 60:02}:{at % 60:02} {host} postfix/{text}"))
        add(gw, second, first, f"smtpd[1]: {first}: client=c{i % 5}.example[192.0.2.{i % 200}], sasl_method=PLAIN, sasl_username={sender}")
        add(gw, second, first, f"qmgr[1]: {first}: from=<{sender}>, size={i}, nrcpt=1 (queue active)")
        add(gw, second + 1, first, f"smtp[1]: {first}: to=<{to}>, relay={out}[10.0.0.1]:25, delay=1, delays=0/0/1/0, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as {next_id})")
        add(gw, second + 1, first, f"qmgr[1]: {first}: removed")
        add(out, second + 1, next_id, f"qmgr[1]: {next_id}: from=<{sender}>, size={i}, nrcpt=1 (queue active)")
        add(out, second + 2, next_id, f"smtp[1]: {next_id}: to=<{to}>, relay=mx.d{i % 50}.example.org[192.0.2.7]:25, delay=1.5, delays=0/0/1/0.5, dsn={'2.0.0' if result[0] == 's' else '5.0.0'}, status={result}")
        if result[0] != "d":
            add(out, second + 2, next_id, f"qmgr[1]: {next_id}: removed")
        if i % 10 == 0:
            add(gw, second, "", f"smtpd[1]: NOQUEUE: reject: RCPT from x[203.0.113.{i % 250}]: 554 5.7.1 Relay access denied; from=<a@b.example> to=<c@d.example> proto=ESMTP helo=<x>")
            add(gw, second, "", "smtpd[1]: warning: x[203.0.113.9]: SASL LOGIN authentication failed: x")
            add(gw, second, "", f"smtp[1]: warning: something number {i}")
    files = []
    for host, of_host in lines.items():
        of_host.sort(key=lambda line: line[0])
        cut = rand.randrange(len(of_host) // 4, len(of_host))
        for name, part in ((f"{host}.1.gz", of_host[:cut]), (host, of_host[cut:])):
            text = "".join(line[3] + "\n" for line in part).encode()
            path = folder / name
            path.write_bytes(gzip.compress(text) if name.endswith("gz") else text)
            files.append((part[0][0], path))
    return [path for _, path in sorted(files)]


def make_own_refusals(folder):
    """Sendmail refuses what programs of its own host hand in: named before the mail has a client and behind it, and by others alone."""
    lines = []
    for i in range(60):
        at, to = f"Nov 20 10:{i:02}:0", f"r{i % 7}@d{i % 3}.example.org"
        server, program = f"1AK{i:05}aa0001", f"1AK{i:05}bb0002"
        client = "x.example [203.0.113.9]" if i % 5 == 0 else "localhost [127.0.0.1]"
        refusal = [f"sm-mta[1]: {server}: <{to}>... User unknown", f"sm-mta[1]: {server}: from=<a@b.example>, size=9, class=0, nrcpts=0, proto=ESMTP, daemon=MTA, relay={client}"] \
            if i % 2 else [f"sm-mta[1]: ruleset=check_rcpt, arg1=<{to}>, relay={client}, reject=550 5.7.1 <{to}>... no"]
        tried = [] if i % 4 == 0 else [f"sendmail[2]: {program}: from=root, size=9, class=0, nrcpts=1, relay=root@localhost",
                                       f"sendmail[2]: {program}: to={to}, delay=00:00:00, mailer=relay, relay=[127.0.0.1] [127.0.0.1], dsn=5.1.1, stat=User unknown"]
        lines += [f"{at}{n} mail {text}\n" for n, text in enumerate((refusal + tried) if i % 3 else (tried + refusal))]
    path = folder / "own"
    path.write_text("".join(lines))
    return path


def hash_of(key):
    return sum(key) % 3


def check(what, folder, files):
    names = sorted(map(str, files))
    wanted = {f: run("-f", f, *names) for f in FORMATS}
    events = b"".join(run("--emit", "events", "--place", i, f) for i, f in enumerate(map(str, files)))
    rows = sorted(events.splitlines(keepends=True), key=lambda row: row.split(b"\t")[1:3])
    (folder / "whole").write_bytes(run("--from", "events", "--partial", stdin=b"".join(rows)))
    shares = join_shares(rows)
    for i, share in enumerate(shares):
        (folder / f"share{i}").write_bytes(run("--from", "events", "--partial", stdin=share))
    halves = [folder / "share2", folder / "share0"]
    (folder / "half").write_bytes(run("--merge", "--partial", *halves))
    for f in FORMATS:
        expect(f"{what}, events, {f}", run("--from", "events", "-f", f, stdin=b"".join(rows)), wanted[f])
        expect(f"{what}, counted, {f}", run("--merge", "-f", f, folder / "whole"), wanted[f])
        expect(f"{what}, shares, {f}", run("--merge", "-f", f, *(folder / f"share{i}" for i in range(3))), wanted[f])
        expect(f"{what}, shares in another order, {f}", run("--merge", "-f", f, folder / "share1", folder / "half"), wanted[f])
    told = run("-f", "ndjson", *names)
    rich = b"".join(run("--emit", "events", "-f", "ndjson", "--place", i, f) for i, f in enumerate(map(str, files)))
    rows = sorted(rich.splitlines(keepends=True), key=lambda row: row.split(b"\t")[1:3])
    expect(f"{what}, deliveries", b"".join(sorted(run("--from", "events", "-f", "ndjson", stdin=b"".join(rows)).splitlines(True))), b"".join(sorted(told.splitlines(True))))


def join_shares(rows):
    """Three shares by what belongs together, as an engine would do it."""
    parent = {}
    def find(key):
        while parent.get(key, key) != key:
            key = parent[key]
        return key
    for row in rows:
        key, _, _, links, _ = row.split(b"\t", 4)
        for link in links.split(b"\x1f")[1:]:
            a, b = sorted((find(key), find(link)))
            parent[b] = a
    shares = [[], [], []]
    for row in rows:
        key = row.split(b"\t", 1)[0]
        shares[hash_of(find(key)) if key else 0].append(row)
    return [b"".join(share) for share in shares]


def listed(folder, pieces):
    """A file for --pieces: of (from, to, place, name, path)."""
    path = folder / "pieces"
    path.write_bytes(b"".join(b"".join(str(text).encode() + b"\0" for text in (begin, end, place, 0, 0, "", "", name, file)) for begin, end, place, name, file in pieces))
    return path


def reads_pieces(folder, files):
    """Pieces of plain logs in one process say what each says in a process of its own, and what a pipe with their lines says."""
    pieces, lines = [], []
    for path in files:
        text, third = path.read_bytes(), path.stat().st_size // 3
        bounds = [0, 0] if path.suffix == ".gz" else [0, third, 2 * third, len(text)]
        for begin, end in zip(bounds, bounds[1:]):
            pieces.append((begin, end, len(pieces), path, path))
            at = [text.find(b"\n", bound - 1) + 1 if bound else 0 for bound in (begin, end)]
            lines.append(text[at[0]:at[1]] if end else text)
    events = run("--emit", "events", "--pieces", listed(folder, pieces))
    piped = [(0, len(of), place, name, "-") for (_, _, place, name, _), of in zip(pieces, lines)]
    expect("pieces from a pipe", re.sub(rb"\t\t.*\n$", b"", run("--emit", "events", "--pieces", listed(folder, piped), stdin=b"".join(lines))), re.sub(rb"\t\t.*\n$", b"", events))
    rows = sorted(events.splitlines(keepends=True), key=lambda row: row.split(b"\t")[1:3])
    expect("events of pieces", run("--from", "events", "-f", "json", stdin=b"".join(rows)), run("-f", "json", *sorted(files)))
    together, apart = folder / "together", [folder / f"apart{i}" for i in range(len(pieces))]
    together.write_bytes(run("--partial", "--pieces", listed(folder, pieces)))
    keys = run("--emit", "keys", "--pieces", listed(folder, pieces))
    for path, piece in zip(apart, pieces):
        path.write_bytes(run("--partial", "--pieces", listed(folder, [piece])))
    expect("pieces that are counted together", run("--merge", "-f", "json", together), run("--merge", "-f", "json", *apart))
    expect("keys of pieces", keys, b"".join(run("--emit", "keys", "--pieces", listed(folder, [piece])) for piece in pieces))
    first = listed(folder, pieces[:1]).read_bytes()
    for what, bytes_ in (("none", b""), ("half of one", first[:-1]), ("no number", b"x" + first), ("no path", re.sub(rb"[^\0]*\0$", b"\0", first)), ("a way that there is not", first.replace(b"\0\0\0", b"\0like\0\0", 1))):
        (folder / "bad").write_bytes(bytes_)
        expect(f"a list of pieces with {what}", subprocess.run([MAILWHY, "log", "--partial", "--pieces", folder / "bad"], capture_output=True).returncode, 64)
    expect("pieces and inputs", subprocess.run([MAILWHY, "log", "--partial", "--pieces", listed(folder, pieces), files[0]], capture_output=True).returncode, 64)


def leaves_open(folder, path):
    """Half of the mails are left to others, in three shares, and all else is counted where it is read."""
    head, _, rest = run("--emit", "keys", path).partition(b"\n")
    count = int(head.split()[8])
    keys, groups = struct.unpack_from(f"{count}Q", rest), struct.unpack_from(f"{count}I", rest, 8 * count)
    (folder / "open").write_bytes(b"".join(struct.pack("QQ", key, group % 3) for key, group in zip(keys, groups) if group % 2))
    rest = run("--emit", "events", "--open", folder / "open", path)
    blocks = {}
    while rest:
        head, _, rest = rest.partition(b"\n")
        *what, size = head.split()
        blocks[b" ".join(what)] = blocks.get(b" ".join(what), b"") + rest[:int(size)]
        rest = rest[int(size):]
    expect("blocks of events", sorted(blocks), [b"counted", b"share 0", b"share 1", b"share 2"])
    parts = []
    for what, block in blocks.items():
        parts.append(folder / what.decode())
        parts[-1].write_bytes(block if what == b"counted" else run("--from", "events", "--partial", stdin=block))
    expect("what was left open", run("--merge", "-f", "json", *parts), run("-f", "json", path))
    for what, bytes_ in (("half a key", b"1234"), ("a key alone", b"12345678")):
        (folder / "open").write_bytes(bytes_)
        run("--emit", "events", "--open", folder / "open", path, fails=True)


def refuses(folder):
    good = (folder / "whole").read_bytes()
    for what, bytes_ in (("nothing", b""), ("text", b"hello\n"), ("half", good[:len(good) // 2]), ("another version", good.replace(b"counted 4 ", b"counted 3 ", 1)), ("more", good + b"?"), ("a status that there is not", good.replace(b"X\0", b"X\x12", 1)), ("a second that is cut", good + good[:24]), ("a second without its end", good + good[:-1])):
        (folder / "bad").write_bytes(bytes_)
        run("--merge", folder / "bad", fails=True)
    for line in (b"x\n", b"k\t1\t2\t\t99 0\n", b"k\t1\t2\t\t0 0 0 0 0 0 0 0\n", b"k\t1\t2\t\t1 2 3 4 x\n", b"\t1\t2\t\tmailwhy\n"):
        run("--from", "events", stdin=line, fails=True)


def told(*words, stdin=b""):
    """What the JSON says is wrong, and of how many recipients it tells."""
    done = subprocess.run([MAILWHY, "log", "--no-config", "--tz", "UTC", "-f", "json", *map(str, words)], input=stdin, capture_output=True)
    report = json.loads(done.stdout)
    return done.returncode, sum(report["outcomes"].values()), report.get("problems", [])


def earns_its_certainty(folder):
    """Pieces that are cut, damaged, there twice or made otherwise are noticed, and what is said is no more than what came."""
    line = "Nov 20 10:00:0{} mx postfix/{}[1]: {}: {}\n"
    logs = []
    for name in "ab":
        logs.append(folder / f"{name}.log")
        logs[-1].write_text("".join(line.format(i, "smtp", f"{name.upper()}BC0{i}", f"to=<r{i}@{name}.example>, relay=none, delay=1, dsn=5.0.0, status=bounced (no)") + line.format(i, "qmgr", f"{name.upper()}BC0{i}", "removed") for i in range(5)))
    a, b = (run("--emit", "events", log) for log in logs)
    rows = a.splitlines(True)
    def joined(*pieces):
        return told("--from", "events", stdin=subprocess.run(["sort", "-t\t", "-k2,3"], input=b"".join(pieces), capture_output=True, env={"LC_ALL": "C"}).stdout)
    for i in range(1, len(rows)):
        status, count, problems = joined(b"".join(rows[:i]), b)
        expect(f"events cut after {i} lines", (status, bool(problems)), (65, True))
    expect("events of a piece are there twice", joined(a, b, a)[:2], (0, 10))
    expect("they are there twice, not sorted", told("--from", "events", stdin=a + a)[0], 65)
    for at in range(0, len(rows[1]) - 1, 7):
        flipped = bytearray(rows[1])
        flipped[at] ^= 1
        if at < rows[1].index(b"\t") or at > len(rows[1]) - 90:
            expect(f"an event whose byte {at} is flipped", told("--from", "events", stdin=b"".join([rows[0], bytes(flipped), *rows[2:]]))[0], 65)
    parts = []
    for i, words in enumerate(([logs[0]], [logs[1]], ["--domain", "nowhere.example", logs[1]], ["--no-builtin-rules", "--rules", ROOT / "rules/causes.yaml", logs[1]], logs)):
        parts.append(folder / f"part{i}")
        parts[-1].write_bytes(run("--partial", *words))
    both = told("--merge", *parts[:2])
    expect("two pieces", both[:2], (0, 10))
    for what, wanted, pieces in (("a piece twice", (0, 10), [0, 1, 0]), ("other filters", (65, 5), [0, 2]), ("other rules", (65, 5), [0, 3]), ("a piece of both", (0, 10), [4, 0]), ("one that both have", (65, 15), [0, 4])):
        expect(what, told("--merge", *(parts[i] for i in pieces))[:2], wanted)
    whole = parts[0].read_bytes()
    for at in range(len(whole)):
        (folder / "bad").write_bytes(whole + whole[:at])
        if at % 9 == 1:
            expect(f"a second piece of {at} bytes", told("--merge", folder / "bad")[:2], (65, 5))
        (folder / "bad").write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:])
        if at % 9 == 0:
            expect(f"byte {at} is flipped", told("--merge", folder / "bad")[:2], (65, 0))


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        files = make_logs(folder)
        check("made logs", folder, files)
        reads_pieces(folder, files)
        leaves_open(folder, files[-1])
        refuses(folder)
        earns_its_certainty(folder)
        check("a host's own refusals", folder, [make_own_refusals(folder)])
        check("samples", folder, sorted((ROOT / "samples/logs").iterdir()))
    print(f"{LEFT} differ")
    return LEFT > 0


if __name__ == "__main__":
    sys.exit(main())
