#!/usr/bin/env python3
"""`mailwhy cgi`, run as a web server runs it: what visitors see, what attackers get, and that nothing stays.

usage: page.py MAILWHY
"""
import base64
import hashlib
import html
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import threading
import time

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parents[1]), str(pathlib.Path(__file__).resolve().parent)]
import claims
from form import TYPE, Answer, ask, form, titles

MAILWHY = str(pathlib.Path(sys.argv[1]).resolve())
TEXT = ("text", b"554 5.7.1 Service unavailable; Client host [192.0.2.5] blocked using zen.spamhaus.org")
LOG = pathlib.Path("samples/logs/postfix.log").read_bytes()
BOUNCE = pathlib.Path("samples/bounces/postfix-dsn.eml")
BOUNCES = sorted(pathlib.Path("samples/bounces").glob("*.eml"))
STRANGE = b'550 5.7.1 <script>alert(1)</script> "><img src=x onerror=alert(1)> spam </textarea></pre><b>\'\n'
HEADER = {"Status", "Content-Type", "Content-Length", "Content-Security-Policy", "Cache-Control", "Referrer-Policy", "X-Content-Type-Options",
          "X-Frame-Options", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy"}


def post(*fields, options=(), **variables):
    return ask(MAILWHY, form(*fields), *options, **variables)


def methods(_):
    page, head = ask(MAILWHY), ask(MAILWHY, REQUEST_METHOD="HEAD")
    yield "GET shows the form", page.status == 200 and "<textarea" in page.text and not page.titles, page.shown
    yield "HEAD is its header alone", head.status == 200 and head.lines == page.lines and not head.body, head.shown
    for method in ("PUT", "DELETE", "OPTIONS", "TRACE", "post", ""):
        answer = ask(MAILWHY, form(TEXT), REQUEST_METHOD=method)
        yield f"{method or 'no method'} is refused", answer.status == 405 and answer.fields.get("Allow") == "GET, HEAD, POST", answer.shown
    alone = subprocess.run([MAILWHY, "cgi"], capture_output=True, text=True, env={})
    yield "without a web server, it says what runs it", alone.returncode == 64 and "docs/page.md" in alone.stderr and not alone.stdout, alone.stderr


def header(_):
    """Of every answer: whole, the same, and nothing of the request in it."""
    for name, answer in {"form": ask(MAILWHY), "report": post(TEXT), "error": post()}.items():
        yield f"{name}: its fields", set(answer.fields) == HEADER and int(answer.fields["Content-Length"]) == len(answer.body), answer.shown
        yield f"{name}: it is stored nowhere", answer.fields["Cache-Control"] == "no-store", answer.shown
        policy = answer.fields["Content-Security-Policy"]
        for tag in ("style", "script"):
            stands = re.findall(rf"<{tag}>(.*?)</{tag}>", answer.text, re.S)
            digest = base64.b64encode(hashlib.sha256(stands[0].encode()).digest()).decode()
            yield f"{name}: the one {tag} is what the policy allows", len(stands) == 1 and f"{tag}-src 'sha256-{digest}'" in policy, policy
        yield f"{name}: all else is forbidden", policy.startswith("default-src 'none'; ") and "unsafe" not in policy, policy
        outside = re.findall(r"<(?:link|img|iframe|object|embed|base|video|audio)\b|\b(?:src|style|on\w+)=|url\(|@import", re.sub(r"<script>.*?</script>", "", answer.text, flags=re.S))
        yield f"{name}: it needs nothing from elsewhere", not outside, outside


def without_command(report):
    """Without the command that asks the DNS, which is for who has the program."""
    return re.sub(r"<section><h2>To verify it</h2>.*?</section>\n|\nTo verify it\n(?:  .*\n)+mailwhy verify.*\n", "", report, flags=re.S if "<section>" in report else 0)


def reports(_):
    answer = post(TEXT)
    yield "a pasted error", answer.status == 200 and answer.exit == 0 and "blocklist.spamhaus" in answer.text, answer.shown
    yield "it stands in the box again", f"spellcheck=\"false\">\n{TEXT[1].decode()}</textarea>" in answer.text, answer.shown
    copies = re.findall(r'<pre class="copy"[^>]*>(.*?)</pre>', answer.text, re.S)
    wanted = [without_command(subprocess.run([MAILWHY, "-f", "text", "--width", "72", "--for", reader], input=TEXT[1], capture_output=True).stdout.decode()) for reader in ("customer", "receiver", "support")]
    yield "and below it the texts to copy", [html.unescape(c) for c in copies] == wanted, answer.shown
    for bounce in BOUNCES[:8]:
        alone = without_command(subprocess.run([MAILWHY, "-f", "html", bounce.name], capture_output=True, text=True, cwd=bounce.parent).stdout)
        articles = re.findall(r"<article>.*?</article>", alone, re.S)
        dropped = post(("text", b""), ("file", bounce.read_bytes(), bounce.name), ("dns", b"", ""))
        pasted = post(("text", bounce.read_bytes().replace(b"\n", b"\r\n")), ("file", b"", ""))
        yield f"{bounce}: dropped, it is the report of the command", articles and re.findall(r"<article>.*?</article>", dropped.text, re.S) == articles, dropped.shown
        yield f"{bounce}: pasted, the same is found", pasted.titles == dropped.titles, pasted.shown
    several = post(TEXT, *(("file", b.read_bytes(), b.name) for b in BOUNCES[:3]))
    yield "several are named, each with its report", several.text.count("<article>") == 5 and all(f" {b.name}</b>" in several.text for b in BOUNCES[:3]), several.shown
    isolated = post(TEXT, *(("file", b.read_bytes(), b.name) for b in BOUNCES[:3]), options=["--isolate"])
    yield "--isolate: the same", isolated.titles == several.titles, isolated.shown


def languages(_):
    """Of the text for the customer; the report is in English."""
    said = {"en": "was not delivered", "de": "nicht zugestellt", "fr": "pas été remis", "es": "no se entregó"}
    offered = re.findall(r'<option value="(\w+)"', ask(MAILWHY).text)
    yield "languages are offered by their own names", offered[0] == "en" and ">Deutsch<" in ask(MAILWHY).text, ask(MAILWHY).shown
    for code in offered:
        chosen = post(("text", BOUNCES[0].read_bytes()), ("lang", code.encode()), HTTP_ACCEPT_LANGUAGE="es")
        text = re.search(r'<pre class="copy" lang="(\w+)">(.*?)</pre>', chosen.text, re.S)
        yield f"{code}: the text for the customer", text[1] == code and said.get(code, "") in text[2] and f'value="{code}" selected' in chosen.text, chosen.shown
        yield f"{code}: the report is in English", chosen.titles == post(("text", BOUNCES[0].read_bytes())).titles, chosen.titles
    for asked, code in (("de-AT,de;q=0.9,en;q=0.8", "de"), ("it, fr;q=0.5", "fr"), ("en-US,de", "en"), ("ja", "en"), ("*", "en"), ("\"><script>", "en"), ("", "en")):
        page = ask(MAILWHY, HTTP_ACCEPT_LANGUAGE=asked)
        yield f"a browser that asks for {asked}", page.status == 200 and f'value="{code}" selected' in page.text and "<script>" not in page.text.split("<form")[1].split("</form>")[0], page.shown
    yield "a language that is not there is that of the browser", 'value="de" selected' in post(TEXT, ("lang", b"xx"), HTTP_ACCEPT_LANGUAGE="de").text, ""


def logs(_):
    alone = subprocess.run([MAILWHY, "-f", "html", "samples/logs/postfix.log"], capture_output=True, text=True).stdout
    dropped = post(("file", LOG, "postfix.log"))
    title = titles(alone)[0]
    yield "a log", dropped.status == 200 and dropped.titles[0] == title, dropped.shown
    yield "of a log there is nothing for a customer to copy", dropped.text.count('<pre class="copy"') == 1, dropped.shown
    yield "a piece of one, pasted", post(("text", LOG)).titles[0] == title, post(("text", LOG)).shown
    both = post(("file", LOG, "a.log"), ("file", LOG, "b.log"))
    yield "two of the same are counted once", both.titles[0] == title, both.shown
    line = next(line for line in LOG.decode().splitlines() if "status=bounced" in line)
    queue_id, recipient = re.search(r": (\w+): to=<([^>]+)>", line).groups()
    mail = f"From: MAILER-DAEMON@x.example\nX-Postfix-Queue-ID: {queue_id}\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n" \
           f"--b\n\nThis is the mail system.\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example.com\nX-Postfix-Queue-ID: {queue_id}\n\n" \
           f"Final-Recipient: rfc822; {recipient}\nAction: failed\nStatus: 5.1.1\n\n--b--\n".encode()
    beside = post(("file", mail, "bounce.eml"), ("file", LOG, "postfix.log"))
    yield "a log beside a bounce: what it says of that", beside.text.count("<article>") == 1 and recipient in beside.titles[0] and "In your log" in beside.text, beside.shown


def redaction(_):
    whole = BOUNCES[0].read_bytes()
    person = re.search(rb"Final-Recipient: rfc822; ?(\S+)@", whole)[1].decode()
    shown = re.compile(r"<textarea.*?</textarea>", re.S)
    plain, hidden = post(("file", whole, "b.eml")), post(("file", whole, "b.eml"), ("redact", b"yes"))
    yield "plain, the recipient is named", person in plain.text, plain.shown
    yield "with the box ticked nowhere", person not in shown.sub("", hidden.text) and "<input type=\"checkbox\" name=\"redact\" value=\"yes\" checked>" in hidden.text, hidden.shown
    pseudonyms = re.findall(r"Not delivered to (?:<bdi>)?(\w+)@", hidden.text)
    yield "one pseudonym for one name, in report and copy", len(pseudonyms) == 2 and len(set(pseudonyms)) == 1, pseudonyms
    again = re.findall(r"Not delivered to (?:<bdi>)?(\w+)@", post(("file", whole, "b.eml"), ("redact", b"yes")).text)
    yield "another in the next request", set(again).isdisjoint(pseudonyms), again
    pasted = post(("text", whole), ("redact", b"yes"))
    yield "nor in the box, where it was pasted", pasted.status == 200 and person not in pasted.text and "is not shown again" in pasted.text, pasted.shown
    wrong = post(("text", whole), ("redact", b"yes"), ("dns", b"rubbish is here", "x.zone"))
    yield "where there is no report to pass on, it is not lost", wrong.status == 422 and person in wrong.text, wrong.shown
    forced = post(("file", whole, "b.eml"), options=["--redact"])
    yield "--redact: always", person not in shown.sub("", forced.text) and 'name="redact"' not in forced.text, forced.shown


LISTED = b"""Received: from mail.example.net (mail.example.net [192.0.2.5]) by mx.example.org with ESMTP id 1; Tue, 24 Nov 2026 09:14:07 +0000
Return-Path: <ann@example.net>
From: ann@example.net
Subject: x

x
"""


def snapshots(_):
    zone = b"5.2.0.192.zen.spamhaus.org. 60 IN A 127.0.0.3\n"
    borne_out = post(("file", LISTED, "m.eml"), ("dns", zone, "x.zone"))
    yield "a snapshot is verified with", borne_out.status == 200 and "is listed by Spamhaus" in borne_out.text and "127.0.0.3" in borne_out.text, borne_out.shown
    wrong = post(TEXT, ("dns", b"<b>rubbish</b> is here\n", "x.zone"))
    yield "what is wrong with one is said, escaped", wrong.status == 422 and "&lt;b&gt;rubbish" in wrong.text and "<b>rubbish" not in wrong.text, wrong.shown
    yield "and not in the server's log", not wrong.complaints, wrong.complaints
    yield "the DNS is not asked unless the configuration allows it", 'name="ask"' not in ask(MAILWHY).text and 'name="ask"' in ask(MAILWHY, None, "--ask-dns").text, ""


def capture(_):
    """A name server that notes what it is asked, and says that there is no such name."""
    asked, server = [], socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))

    def serve():
        while True:
            query, peer = server.recvfrom(4096)
            if not query:
                return
            labels, at = [], 12
            while query[at]:
                labels.append(query[at + 1:at + 1 + query[at]].decode())
                at += 1 + query[at]
            asked.append(".".join(labels))
            server.sendto(query[:2] + b"\x81\x83" + query[4:6] + bytes(6) + query[12:at + 5], peer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    port = server.getsockname()[1]
    mail = b"Received: from secret.corp.internal (secret.corp.internal [10.1.2.3]) by mx.example.org with ESMTP id 1; Tue, 24 Nov 2026 09:14:07 +0000\n" \
           b"From: a@host.local\nReturn-Path: <a@intranet>\nSubject: x\n" \
           + b"".join(b"DKIM-Signature: v=1; a=rsa-sha256; d=" + name + b"; s=s; h=from; bh=AAAA; b=AAAA\n"
                      for name in (b"x.168.192.in-addr.arpa", b"1.10.in-addr.arpa", b"d.f.ip6.arpa", b"x.onion", b"x.test", b"public.example")) + b"\nx\n"
    options = ["--ask-dns", "--server", f"127.0.0.1#{port}"]
    silent = post(("file", LISTED, "m.eml"), ("ask", b"yes"), options=options[1:])
    yield "ticked without leave: not asked", silent.status == 200 and not asked, asked
    answer = post(("file", LISTED, "m.eml"), ("ask", b"yes"), options=options)
    yield "with leave: asked", answer.status == 200 and "5.2.0.192.zen.spamhaus.org" in asked and "is not known" in answer.text, (asked, answer.shown)
    asked.clear()
    answer = post(("file", mail, "m.eml"), ("ask", b"yes"), options=options)
    private = [name for name in asked if re.search(r"internal|local|intranet|3\.2\.1\.10|^\w+$|168\.192|1\.10\.in|d\.f\.ip6|onion|test$", name)]
    is_asked = "s._domainkey.public.example" in asked
    yield "names of private use never are, also of a server that is named", answer.status == 200 and is_asked and not private, asked
    asked.clear()
    many = b"".join(b"From x@y Tue Nov 24 09:14:07 2026\n" + LISTED.replace(b"192.0.2.5", b"192.0.2.%d" % i) + b"\n" for i in range(1, 200))
    post(("file", many, "m.mbox"), ("ask", b"yes"), options=options)
    yield "no more questions than the limit", 100 < len(set(asked)) <= 200, len(set(asked))
    server.sendto(b"", server.getsockname())
    thread.join()
    for limit in ("2", "6"):  # nobody reads there any more, but the port is taken
        mute = post(("file", LISTED, "m.eml"), ("ask", b"yes"), options=options + ["--time-limit", limit])
        yield f"no answer in {limit} s: the report comes, and says so", mute.status == 200 and mute.titles[0] and "The DNS could not be asked" in mute.text and "no name server answered" not in mute.text, mute.shown
        own = post(("file", LISTED, "m.eml"), ("ask", b"yes"), ("dns", b"5.2.0.192.zen.spamhaus.org. 60 IN A 127.0.0.3\n", "x.zone"), options=options + ["--time-limit", limit])
        yield "with the visitor's own snapshot", own.status == 200 and "127.0.0.3" in own.text and "The DNS could not be asked" in own.text, own.shown


def reports_of(page):
    """Those that it shows below their summary, and those that it says it leaves out."""
    more = re.search(r"<b>and ([\d,]+) more, which", page.text)
    return page.text.count("<article>") - 1 + (int(more[1].replace(",", "")) if more else 0)


def attacks(_):
    for where in ("text", "file"):
        answer = post((where, STRANGE, *(["<b>.eml"] if where == "file" else [])), TEXT)
        markup = re.sub(r"<style>.*?</style>|<script>.use strict.*?</script>", "", answer.text, flags=re.S)
        yield f"HTML in a {where} is text", answer.status == 200 and not re.search(r"<script|<img|<b>\.eml|onerror=alert\(1\)>(?!\s)", markup) and markup.count("</textarea>") == 1, answer.shown
    bodies = {"NUL bytes": b"55\x000 5.7.1 \x00spam\x00", "no UTF-8": b"550 5.7.1 spam \xff\xfe\xc0\x80 \xed\xa0\x80", "controls": b"550 5.7.1 spam \x1b[2J\x9b\x07\x08 \xe2\x80\xae"}
    for name, body in bodies.items():
        answer = post(("text", body), ("file", body, "a\x01\u202e.eml"))
        bad = re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f]|\u202e", re.sub(r"<textarea.*?</textarea>", "", answer.text, flags=re.S))
        yield f"{name}: shown by number", answer.status == 200 and not bad and "\0" not in answer.text, answer.shown
    for name in ("a\r\nSet-Cookie: x=y\r\n\r\n.eml", "../../../../etc/passwd", "/etc/passwd", "-", "--rules=x", "C:\\mail\\a.eml", "x" * 5000, "", ".", "..", "%00", "\0"):
        answer = post(("file", TEXT[1], name))
        ok = answer.status in (200, 400) and set(answer.fields) == HEADER and "root:" not in answer.text
        yield f"a file named {name[:30]!r}", ok and (name == "" or "\r" in name or "blocklist.spamhaus" in answer.text), answer.shown
    yield "a file with the name of one that is here", "blocklist.spamhaus" in post(("file", TEXT[1], "README.md"), ("file", LOG, "CMakeLists.txt")).text, ""
    most = post(TEXT, ("redact", b"yes"), *[("file", TEXT[1], "a")] * 200, *[("file", b"", "")] * 20)
    yield "200 files, and what else the form holds", most.status == 200 and reports_of(most) == 201, most.shown
    tiny = b"".join(b"From a@b.example Thu Apr 29 23:34:45 2027\nS: y\n\n550 zen.spamhaus.org\n\n" for _ in range(2000))
    page = post(("file", tiny, "tiny.mbox"))
    yield "a mailbox of tiny mails: a page in proportion, which counts all", len(page.text) < 16 * len(tiny) and reports_of(page) == 2000, f"{len(page.text)} bytes of {len(tiny)}"
    many = post(*[("file", TEXT[1], "a")] * 256)
    yield "more files: said so, with how many it takes", many.status == 413 and "and 200 files" in many.text, many.shown
    names = ('a"b.eml', "a\nb.eml", "a\r\nb.eml", '"', "\\")
    quoted = post(*[("file", TEXT[1], name) for name in names])
    yield "files whose names the client does not mask: none is lost", quoted.status == 200 and quoted.text.count("blocklist.spamhaus") == post(*[("file", TEXT[1], "a")] * len(names)).text.count("blocklist.spamhaus"), quoted.shown
    for query in ("--help", "-V", "-o+/tmp/x", "--rules%3d/etc/passwd"):
        answer = ask(MAILWHY, form(TEXT), QUERY_STRING=query)
        yield f"?{query}: what could be arguments is refused", answer.status == 400, answer.shown


def lengths(_):
    body = form(TEXT)
    rows = [("none", body, {"CONTENT_LENGTH": None}, 411), ("empty", body, {"CONTENT_LENGTH": ""}, 411), ("negative", body, {"CONTENT_LENGTH": "-1"}, 400),
            ("two", body, {"CONTENT_LENGTH": f"{len(body)}, {len(body)}"}, 400), ("hexadecimal", body, {"CONTENT_LENGTH": hex(len(body))}, 400),
            ("around 2^64", body, {"CONTENT_LENGTH": str((1 << 64) + len(body))}, 413), ("1 GiB", body, {"CONTENT_LENGTH": str(1 << 30)}, 413),
            ("shorter than the body", body, {"CONTENT_LENGTH": str(len(body) - 10)}, 400), ("longer than the body", body, {"CONTENT_LENGTH": str(len(body) + 1)}, 400),
            ("zero", body, {"CONTENT_LENGTH": "0"}, 400), ("no end", body[:-6], {}, 400), ("another boundary", body, {"CONTENT_TYPE": TYPE + "x"}, 400),
            ("no boundary", body, {"CONTENT_TYPE": "multipart/form-data"}, 415), ("a boundary with CRLF", body, {"CONTENT_TYPE": TYPE + "\r\nX: y"}, 415),
            ("no type", body, {"CONTENT_TYPE": None}, 415), ("another type", b"text=x", {"CONTENT_TYPE": "application/x-www-form-urlencoded"}, 415)]
    for name, sent, variables, status in rows:
        answer = ask(MAILWHY, sent, **variables)
        yield f"length or type: {name}", answer.status == status and answer.titles and set(answer.fields) == HEADER, answer.shown
    small = post(("file", b"x" * (1 << 20), "x"), options=["--upload-limit", "1"])
    yield "--upload-limit", small.status == 413 and "up to 1 MiB" in small.text, small.shown
    behind = ask(MAILWHY, body + b"POST / HTTP/1.1\r\n\r\n", CONTENT_LENGTH=str(len(body)))
    yield "what stands behind the body is not read", behind.status == 200, behind.shown


def has_its_own_group(process):
    """As one has that makes a report."""
    try:
        return os.getpgid(int(process)) == int(process)
    except ProcessLookupError:
        return False


def times(_):
    """Of an upload that stops, and of a report that does not end. Nothing that was started is left."""
    environment = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": TYPE, "CONTENT_LENGTH": "1000", "MAILWHY_CONFIG": ""}
    begun = time.monotonic()
    stalled = subprocess.Popen([MAILWHY, "cgi", "--time-limit", "1"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
    stalled.stdin.write(b"--")
    stalled.stdin.flush()
    answer = Answer(stalled.stdout.read())
    stalled.stdin.close()
    stalled.wait()
    yield "an upload that stops", answer.status == 408 and 0.9 < time.monotonic() - begun < 60, answer.shown
    mbox = b"From a@b Mon Jan  1 00:00:00 2026\nFrom: a@b.example\nSubject: x\n\nbody\n\n" * 330000
    late = post(("file", mbox, "m.mbox"), options=["--time-limit", "3"])  # a busy machine takes a second for the upload alone
    yield "a report that takes too long", late.status == 504 and late.titles == ["Reading this took too long"], late.shown
    several = post(("file", mbox[:len(mbox) // 2], "m.mbox"), ("file", mbox[:len(mbox) // 2], "n.mbox"), options=["--time-limit", "3"])
    yield "of several, too", several.status == 504, several.shown
    body = form(("file", mbox, "m.mbox"))
    page = subprocess.Popen([MAILWHY, "cgi"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment | {"CONTENT_LENGTH": str(len(body))})
    page.stdin.write(body)
    page.stdin.close()
    reader = lambda: [c for c in subprocess.run(["pgrep", "-P", str(page.pid)], capture_output=True, text=True).stdout.split() if has_its_own_group(c)]
    for _ in range(600):
        if page.poll() is not None or reader():
            break
        time.sleep(0.02)
    for child in reader():
        os.kill(int(child), 9)
    answer = Answer(page.stdout.read())
    page.wait()
    yield "a process that dies over its report", answer.status == 500 and answer.titles == ["This went wrong here"] and "<article>" not in answer.text, answer.shown
    for _ in range(300):  # other tests may have theirs for a while
        left = subprocess.run(["pgrep", "-f", f"^{re.escape(MAILWHY)} cgi"], capture_output=True, text=True).stdout.split()
        if not left:
            break
        time.sleep(0.1)
    yield "no process is left", not left, left


def traces(folder):
    """Which files are made, and which sockets."""
    if not shutil.which("strace"):
        print("skipped: what the page writes (no strace)")
        return
    out = folder / "trace"
    body = form(TEXT, ("file", LOG, "a.log"), ("file", BOUNCES[0].read_bytes(), "b.eml"), ("redact", b"yes"))
    environment = {**os.environ, "REQUEST_METHOD": "POST", "CONTENT_TYPE": TYPE, "CONTENT_LENGTH": str(len(body)), "MAILWHY_CONFIG": "", "ASAN_OPTIONS": "detect_leaks=0"}
    done = subprocess.run(["strace", "-f", "-qq", "-e", "trace=open,openat,creat,mkdir,rename,renameat2,link,symlink,socket,connect", "-o", out, MAILWHY, "cgi"], input=body,
                          capture_output=True, env=environment)
    calls = [call for call in out.read_text(errors="replace").splitlines() if not call.rstrip().endswith("---")]
    made = [call for call in calls if re.search(r"O_CREAT|O_WRONLY|O_RDWR|O_TMPFILE|creat\(|mkdir\(|rename|link\(", call) and "/dev/null" not in call
            and not re.search(r"0x[0-9a-f]+, O_RDWR\)", call)]  # whose name strace may not read, for those who are not root: /dev/null
    yield "no file is written, no socket opened", done.returncode == 0 and not made and not any("socket(" in c or "connect(" in c for c in calls), made


if __name__ == "__main__":
    import tempfile
    with tempfile.TemporaryDirectory() as name:
        sys.exit(claims.check((methods, header, reports, languages, logs, redaction, snapshots, capture, attacks, lengths, times, traces), pathlib.Path(name), "claims about the page"))
