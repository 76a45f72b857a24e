#!/usr/bin/env python3
"""`mailwhy dns capture` against a real name server (NSD) on loopback: what it fetched must give the same verdicts as the
zone that the server was given, and must leave nothing to ask. Names that fail, and servers that are silent, are noted.
And what dig prints for the same questions is understood.

usage: capture.py MAILWHY
"""
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
from claims import check
from ports import sockets

MAILWHY = os.path.abspath(sys.argv[1])
ZONE = pathlib.Path("samples/dns/two-domains.zone")
BOUNCE = "samples/bounces/gmail-two-domains.eml"
SERVER = ["--ip", "192.0.2.5", "--helo", "mail.example.com", "--domain", "example.com", "--domain", "example.net"]

CONFIG = """server:
  ip-address: 127.0.0.1@{port}
  username: ""
  chroot: ""
  zonesdir: "{folder}"
  database: ""
  pidfile: "{folder}/nsd.pid"
  xfrdfile: "{folder}/xfrd.state"
  zonelistfile: "{folder}/zone.list"
  logfile: "{folder}/nsd.log"
  server-count: 1
remote-control:
  control-enable: no
zone:
  name: "."
  zonefile: "root.zone"
zone:
  name: "_spf.example.net"
  zonefile: "not-there.zone"
"""


def mailwhy(*args):
    return subprocess.run([MAILWHY, *map(str, args)], capture_output=True, text=True)


def free_port():
    tcp, udp = sockets()
    with tcp, udp:
        return tcp.getsockname()[1]


def root_zone(folder):
    """The sample's records as the root zone, with a text that does not fit into one UDP packet."""
    lines = [line for line in ZONE.read_text().splitlines() if not line.startswith(";")]
    long = " ".join(f'"{"x" * 200}"' for _ in range(30))
    head = [". 300 IN SOA ns. admin. 1 2 3 4 5", ". 300 IN NS ns.", "ns. 300 IN A 127.0.0.1", f"example.com. 300 IN TXT {long}",
            "ip6.example.com. 300 IN AAAA 2001:db8::1", "alias.example.com. 300 IN CNAME mail.example.com."]
    (folder / "root.zone").write_text("\n".join(head + lines) + "\n")


def unpack_nsd(folder):
    """NSD without its package being installed: that would start it as the machine's own name server."""
    if subprocess.run(["apt-get", "download", "nsd"], cwd=folder, capture_output=True).returncode:
        return None
    package = next(folder.glob("nsd_*.deb"))
    subprocess.run(["dpkg", "-x", package, folder / "root"], check=True)
    depends = subprocess.run(["dpkg-deb", "-f", package, "Depends"], capture_output=True, text=True).stdout
    libraries = [d.split()[0] for d in depends.split(",") if d.strip().startswith("lib")]
    subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *libraries], capture_output=True,
                   env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    return folder / "root/usr/sbin/nsd"


def start(nsd, folder, port):
    (folder / "nsd.conf").write_text(CONFIG.format(folder=folder, port=port))
    server = subprocess.Popen([nsd, "-d", "-c", folder / "nsd.conf"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(1000):  # a busy machine is no reason
        answer = subprocess.run(["dig", "+tries=1", "+time=1", "@127.0.0.1", "-p", str(port), "ns.", "A"], capture_output=True, text=True).stdout
        if "NOERROR" in answer:
            return server
        time.sleep(0.05)
    server.kill()
    raise SystemExit(f"nsd does not answer: {(folder / 'nsd.log').read_text()[-1000:]}")


def checks(*args):
    done = mailwhy("-f", "json", *args, BOUNCE)
    return json.loads(done.stdout)


def verdicts_agree(folder, port):
    captured = folder / "captured.zone"
    done = mailwhy("dns", "capture", "--server", f"127.0.0.1#{port}", "-q", "-o", captured, BOUNCE)
    yield "capture ends well", done.returncode == 0 and done.stderr == "", done.stderr
    left = mailwhy("dns", "needs", "--dns", captured, BOUNCE).stdout
    yield "nothing is left to ask", left == "", left
    theirs, ours = checks("--dns", captured), checks("--dns", ZONE)
    spf = theirs["auth"]["checks"]["spf"]
    yield "a zone that is not loaded is SERVFAIL", ";! SERVFAIL _spf.example.net. TXT" in captured.read_text(), captured.read_text()
    yield "and SPF then is temperror", spf["result"] == "temperror", str(spf)
    for name in ("dmarc", "dkim"):
        yield f"{name} is the same", theirs["auth"]["checks"][name] == ours["auth"]["checks"][name], str(theirs["auth"]["checks"][name])
    with open(BOUNCE) as pipe:
        piped = subprocess.run([MAILWHY, "dns", "capture", "--server", f"127.0.0.1#{port}", "-q"], stdin=pipe, capture_output=True, text=True).stdout
    lines = [[line for line in text.splitlines() if "taken" not in line] for text in (piped, captured.read_text())]
    yield "a bounce from a pipe raises the same questions", lines[0] == lines[1], piped
    yield "the time is noted", "taken" in theirs["dns"], str(theirs["dns"])


def audit_agrees(folder, port):
    captured = folder / "audit.zone"
    done = mailwhy("dns", "capture", "--server", f"127.0.0.1#{port}", "-q", "-o", captured, *SERVER)
    yield "capture for an audit ends well", done.returncode == 0, done.stderr
    kinds = ("ptr", "helo", "dkim", "dmarc", "mx", "tls", "blocklist")
    results = []
    for zone in (captured, ZONE):
        audits = json.loads(mailwhy("audit", "-f", "json", "--dns", zone, *SERVER).stdout)
        results.append([(c["check"], c["result"], c["text"]) for a in audits for c in a["checks"] if c["check"] in kinds])
    yield "the audit is the same", results[0] == results[1], f"{results[0]}\n{results[1]}"
    text = captured.read_text()
    yield "a long text came over TCP", "x" * 200 in text, text[:500]
    yield "what is not there is noted", ";! NXDOMAIN 5.2.0.192.bl.spamcop.net." in text and ";! NODATA mail.example.com. AAAA" in text, text


def silence(folder, port):
    """One question is open, and its server does not answer."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mute:
        mute.bind(("127.0.0.1", 0))
        known = folder / "known.zone"
        needs = mailwhy("dns", "needs", "--dns", ZONE, BOUNCE).stdout
        yield "the sample is complete", needs == "", needs
        open_questions = mailwhy("dns", "needs", "--dns", folder / "audit.zone", BOUNCE).stdout.splitlines()
        all_but_one = "".join(f";! NXDOMAIN {q.split()[0]}\n" for q in open_questions if not q.startswith("_dmarc.net."))
        known.write_text((folder / "audit.zone").read_text().replace(";! NXDOMAIN _dmarc.net.\n", "") + all_but_one)
        out = folder / "silent.zone"
        done = mailwhy("dns", "capture", "--dns", known, "--server", f"127.0.0.1:{mute.getsockname()[1]}", "-q", "-o", out, BOUNCE)
        yield "silence is told", done.returncode == 66 and "no name server answered" in done.stderr, done.stderr
        yield "silence is noted", ";! TIMEOUT _dmarc.net. TXT" in out.read_text(), done.stderr + out.read_text()[-600:]


def dig_is_understood(folder, port):
    questions = folder / "questions"
    questions.write_text(mailwhy("dns", "needs", BOUNCE).stdout)
    pasted = folder / "dig.txt"
    for _ in range(10):
        output = subprocess.run(["dig", "@127.0.0.1", "-p", str(port), "-f", questions], capture_output=True, text=True).stdout
        pasted.write_text((pasted.read_text() if pasted.exists() else "") + output)
        questions.write_text(mailwhy("dns", "needs", "--dns", pasted, BOUNCE).stdout)
        if not questions.read_text():
            break
    yield "dig -f is asked until nothing is missing", questions.read_text() == "", questions.read_text()
    theirs, ours = checks("--dns", pasted), checks("--dns", folder / "captured.zone")
    yield "what dig prints gives the same", theirs["auth"]["checks"] == ours["auth"]["checks"], str(theirs["auth"]["checks"])


def without_source(report):
    """What a report says, but for the names of the snapshot's files and the time of the capture."""
    for one in report if isinstance(report, list) else [report]:
        one["dns"].pop("files", None)
        one["dns"].pop("taken", None)
        one.get("input", {}).pop("name", None)
    return json.loads(re.sub(r"snapshot of \d{4}-\d\d-\d\d", "snapshot", json.dumps(report)))


def verify_is_both(folder, port):
    """`verify` is capture and explain in one; from a pipe too; and what it keeps gives the same again."""
    saved = folder / "saved.zone"
    server = ["--server", f"127.0.0.1#{port}", "-q"]
    done = mailwhy("verify", *server, "--save", saved, "-f", "json", BOUNCE)
    ours = without_source(checks("--dns", folder / "captured.zone"))
    yield "verify gives what capture and --dns give", done.returncode == 0 and without_source(json.loads(done.stdout)) == ours, done.stderr + done.stdout
    yield "what it saved gives it again", without_source(checks("--dns", saved)) == ours, saved.read_text()
    with open(BOUNCE) as pipe:
        piped = subprocess.run([MAILWHY, "verify", *server, "-f", "json"], stdin=pipe, capture_output=True, text=True)
    yield "from standard input too", without_source(json.loads(piped.stdout)) == ours, piped.stderr + piped.stdout
    done = mailwhy("verify", *server, folder / "nosuch.eml")
    yield "an input that is not there is named once", done.returncode == 66 and done.stderr.count("nosuch.eml") == 1, done.stderr
    done = mailwhy("verify", *server, "--redact", "--save", folder / "no.zone", BOUNCE)
    yield "a snapshot cannot be redacted", done.returncode == 64 and not (folder / "no.zone").exists(), done.stderr


def answer_with_lies(server, change=lambda number, flags, question: (number, flags, question)):
    """A name server that answers every question for an address, and adds the address of a bank. `change` makes another
    answer of it, from its number, flags and question; None: it keeps silent."""
    while True:
        query, client = server.recvfrom(4096)
        if query == b"end":
            return
        end = 12
        while query[end]:
            end += query[end] + 1
        question = query[12:end + 5]
        record = b"\x00\x01\x00\x01\x00\x00\x01\x2c\x00\x04"
        lies = b"\xc0\x0c" + record + b"\xc0\x00\x02\x63" + b"\x04bank\x07example\x00" + record + b"\xc0\x00\x02\x42"
        changed = change(query[:2], b"\x84\x00", question)
        if changed:
            number, flags, question = changed
            server.sendto(number + flags + b"\x00\x01\x00\x02\x00\x00\x00\x00" + question + lies, client)


def lies(folder, port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as liar:
        liar.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=answer_with_lies, args=(liar,))
        thread.start()
        done = mailwhy("dns", "capture", "-q", "--server", f"127.0.0.1#{liar.getsockname()[1]}", BOUNCE)
        yield "records of others' names are not taken", done.returncode == 0 and "192.0.2.99" in done.stdout and "bank" not in done.stdout, done.stdout
        liar.sendto(b"end", liar.getsockname())
        thread.join()


def answers_of_others(folder, port):
    """What does not answer the question that was asked is no answer (RFC 5452), and one silent name costs no other."""
    kinds = {
        "another number": lambda number, flags, question: (bytes([number[0] ^ 1, number[1]]), flags, question),
        "a question": lambda number, flags, question: (number, b"\x04\x00", question),
        "another name": lambda number, flags, question: (number, flags, b"\x01x" + question),
        "another type": lambda number, flags, question: (number, flags, question[:-4] + b"\x00\x63\x00\x01"),
    }
    silent = lambda number, flags, question: None if question.startswith(b"\x06_dmarc") else (number, flags, question)
    for what, change in {**kinds, "one name": silent}.items():
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
            other.bind(("127.0.0.1", 0))
            thread = threading.Thread(target=answer_with_lies, args=(other, change))
            thread.start()
            done = mailwhy("dns", "capture", "-q", "--server", f"127.0.0.1#{other.getsockname()[1]}", BOUNCE)
            other.sendto(b"end", other.getsockname())
            thread.join()
        timeouts = re.findall(r";! TIMEOUT (\S+)", done.stdout)
        if change is silent:
            yield "one silent name is noted alone", timeouts and all(t.startswith("_dmarc.") for t in timeouts), done.stdout
        else:
            yield f"{what} is no answer", done.returncode == 66 and timeouts and "192.0.2.99" not in done.stdout, done.stdout


def nobody(folder, port):
    """A port on which nothing listens."""
    out = folder / "nobody.zone"
    done = mailwhy("dns", "capture", "-q", "--server", f"127.0.0.1#{free_port()}", "-o", out, BOUNCE)
    yield "a dead server is told", done.returncode == 66 and "no name server answered" in done.stderr, done.stderr
    yield "and noted", ";! TIMEOUT example.net. TXT" in out.read_text() and "IN" not in out.read_text(), out.read_text()


def asker_dies(folder, port):
    """Who asks is a process of its own: where it dies, the report comes without its answers."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mute:
        mute.bind(("127.0.0.1", 0))
        mute.settimeout(60)
        call = [MAILWHY, "verify", "--server", f"127.0.0.1:{mute.getsockname()[1]}", "-q", BOUNCE]
        with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            mute.recv(4096)
            children = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children")
            if not children.exists():
                print("skipped: this kernel does not list the children of a process")
                process.kill()
                return
            for child in children.read_text().split():
                os.kill(int(child), 9)
            out, err = process.communicate()
    yield "who asks died: that is told, and the report comes", process.returncode == 70 and "the process that asked the DNS died" in err and out, err + out


def usage(folder, port):
    for bad in ("nonsense", "192.0.2.300", "127.0.0.1#0", "[::1]:70000"):
        done = mailwhy("dns", "capture", "--server", bad, BOUNCE)
        yield f"--server {bad} is refused", done.returncode == 64 and bad in done.stderr and not done.stdout, done.stderr


def main():
    with tempfile.TemporaryDirectory() as name:
        folder, port = pathlib.Path(name), free_port()
        nsd = shutil.which("nsd", path=f"{os.environ['PATH']}:/usr/sbin") or unpack_nsd(folder)
        if not nsd or not shutil.which("dig"):
            print("skipped: nsd or dig is not here")
            sys.exit(77)
        root_zone(folder)
        server = start(nsd, folder, port)
        try:
            parts = (verdicts_agree, audit_agrees, silence, dig_is_understood, verify_is_both, lies, answers_of_others, nobody, asker_dies, usage)
            status = check([lambda folder, part=part: part(folder, port) for part in parts], folder, "claims")
        finally:
            server.terminate()
            server.wait()
    sys.exit(status)


main()
