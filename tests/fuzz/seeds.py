"""What a fuzz target begins with, and the words that it puts into its inputs: made of the samples, of the rows of the
unit tests, and of the words that stand in the code, so that they stay true. What fuzzing found beside that, made small,
is kept in tests/fuzz/corpus/TARGET."""
import email
import gzip
import hashlib
import io
import pathlib
import re
import struct
import tarfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
MOST_WORD = 64  # bytes of a word of a dictionary, of which libFuzzer takes no longer ones


def literals(*patterns):
    """The strings in C sources, those that stand behind each other joined, as bytes."""
    for path in (p for pattern in patterns for p in sorted(ROOT.glob(pattern))):
        code = re.sub(r'"\s*\n?\s*"', "", re.sub(r"^\s*#[^\n]*|/\*.*?\*/", "", path.read_text(), flags=re.M | re.S))
        for text in LITERAL.findall(code):
            yield text.encode().decode("unicode_escape").encode("latin-1", "replace")


def files(*patterns):
    for path in (p for pattern in patterns for p in sorted(ROOT.glob(pattern)) if p.is_file()):
        yield path.read_bytes()


def fields(*names):
    """The values of these fields in the samples; without names the headers."""
    for data in files("samples/*/*.eml"):
        if not names:
            yield data.split(b"\n\n")[0] + b"\n\n"
        for name, value in email.message_from_bytes(data).raw_items():
            if name.lower() in names:
                yield " ".join(str(value).split()).encode("utf-8", "replace")


def parts(*types):
    """What stands in parts of such types in the samples, as it stands there."""
    for data in files("samples/*/*.eml"):
        for block in re.split(rb"\n--[^\n]*\n", data):
            head, _, body = block.partition(b"\n\n")
            if any(t in head.lower() for t in types):
                yield body


def lines(*patterns):
    for data in files(*patterns):
        rows = data.splitlines(keepends=True)
        for at in range(0, len(rows), 4):
            yield b"".join(rows[at:at + 4])
        yield b"".join(rows[:12])


def framed():
    """The bounce of frames_test.c in each of its frames."""
    code = (ROOT / "tests/parsers/log/frames_test.c").read_text()
    names = {m[1]: m[2] for m in re.finditer(r"#define (\w+)((?:[^\n]*\\\n)*[^\n]*)", code)}
    for _ in range(4):
        names = {k: re.sub(r"\b(%s)\b" % "|".join(names), lambda m: names[m[1]], v) for k, v in names.items()}
    for row in re.findall(r'\{\s*"[^"]*",\s*((?:[A-Z]+|"(?:[^"\\]|\\.)*")(?:\s+(?:[A-Z]+|"(?:[^"\\]|\\.)*"))*)', code):
        row = re.sub(r'"(?:[^"\\]|\\.)*"|\b[A-Z]+\b', lambda m: names.get(m[0], m[0]), row)
        yield b"".join(t.encode().decode("unicode_escape").encode("latin-1", "replace") for t in LITERAL.findall(row))


def archives():
    """Logs in tar and zip, in either with a compressed one; and UTF-16."""
    log = (ROOT / "samples/logs/postfix.log").read_bytes()[:600]
    for kind in ("w", "w:gz", "w:xz"):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode=kind, format=tarfile.PAX_FORMAT) as tar:
            for name, data in (("mail.log", log), ("x" * 120, gzip.compress(log, mtime=0))):
                info = tarfile.TarInfo(name)
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))
        yield out.getvalue()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(zipfile.ZipInfo("a"), log, zipfile.ZIP_DEFLATED)
        packed.writestr(zipfile.ZipInfo("b"), log[:99])
    yield out.getvalue()
    yield log.decode().encode("utf-16")


def frames():
    """What a process of a crew sends: packets with their length in front."""
    report, data, ended = 0, 1, 4
    frame = lambda word, number, text=b"", status=0, line=0: struct.pack("=IiQQQ", word, status, number, len(text), line) + text
    packet = lambda *parts: struct.pack("<H", sum(map(len, parts))) + b"".join(parts)
    whole = lambda n: (frame(report, n), frame(data, n, b"why\n"), frame(ended, n))
    yield packet(*whole(0), *whole(1), *whole(2))
    yield packet(*whole(0)) + packet(frame(report, 1)) + packet(frame(data, 1, b"x" * 99)) + packet(frame(ended, 1, status=65))
    yield packet(frame(ended, 0, status=66), frame(report, 1), frame(report, 1), frame(ended, 1, status=1))
    yield packet(frame(data, 0, b"early")) + packet(frame(ended, 2))
    message = lambda n, line, status=0: packet(frame(report, n, status=status, line=line), frame(data, n, b"m"))
    yield message(1, 1) + message(1, 40, 65) + packet(frame(ended, 1, status=70))


def counted():
    """Records of what a stage of logs counted (summary_layout.h): a name, a domain, and each cause and provider in it."""
    text = lambda t: bytes([len(t)]) + t
    ids = lambda name: re.findall(rb"(?m)^- id: (\S+)$", (ROOT / "rules" / name).read_bytes())
    causes, providers = ids("causes.yaml"), ids("providers.yaml")
    domain = b"N" + text(b"mail.log") + b"d" + text(b"example.org") + text(b"") + bytes(range(12))
    for cause in causes:
        yield domain + b"c" + text(cause) + bytes([3, 5, 1, 9, 0, 0]) + b"t\0\0\0" + bytes([1, 0, 2, 0, 0, 3, 0])
    for provider in providers:
        yield domain + b"d" + text(provider + b".example") + text(provider) + bytes(12) + b"y\4" + text(provider) + bytes([2, 7, 1, 1, 0])
    yield domain + b"K" + text(b"postfix") + b"\0" + text(b"a kind") + bytes([1, 9, 1, 0, 0]) + b"p\4r\4" + text(b"a@example.org") + bytes(16)


def events():
    """Lines as a stage of logs writes them (event_lines.h), but for their checks: a mail's life, and each kind with each status."""
    line = lambda number, key, head, *texts: b"%s\t%012d\t%020d\t\t%s mail.log\x1f%s\n" % (
        key, 1795511642 + number, number, b" ".join(b"%d" % n for n in head), b"\x1f".join(texts))
    texts = (b"mx", b"4F", b"kim@example.org", b"550 5.1.1 no such user", b"5.1.1")
    begun = line(0, b"4F", (2, 0, 0, 1, 4294967295, 1795511642, 99, 0, 1), b"mx", b"4F", b"", b"", b"", b"shop@example.com", *[b""] * 5)
    for kind in range(20):
        for status in range(6):
            tried = line(1, b"4F", (kind, status, 1, 0, 460, 1795511647, 220, 230, 4), *texts, b"", b"mx.example.org", b"192.0.2.1", b"", b"", b"")
            yield begun + tried + line(2, b"4F", (6, 0, 0, 0, 4294967295, 1795511648, 0, 0, 5), b"mx", b"4F", *[b""] * 9)
            yield tried.replace(b"\x1f192.0.2.1\x1f\x1f", b"\x1f192.0.2.1\x1f5G\x1f4F") + begun


def names_below():
    header = next(fields())
    for word in literals("tests/analyze/chain/hostile_words.inc"):
        yield word + b"\n"
    for word in (b"evil.example", b"x by mail.own.example"):
        yield word + b"\n" + header


def encoded():
    for charset in (b"utf-8", b"iso-8859-1", b"iso-2022-jp", b"windows-1252", b"utf-7", b"gb18030", b"x-unknown"):
        yield charset + b"\nGr=C3=BC=DFe aus K\xf6ln =\n=20 R3LDvMOfZSBhdXMgS8O2bG4=\n"


def exports():
    """The examples of the kinds of exports: records, without what must be read of them."""
    for data in files("rules/exports/*.yaml"):
        for example in re.findall(rb"^  - \|\n((?:    [^\n]*\n)+)", data, re.M):
            yield b"".join(line[4:] for line in example.splitlines(keepends=True) if not line.startswith(b"    => "))


def forms():
    """As a browser sends them, behind their type."""
    part = b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    yield b"multipart/form-data; boundary=b\n" + part % (b"text", b"550 5.7.1 no") + part % (b'file"; filename="a.eml', b"\r\n--bc") + b"--b--\r\n"
    yield b'multipart/form-data; boundary="b"\n' + part % (b"redact", b"yes") + b"--b--"


MESSAGES = "samples/*/*.eml"
# Of each target: its seeds, and the sources whose strings are its words.
TARGETS = {
    "address": (lambda: literals("tests/parsers/base/address_test.c",
                                 "tests/parsers/base/ip_test.c", "tests/analyze/chain/trust_test.c"),
                ["parsers/base/address.c", "parsers/base/ip.c"]),
    "auth_results": (lambda: fields("authentication-results", "received-spf", "arc-authentication-results"),
                     ["parsers/message/auth_results.c", "tests/parsers/message/auth_results_test.c"]),
    "counted": (counted, ["analyze/deliveries/summary*.c", "parsers/log/*.c"]),
    "crew": (frames, []),
    "date": (lambda: literals("tests/parsers/base/date_test.c", "tests/parsers/log/stamp_test.c"), ["parsers/base/date.c"]),
    "decode": (encoded, ["parsers/base/mime_text.c", "parsers/base/text.c"]),
    "archive": (archives, []),
    "dialect": (lambda: [*lines("samples/logs/*"), *exports(), *framed()], ["parsers/log/*.c"]),
    "dns_name": (lambda: literals("tests/parsers/dns/name_test.c"), []),
    "encoded_words": (lambda: [*literals("tests/parsers/base/encoded_words_test.c", "tests/parsers/base/mime_text_test.c"),
                               *fields("subject", "from", "to")], ["tests/parsers/base/text_test.c"]),
    "events": (events, ["parsers/log/*.c"]),
    "feedback": (lambda: [*files("samples/reports/*"), *literals("tests/parsers/feedback/feedback_test.c")], ["parsers/feedback/*.c"]),
    "field": (lambda: fields(), ["parsers/message/*.c"]),
    "form_data": (lambda: [*literals("tests/parsers/web/form_data_test.c"), *forms()], ["parsers/web/form_data.c"]),
    "helo": (names_below, ["parsers/message/received*.c", "tests/analyze/chain/hostile_words.inc"]),
    "html": (lambda: [*literals("tests/parsers/base/html*_test.c"), *parts(b"text/html")], ["parsers/base/html*.c"]),
    "input": (lambda: files(MESSAGES, "samples/*.mbox"), []),
    "json": (lambda: literals("tests/parsers/base/json_nodes_test.c"), []),
    "log": (lambda: [*lines("samples/logs/*"), *files("samples/logs/*"), *exports()], ["parsers/log/*.c"]),
    "message": (lambda: files(MESSAGES), ["parsers/message/*.c", "parsers/bounce/*.c"]),
    "mime": (lambda: files(MESSAGES), ["parsers/message/*.c"]),
    "opinion": (lambda: [bytes([2, 0]), bytes([3, 1, 0, 2, 7, 0, 99]), bytes([1, 200, 200])], []),
    "options": (lambda: [b"--format\njson\n-j2\n--\nx.eml", b"dns\nneeds\n--dns=a\nb", b"audit\n--ip\n192.0.2.1\n--domain\nx",
                         b"log\n--since\n2026-11-24\n--top=3\na"], ["analyze/commands/option_table.c", "analyze/commands/command_table.c"]),
    "pasted": (lambda: [*literals("tests/parsers/bounce/pasted_test.c", "tests/parsers/bounce/event_json_test.c"), *lines("samples/replies.txt")],
               ["parsers/bounce/pasted.c", "parsers/bounce/event_json.c"]),
    "received": (lambda: [*fields("received"), *literals("tests/parsers/message/received_test.c")], ["parsers/message/received*.c"]),
    "records": (lambda: literals("tests/parsers/dns/dkim_key_test.c", "tests/parsers/dns/dmarc_record_test.c"),
                ["parsers/dns/dkim_key.c", "parsers/dns/dmarc_record.c", "parsers/dns/tags.c"]),
    "redact": (lambda: [*literals("tests/analyze/report/redact*_test.c"), b"gertrude.bell@example.org (Gertrude Bell)",
                        b"re: your order of tulips; 7Kq9wV3nTb2xZd"], ["analyze/report/redact*.c"]),
    "reply": (lambda: [*lines("samples/replies.txt"), *literals("tests/parsers/base/smtp_reply_test.c")],
              ["parsers/base/smtp_reply.c", "tests/parsers/base/smtp_reply_test.c"]),
    "report": (lambda: [*parts(b"delivery-status", b"feedback-report"), *files("samples/bounces/*.eml")],
               ["parsers/bounce/*.c", "parsers/rules/action.c"]),
    "rules": (lambda: files("rules/*.yaml", "rules/bounces/*.yaml"), ["parsers/rules/rule_files.c", "parsers/rules/schema.c"]),
    "signature": (lambda: fields("dkim-signature", "arc-seal", "arc-message-signature"), ["parsers/message/signature.c"]),
    "snapshot": (lambda: [*literals("tests/parsers/dns/*_test.c"), *files("samples/dns/*")], ["parsers/dns/*.c"]),
    "spf": (lambda: [s[7:] for s in literals("tests/parsers/dns/spf_record_test.c", "tests/analyze/auth/spf*_test.c")
                     if s.startswith(b"v=spf1 ")], ["parsers/dns/spf_record.c", "analyze/auth/spf*.c"]),
    "trace": (lambda: fields(), ["parsers/message/*.c", "analyze/chain/*.c"]),
    "verify": (lambda: files("samples/messages/*.eml", "samples/bounces/gmail*.eml"),
               ["parsers/message/signature.c", "analyze/auth/dkim*.c", "analyze/auth/arc*.c"]),
    "visible": (lambda: literals("tests/parsers/base/visible_test.c", "tests/parsers/base/text_test.c"), []),
}


def write_seeds(target, folder):
    """As files, each once."""
    for data in {*TARGETS[target][0](), b""}:
        (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)


def write_dictionary(target, path):
    words = {w for w in literals(*TARGETS[target][1]) if 2 <= len(w) <= MOST_WORD}
    with open(path, "w", encoding="ascii") as out:
        for word in sorted(words):
            out.write('"' + "".join(chr(c) if 32 <= c < 127 and c not in b'"\\' else f"\\x{c:02x}" for c in word) + '"\n')
