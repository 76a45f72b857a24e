#!/usr/bin/env python3
"""`mailwhy --pipe` behind a real Postfix (an alias's |command, and a pipe(8) transport) and a real Exim (a pipe
transport): whatever goes wrong, no mail bounces and none is lost. What fails stays in the queue, and is delivered once
the reason is gone.

usage: pipe.py MAILWHY

Needs what servers.py needs; on loopback, nothing is sent to anybody.
"""
import contextlib
import json
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

from postfix_config import POSTFIX_BASE, POSTFIX_SERVICES
from servers import Configured, MAILWHY, PATIENCE, install, run, unpack_exim, wait_until

BOUNCE = pathlib.Path("samples/bounces/spamhaus.eml").read_text()
MAILS = {  # what is handed over
    "ordinary": BOUNCE,
    "damaged": "From: MAILER-DAEMON@example.org\nContent-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\nAction",
    "empty": "\n",
    "nomail": "this is no mail\n\x01\x02\x03\n",
    "nested": "Content-Type: message/rfc822\n\n" * 300 + BOUNCE,
}
# What goes wrong, by the name of the recipient: the options of mailwhy, what it is that ends a process
FAULTS = {
    "usage": ("--no-such-option", None),
    "rules": ("--rules {d}/missing.yaml", None),
    "snapshot": ("--dns {d}/missing.zone", None),
    "device": ("-o /dev/full", None),
    "folder": ("-o {d}/no/such/folder/report", None),
    "worker": ("--rules {d}/wait-worker", ("worker", signal.SIGKILL)),
    "crash": ("--rules {d}/wait-crash", ("worker", signal.SIGSEGV)),
    "stop": ("--rules {d}/wait-stop", ("guard", signal.SIGTERM)),
    "fault": ("--rules {d}/wait-fault", ("guard", signal.SIGSEGV)),
    "kill": ("--rules {d}/wait-kill", ("guard", signal.SIGKILL)),
}
WAYS = {"alias": "local.example", "transport": "piped.example"}


def options_of(name, folder):
    """Of a recipient: mail is only delivered where nothing is wrong."""
    return FAULTS.get(name, ("", None))[0].format(d=folder)


def reports(folder):
    """Per recipient, how many whole reports were written; a line that is none fails."""
    return {p.name: [json.loads(line)["input"]["kind"] for line in p.read_text().splitlines()] for p in sorted((folder / "out").iterdir())}


class Killer(threading.Thread):
    """Ends what waits for a rule file that is a FIFO, as FAULTS says. Of each program once: as it ends, its sanitizer looks for leaks
    in a process that looks like its worker."""

    def __init__(self, folder):
        super().__init__(daemon=True)
        self.folder, self.is_over, self.killed, self.ended = folder, threading.Event(), set(), set()

    def find(self, name):
        for entry in pathlib.Path("/proc").iterdir():
            try:
                words = (entry / "cmdline").read_bytes().decode().split("\0") if entry.name.isdigit() else []
                if words[:1] == [f"{self.folder}/bin/mailwhy"] and f"{self.folder}/wait-{name}" in words:  # not pipe(8), which has it too
                    yield int(entry.name), int((entry / "stat").read_text().rsplit(") ", 1)[1].split()[1])
            except (OSError, UnicodeDecodeError):
                pass

    def end_all(self):
        """What a trial that failed has left waiting."""
        for name in FAULTS:
            for pid, _ in self.find(name):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def run(self):
        while not self.is_over.wait(0.05):
            for name, (_, end) in FAULTS.items():
                found = dict(self.find(name)) if end else {}
                workers = [pid for pid, parent in found.items() if parent in found and (name, parent) not in self.ended]
                for pid in workers:
                    self.ended.add((name, found[pid]))
                    victim = pid if end[0] == "worker" else found[pid]
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(victim, end[1])
                        self.killed.add(name)


class Trial:
    """A mail system with its folder; the two systems differ in how they are started, flushed and asked."""

    def __init__(self, name, folder, ways):
        self.name, self.folder, self.ways, self.failures = name, folder, ways, 0
        self.program = folder / "bin/mailwhy"

    def check(self, holds, text):
        if not holds:
            self.failures += 1
            print(f"{self.name}: {text}")

    def command(self, name, way):
        """For an alias with a shell, for a transport without."""
        command = f"{self.program} --pipe -f ndjson {options_of(name, self.folder)}"
        out = self.folder / f"out/{name}-{way}"
        if way == "alias":
            disk = self.folder / "disk"
            return f"{command} >> {disk if name == 'full' else out} || exit 75"
        return command if "-o " in command else f"{command} -o {self.folder / 'disk-2' if name == 'full' else out}"

    def names(self):
        return [*MAILS, *FAULTS, *(["full"] if self.has_disk else [])]

    def prepare(self, user):
        for name in ("bin", "out", "bounces", "small"):
            (self.folder / name).mkdir()
            os.chown(self.folder / name, user.pw_uid, user.pw_gid)
        source = pathlib.Path(MAILWHY)
        for file in [source, source.parent / "libmailwhy.so.1", *source.parent.glob("mailwhy-*.so")]:
            shutil.copy(file, self.folder / "bin")
        for name, (_, end) in FAULTS.items():
            if end:
                os.mkfifo(self.folder / f"wait-{name}", 0o666)
                os.chmod(self.folder / f"wait-{name}", 0o666)
        small = self.folder / "small"
        self.has_disk = run("mount", "-t", "tmpfs", "-o", "size=16k,mode=777", "tmpfs", small).returncode == 0
        if self.has_disk:
            (small / "ballast").write_bytes(b"x" * 15000)
            for way, link in ("alias", "disk"), ("transport", "disk-2"):
                (self.folder / link).symlink_to(f"small/full-{way}")
        else:
            print(f"skipped: a full disk behind {self.name} (no file system can be mounted here)")

    def mend(self):
        """Everything that was wrong is right now."""
        for name, (options, end) in FAULTS.items():
            if end:
                (self.folder / f"wait-{name}").unlink()
                (self.folder / f"wait-{name}").write_text("replies: []\n")
        (self.folder / "missing.yaml").write_text("replies: []\n")
        (self.folder / "missing.zone").write_text("")
        (self.folder / "no/such/folder").mkdir(parents=True)
        os.chmod(self.folder / "no/such/folder", 0o777)
        program = self.folder / "bin/mailwhy"  # what cannot be mended is taken out of its command line
        program.rename(self.folder / "bin/mailwhy-real")
        program.write_text("#!/bin/sh\nfor a do shift; case $a in --no-such-option) ;; /dev/full) set -- \"$@\" /dev/null;; "
                           f"*) set -- \"$@\" \"$a\";; esac; done\nexec {program}-real \"$@\"\n")
        program.chmod(0o755)
        if self.has_disk:
            (self.folder / "small/ballast").unlink()

    def unmount(self):
        if self.has_disk:
            for file in (self.folder / "small").glob("full-*"):
                shutil.copy(file, self.folder / "out")
            run("umount", self.folder / "small")

    def judge_broken(self, killer):
        waiting = self.waiting()
        expected = sorted(f"{n}@{WAYS[w]}" for w in self.ways for n in self.names() if n not in MAILS)
        self.check(waiting == expected, f"in the queue {waiting}, expected {expected}")
        self.check(killer.killed == {n for n, (_, end) in FAULTS.items() if end}, f"killed only {killer.killed}")
        written = reports(self.folder)
        self.check(all(len(written.get(f"{n}-{w}", [])) == 1 for n in MAILS for w in self.ways), f"reports: {written}")
        if self.has_disk:
            halves = [f.name for f in (self.folder / "small").iterdir() if f.name != "ballast" and f.stat().st_size]
            self.check(halves == [], f"half reports on the full disk: {halves}")

    def judge_mended(self):
        self.check(self.waiting() == [], f"still in the queue: {self.waiting()}")
        written = reports(self.folder)
        missing = [f"{n}-{w}" for n in self.names() for w in self.ways
                   if n not in ("device", "folder") and len(written.get(f"{n}-{w}", [])) != 1]
        self.check(missing == [], f"not one report for {missing}: {written}")
        self.check((self.folder / "no/such/folder/report").exists(), "no report in the folder that is there now")
        bounced = list((self.folder / "bounces").glob("new/*"))
        self.check(bounced == [], f"{len(bounced)} mails bounced: {[b.read_text()[:1500] for b in bounced[:1]]}")

    def go(self):
        killer = Killer(self.folder)
        killer.start()
        try:
            self.start()
            for name in self.names():
                for way in self.ways:
                    self.send(f"{name}@{WAYS[way]}", MAILS.get(name, BOUNCE))
            expected = len(self.ways) * (len(self.names()) - len(MAILS))
            self.deliver(lambda: len(self.waiting()) == expected and self.is_idle())
            killer.is_over.set()
            killer.join()
            self.judge_broken(killer)
            self.mend()
            self.deliver(lambda: self.waiting() == [])
        finally:
            killer.is_over.set()
            killer.end_all()
            self.stop()
            self.unmount()
        self.judge_mended()
        print(f"{self.name}: {len(self.names()) * len(self.ways)} mails, {self.failures} failures")
        return self.failures


POSTFIX_MAIN = POSTFIX_BASE + """mydestination = local.example
local_recipient_maps =
alias_maps = texthash:{d}/conf/aliases
alias_database =
default_privs = nobody
transport_maps = texthash:{d}/conf/transport
relay_domains = piped.example
default_transport = error:nothing is sent anywhere
virtual_mailbox_maps = static:bounces/
smtputf8_enable = no
debug_peer_list =
"""


class Postfix(Trial):
    def start(self):
        d, user = self.folder, pwd.getpwnam("postfix")
        nobody = pwd.getpwnam("nobody")
        self.prepare(user)
        for name in ("conf", "spool", "data"):
            (d / name).mkdir()
        os.chown(d / "data", user.pw_uid, user.pw_gid)
        os.chown(d / "out", nobody.pw_uid, nobody.pw_gid)
        (d / "conf/main.cf").write_text(POSTFIX_MAIN.format(d=d, uid=user.pw_uid))
        (d / "conf/aliases").write_text("".join(f'{n} "|{self.command(n, "alias")}"\n' for n in self.names()))
        (d / "conf/transport").write_text("".join(f"{n}@piped.example why-{n}:\n" for n in self.names()))
        pipes = "".join(f"why-{n} unix - n n - - pipe\n  flags=R user=nobody argv={self.command(n, 'transport')}\n" for n in self.names())
        (d / "conf/master.cf").write_text(f"{POSTFIX_SERVICES}local unix - n n - - local\n{pipes}")
        self.queued = 0
        run("postfix", "-c", d / "conf", "start")

    def stop(self):
        run("postfix", "-c", self.folder / "conf", "stop")

    def send(self, recipient, mail):
        config = self.folder / "conf"
        run("sendmail", "-C", config, "-i", "-f", "s@own.example", recipient, input=mail, env={**os.environ, "MAIL_CONFIG": str(config)})

    def queue(self):
        return [json.loads(line) for line in run("postqueue", "-c", self.folder / "conf", "-j").stdout.splitlines()]

    def waiting(self):
        return sorted(r["address"] for m in self.queue() for r in m["recipients"])

    def is_idle(self):
        return all(m["queue_name"] == "deferred" for m in self.queue())

    def deliver(self, done):
        run("postqueue", "-c", self.folder / "conf", "-f")
        if not wait_until(done):
            log = self.folder / "mail.log"
            self.check(False, f"is not done: {self.queue()} {log.read_text()[-3000:] if log.exists() else ''}")


EXIM_CONFIG = """
exim_path = {program}
exim_user = {uid}
exim_group = {gid}
never_users =
trusted_users = root
spool_directory = {d}/spool
log_file_path = {d}/%slog
primary_hostname = mail.own.example
qualify_domain = own.example
keep_environment =
tls_advertise_hosts =
begin routers
bounces:
  driver = accept
  domains = own.example
  transport = bounces
why:
  driver = accept
  domains = piped.example
  transport = why_$local_part_data
  local_parts = {names}
begin transports
{transports}
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
EXIM_TRANSPORT = """why_{name}:
  driver = pipe
  command = {command}
  user = {uid}
  group = {gid}
  return_output = false
  freeze_signal
  timeout_defer
"""


class Exim(Trial):
    def __init__(self, name, folder, ways, exim):
        super().__init__(name, folder, ways)
        self.exim = exim

    def start(self):
        d, user = self.folder, pwd.getpwnam("postfix")
        self.prepare(user)
        (d / "spool").mkdir()
        for path in (d, d / "spool"):
            os.chown(path, user.pw_uid, user.pw_gid)
        for name in ("mainlog", "rejectlog", "paniclog"):  # the first to write would own them: root
            (d / name).touch()
            os.chown(d / name, user.pw_uid, user.pw_gid)
        transports = "".join(EXIM_TRANSPORT.format(name=n, command=self.command(n, "transport"), uid=user.pw_uid, gid=user.pw_gid)
                             for n in self.names())
        self.configured = Configured(EXIM_CONFIG.format(d=d, program=self.exim, uid=user.pw_uid, gid=user.pw_gid, names=" : ".join(self.names()),
                                                        transports=transports))
        self.configured.__enter__()

    def stop(self):
        self.configured.__exit__()

    def send(self, recipient, mail):
        done = run(self.exim, "-odq", "-i", "-f", "s@own.example", recipient, input=mail)
        self.check(done.returncode == 0, f"{recipient}: {done.stderr}")

    def waiting(self):
        lines = [line.split() for line in run(self.exim, "-bp").stdout.splitlines()]
        return sorted(words[0] for words in lines if len(words) == 1 and "@" in words[0])

    def is_idle(self):
        return True

    def deliver(self, done):
        try:
            done_run = subprocess.Popen([self.exim, "-qff"], start_new_session=True)
            done_run.wait(PATIENCE)
        except subprocess.TimeoutExpired as error:
            os.killpg(done_run.pid, signal.SIGKILL)
            self.check(False, f"queue run: {error}")
        self.check(done(), f"after a queue run: {self.waiting()} {(self.folder / 'mainlog').read_text()[-3000:]} {(self.folder / 'paniclog').read_text()[-2000:]}")


def main():
    why = install()
    if why:
        print(f"skipped: --pipe behind Postfix and Exim ({why})")
        return 77
    failures = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        for part in ("postfix", "exim", "package"):
            (folder / part).mkdir()
        failures += Postfix("postfix", folder / "postfix", list(WAYS)).go()
        program = None if Configured.PATH.exists() else unpack_exim(folder / "package")
        if program:
            failures += Exim("exim", folder / "exim", ["transport"], program).go()
        else:
            print("skipped: Exim (its package cannot be had, or it is configured here already)")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
