#!/usr/bin/env python3
"""What real Postfix, Exim and OpenSMTPD write into Received when the client's words are hostile: makes
tests/analyze/chain/hostile_real.inc.

usage: received.py FOLDER > tests/analyze/chain/hostile_real.inc

Run by hand, as root: Postfix is installed; exim4-daemon-light and opensmtpd are unpacked into FOLDER/root
(apt-get download, dpkg -x), OpenSMTPD with its users _smtpd and _smtpq. All speak on loopback. Postfix is told by
XCLIENT, Exim by -oMa, that the client is 203.0.113.66; OpenSMTPD sees 127.0.0.66, which is replaced in what it
wrote. Names of mailboxes, logins (XCLIENT LOGIN, -oMai) and idents (-oMt) are hostile too.
"""
import ast
import os
import pathlib
import pwd
import re
import shutil
import socket
import subprocess
import sys
import threading
import time

from postfix_config import POSTFIX_BASE

HERE = pathlib.Path(__file__).resolve().parent
CLIENT = "203.0.113.66"
PATIENCE = 30


def read_words():
    lines = (HERE.parent / "analyze/chain/hostile_words.inc").read_text().splitlines()
    words = [ast.literal_eval("b" + line.rstrip(",")) for line in lines if line.startswith('"')]
    return words + [b"x" * 400]


def quoted(word):
    """As a mailbox of a quoted local part."""
    return b'"' + word.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'


def transactions():
    """What is hostile, HELO, sender, recipient, login, ident."""
    for word in read_words():
        plain = (b"evil.example", b"", b"kim@own.example", b"", b"")
        yield "HELO", word, *plain[1:]
        yield "MAIL FROM", plain[0], quoted(word) + b"@evil.example", plain[2], b"", b""
        yield "RCPT TO", *plain[:2], quoted(word) + b"@own.example", b"", b""
        yield "AUTH", *plain[:3], word, b""
        yield "ident", *plain[:4], word


class Talk:
    def __init__(self, file, out):
        self.file, self.out = file, out
        self.reply()

    def reply(self):
        while True:
            line = self.file.readline()
            if not line or line[3:4] != b"-":
                return line

    def say(self, line):
        self.out.write(line + b"\r\n")
        self.out.flush()
        return self.reply()

    def send(self, helo, sender, recipient, before=()):
        """True when the mail was taken."""
        lines = (*before, b"EHLO " + helo, b"MAIL FROM:<" + sender + b">", b"RCPT TO:<" + recipient + b">", b"DATA")
        try:
            taken = all(self.say(line)[:1] in (b"2", b"3") for line in lines)
            return taken and self.say(b"Subject: hostile\r\n\r\nhello\r\n.")[:1] == b"2"
        except OSError:  # it hung up
            return False


def received_of(path):
    head = re.split(rb"\r?\n\r?\n", path.read_bytes())[0]
    head = re.sub(rb"\r?\n(?=[ \t])", b"", head)
    found = [line[9:].strip() for line in head.splitlines() if line.lower().startswith(b"received:")]
    return re.sub(rb"[ \t]+", b" ", found[0]) if found else None


def new_mail(folder, seen):
    end = time.monotonic() + PATIENCE
    pause = threading.Event()
    while time.monotonic() < end:
        new = [p for p in folder.glob("new/*") if p not in seen]
        if new:
            seen.add(new[0])
            return received_of(new[0])
        pause.wait(0.02)
    return None


def literal(data):
    out = "".join(chr(b) if 32 <= b < 127 and b not in b'"\\?' else f"\\{b:03o}" for b in data)
    return f'"{out}"'


def xtext(data):
    return b"".join(bytes([b]) if 33 <= b < 127 and b not in b"+=" else b"+%02X" % b for b in data)


POSTFIX_MAIN = POSTFIX_BASE + """mydestination =
virtual_mailbox_maps = static:mail/
virtual_minimum_uid = 1
alias_maps =
alias_database =
smtpd_authorized_xclient_hosts = 127.0.0.0/8
smtpd_sasl_authenticated_header = yes
smtpd_recipient_restrictions =
smtpd_relay_restrictions = reject_unauth_destination
strict_rfc821_envelopes = no
"""
POSTFIX_SERVICES = """127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
virtual unix - n n - - virtual
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


def connect(port, source="127.0.0.1"):
    end = time.monotonic() + PATIENCE
    while True:
        try:
            s = socket.create_connection(("127.0.0.1", port), source_address=(source, 0), timeout=PATIENCE)
            return s
        except ConnectionRefusedError:
            if time.monotonic() > end:
                raise
            threading.Event().wait(0.1)


def postfix(folder, port=20025):
    user = pwd.getpwnam("postfix")
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("conf", "spool", "data", "mail"):
        (folder / name).mkdir(parents=True)
    for name in ("data", "mail"):
        os.chown(folder / name, user.pw_uid, user.pw_gid)
    (folder / "conf/main.cf").write_text(POSTFIX_MAIN.format(d=folder, uid=user.pw_uid))
    (folder / "conf/master.cf").write_text(POSTFIX_SERVICES.format(port=port))
    version = subprocess.run(["postconf", "-d", "-h", "mail_version"], capture_output=True, text=True).stdout.strip()
    subprocess.run(["postfix", "-c", folder / "conf", "start"], capture_output=True)
    seen = set()
    try:
        for what, helo, sender, recipient, login, ident in transactions():
            if what == "ident":
                continue
            with connect(port) as s:
                f = s.makefile("rb")
                talk = Talk(f, s.makefile("wb"))
                talk.say(b"EHLO proxy.example")
                command = b"XCLIENT ADDR=" + CLIENT.encode() + b" NAME=[UNAVAILABLE]" + (b" LOGIN=" + xtext(login) if login else b"")
                if talk.send(helo, sender, recipient, [command]):
                    yield f"Postfix {version}", what, new_mail(folder / "mail", seen)
    finally:
        subprocess.run(["postfix", "-c", folder / "conf", "stop"], capture_output=True)


EXIM_CONFIG = """
exim_path = {program}
exim_user = {uid}
exim_group = {gid}
never_users =
trusted_users = root
spool_directory = {d}/spool
log_file_path = {d}/%slog
primary_hostname = mail.own.example
acl_smtp_rcpt = accept
acl_smtp_data = accept
helo_accept_junk_hosts = *
qualify_domain = own.example
keep_environment =
tls_advertise_hosts =
begin routers
local:
  driver = accept
  transport = all
begin transports
all:
  driver = appendfile
  maildir_format
  directory = {d}/mail
  create_directory
  user = {uid}
  group = {gid}
begin retry
* * F,2h,15m
"""


def exim(folder, program):
    user = pwd.getpwnam("postfix")
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("spool", "mail"):
        (folder / name).mkdir(parents=True)
        os.chown(folder / name, user.pw_uid, user.pw_gid)
    os.chown(folder, user.pw_uid, user.pw_gid)
    for name in ("mainlog", "rejectlog", "paniclog"):
        (folder / name).touch()
        os.chown(folder / name, user.pw_uid, user.pw_gid)
    config = folder / "exim.conf"
    text = EXIM_CONFIG.format(d=folder, program=program, uid=user.pw_uid, gid=user.pw_gid)
    path = pathlib.Path("/etc/exim4/exim4.conf")  # compiled in: it gives up root under any other
    assert not path.exists()
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    version = subprocess.run([program, "-bV"], capture_output=True, text=True).stdout.split()[2]
    seen = set()
    try:
        for what, helo, sender, recipient, login, ident in transactions():
            command = [program, "-odf", "-bs", "-oMa", CLIENT + ".40312"]
            command += ["-oMaa", "plain", "-oMai", login] if login else []
            command += ["-oMt", ident] if ident else []
            p = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            if Talk(p.stdout, p.stdin).send(helo, sender, recipient):
                p.stdin.close()
                p.wait()
                yield f"Exim {version}", what, new_mail(folder / "mail", seen)
            else:
                p.kill()
                p.wait()
    finally:
        path.unlink()


OPENSMTPD_CONFIG = """
listen on 127.0.0.1 port {port} hostname mail.own.example
table all {{ "@" = "postfix" }}
action "deliver" maildir "{d}/mail" virtual <all>
match from any for any action "deliver"
"""


def opensmtpd(folder, program, port=20026):
    user = pwd.getpwnam("postfix")
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "mail").mkdir(parents=True)
    os.chown(folder / "mail", user.pw_uid, user.pw_gid)
    config = folder / "smtpd.conf"
    config.write_text(OPENSMTPD_CONFIG.format(d=folder, port=port))
    out = subprocess.run([program, "-h"], capture_output=True, text=True)
    version = re.search(r"OpenSMTPD (\S+)", out.stdout + out.stderr)
    p = subprocess.Popen([program, "-d", "-f", config], stdout=(folder / "log").open("w"), stderr=subprocess.STDOUT)
    seen = set()
    try:
        for what, helo, sender, recipient, login, ident in transactions():
            if what in ("ident", "AUTH"):
                continue
            with connect(port, "127.0.0.66") as s:
                if Talk(s.makefile("rb"), s.makefile("wb")).send(helo, sender, recipient):
                    field = new_mail(folder / "mail", seen)
                    if field:
                        field = re.sub(rb"\(\S* \[127\.0\.0\.66\]\)", b"(<unknown> [" + CLIENT.encode() + b"])", field, count=1)
                    yield f"OpenSMTPD {version.group(1) if version else '?'}", what, field
    finally:
        p.terminate()
        p.wait()


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    os.umask(0o022)
    servers = {"postfix": lambda: postfix(folder / "postfix"), "exim": lambda: exim(folder / "exim", folder / "root/usr/sbin/exim4"),
               "opensmtpd": lambda: opensmtpd(folder / "opensmtpd", folder / "root/usr/sbin/smtpd")}
    print("/* Made by tests/servers/received.py: the program, what of its client was hostile, what it wrote. */")
    for name in sys.argv[2:] or servers:
        for program, what, field in servers[name]():
            if field:
                print(f'{{"{program}", "{what}",\n {literal(field)}}},', flush=True)
            else:
                print(f"{program}, {what}: nothing arrived", file=sys.stderr)


if __name__ == "__main__":
    main()
