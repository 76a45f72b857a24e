#!/usr/bin/env python3
"""Real Postfix and Exim on loopback, sending through a sink that gives real replies: do their real logs and
bounces say of every recipient the outcome and the cause that the sink gave (replies.tsv)?

usage: servers.py MAILWHY

Needs root and Debian's packages: postfix is installed where it is missing; exim4-daemon-light, which cannot stand
beside it, is unpacked into a folder of the test. Without them it is skipped (exit status 77) and says so.
"""
import json
import os
import pathlib
import pwd
import shutil
import socketserver
import subprocess
import sys
import tempfile
import threading
import time

from postfix_config import POSTFIX_BASE, POSTFIX_SERVICES

MAILWHY = os.path.abspath(sys.argv[1])
HERE = pathlib.Path(__file__).resolve().parent
PATIENCE = 120  # seconds for a server to send all


def read_replies():
    rows = [line.rstrip("\n").split("\t") for line in open(HERE / "replies.tsv") if not line.startswith("#")]
    return [(when, cause, reply.split("|")) for when, cause, reply in rows]


REPLIES = read_replies()


class Sink(socketserver.StreamRequestHandler):
    """Sender s7@… to recipient r7@… gets reply 7, at the step that its row names."""

    def say(self, *lines):
        self.wfile.write(b"".join(line.encode() + b"\r\n" for line in lines))

    def row(self, step, address):
        number = int("".join(c for c in address.split("@")[0] if c.isdigit()) or 0)
        when, cause, lines = REPLIES[number]
        if when != step or cause == "-":
            return None
        return [line.replace("{to}", address).replace("{from}", self.sender) for line in lines]

    def handle(self):
        self.sender, refusal = "", None
        self.say("220 sink.example ESMTP")
        for raw in self.rfile:
            line = raw.decode("latin1").strip()
            word, address = line[:4].upper(), line[line.find("<") + 1 : line.find(">")]
            if word in ("EHLO", "HELO"):
                self.say("250-sink.example", "250 8BITMIME")
            elif word == "MAIL":
                self.sender = address
                self.say(*(self.row("MAIL", address) or ["250 2.1.0 Ok"]))
            elif word == "RCPT":
                refusal = self.row("DATA", address)
                self.say(*(self.row("RCPT", address) or ["250 2.1.5 Ok"]))
            elif word == "DATA":
                self.say("354 go on")
                while self.rfile.readline().strip() != b".":
                    pass
                self.say(*(refusal or ["250 2.0.0 Ok: queued as SINK1"]))
            elif word == "QUIT":
                self.say("221 2.0.0 Bye")
                return
            else:
                self.say("250 2.0.0 Ok")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True


def message(n):
    return f"From: s{n}@own.example\nTo: r{n}@sink.example\nSubject: test {n}\nMessage-ID: <m{n}@own.example>\n\nhello\n"


def wait_until(holds):
    """Other processes give no sign but their files."""
    end = time.monotonic() + PATIENCE
    pause = threading.Event()
    while not holds():
        if time.monotonic() > end:
            return False
        pause.wait(0.05)
    return True


def run(*command, **more):
    return subprocess.run([str(c) for c in command], capture_output=True, text=True, **more)


def install():
    """None, or why the test cannot run."""
    if os.geteuid() != 0:
        return "not root"
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if not shutil.which("apt-get"):
        return "no apt here"
    wanted = [line.split()[1] for line in open("packages.txt") if line.startswith("server")]
    if not shutil.which("postfix") and run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted, env=environment).returncode:
        return f"{' '.join(wanted)} cannot be installed"
    return None


def unpack_exim(folder):
    """Exim's program, or None."""
    if run("apt-get", "download", "exim4-daemon-light", cwd=folder).returncode:
        return None
    for package in folder.glob("exim4-daemon*.deb"):
        run("dpkg", "-x", package, folder / "root")
    exim = folder / "root/usr/sbin/exim4"
    missing = [line.split()[0] for line in run("ldd", exim).stdout.splitlines() if "not found" in line]
    if missing:
        depends = run("dpkg-deb", "-f", next(folder.glob("exim4-daemon*.deb")), "Depends").stdout
        names = [d.split()[0] for d in depends.split(",") if d.split()[0].startswith("lib")]
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *names, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
        missing = [line for line in run("ldd", exim).stdout.splitlines() if "not found" in line]
    try:
        pwd.getpwnam("Debian-exim")  # compiled in
    except KeyError:
        run("useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", "Debian-exim")
    return None if missing or not exim.exists() else exim


POSTFIX_MAIN = POSTFIX_BASE + """mydestination =
relayhost = [127.0.0.1]:{port}
smtp_tls_security_level = none
smtp_address_preference = ipv4
virtual_mailbox_maps = static:bounces/
alias_maps =
alias_database =
smtputf8_enable = no
debug_peer_list =
"""


def postfix(folder, port):
    """Send all through Postfix: its log, and the folder of the bounces."""
    user = pwd.getpwnam("postfix")
    for name in ("conf", "spool", "data", "bounces"):
        (folder / name).mkdir()
    for name in ("data", "bounces"):
        os.chown(folder / name, user.pw_uid, user.pw_gid)
    (folder / "conf/main.cf").write_text(POSTFIX_MAIN.format(d=folder, port=port, uid=user.pw_uid))
    (folder / "conf/master.cf").write_text(POSTFIX_SERVICES)
    config = folder / "conf"
    started = run("postfix", "-c", config, "start")
    try:
        for n in range(len(REPLIES)):
            run("sendmail", "-C", config, "-i", "-f", f"s{n}@own.example", f"r{n}@sink.example", input=message(n), env={**os.environ, "MAIL_CONFIG": str(config)})
        log = folder / "mail.log"
        failed = sum(not reply[0].startswith(("2", "4")) for _, cause, reply in REPLIES)
        done = wait_until(lambda: log.exists() and log.read_text().count("@sink.example>, relay=") >= len(REPLIES)
                          and len(list((folder / "bounces").glob("new/*"))) >= failed)
        if not done:
            print(f"postfix did not send all: {started.stderr}{log.read_text()[-3000:] if log.exists() else ''}")
    finally:
        run("postfix", "-c", config, "stop")
    return [log], folder / "bounces/new"


EXIM_CONFIG = """
exim_path = {program}
exim_user = {uid}
exim_group = {gid}
never_users =
trusted_users = root
spool_directory = {d}/spool
log_file_path = {d}/%slog
primary_hostname = mail.own.example
domainlist local_domains = own.example
acl_smtp_rcpt = accept
qualify_domain = own.example
keep_environment =
tls_advertise_hosts =
log_selector = +smtp_confirmation
begin routers
local:
  driver = accept
  domains = +local_domains
  transport = bounces
sink:
  driver = manualroute
  transport = remote_smtp
  route_list = * 127.0.0.1
  self = send
begin transports
remote_smtp:
  driver = smtp
  port = {port}
  hosts_avoid_tls = *
  hosts_try_fastopen =
  allow_localhost
bounces:
  driver = appendfile
  maildir_format
  directory = {d}/bounces
  create_directory
  user = {uid}
  group = {gid}
begin retry
* * F,2h,15m
"""


class Configured:
    """Exim logs only under the configuration that is compiled in: it is put there, where there is none."""

    PATH = pathlib.Path("/etc/exim4/exim4.conf")

    def __init__(self, text):
        self.text = text

    def __enter__(self):
        self.is_new = not self.PATH.parent.exists()
        self.PATH.parent.mkdir(exist_ok=True)
        self.PATH.write_text(self.text)

    def __exit__(self, *_):
        self.PATH.unlink()
        if self.is_new:
            self.PATH.parent.rmdir()


def exim(folder, port, program):
    user = pwd.getpwnam("postfix")
    for name in ("spool", "bounces"):
        (folder / name).mkdir()
        os.chown(folder / name, user.pw_uid, user.pw_gid)
    os.chown(folder, user.pw_uid, user.pw_gid)
    for name in ("mainlog", "rejectlog", "paniclog"):  # the first to write would own them: root
        (folder / name).touch()
        os.chown(folder / name, user.pw_uid, user.pw_gid)
    with Configured(EXIM_CONFIG.format(d=folder, program=program, port=port, uid=user.pw_uid, gid=user.pw_gid)):
        for n in range(len(REPLIES)):
            done = run(program, "-odf", "-i", "-f", f"s{n}@own.example", f"r{n}@sink.example", input=message(n))
            if done.returncode:
                print(f"exim: {done.stderr}")
        run(program, "-qff")  # bounces that were only queued
    return [folder / "mainlog"], folder / "bounces/new"


def judge(name, logs, bounces):
    failures = 0
    out = run(MAILWHY, "log", "-f", "ndjson", *logs).stdout
    found = {d["recipient"]: d for d in map(json.loads, out.splitlines()) if d["recipient"].endswith("@sink.example")}
    out = run(MAILWHY, "-f", "ndjson", bounces).stdout
    told = {v.get("recipient"): v for v in map(json.loads, out.splitlines())}
    for n, (_, cause, reply) in enumerate(REPLIES):
        address = f"r{n}@sink.example"
        outcome = {"2": "sent", "4": "deferred", "5": "bounced"}[reply[0][0]]
        d = found.get(address, {})
        got = (d.get("outcome"), d.get("cause", "-"))
        if got != (outcome, cause):
            failures += 1
            print(f"{name}, log: {got} found, {(outcome, cause)} given by: {' '.join(reply)}")
        if outcome == "bounced" and told.get(address, {}).get("cause") != cause:
            failures += 1
            print(f"{name}, bounce: {told.get(address, {}).get('cause')} found, {cause} given by: {' '.join(reply)}")
    print(f"{name}: {len(found)} recipients in the log, {len(told)} bounces, {failures} failures")
    return failures


def main():
    why = install()
    if why:
        print(f"skipped: Postfix and Exim with a sink ({why})")
        return 77
    sink = Server(("127.0.0.1", 0), Sink)
    threading.Thread(target=sink.serve_forever, daemon=True).start()
    failures = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        for part in ("postfix", "exim", "package"):
            (folder / part).mkdir()
        failures += judge("postfix", *postfix(folder / "postfix", sink.server_address[1]))
        program = None if Configured.PATH.exists() else unpack_exim(folder / "package")
        if program:
            failures += judge("exim", *exim(folder / "exim", sink.server_address[1], program))
        else:
            print("skipped: Exim (its package cannot be had, or it is configured here already)")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
