#!/usr/bin/env python3
"""The recipes of docs/recipes.md, run with the real programs: each hands a bounce to mailwhy, and its line is there.

usage: recipes.py MAILWHY

Only places are changed in what stands there: files are in a folder of the test, and the user is one that it makes. Needs
root; installs the packages that packages.txt lists for it. What cannot be had is skipped, and said.
"""
import email
import email.policy
import http.server
import json
import os
import pathlib
import pty
import pwd
import re
import select
import shutil
import subprocess
import sys
import tempfile
import threading

from postfix_config import POSTFIX_BASE, POSTFIX_SERVICES
from servers import MAILWHY, run, wait_until

USER = "mailwhy-kim"
BOUNCE = pathlib.Path("samples/bounces/spamhaus.eml").read_text()
LETTER = "From: a@example.org\nTo: kim@example.com\nSubject: hello\n\nHello\n"
BLOCKS = re.findall(r"^```\n# (\S+)\n(.*?)^```$", pathlib.Path("docs/recipes.md").read_text(), re.S | re.M)


class Place:
    """A folder with the user's home and all files of the recipes, where they can be."""

    def __init__(self, folder):
        self.folder, self.home = folder, folder / "home"
        self.user = pwd.getpwnam(USER)
        self.out = folder / "var/spool/bounces"
        for name, owner in (("home", self.user), ("home/Maildir", self.user), ("var/spool/bounces", pwd.getpwnam("nobody")), ("bin", None)):
            (folder / name).mkdir(parents=True)
            if owner:
                os.chown(folder / name, owner.pw_uid, owner.pw_gid)
        for file in [MAILWHY, pathlib.Path(MAILWHY).parent / "libmailwhy.so.1", *pathlib.Path(MAILWHY).parent.glob("mailwhy-*.so")]:
            shutil.copy(file, folder / "bin")

    def block(self, name):
        """What the recipe writes into a file, with places of the test."""
        (text,) = [t for n, t in BLOCKS if n == name]
        text = text.replace("/usr/bin/mailwhy", f"{self.folder}/bin/mailwhy").replace("/var/spool/bounces", str(self.out))
        return text.replace("/usr/local/lib/dovecot/sieve-pipe", f"{self.folder}/sieve-pipe").replace("\\kim", f"\\{USER}")

    def write(self, name, mode=0o600):
        """One of the user's files."""
        file = self.home / name.removeprefix("~/")
        file.write_text(self.block(name))
        file.chmod(mode)
        os.chown(file, self.user.pw_uid, self.user.pw_gid)
        return file

    def as_user(self, *command, mail):
        return run("setpriv", f"--reuid={self.user.pw_uid}", f"--regid={self.user.pw_gid}", "--clear-groups", *command, input=mail, cwd=self.home,
                   env={"HOME": str(self.home), "USER": USER, "LOGNAME": USER, "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"})

    def reports(self, file=None):
        """The causes in the lines that were written; the file is emptied."""
        file = file or self.home / "bounces.ndjson"
        lines = file.read_text().splitlines() if file.exists() else []
        file.unlink(missing_ok=True)
        return [json.loads(line)["cause"] for line in lines]


ONE = ["blocklist.spamhaus"]

POSTFIX_MAIN = POSTFIX_BASE + """myorigin = local.example
mydestination = local.example
local_recipient_maps =
alias_maps = texthash:{d}/conf/aliases
alias_database =
default_privs = nobody
transport_maps = texthash:{d}/conf/transport
relay_domains = bounces.example.com
default_transport = error:nothing is sent anywhere
virtual_mailbox_maps = static:bounces/
home_mailbox = Maildir/
smtputf8_enable = no
debug_peer_list =
"""


def postfix(place):
    """The alias, the transport and the user's .forward, in one Postfix."""
    d, owner = place.folder, pwd.getpwnam("postfix")
    for name in ("conf", "spool", "data", "bounces"):
        (d / name).mkdir()
    for name in ("data", "bounces"):
        os.chown(d / name, owner.pw_uid, owner.pw_gid)
    (d / "conf/main.cf").write_text(POSTFIX_MAIN.format(d=d, uid=owner.pw_uid))
    (d / "conf/aliases").write_text(place.block("/etc/aliases").replace("bounces:", "bounces", 1))
    (d / "conf/transport").write_text(place.block("/etc/postfix/transport"))
    (d / "conf/master.cf").write_text(f"{POSTFIX_SERVICES}local unix - n n - - local\n{place.block('/etc/postfix/master.cf')}")
    place.write("~/.forward", 0o644)
    run("postfix", "-c", d / "conf", "start")
    try:
        for recipient in ("bounces@local.example", "x@bounces.example.com", f"{USER}@local.example"):
            run("sendmail", "-C", d / "conf", "-i", "-f", "s@own.example", recipient, input=BOUNCE, env={**os.environ, "MAIL_CONFIG": str(d / "conf")})
        kept = place.home / "Maildir/new"
        done = wait_until(lambda: (place.out / "mailwhy.ndjson").exists() and any(place.out.glob("*.json")) and (place.home / "bounces.ndjson").exists()
                          and kept.exists() and any(kept.iterdir()) and not run("postqueue", "-c", d / "conf", "-j").stdout)
    finally:
        run("postfix", "-c", d / "conf", "stop")
    (single,) = place.out.glob("*.json")
    yield "Postfix: all is delivered", done, (d / "mail.log").read_text()[-3000:]
    yield "Postfix: an alias", place.reports(place.out / "mailwhy.ndjson") == ONE, (d / "mail.log").read_text()[-3000:]
    yield "Postfix: a transport", place.reports(single) == ONE, single
    yield "a user's .forward", place.reports() == ONE, (d / "mail.log").read_text()[-3000:]
    yield "the mail is in the mailbox too", len(list(kept.iterdir())) == 1, ""


def mails_of(mbox):
    return len(re.findall(r"^From ", mbox.read_text(), re.M))


def fail(file):
    """From now on no report can be written."""
    file.write_text(file.read_text().replace("--pipe", "--pipe -o /dev/full"))


def procmail(place):
    config = place.write("~/.procmailrc")
    for mail, expected in ((BOUNCE, ONE), (LETTER, [])):
        done = place.as_user("procmail", "-f", "s@example.org", f"DEFAULT={place.home}/procmail.mbox", config, mail=mail)
        yield f"procmail: {len(expected)} reports", done.returncode == 0 and place.reports() == expected, done.stderr
    fail(config)
    done = place.as_user("procmail", "-f", "s@example.org", f"DEFAULT={place.home}/procmail.mbox", config, mail=BOUNCE)
    box = place.home / "procmail.mbox"
    yield "procmail: all mails are in the mailbox, also that of which no report could be written", mails_of(box) == 3, box.read_text()


def maildrop(place):
    config = place.write("~/.mailfilter")
    (place.home / "drop").mkdir()
    os.chown(place.home / "drop", place.user.pw_uid, place.user.pw_gid)
    for mail, expected in ((BOUNCE, ONE), (LETTER, [])):
        done = place.as_user("maildrop", "-V", "0", "-A", f"X-Try: {len(expected)}", config, mail=mail)
        yield f"maildrop: {len(expected)} reports", place.reports() == expected and done.returncode in (0, 75), done.stderr
    config.write_text(config.read_text() + f'to "{place.home}/drop.mbox"\n')
    done = place.as_user("maildrop", config, mail=BOUNCE)
    yield "maildrop: the mail is delivered beside", done.returncode == 0 and (place.home / "drop.mbox").stat().st_size > len(BOUNCE), done.stderr
    place.reports()
    fail(config)
    done = place.as_user("maildrop", config, mail=BOUNCE)
    yield "maildrop: a report that cannot be written keeps the mail in the queue", done.returncode == 75, f"{done.returncode} {done.stderr}"


def sieve(place):
    (place.folder / "sieve-pipe").mkdir()
    program = place.folder / "sieve-pipe/mailwhy"
    program.write_text(place.block("/usr/local/lib/dovecot/sieve-pipe/mailwhy"))
    program.chmod(0o755)
    place.write("~/.dovecot.sieve")
    config = place.folder / "dovecot.conf"
    config.write_text(f"base_dir = {place.folder}/run\nmail_location = mbox:~/mail:INBOX=~/sieve.mbox\npostmaster_address = p@example.com\n"
                      "protocol lda {\n  mail_plugins = sieve\n}\nlog_path = /dev/stderr\nssl = no\n"
                      + place.block("/etc/dovecot/conf.d/90-mailwhy.conf").replace("plugin {", "plugin {\n  sieve = ~/.dovecot.sieve"))
    for mail, expected in ((BOUNCE, ONE), (LETTER, [])):
        done = place.as_user("/usr/lib/dovecot/dovecot-lda", "-c", config, "-f", "s@example.org", mail=mail)
        yield f"Sieve: {len(expected)} reports", done.returncode == 0 and place.reports() == expected, done.stdout + done.stderr
    fail(program)
    done = place.as_user("/usr/lib/dovecot/dovecot-lda", "-c", config, "-f", "s@example.org", mail=BOUNCE)
    box, log = place.home / "sieve.mbox", place.home / ".dovecot.sieve.log"
    yield "Sieve: all mails are in the mailbox, also that of which no report could be written", box.exists() and mails_of(box) == 3, done.stderr
    yield "Sieve: what went wrong stands in the log", log.exists() and "mailwhy" in log.read_text(), done.stderr


class Tracker(http.server.BaseHTTPRequestHandler):
    """What RT answers its mail gate (rt-mailgate(1), REST/1.0/NoAuth/mail-gateway): "ok" in the first line, else it is to be tried again."""

    def do_POST(self):
        form = self.rfile.read(int(self.headers["Content-Length"])) if "Content-Length" in self.headers else self.chunks()
        self.server.seen.append((self.path, self.headers["Content-Type"], form))
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(b"ok\nTicket: 1\nQueue: bounces\nOwner: Nobody\n")

    def chunks(self):
        form = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            form += self.rfile.read(size)
            self.rfile.readline()
        return form

    def log_message(self, *_):
        pass


def tracker(place):
    """The real mail gate, and a server that answers as RT does."""
    server = http.server.HTTPServer(("127.0.0.1", 0), Tracker)
    server.seen, server.status = [], 200
    threading.Thread(target=server.serve_forever, daemon=True).start()
    program = place.folder / "bounce-to-rt"
    program.write_text(place.block("/usr/local/bin/bounce-to-rt").replace("https://rt.example.com", f"http://127.0.0.1:{server.server_port}"))
    program.chmod(0o755)
    done = place.as_user(program, mail=BOUNCE)
    path, kind, form = server.seen[0] if server.seen else ("", "", b"")
    fields = {part.get_param("name", header="content-disposition"): part.get_payload(decode=True)
              for part in email.message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + form).walk() if not part.is_multipart()}
    mail = email.message_from_bytes(fields.get("message", b""), policy=email.policy.default)
    parts = [part.get_content() for part in mail.iter_attachments()] if mail.is_multipart() else []
    yield "RT: the mail gate hands a mail over", done.returncode == 0 and path == "/REST/1.0/NoAuth/mail-gateway" and fields["queue"].strip() == b"bounces", f"{done.stderr} {server.seen}"
    yield "RT: its subject is why", mail["Subject"] == "Not delivered to kim@example.org: Listed by Spamhaus", mail["Subject"]
    yield "RT: the report, and the bounce as it came", "Who can fix it" in mail.get_body().get_content() and parts and parts[-1] == BOUNCE.encode(), parts
    server.status = 503
    yield "RT: it is tried again where RT is down", place.as_user(program, mail=BOUNCE).returncode == 75, ""
    server.status, before = 200, len(server.seen)
    program.write_text(program.read_text().replace("--pipe", "--pipe -o /dev/full"))
    yield "RT: also where no report can be written", place.as_user(program, mail=BOUNCE).returncode == 75 and len(server.seen) == before, ""
    server.shutdown()


def rsyslog(place):
    """A bounce, and a message that is none and has no cause: one event."""
    lines, config = place.out / "mailwhy.ndjson", place.folder / "rsyslog.conf"
    for mail in (BOUNCE, LETTER):
        with lines.open("a") as out:
            subprocess.run([place.folder / "bin/mailwhy", "-f", "ndjson"], input=mail, text=True, stdout=out, check=True)
    config.write_text(place.block("/etc/rsyslog.d/90-mailwhy.conf").replace("global(", f'global(workDirectory="{place.folder}" ', 1))
    server = subprocess.Popen(["rsyslogd", "-n", "-f", config, "-i", place.folder / "rsyslog.pid"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    written = place.out / "ecs.json"
    done = wait_until(lambda: server.poll() is not None or written.exists() and written.read_text().endswith("\n"))
    server.terminate()
    said = server.communicate()[0]
    events = [json.loads(line) for line in written.read_text().splitlines()] if written.exists() else []
    seen = [(e["error"]["type"], e["email"]["to"]["address"], e["email"]["sender"]["address"], e["destination"]["ip"]) for e in events]
    yield "rsyslog: one event by the names of ECS", done and seen == [(ONE[0], "kim@example.org", "shop@example.com", "198.51.100.25")], f"{events} {said}"


def mutt(place):
    """W is pressed, and what less shows is read from the terminal."""
    config = place.write("~/.muttrc")
    with config.open("a") as more:
        more.write("set folder=~/Maildir\n")  # else it asks whether to make ~/Mail
    (place.home / "mbox").write_text("From s@example.org Thu Nov 26 09:00:00 2026\n" + BOUNCE)
    os.chown(place.home / "mbox", place.user.pw_uid, place.user.pw_gid)
    child, terminal = pty.fork()
    if child == 0:
        os.setgid(place.user.pw_gid)
        os.setuid(place.user.pw_uid)
        os.chdir(place.home)
        os.execvpe("mutt", ["mutt", "-n", "-F", str(config), "-R", "-f", str(place.home / "mbox")],
                   {"HOME": str(place.home), "TERM": "xterm", "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"})
    seen, typed = b"", False
    while select.select([terminal], [], [], 20)[0]:
        try:
            seen += os.read(terminal, 65536)
        except OSError:
            break
        if not typed and b"Mutt" in seen:
            os.write(terminal, b"W")
            typed = True
        if b"Spamhaus" in seen:
            break
    os.killpg(child, 9)  # and the pager
    os.waitpid(child, 0)
    yield "mutt shows why", b"Spamhaus" in seen and b"Not delivered to" in seen, seen[-2000:]


PROGRAMS = {"postfix": postfix, "procmail": procmail, "maildrop": maildrop, "/usr/lib/dovecot/dovecot-lda": sieve, "rt-mailgate": tracker, "rsyslogd": rsyslog, "mutt": mutt}


def install():
    wanted = [line.split()[1] for line in open("packages.txt") if line.startswith(("server\t", "recipe\t"))]
    missing = [p for p in wanted if run("dpkg-query", "-W", "-f", "${Status}", p).stdout != "install ok installed"]
    if missing:
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})


def try_all(folder):
    failures = count = 0
    place = Place(folder)
    for program, recipe in PROGRAMS.items():
        if not shutil.which(program):
            print(f"skipped: the recipe of {program} (it cannot be installed)")
            continue
        for what, holds, shown in recipe(place):
            count += 1
            failures += not holds
            if not holds:
                print(f"{what}: does not hold\n{shown}")
    used = {n for n, _ in BLOCKS}
    print(f"{count} steps of {len(used)} files of recipes, {failures} failures")
    return 1 if failures else 0


def main():
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        print("skipped: the recipes (not root, or no apt here)")
        return 77
    install()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        run("userdel", "-f", USER)  # of a run that was broken off
        run("useradd", "--no-create-home", "--home-dir", folder / "home", "--shell", "/bin/sh", USER)
        try:
            return try_all(folder)
        finally:
            run("userdel", "-f", USER)


if __name__ == "__main__":
    sys.exit(main())
