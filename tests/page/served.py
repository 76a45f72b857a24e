#!/usr/bin/env python3
"""The page behind real web servers on loopback, set up as docs/page.md says: paste, drop, attack, many at once, and what is
too large; and in Chromium. A server or browser that is missing, and cannot be had, is skipped aloud.

usage: served.py MAILWHY
"""
import concurrent.futures
import http.client
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parents[1]), str(pathlib.Path(__file__).resolve().parent)]
import claims
from browser import Browser
from form import BOUNDARY, TYPE, Answer, form
from ports import free_port

MAILWHY = str(pathlib.Path(sys.argv[1]).resolve())
TEXT = b"554 5.7.1 Service unavailable; Client host [192.0.2.5] blocked using zen.spamhaus.org"
BOUNCES = sorted(pathlib.Path("samples/bounces").glob("*.eml"))
LOG = pathlib.Path("samples/logs/postfix.log")
PAGE = pathlib.Path("docs/page.md").read_text()
PATIENCE = 60  # seconds for what happens at once, unless something is wrong
skipped = []


def block(language):
    return re.search(rf"^```{language}\n(.*?)^```$", PAGE, re.M | re.S)[1]


def unpack(folder, *packages):
    """Where the packages lie; they are not installed, for that would start the servers of the machine. None: they cannot be had."""
    root = folder / "root"
    for package in packages:
        if subprocess.run(["apt-get", "download", package], cwd=folder, capture_output=True).returncode:
            return None
    for file in folder.glob("*.deb"):
        subprocess.run(["dpkg", "-x", file, root], check=True)
    return root


class Server:
    """One that runs until it is left; `at` is the page's address."""

    def __init__(self, folder, port, *commands, root):
        self.folder, self.port = folder, port
        libraries = ":".join(str(p) for p in (root / "usr/lib").glob("*-linux-gnu"))
        environment = {**os.environ, "LD_LIBRARY_PATH": libraries, "MAILWHY_CONFIG": "", "TMPDIR": str(folder)}
        self.processes = [subprocess.Popen(list(map(str, c)), env=environment, cwd=folder, stdout=subprocess.DEVNULL, stderr=open(folder / "errors", "a"), start_new_session=True)
                          for c in commands]
        for _ in range(10 * PATIENCE):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        self.stop()
        raise SystemExit(f"the server does not answer: {(folder / 'errors').read_text()[-2000:]}")

    def stop(self):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait()
            try:
                os.killpg(process.pid, signal.SIGKILL)  # fcgiwrap leaves those that it forked
            except ProcessLookupError:
                pass

    def raw(self, request):
        """Send bytes as they are; all that comes back."""
        with socket.create_connection(("127.0.0.1", self.port), 60) as s:
            try:
                s.sendall(request)
                s.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            got = b""
            try:
                while part := s.recv(65536):
                    got += part
            except OSError:
                pass
            return got

    def ask(self, body=None, method=None, path="/mailwhy", **fields):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2 * PATIENCE)
        connection.request(method or ("GET" if body is None else "POST"), path, body, {"Content-Type": TYPE} | fields)
        response = connection.getresponse()
        header = "".join(f"\r\n{name}: {value}" for name, value in response.getheaders())
        answer = Answer(f"HTTP/1.1 {response.status}{header}\r\n\r\n".encode() + response.read())
        connection.close()
        return answer


def script(folder, name):
    """The file that the server runs, as documented."""
    path = folder / name
    path.write_text(block("sh").replace("/usr/bin/mailwhy", MAILWHY))
    path.chmod(0o755)
    return path


def lighttpd(folder):
    root = unpack(folder, "lighttpd")
    if not root:
        return None
    port = free_port()
    own = f'server.document-root = "{folder}"\nserver.bind = "127.0.0.1"\nserver.port = {port}\nserver.upload-dirs = ("{folder}")\nserver.errorlog = "{folder}/errors"\n'
    (folder / "lighttpd.conf").write_text(own + block("lighttpd").replace("/usr/lib/cgi-bin/mailwhy", str(script(folder, "mailwhy"))))
    return Server(folder, port, [root / "usr/sbin/lighttpd", "-D", "-f", folder / "lighttpd.conf", "-m", root / "usr/lib/lighttpd"], root=root)


def nginx(folder):
    root = unpack(folder, "nginx", "fcgiwrap", "libfcgi0ldbl", "nginx-common")
    if not root:
        return None
    port, user = free_port(), "user root;" if os.getuid() == 0 else ""
    page = block("nginx").replace("/usr/lib/cgi-bin/mailwhy", str(script(folder, "mailwhy"))).replace("/run/fcgiwrap.socket", f"{folder}/socket")
    page = page.replace("/etc/nginx", f"{root}/etc/nginx")
    places = "".join(f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(f"daemon off; {user} pid {folder}/pid; error_log {folder}/errors;\nevents {{}}\nhttp {{ access_log off; {places}\n"
                                       f"server {{ listen 127.0.0.1:{port};\n{page} }} }}\n")
    return Server(folder, port, [root / "usr/sbin/fcgiwrap", "-c", "4", "-s", f"unix:{folder}/socket"],
                  [root / "usr/sbin/nginx", "-c", folder / "nginx.conf", "-p", folder, "-e", folder / "errors"], root=root)


def apache(folder):
    root = unpack(folder, "apache2-bin", "libapr1", "libaprutil1")
    if not root:
        return None
    port = free_port()
    (folder / "cgi-bin").mkdir()
    page = block("apache").replace("/usr/lib/cgi-bin", str(script(folder / "cgi-bin", "mailwhy").parent))
    modules = "".join(f"LoadModule {name}_module modules/mod_{name}.so\n" for name in ("mpm_event", "authz_core", "alias", "cgid"))
    (folder / "httpd.conf").write_text(f"ServerRoot {root}/usr/lib/apache2\nPidFile {folder}/pid\nDefaultRuntimeDir {folder}\nListen 127.0.0.1:{port}\nServerName localhost\n"
                                       f"ErrorLog {folder}/errors\nScriptSock {folder}/socket\n{modules}{page}")
    return Server(folder, port, [root / "usr/sbin/apache2", "-f", folder / "httpd.conf", "-D", "FOREGROUND"], root=root)


def home(folder):
    """The command of "At home", with a port of the test's own."""
    root = unpack(folder, "busybox")
    if not root:
        return None
    port = free_port()
    command = block("sh-home").replace("exec mailwhy", f"exec {MAILWHY}").replace("127.0.0.1:8080", f"127.0.0.1:{port}")
    return Server(folder, port, ["sh", "-c", command.replace("busybox httpd", f"exec {root}/bin/busybox httpd")], root=root)


def basics(name, server, path="/mailwhy"):
    """What must hold behind any server."""
    page = server.ask(path=path)
    yield f"{name}: the form", page.status == 200 and "<textarea" in page.text and page.fields["Cache-Control"] == "no-store", page.shown
    head = server.ask(method="HEAD", path=path)
    yield f"{name}: HEAD", head.status == 200 and not head.body and "script-src 'sha256-" in head.fields["Content-Security-Policy"], head.shown
    yield f"{name}: PUT", server.ask(b"", "PUT", path).status == 405, ""
    pasted = server.ask(form(("text", TEXT)), path=path)
    yield f"{name}: paste", pasted.status == 200 and "blocklist.spamhaus" in pasted.text, pasted.shown
    dropped = server.ask(form(("file", BOUNCES[0].read_bytes(), "b.eml"), ("file", LOG.read_bytes(), "mail.log")), path=path)
    yield f"{name}: drop", dropped.status == 200 and dropped.text.count("<article>") == 1, dropped.shown
    query = server.ask(path=path + "?--help")
    yield f"{name}: a query that could be arguments", query.status == 400 and "usage:" not in query.text, query.shown
    begun = time.monotonic()
    large = server.raw(f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {TYPE}\r\nContent-Length: {1 << 30}\r\nConnection: close\r\n\r\n".encode() + b"x" * (1 << 20))
    yield f"{name}: 1 GiB is refused at once", b" 413 " in large.split(b"\r\n")[0] and time.monotonic() - begun < PATIENCE, large[:300]


def attack(server):
    body = form(("text", TEXT))

    def post(length, content=body, kind=TYPE, more=""):
        return server.raw(f"POST /mailwhy HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\n{length}{more}Connection: close\r\n\r\n".encode("latin-1") + content)

    own = f"Content-Length: {len(body)}\r\n"
    smuggled = f"GET /mailwhy?smuggled=1 HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    rows = [("a negative length", "Content-Length: -1\r\n", {}), ("two lengths", own + "Content-Length: 5\r\n", {}), ("a list of lengths", f"Content-Length: {len(body)}, 5\r\n", {}),
            ("a length with a sign", f"Content-Length: +{len(body)}\r\n", {}), ("a length around 2^64", f"Content-Length: {(1 << 64) + len(body)}\r\n", {}),
            ("no length", "", {}), ("a length and chunks", own + "Transfer-Encoding: chunked\r\n", {}), ("a shorter length", f"Content-Length: {len(body) - 20}\r\n", {}),
            ("another request behind it", own, {"content": body + smuggled}), ("broken multipart", own, {"content": body.replace(b"\r\n\r\n", b"\r\n", 1) + b"xx"}),
            ("another boundary", own, {"kind": TYPE.replace("Web", "wEB")}), ("NUL in a field", own, {"more": "X-A: b\0c\r\n"}),
            ("CRLF in a boundary", own, {"kind": 'multipart/form-data; boundary="a\r\n b"'})]
    for name, length, more in rows:
        answer = post(length, **more)
        heads = re.findall(rb"HTTP/1\.[01] (\d+)", answer)
        refused = name == "another request behind it" or not heads or heads[0] in (b"400", b"408", b"411", b"413", b"415", b"501")
        yield f"attack: {name}", len(heads) <= 1 and refused and b"Set-Cookie" not in answer, answer[:600]
    cut = server.raw(f"POST /mailwhy HTTP/1.1\r\nHost: localhost\r\nContent-Type: {TYPE}\r\nContent-Length: {len(body) + 100}\r\n\r\n".encode() + body)
    yield "attack: a body that ends early", not re.search(rb"HTTP/1\.\d 200", cut), cut[:600]
    html = server.ask(form(("text", b'550 5.7.1 spam <script>alert(1)</script></textarea><img src=x onerror=alert(1)>'), ("file", b"550 5.7.1 spam", '<b>"x.eml')))
    yield "attack: HTML", html.status in (200, 400) and "<img" not in html.text and "<script>alert" not in html.text, html.shown
    yield "and then it answers as before", server.ask(form(("text", TEXT))).status == 200, ""


def at_once(server):
    """Fifty visitors, of whom each sees what is of himself."""
    def visit(i):
        name = f"person{i:03d}"
        answer = server.ask(form(("text", f"550 5.1.1 <{name}@example.org>: Recipient address rejected: User unknown".encode()), ("file", BOUNCES[i % len(BOUNCES)].read_bytes(), f"{name}.eml")))
        return name, answer

    begun = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(visit, range(50)))
    seconds = time.monotonic() - begun
    wrong = [answer.shown[:500] for name, answer in answers if answer.status != 200 or set(re.findall(r"person\d+", answer.text)) != {name}]
    yield "50 at once: each gets a report, and of himself alone", not wrong, wrong[:2]
    print(f"50 at once: {seconds:.1f} seconds")
    for _ in range(10 * PATIENCE):  # one that has answered has still to end, and another test may run beside
        processes = subprocess.run(["pgrep", "-f", f"^{re.escape(MAILWHY)} cgi"], capture_output=True, text=True).stdout.split()
        if not processes:
            break
        time.sleep(0.1)
    yield "50 at once: no process is left", not processes, processes


def nothing_is_left(server):
    """In the folder that stands for all temporary ones."""
    def files():
        return {p for p in server.folder.rglob("*") if p.is_file() and "root" not in p.parts}

    before = files()
    server.ask(form(("file", b"x" * (3 << 20), "large.bin"), ("file", LOG.read_bytes(), "mail.log")))
    yield "no file is left", files() == before, files() - before


def becomes(holds, seconds=PATIENCE):
    """Does it hold within some seconds? Chromium gives the keyboard to a box when it has drawn it."""
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return holds()


def drop_files(server, browser, address):
    send = "document.forms[0].requestSubmit(document.forms[0].elements.send)"
    browser.go(address)
    browser.drop(BOUNCES[1].resolve())
    browser.drop(LOG.resolve())
    names = browser.run("[...document.getElementById('file').files].map(f => f.name)")
    yield "Chromium: files dropped one after the other", names == [BOUNCES[1].name, LOG.name], names
    browser.loaded(lambda: browser.run(send))
    yield "Chromium: their report", browser.run("document.querySelectorAll('article').length") == 1, browser.run("document.body.innerText")
    browser.go(address)
    yield "Chromium: the box has the keyboard again", becomes(lambda: browser.run("document.activeElement.id") == "text"), ""
    browser.run("document.getElementById('text').value = '550 5.1.1 it stays'")
    large = server.folder / "large.log"
    with large.open("wb") as file:
        file.truncate(1 << 30)
    browser.drop(large)
    browser.run(send)
    told = browser.run("[document.getElementById('file').validationMessage, document.getElementById('text').value, document.forms[0].elements.send.disabled]")
    yield "Chromium: 1 GiB dropped is not sent, and why is said", "more than the page takes: up to 25 MiB" in told[0] and told[1:] == ["550 5.1.1 it stays", False], told
    browser.choose("#file", BOUNCES[1].resolve())
    browser.loaded(lambda: browser.run(send))
    yield "Chromium: with another in its place it is", BOUNCES[1].name in browser.run("document.body.innerText"), browser.run("document.body.innerText")
    large.unlink()


def choose_all(browser, address):
    """What the form has beside the text: language, hiding, a snapshot."""
    browser.go(address)
    browser.run("document.querySelector('details').open = true")
    browser.choose("#file", pathlib.Path("samples/bounces/gmail-two-domains.eml").resolve())
    browser.choose("#dns", pathlib.Path("samples/dns/two-domains.zone").resolve())
    browser.run("document.forms[0].elements.lang.value = 'de'; document.forms[0].elements.redact.checked = true")
    browser.loaded(lambda: browser.run("document.forms[0].requestSubmit(document.forms[0].elements.send)"))
    said, copied = browser.run("document.body.innerText"), browser.run("[...document.querySelectorAll('pre.copy')].map(p => p.lang + ' ' + p.textContent)")
    yield "Chromium: verified on the snapshot", "Records as they should be" in said, said
    yield "Chromium: in the customer's language", copied[0].startswith("de Ihre Nachricht"), copied[0]
    yield "Chromium: texts for the customer, the postmaster and the ticket", len(copied) == 3, copied
    yield "Chromium: nobody is named", not any(re.search(r"\ba@gmail\.com", text) for text in [said, *copied]), copied


def browse(server, program):
    address = f"http://127.0.0.1:{server.port}/mailwhy"
    browser = Browser(program)
    browser.call("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
    browser.call("Emulation.setFocusEmulationEnabled", enabled=True)
    try:
        for pixels in (360, 1280):
            browser.width(pixels)
            browser.go(address)
            yield f"Chromium, {pixels}: the box has the keyboard", becomes(lambda: browser.run("document.activeElement.id") == "text"), ""
            browser.call("Input.insertText", text=BOUNCES[0].read_text())
            browser.loaded(lambda: browser.run("document.forms[0].elements.send.click()"))
            yield f"Chromium, {pixels}: pasted, the report is there", browser.run("document.querySelectorAll('article h1').length") == 1, browser.run("document.body.innerText")
            yield f"Chromium, {pixels}: it is as wide as the window", browser.run("document.documentElement.scrollWidth <= innerWidth"), browser.run("document.documentElement.scrollWidth")
            copied = browser.run("(async()=>{const b=document.querySelector('button.copy');b.click();return [b.textContent,await navigator.clipboard.readText(),"
                                 "document.querySelector('pre.copy').textContent]})()")
            yield f"Chromium, {pixels}: a click copies the text for the customer", copied[0] == "Copied" and copied[1] == copied[2] and copied[1].startswith("Your message"), copied
        browser.go(address)
        browser.choose("#file", BOUNCES[1].resolve(), LOG.resolve())
        browser.loaded(lambda: browser.run("document.forms[0].requestSubmit(document.forms[0].elements.send)"))
        yield "Chromium: chosen files", browser.run("document.querySelectorAll('article').length") == 1, browser.run("document.body.innerText")
        yield from drop_files(server, browser, address)
        yield from choose_all(browser, address)
        browser.call("Emulation.setScriptExecutionDisabled", value=True)
        browser.go(address)
        root = browser.call("DOM.getDocument")["root"]["nodeId"]
        box = browser.call("DOM.querySelector", nodeId=root, selector="#text")["nodeId"]
        browser.call("DOM.focus", nodeId=box)
        browser.call("Input.insertText", text="<script>document.title='x'</script> 550 5.7.1 blocked using zen.spamhaus.org")
        button = browser.call("DOM.querySelector", nodeId=root, selector="button.main")["nodeId"]
        x, y = browser.call("DOM.getBoxModel", nodeId=button)["model"]["content"][:2]

        def click():
            for kind in ("mousePressed", "mouseReleased"):
                browser.call("Input.dispatchMouseEvent", type=kind, x=x + 5, y=y + 5, button="left", clickCount=1)

        browser.loaded(click)
        browser.call("Emulation.setScriptExecutionDisabled", value=False)
        yield "Chromium without script: the report", "blocklist.spamhaus" in browser.run("document.body.innerText") and browser.run("document.title") == "mailwhy report", browser.run("document.body.innerText")
        messages = browser.seen("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown")
        yield "Chromium: no message on the console", not messages, messages
        elsewhere = [r["request"]["url"] for r in browser.seen("Network.requestWillBeSent") if r["request"]["url"] != address]
        yield "Chromium: no request elsewhere", not elsewhere, elsewhere
    finally:
        browser.close()


def serve(name, start, checks, path="/mailwhy"):
    """A part for claims.check: the checks behind that server."""
    def part(folder):
        here = folder / name
        here.mkdir()
        server = start(here)
        if not server:
            skipped.append(name)
            print(f"skipped: {name} (it is not here, and its package cannot be had)")
            return
        try:
            yield from basics(name, server, path)
            for check in checks:
                yield from check(server)
        finally:
            server.stop()
    return part


def in_chromium(server):
    program = shutil.which("chromium")
    if program:
        yield from browse(server, program)
    else:
        print("skipped: the page in Chromium (it is not installed)")


if __name__ == "__main__":
    parts = (serve("lighttpd", lighttpd, (attack, at_once, nothing_is_left, in_chromium)), serve("nginx", nginx, ()), serve("apache", apache, ()),
             serve("home", home, (), "/cgi-bin/mailwhy"))
    with tempfile.TemporaryDirectory() as name:
        status = claims.check(parts, pathlib.Path(name), "claims about the page behind web servers")
    sys.exit(status or (77 if len(skipped) == len(parts) else 0))
