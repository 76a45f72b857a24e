#!/usr/bin/env python3
"""`mailwhy dns capture` against a name server that answers as it likes: each row is a kind of answer, and what becomes of it.
What a name server says, what it fails to say and what it lies are told apart, and none of it makes a command wait for ever.

usage: answers.py MAILWHY
"""
import os
import pathlib
import re
import socket
import subprocess
import sys
import threading
import time

sys.path[:0] = [str(pathlib.Path(__file__).parents[1]), str(pathlib.Path(__file__).parents[1] / "page")]
from claims import check
from form import ask, form
from ports import sockets

MAILWHY = os.path.abspath(sys.argv[1])
NAME = "example.net"  # the domain of the mail; all else that is asked for is not there
MAIL = b"""From: a@example.net
Return-Path: <a@example.net>
Received: from mail.example.net (mail.example.net [192.0.2.5]) by mx.example.org with ESMTP id 1; Tue, 24 Nov 2026 09:14:07 +0000
Subject: x

x
"""
TXT, CNAME, NXDOMAIN, TRUNCATED = 16, 5, 3, 0x0200
SPF = b'v=spf1 -all'


def packed_name(name):
    return b"".join(bytes([len(label)]) + label.encode() for label in name.split(".") if label) + b"\0"


def text_of(*strings):
    return b"".join(bytes([len(s)]) + s for s in strings)


def record(name, kind, data):
    return packed_name(name) + kind.to_bytes(2, "big") + b"\x00\x01\x00\x00\x01\x2c" + len(data).to_bytes(2, "big") + data


def packet(query, records=(), flags=0, question=True, count=None):
    asked = query[12:query.index(b"\0", 12) + 5]
    count = len(records) if count is None else count
    return (query[:2] + (0x8180 | flags).to_bytes(2, "big") + (b"\x00\x01" if question else b"\x00\x00") + count.to_bytes(2, "big") + bytes(4) +
            (asked if question else b"") + b"".join(records))


def not_there(query):
    return packet(query, flags=NXDOMAIN)


def spf(query):
    return packet(query, [record(NAME, TXT, text_of(SPF))])


def truncated(query):
    return packet(query, flags=TRUNCATED)


def loop(query):
    return packet(query, [record(NAME, CNAME, packed_name("a.example")), record("a.example", CNAME, packed_name(NAME))])


def chain(length):
    names = [NAME, *(f"n{i}.example" for i in range(1, length + 1))]
    aliases = [record(a, CNAME, packed_name(b)) for a, b in zip(names, names[1:])]
    return lambda query: packet(query, [*aliases, record(names[-1], TXT, text_of(SPF))])


def largest(query):
    """65,535 bytes in all, as much as the two bytes of a length over TCP can say."""
    left = 65535 - len(packet(query)) - 2 * len(record(NAME, TXT, b"")) - len(text_of(SPF))
    full, rest = divmod(left, 256)
    strings = [b"x" * 255] * full + ([b"y" * (rest - 1)] if rest else [])
    answer = packet(query, [record(NAME, TXT, text_of(SPF)), record(NAME, TXT, text_of(*strings))])
    assert len(answer) == 65535, len(answer)
    return answer


def pointing(query):
    """As many aliases of the name as a packet holds, to names that are long and point to each other, and one that leads back: written
    out, they would be some hundred times as long."""
    long = b"".join(bytes([60]) + b"\x01" * 60 for _ in range(3)) + b"\0"
    first = len(packet(query))
    to_name, to_long = b"\xc0\x0c", (0xc000 | first + 12).to_bytes(2, "big")
    alias = lambda name, data: name + CNAME.to_bytes(2, "big") + b"\x00\x01\x00\x00\x01\x2c" + len(data).to_bytes(2, "big") + data
    return packet(query, [alias(to_name, long), alias(to_long, to_name), *(alias(to_name, b"\x02%c%c" % (1 + i // 250, 1 + i % 250) + to_long) for i in range(3700))])


def quoted(query):
    """Names and texts that end where a line that holds them could, or begin what it is not, forty times."""
    odd = [packed_name('"x.example'), packed_name('$ORIGIN.example'), packed_name(';x.example'), packed_name('(".example')]
    aliases = [packed_name(NAME) + record("", CNAME, odd[0])[1:], *(a + record("", CNAME, b)[1:] for a, b in zip(odd, odd[1:]))]
    return packet(query, [*aliases, *(odd[-1] + record("", TXT, text_of(b'"%d' % i))[1:] for i in range(40))])


def over_tcp(answer):
    """A server that has it over TCP alone."""
    return lambda query: truncated(query), lambda query, connection: connection.sendall(len(answer(query)).to_bytes(2, "big") + answer(query))


def short(query, connection):
    connection.sendall((len(spf(query)) + 1).to_bytes(2, "big") + spf(query))


def closes(query, connection):
    pass


def drips(query, connection):
    for byte in largest(query):
        connection.sendall(bytes([byte]))
        time.sleep(0.2)


TIMEOUT = rf"^;! TIMEOUT {NAME}\. TXT$"
FAILS = rf"^;! SERVFAIL {NAME}\. TXT$"
TAKEN = rf'^{NAME}\.\s.*TXT\s+"v=spf1 -all"$'
KINDS = [  # what it is, the answer over UDP and over TCP (None: silence), and a line that the snapshot then has of it
    ("a record", spf, None, TAKEN),
    ("a name that is not there", not_there, None, rf"^;! NXDOMAIN {NAME}\.$"),
    ("no such record", packet, None, rf"^;! NODATA {NAME}\. TXT$"),
    *((f"the server fails: {code}", lambda query, code=code: packet(query, flags=code), None, FAILS) for code in (1, 2, 4, 5, 9, 15)),
    ("it fails, and leaves the question out", lambda query: packet(query, flags=2, question=False), None, FAILS),
    ("not there, without a question", lambda query: packet(query, flags=NXDOMAIN, question=False), None, TIMEOUT),
    ("silence", lambda query: None, None, TIMEOUT),
    ("a packet without a byte", lambda query: b"", None, TIMEOUT),
    ("eleven bytes", lambda query: spf(query)[:11], None, TIMEOUT),
    ("half a record", lambda query: spf(query)[:-4], None, TIMEOUT),
    ("more records than it holds", lambda query: packet(query, [record(NAME, TXT, text_of(SPF))], count=65535), None, TIMEOUT),
    ("a name that points to itself", lambda query: packet(query, [b"\xc0" + bytes([len(packet(query))]) + record(NAME, TXT, text_of(SPF))[13:]]), None, TIMEOUT),
    ("an alias to itself", lambda query: packet(query, [record(NAME, CNAME, packed_name(NAME))]), None, rf"^{NAME}\.\s.*CNAME\s+{NAME}\.$"),
    ("aliases in a circle", loop, None, rf"^a\.example\.\s.*CNAME\s+{NAME}\.$"),
    ("three aliases", chain(3), None, r'^n3\.example\.\s.*TXT\s+"v=spf1 -all"$'),
    ("a hundred aliases", lambda query: truncated(query), over_tcp(chain(100))[1], r"^n5\.example\.\s.*CNAME"),
    ("cut, and whole over TCP", *over_tcp(spf), TAKEN),
    ("64 KiB over TCP", *over_tcp(largest), TAKEN),
    ("cut, and closed over TCP", truncated, closes, TIMEOUT),
    ("cut, and one byte less over TCP", truncated, short, TIMEOUT),
    ("cut, and not there over TCP", *over_tcp(not_there), rf"^;! NXDOMAIN {NAME}\.$"),
    ("cut, and another's answer over TCP", truncated, lambda query, c: over_tcp(spf)[1](bytes([query[0] ^ 1]) + query[1:], c), TIMEOUT),
    ("names that point to each other", *over_tcp(pointing), FAILS),
    ("names with quotation marks", *over_tcp(quoted), rf'^{NAME}\.\s.*CNAME\s.*78076578616D706C65'),
    ("a text of control bytes", lambda query: packet(query, [record(NAME, TXT, text_of(b"v=spf1 -all", b"\n;! complete\n\x1b[2J"))]), None, rf"^{NAME}\.\s.*TXT\s"),
]


class Server:
    """Answers `kind` to questions for the text of NAME, and to all else that it is not there."""

    def __init__(self, udp, tcp, family=socket.AF_INET):
        self.answer_udp, self.answer_tcp, self.asked = udp, tcp, 0
        host = "::1" if family == socket.AF_INET6 else "127.0.0.1"
        self.tcp, self.udp = sockets(host, family)
        self.tcp.listen()
        port = self.tcp.getsockname()[1]
        self.address = f"[{host}]:{port}" if ":" in host else f"{host}#{port}"
        for serve in (self.serve_udp, self.serve_tcp):
            threading.Thread(target=serve, daemon=True).start()

    def is_of_kind(self, query):
        return query[12:].lower().startswith(packed_name(NAME) + TXT.to_bytes(2, "big"))

    def serve_udp(self):
        while True:
            try:
                query, client = self.udp.recvfrom(4096)
            except OSError:
                return
            self.asked += 1
            answer = self.answer_udp(query) if self.is_of_kind(query) else not_there(query)
            if answer is not None:
                self.udp.sendto(answer, client)

    def serve_tcp(self):
        while True:
            try:
                connection, _ = self.tcp.accept()
            except OSError:
                return
            threading.Thread(target=self.serve_connection, args=(connection,), daemon=True).start()

    def serve_connection(self, connection):
        with connection:
            try:
                query = connection.recv(4096)[2:]
                if len(query) > 12 and self.answer_tcp and self.is_of_kind(query):
                    self.answer_tcp(query, connection)
                elif len(query) > 12 and not self.is_of_kind(query):
                    over_tcp(not_there)[1](query, connection)
            except OSError:
                pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for s in (self.udp, self.tcp):
            s.shutdown(socket.SHUT_RDWR) if s is self.tcp else None
            s.close()


def capture(server, *args, mail=MAIL):
    done = subprocess.run([MAILWHY, "dns", "capture", "--server", server.address, *args], input=mail, capture_output=True, timeout=200)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def kind_is_told(row):
    what, udp, tcp, line = row
    with Server(udp, tcp) as server:
        status, snapshot, said = capture(server, "-q")
    lines = re.findall(rf"(?m)^.*\b{NAME}\.(?: |\t).*$", snapshot)
    holds = status == 0 and not said and re.search(line, snapshot, re.M) and ";! complete" not in snapshot.splitlines() and "\x1b" not in snapshot
    told = sum(bool(re.match(rf";! \S+ {NAME}\. TXT|{NAME}\.\s.*(TXT|CNAME)|;! NXDOMAIN {NAME}\.$", l)) for l in snapshot.splitlines())
    return [(what, holds and told, f"status {status}, {said}{[l[:100] for l in lines][:5]}"),
            (f"{what}: what else was asked is answered", "TIMEOUT" not in re.sub(TIMEOUT, "", snapshot, flags=re.M), snapshot[:600])]


def six(_):
    """A server with an address of IPv6."""
    try:
        server = Server(spf, None, socket.AF_INET6)
    except OSError:
        print("left out: there is no IPv6 on loopback here")
        return
    with server:
        status, snapshot, said = capture(server, "-q")
    yield "a server with an IPv6 address", status == 0 and not said and re.search(TAKEN, snapshot, re.M), said + snapshot


def progress(_):
    """It is shown on standard error, unless -q."""
    with Server(spf, None) as server:
        status, _, said = capture(server)
    yield "the number of questions is shown", status == 0 and re.fullmatch(r"(mailwhy: dns capture: \d+ questions asked\n)+", said), said


def of_two(_):
    """What one domain's server answers costs the answers for another mail nothing."""
    both = b"".join(b"From x@y Tue Nov 24 09:14:07 2026\n" + mail + b"\n" for mail in (MAIL, MAIL.replace(b"example.net", b"example.com")))
    for what, answer in (("names with quotation marks", quoted), ("names that point to each other", pointing)):
        with Server(*over_tcp(answer)) as server:
            status, snapshot, said = capture(server, "-q", mail=both)
        yield f"{what}: the others are answered", status == 0 and not said and snapshot.count("example.com") > 10 and "NXDOMAIN example.com." in snapshot, said + snapshot[:300]


def too_much(_):
    """Many names, each with the largest answer there can be: it is bounded, and said."""
    signed = b"".join(b"DKIM-Signature: v=1; a=rsa-sha256; d=d%d.example.net; s=s; h=from; bh=; b=\n" % i for i in range(16)) + MAIL
    mails = b"".join(b"From x@y Tue Nov 24 09:14:07 2026\n" + signed.replace(b"example.net", b"x%d.example.net" % i) + b"\n" for i in range(40))
    full = lambda query: packet(query, [b"\xc0\x0c" + record("", TXT, text_of(*[b"\1" * 255] * 240))[1:]])
    with Server(*over_tcp(full)) as server:
        server.is_of_kind = lambda query: True
        status, snapshot, said = capture(server, "-q", mail=mails)
    yield "the largest answers for hundreds of names", status == 0 and "stopped after 16 MiB of answers" in said and 16 << 20 <= len(snapshot) < 32 << 20, f"{status}, {len(snapshot)}, {said}"


def silent_server(_):
    """Thousands of names, and a server that never says anything: that is found out soon."""
    signed = b"".join(b"DKIM-Signature: v=1; a=rsa-sha256; d=d%d.example.net; s=s; h=from; bh=; b=\n" % i for i in range(16)) + MAIL
    mails = b"".join(b"From x@y Tue Nov 24 09:14:07 2026\n" + signed.replace(b"example.net", b"x%d.example.net" % i) + b"\n" for i in range(300))
    with Server(lambda query: None, None) as server:
        server.is_of_kind = lambda query: True
        status, snapshot, said = capture(server, "-q", mail=mails)
    yield "silence for thousands of names", status == 66 and "no name server answered" in said and snapshot.count("TIMEOUT") > 4000, f"{status}, {said}"


def in_time(_):
    """An answer that comes byte by byte for hours: what else was answered is kept, and the limit of time too (the page's, which is
    the one that can be set)."""
    with Server(truncated, drips) as server:
        page = ask(MAILWHY, form(("file", MAIL, "m.eml"), ("ask", b"yes")), "--ask-dns", "--server", server.address, "--time-limit", "12")
    yield "an answer that never ends: the rest is known", page.status == 200 and "The DNS could not be asked" not in page.text and "Verified here, using DNS data" in page.text, page.shown


def kinds(_):
    return [claim for row in KINDS for claim in kind_is_told(row)]


sys.exit(check((kinds, six, progress, of_two, too_much, silent_server, in_time), None, "claims"))
