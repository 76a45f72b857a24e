#!/usr/bin/env python3
"""Nothing that leaves forges a report: hostile texts in every place of a bounce, a log and names of files.

usage: clean.py MAILWHY

Each text of TEXTS stands at every §, in every field that a report shows. In every format and on standard error nothing is there
that cannot be seen or turns the text around it (by Unicode property, asked of Python), no line of a text report
begins with a stranger's words, and Markdown, rendered by cmark-gfm, holds them only in code. Also the samples.
"""
import html
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

MAILWHY = sys.argv[1]
FORMATS = ("text", "markdown", "html", "json", "ndjson")
FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\ufffc\U00013441\U0001d159"
UNSEEN = ("Cc", "Cf", "Zl", "Zp", "Co", "Cs", "Cn")

TEXTS = {
    "turning": "ab\u202ecd\u2066ef\u2069gh\u200fij\u200ekl\u061cmn\u202a\u202b\u202c\u202d\u2067\u2068op",
    "unseen": "pay\u200bpal\u200c\u200d\u2060\ufeff\u00ad\u180e\u2061\u2064" + FILLERS + "\ufe0f\U000e0100\U000e0041\ufff9\ufffbx",
    "controls": "a\x01b\x07c\x08d\x1b[2Je\x1b]0;t\x07f\x7fg\x9bh\x85i\x0bj\x0ck\u2028l\u2029m",
    "private": "a\ue000b\uf8ffc\U000f0000d\U0010fffde\ufdd0f\U0001fffeg",
    "marks": "z" + "\u0301\u0302\u0303\u0304\u0305" * 40 + "\u20dd\u0488 \u0338begins",
    "bytes": "a\udc80\udcffb\udced\udca0\udc80c\udcf4\udc90\udc80\udc80d",
    "markdown": r"![i](https://evil.example/i.png) [l](javascript:alert(1)) <b>h</b> `c` ``d`` |x\|y| https://evil.example/a"
    r" www.evil.example evil@evil.example @team #12 GH-12 evil/repo#1 deadbeef1234 ~~s~~ $x$ $$y$$ :smile: [^1] &lt; &#64; *b* _i_ \ "
    "``` ~~~ --- === # h - [x] t 1. n > q",
    "html": "<script>alert(1)</script> \" onload='x' <img src=//evil.example> &amp; <!-- --> ]]> </style></title>",
    "lines": "x " * 20 + "Evidence ----- Delivered to kim@own.example Not delivered to kim@own.example ==> x Verified: yes " + "y" * 90,
    "right to left": "\u05d0\u05d1\u05d2 550 \u0627\u0628",
}

BOUNCE = """Received: from mx.x.example (mx.x.example [192.0.2.9]) by mail.own.example with ESMTP id §; Tue, 24 Nov 2026 09:14:03 +0000
Authentication-Results: mail.own.example; spf=pass (§) smtp.mailfrom="§"; x§=fail reason="§"
X-Mailer: §
List-Id: §
Subject: §
From: "§" <MAILER-DAEMON@x.example>
To: "§" <a@own.example>
Message-Id: <§@x>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain; charset=utf-8

§

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; §
X-Postfix-Queue-ID: §
X-Postfix-Sender: rfc822; §

Final-Recipient: rfc822; §@x.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; §.example
Diagnostic-Code: smtp; 550 5.7.1 § blocked using zen.spamhaus.org https://evil.example/§

Final-Recipient: rfc822; b@x.example §
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; §

--b
Content-Type: message/rfc822

Received: from § (x [192.0.2.1]) by § (Postfix) with ESMTP id § for <§>; Tue, 24 Nov 2026 09:14:03 +0000
From: § <a@own.example>
To: §
Subject: §
Message-Id: <§>
DKIM-Signature: v=1; d=§; s=§; i=§; h=from; b=x; bh=y
List-Unsubscribe: <javascript:alert(1)>, <§>

--b--
"""

LOG = """Nov 24 09:14:02 mail postfix/qmgr[7]: 4Fq2xR: from=<§@own.example>, size=99, nrcpt=1 (queue active)
Nov 24 09:14:03 mail postfix/smtp[7]: 4Fq2xR: to=<b§@x.example>, relay=mx.§.example[192.0.2.7]:25, delay=1, delays=0/0/0/1, dsn=5.1.1, status=bounced (host mx[192.0.2.7] said: 550 §)
Nov 24 09:14:03 mail postfix/qmgr[7]: 4Fq2xR: removed
Nov 24 09:14:04 mail strange§[7]: §
"""


TLS = """{"organization-name":"§","date-range":{"start-datetime":"2026-11-24T00:00:00Z","end-datetime":"2026-11-24T23:59:59Z"},"report-id":"§",
"policies":[{"policy":{"policy-type":"§","policy-domain":"§"},"summary":{"total-successful-session-count":1,"total-failure-session-count":3},
"failure-details":[{"result-type":"certificate-expired","receiving-mx-hostname":"§","failed-session-count":3,"additional-information":"§"}]}]}"""

STORY = """{"event":"bounced","uuid":"1","mail_from":"§@own.example","rcpt_to":"Delivered to §@x.example","mx":"§","reason":"550 §","subject":"§"}
"""


def put(template, text):
    return template.replace("§", text).encode("utf-8", "surrogateescape")


def run(*args, stdin=b""):
    done = subprocess.run([MAILWHY, *map(str, args)], input=stdin, capture_output=True)
    return done.stdout.decode("utf-8", "strict"), done.stderr.decode("utf-8", "strict")


def unseen(text):
    """What a report must not hold: its lines may end, and that is all."""
    for c in set(text):
        if c != "\n" and (unicodedata.category(c) in UNSEEN or c in FILLERS or "\ufe00" <= c <= "\ufe0f" or "\U000e0100" <= c <= "\U000e01ef"):
            yield f"U+{ord(c):04X}"
    for found in re.findall(r"[\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]{5,}", text):
        yield f"{len(found)} marks in a row"


def strings(value):
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list):
        for one in value:
            yield from strings(one)
    if isinstance(value, str):
        yield value.replace("\t", "")


OURS = re.compile(r"(?:Mail (?:to|of) |Policy of |How it was read|Who sends in the domain|Nothing is explained here|Not delivered|Not yet delivered|Perhaps not delivered|Passed on (?:for|to the members of) |Delivered to |An ordinary|Part of a message|An automatic|A complaint|Feedback: |A challenge|==> |\d+ of \d+ recipients?|[A-Z][a-z]+( [a-zA-Z]+)*( of \S+)?$|Is it what it claims|Was it taken|Was it delayed|Which way did|(?:DMARC|TLS|Authentication failure) report[ :]|Causes, and|One domain|mailwhy verify(?: |$)|$)")


CAUSES = pathlib.Path("docs/causes.md").read_text(encoding="utf-8").replace("\\", "")
TITLES = set(re.findall(r"^## [a-z-]+[.][a-z0-9-]+: (.*)$", CAUSES, re.M))
LINKS = set(re.findall(r"https://\S+", CAUSES))  # whatever cause a hostile text is given, these stand in our own words


def margin(out):
    """Lines of a text report that begin with what is not ours."""
    return [line for line in out.splitlines() if not line.startswith("  ") and line not in TITLES and not OURS.match(line)]


def is_ours(link):
    return link in LINKS or re.match(r"https://(support\.|postmaster\.)", link)


def outside_code(rendered):
    return html.unescape(re.sub(r"<[^>]*>", " ", re.sub(r"(?s)<code.*?</code>|<pre.*?</pre>", " ", rendered)))


def markup(out):
    """What Markdown makes of a report, and what GitHub and others make of its text."""
    rendered = subprocess.run(["cmark-gfm", "--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough", "-e", "tasklist", "-e", "footnotes"],
                              input=out, capture_output=True, text=True, check=True).stdout
    for href in re.findall(r'<a href="([^"]*)"', rendered):
        if not is_ours(html.unescape(href)):
            yield f"a link to {href}"
    for tag in set(re.findall(r"<(\w+)", rendered)) - {"h2", "h3", "ul", "ol", "li", "p", "strong", "em", "code", "pre", "a", "table", "thead", "tbody", "tr", "th", "td", "br", "details", "summary", "hr"}:
        yield f"an element {tag}"
    if rendered.count("<hr") > 2:  # in front of each report of two
        yield "more lines across than reports"
    ours_apart = re.sub(r"https://\S+", lambda url: "" if is_ours(url[0].rstrip(".,;:)")) else url[0], outside_code(rendered))
    for found in re.findall(r"evil|@team|#12|GH-12|deadbeef|:smile:|\$x|\[\^1|javascript|onload|https?://", ours_apart):
        yield f"{found} outside of code"


def report_faults(form, out):
    if form in ("json", "ndjson"):
        out = "\n".join(s for line in ([out] if form == "json" else out.splitlines()) for s in strings(json.loads(line)))
    yield from unseen(out)
    if form == "text":
        yield from (f"at the margin: {line[:60]}" for line in margin(out))
    if form == "markdown":
        yield from markup(out)
    if form == "html" and re.search(r"<(?!/?(?:article|header|section|footer|main|body|html|title|head|h1|h2|h3|p|a|b|bdi|span|code|dl|dt|dd|ul|ol|li|figure|figcaption|blockquote|pre|details|summary|table|thead|tbody|tr|td|th|svg|text|path|circle|rect|small|div)\b)", out.split("</script>", 1)[1]):
        yield "a tag"


def hostile_inputs():
    for name, text in TEXTS.items():
        for command, template in (((), BOUNCE), (("log",), LOG)):
            data = put(template, text)
            for form in FORMATS:
                for more in ((), ("--redact",), ("-v",)):
                    out, errors = run(*command, "-f", form, *more, "-", stdin=data)
                    for fault in [*report_faults(form, out), *unseen(errors)]:
                        yield f"{name}: {' '.join(command)} {form} {' '.join(more)}: {fault}"
        for command, template in (((), TLS), (("log", "--outcome", "any", "--lines"), STORY), (("-q",), STORY)):
            data = put(template, json.dumps(text)[1:-1])
            for form in FORMATS if "-q" not in command else ("text",):
                out, errors = run(*command, "-f", form, "-", stdin=data)
                yield from (f"{name}: {' '.join(command)} {form}: {fault}" for fault in [*report_faults(form, out), *unseen(errors)])
        for form in FORMATS:
            out, _ = run("reply", "-f", form, stdin=put("550 5.1.1 §\n", text.replace("\u2028", "")))
            yield from (f"{name}: reply: {form}: {fault}" for fault in report_faults(form, out))
        out, _ = run("rules", "missing", "-", stdin=put("550 qwerty § uiop\n", text))
        yield from (f"{name}: rules missing: {fault}" for fault in unseen(out))


def file_names():
    with tempfile.TemporaryDirectory() as folder:
        for name, text in TEXTS.items():
            raw = text.replace("/", "-").encode("utf-8", "surrogateescape")[:200]
            path = folder.encode() + b"/" + raw + b".eml"
            with open(path, "wb") as file:
                file.write(put(BOUNCE, "x"))
            for form in FORMATS:
                done = subprocess.run([MAILWHY.encode(), b"-f", form.encode(), path, path], capture_output=True)
                yield from (f"{name}: as a name: {form}: {fault}" for fault in report_faults(form, done.stdout.decode()))
            for args in ([path + b"-"], [b"--rules", path, path], [b"--dns", path, path], [b"--redact-key", path + b"-", path], [b"rules", b"check", path],
                         [b"-o", path + b"/x", path], [b"--" + raw], [b"log", path + b"-"], [b"dns", b"needs", path + b"-"], [b"rules", b"missing", path]):
                done = subprocess.run([MAILWHY.encode(), *args], capture_output=True)
                yield from (f"{name}: as a name: {args[0]}: {fault}" for fault in unseen((done.stderr + done.stdout).decode().replace("\t", "")))
                yield from (f"{name}: a line of {args[0]}: {line[:60]}" for line in done.stderr.decode().splitlines() if "Delivered to " in line[:13])


def questions():
    """Lines for dig -f: a name and a type, and the name no option."""
    for name in ("-x", "+trace", "@192.0.2.53", "%x", ";x", "#x", "ixfr=1", "-f/etc/passwd", "a b", "a\tb", "\"x", "$x", "\\x"):
        mail = f"Received: from {name} ({name}.example [192.0.2.1]) by mail.own.example; Tue, 24 Nov 2026 09:14:03 +0000\n" \
               f"Return-Path: <a@{name}.example>\nDKIM-Signature: v=1; a=rsa-sha256; d={name}.example; s={name}; h=from; bh=a; b=b\nFrom: a@{name}.example\n\n.\n"
        out, _ = run("dns", "needs", "-", stdin=mail.encode())
        for line in out.splitlines():
            if not re.fullmatch(r"(?:[\w*]|\\)[!-~]*\. [A-Z]+", line) or re.match(r"\\[@;]", line):
                yield f"dns needs: {line!r}"


def samples():
    for path in sorted(pathlib.Path("samples").rglob("*.eml")):
        for form in FORMATS:
            out, _ = run("-v", "-f", form, path)
            yield from (f"{path}: {form}: {fault}" for fault in unseen(out.replace("\t", "")))
            if form == "text":
                yield from (f"{path}: at the margin: {line}" for line in margin(out))


def main():
    faults = [*hostile_inputs(), *file_names(), *questions(), *samples()]
    print("\n".join(faults + [f"{len(TEXTS)} texts, {len(faults)} faults"]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
