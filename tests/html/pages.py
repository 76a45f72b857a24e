#!/usr/bin/env python3
"""HTML reports in Chromium: nothing is asked for, nothing is logged, nothing is wider than a telephone, what strangers wrote stays text,
tables sort and filter, and axe-core finds nothing. What cannot be had is skipped aloud.

usage: pages.py MAILWHY
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent.parent), str(pathlib.Path(__file__).resolve().parent.parent / "page")]
import claims
from browser import Browser

MAILWHY = str(pathlib.Path(sys.argv[1]).resolve())
AXE = "axe-core@4.10.3"
ATTACK = "<script>alert(1)</script>\" onload='alert(1)' <img src=//evil.example/x onerror=alert(1)> &amp; </style></title></svg>`javascript:alert(1)` https://evil.example/?"
BOUNCE = pathlib.Path("samples/bounces/spamhaus.eml").read_text()
ZONE = ["--dns", "samples/dns/two-domains.zone"]


def hostile_bounce():
    """An attack in every field that a report shows."""
    quoted = ATTACK.replace('"', "'")
    text = BOUNCE.replace("Your order", ATTACK).replace("Example Shop", quoted).replace("mx1.example.org", "mx1.<b>evil</b>.example")
    text = text.replace("Service unavailable", f"Service unavailable {ATTACK}").replace("4Fq2xR6hLmz9rJ", "4Fq<svg/onload=alert(1)>")
    return text.replace("by mail.example.com (Postfix)", "by mail.<i>x</i>.example (Postfix)").replace("web1.example.com", "web1.<u>x</u>.example")


def many_domains():
    """A log in which tables are long enough to be filtered, with attacks as names."""
    lines = []
    for i in range(40):
        to = f"u@d{i % 12}.example" if i % 5 else f"u@<img/src=x/onerror=alert({i})>.example"
        lines += [f"Nov 24 09:{i:02}:00 mx postfix/qmgr[1]: 4Fq{i:03}AAAA: from=<a@s{i % 3}.example>, size=9000000, nrcpt=1 (queue active)",
                  f"Nov 24 09:{i:02}:01 mx postfix/smtp[1]: 4Fq{i:03}AAAA: to=<{to}>, relay=mx.example[192.0.2.1]:25, delay=1, dsn={'2.0.0' if i % 3 else '5.1.1'}, "
                  + (f"status=sent (250 ok)" if i % 3 else f"status=bounced (host mx.example[192.0.2.1] said: 550 5.1.1 {ATTACK})"),
                  f"Nov 24 09:{i:02}:02 mx postfix/qmgr[1]: 4Fq{i:03}AAAA: removed"]
    for i in range(20):
        mx = ("gmail-smtp-in.l.google.com[142.250.102.27]", "mta5.am0.yahoodns.net[67.195.228.94]")[i % 2]
        reply = "sent (250 ok)" if i % 4 else f"bounced (host {mx} said: 550 5.7.1 spam)"
        lines += [f"Nov 24 10:{i:02}:00 mx postfix/qmgr[1]: 5Fq{i:03}AAAA: from=<a@s1.example>, size=900, nrcpt=1 (queue active)",
                  f"Nov 24 10:{i:02}:01 mx postfix/smtp[1]: 5Fq{i:03}AAAA: to=<u@{('gmail.com', 'yahoo.com')[i % 2]}>, relay={mx}:25, delay=1, dsn=2.0.0, status={reply}",
                  f"Nov 24 10:{i:02}:02 mx postfix/qmgr[1]: 5Fq{i:03}AAAA: removed"]
    return "\n".join(lines) + "\n"


def write_pages(folder):
    """By name: what the page is made of."""
    (folder / "hostile.eml").write_text(hostile_bounce())
    (folder / "many.log").write_text(many_domains())
    rows = {"bounce": ["samples/bounces/gmail-no-ptr.eml"], "verified": [*ZONE, "-v", "samples/bounces/gmail-two-domains.eml"], "message": ["samples/messages/ordinary-scanned.eml"],
            "list": ["samples/bounces/exim.eml", "samples/bounces/expired.eml", "samples/messages/complaint.eml"], "customer": ["--for", "customer", "samples/bounces/expired.eml"],
            "feedback": [str(next(p for p in sorted(pathlib.Path("samples/reports").iterdir())))], "log": ["log", "-v", "samples/logs/postfix.log"],
            "audit": ["audit", *ZONE, "--ip", "192.0.2.5", "--domain", "example.net"], "explain": ["explain"], "reply": ["reply", ATTACK],
            "hostile": [str(folder / "hostile.eml")], "many": ["log", "-v", "--top", "20", str(folder / "many.log")]}
    for name, arguments in rows.items():
        (folder / f"{name}.html").write_bytes(subprocess.run([MAILWHY, *arguments, "-f", "html"], capture_output=True).stdout)
    return rows


def axe_script(folder):
    """axe-core as npm has it; None: it cannot be had."""
    npm = shutil.which("npm")
    done = npm and subprocess.run([npm, "pack", "--silent", AXE], cwd=folder, capture_output=True, timeout=30)
    if not done or done.returncode:
        print(f"skipped: {AXE} on HTML reports (npm is not installed, or cannot get it)")
        return None
    with tarfile.open(next(folder.glob("axe-core-*.tgz"))) as package:
        return package.extractfile("package/axe.min.js").read().decode()


# Elements and attributes that no report has, wherever they come from.
FOREIGN = """[...document.querySelectorAll('img,iframe,object,embed,link,base,form,video,audio,i,u,foreignObject,style~style,script~script')].map(e => e.outerHTML)
.concat([...document.querySelectorAll('*')].flatMap(e => [...e.attributes].filter(a => /^on|^style$|^src/.test(a.name)).map(a => e.outerHTML.slice(0, 200))))
.concat([...document.querySelectorAll('a')].filter(a => !(/^https?:$/.test(a.protocol) || /^#r[0-9.]+$/.test(a.getAttribute("href"))) || /evil/.test(a.host)).map(a => a.href))"""

# Numbers that stand on more than one line.
BROKEN = """[...document.querySelectorAll('td.n,td.s:not(.bad,.warn,.good),.bars b')].filter(e => {const r = document.createRange(); r.selectNodeContents(e);
return new Set([...r.getClientRects()].map(c => Math.round(c.bottom / 8))).size > 1}).map(e => e.textContent)"""


# What is wider than what it stands in.
OVER = """[...document.querySelectorAll('header *,section *')].filter(e => e.getBoundingClientRect().right > e.closest('header,section').getBoundingClientRect().right + 1
|| (e.clientWidth && e.scrollWidth > e.clientWidth + 1 && !e.closest('thead'))).map(e => e.outerHTML.slice(0, 200))"""


def page_claims(browser, folder, name, axe):
    for width, scheme in ((360, "light"), (768, "light"), (1600, "dark")):
        where = f"{name}, {width}, {scheme}"
        browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        browser.width(width)
        browser.events = []
        browser.go(f"file://{folder}/{name}.html")
        wide = browser.run("document.documentElement.scrollWidth")
        yield f"{where}: no wider than the window", wide <= width, wide
        over = browser.run(OVER)
        yield f"{where}: nothing stands over the edge of its section", not over, over
        broken = browser.run(BROKEN)
        yield f"{where}: numbers and times stand on one line", not broken, broken
        if axe and width != 768:
            browser.run(axe)
            found = browser.run("axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary).join('; ')))")
            yield f"{where}: axe-core finds nothing", not found, "\n".join(found)
        asked = [e["request"]["url"] for e in browser.seen("Network.requestWillBeSent")]
        yield f"{where}: nothing is asked for", asked == [f"file://{folder}/{name}.html"], asked
        said = browser.seen("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Page.javascriptDialogOpening")
        yield f"{where}: nothing is logged", not said, json.dumps(said)[:2000]
    foreign = browser.run(FOREIGN)
    yield f"{name}: what strangers wrote is text", not foreign, foreign
    title = browser.run("document.title")
    yield f"{name}: one title, one main, a heading", title.endswith(" · mailwhy") and browser.run("[document.querySelectorAll('title').length, document.querySelectorAll('main').length].join() === '1,1' && document.querySelectorAll('h1').length > 0"), title


# Of the longest table: the texts of the column with this number.
COLUMN = "[...[...document.querySelectorAll('table')].sort((a, b) => b.rows.length - a.rows.length)[0].tBodies[0].rows].filter(r => !r.hidden).map(r => r.cells[%d].textContent)"
HEAD = "[...document.querySelectorAll('table')].sort((a, b) => b.rows.length - a.rows.length)[0].tHead.rows[0].cells[%d]"


def table_claims(browser, folder):
    browser.width(1280)
    browser.go(f"file://{folder}/many.html")
    browser.run((HEAD % 1) + ".querySelector('button').click()")
    falling = [int(n) for n in browser.run(COLUMN % 1)]
    yield "a click sorts by number, the most first", len(falling) > 8 and falling == sorted(falling, reverse=True) and browser.run((HEAD % 1) + ".getAttribute('aria-sort')") == "descending", falling
    browser.run((HEAD % 1) + ".querySelector('button').click()")
    rising = [int(n) for n in browser.run(COLUMN % 1)]
    yield "a second one turns it round", rising == falling[::-1] or rising == sorted(rising), rising
    browser.run((HEAD % 0) + ".querySelector('button').click()")
    names = browser.run(COLUMN % 0)
    yield "names are sorted as words", names == sorted(names, key=str.casefold) or browser.run(f"(a => a.every((t, i) => !i || a[i - 1].localeCompare(t) <= 0))({COLUMN % 0})"), names
    browser.run("(i => {i.value = 'D7.'; i.dispatchEvent(new Event('input'))})([...document.querySelectorAll('.filter input')].sort((a, b) => b.closest('section').querySelectorAll('tr').length - a.closest('section').querySelectorAll('tr').length)[0])")
    shown = browser.run(COLUMN % 0)
    yield "a filter leaves the rows that hold it", shown and all("d7." in n for n in shown), shown
    matrix = browser.run("[...[...document.querySelectorAll('section')].find(s => s.querySelector('h2').textContent.startsWith('Which of your senders get')).querySelectorAll('tbody tr')].find(r => r.cells[0].textContent === 's1.example').innerText.split(/\\s*[\\t\\n]\\s*/)")
    yield "who gets through where, in words, signs and colours", sorted(matrix[1:]) == ["✓ 100 % of 10", "✕ 50 % of 10"], matrix
    rows = browser.run("document.querySelectorAll('tbody tr').length")
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.go(f"file://{folder}/many.html")
    browser.call("Emulation.setScriptExecutionDisabled", value=False)
    yield "without the script they read as they are", browser.run("document.querySelectorAll('button,input').length") == 0 and browser.run("document.querySelectorAll('tbody tr').length") == rows, rows
    for paper, sides in (("A4", (8.27, 11.69)), ("Letter", (8.5, 11))):
        pdf = browser.call("Page.printToPDF", paperWidth=sides[0], paperHeight=sides[1])["data"]
        yield f"it prints on {paper}", len(pdf) > 10000, len(pdf)


def in_chromium(program):
    def part(folder):
        axe = axe_script(folder)
        names = write_pages(folder)
        browser = Browser(program)
        try:
            for name in names:
                yield from page_claims(browser, folder, name, axe)
            yield from table_claims(browser, folder)
        finally:
            browser.close()
    return part


if __name__ == "__main__":
    chromium = shutil.which("chromium")
    if not chromium:
        print("skipped: HTML reports in Chromium (it is not installed)")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as name:
        sys.exit(claims.check([in_chromium(chromium)], pathlib.Path(name), "claims about HTML reports"))
