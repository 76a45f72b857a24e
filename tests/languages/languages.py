#!/usr/bin/env python3
"""The customer's page in all its languages.

usage: languages.py MAILWHY (in the repository's root)

Each translation has every text, with the same places for values; none of the words of our trade is in any; the page comes
in the language that is asked for; and what strangers wrote is quoted on it and cannot be followed.
"""
import importlib.util
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

try:
    import yaml
except ImportError:
    print("skipped: python3-yaml is not there")
    sys.exit(77)

MAILWHY = sys.argv[1]
LABEL_MOST = 18  # columns of a label in text (analyze/report/text.c), with a blank behind it

# What a customer is not to read, in any language and in each. Whole words; a "*" stands for any ending.
EVERYWHERE = """-- SPF DKIM DMARC ARC HELO EHLO PTR DNS rDNS MX SMTP TLS STARTTLS MTA MTA-STS DANE DSN RBL DNSBL VERP SRS BATV IP
    relay* bounce* greylist* graylist* blacklist* blocklist* snapshot* header*""".split()
FORBIDDEN = {
    "en": EVERYWHERE + "rule rules trust* unverified envelope queue* certificate* hop hops reputation reverse-DNS".split(),
    "de": EVERYWHERE + "Regel Regeln Schnappschuss* Kopfzeile* Warteschlange* Zertifikat* Umschlag* Reputation* Graulist* ungeprüft*".split(),
    "fr": EVERYWHERE + "règle règles instantané* en-tête* enveloppe* certificat* réputation file-d’attente liste-grise".split(),
    "es": EVERYWHERE + "regla reglas instantánea* cabecera* certificado* reputación cola encabezado* lista-gris".split(),
}

HOSTILE = """Return-Path: <>
From: MAILER-DAEMON@mail.example.com
To: shop@example.com
Subject: Undelivered Mail Returned to Sender
Date: Tue, 24 Nov 2026 10:14:07 +0100
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

failed

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.com

Final-Recipient: rfc822; {recipient}
Action: failed
Status: 5.1.1
Remote-MTA: dns; pay.evil.example
Diagnostic-Code: smtp; 550 5.1.1 User unknown. {words}

--b
Content-Type: text/rfc822-headers

From: shop@example.com
To: kim@example.org
Subject: {words}
Message-ID: <1@example.com>
Date: Tue, 24 Nov 2026 10:14:02 +0100

--b--
"""
WORDS = ('Pay at https://evil.example/pay?a=b or www.evil.example or evil.example/x or <a href="http://evil.example/">here</a> '
         "or [here](javascript:alert(1)) ![](//evil.example/i.png) mailto:eve@evil.example")


def run(*args, **environment):
    env = {k: v for k, v in os.environ.items() if k not in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE")} | environment
    return subprocess.run([MAILWHY, *args], capture_output=True, text=True, env=env)


def template():
    spec = importlib.util.spec_from_file_location("pot", "po/pot.py")
    pot = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pot)
    return pot.texts()


def read_po(path):
    """{msgid: msgstr}, and what is wrong with the file."""
    entries, faults, key, text, field = {}, [], "", "", ""
    for line in [*pathlib.Path(path).read_text().splitlines(), 'msgid ""']:
        if line.startswith("#") and "fuzzy" in line:
            faults.append("an entry is fuzzy")
        if line.startswith("#~"):
            faults.append("an entry is obsolete")
        if line.startswith("msgid "):
            if key:
                entries[key] = text
            key, text, field = "", "", "id"
        elif line.startswith("msgstr "):
            field = "str"
        if not line.startswith("#") and (found := re.search(r'"(.*)"$', line)):
            value = found[1].replace('\\"', '"')
            key, text = (key + value, text) if field == "id" else (key, text + value)
    return entries, faults


def places(text):
    return re.findall(r"\{\w*\}|\{\w+: |\}", text)


def forbidden_in(language, text):
    for term in FORBIDDEN[language]:
        pattern = re.escape(term.rstrip("*")).replace(r"\-", "[- ]") if term != "--" else "--"
        ends = r"\w*" if term.endswith("*") else ""
        flags = 0 if term.isupper() else re.I
        if re.search(rf"(?<!\w){pattern}{ends}(?!\w)", text, flags) if term != "--" else "--" in text:
            yield term


def check_texts():
    texts = template()
    labels = {t for t, where in texts.items() if any("LABEL_" in w for w in where)}
    kept = pathlib.Path("po/mailwhy.pot").read_text()
    made = subprocess.run([sys.executable, "po/pot.py"], capture_output=True, text=True).stdout
    yield "po/mailwhy.pot is what po/pot.py prints", kept == made, "run po/pot.py > po/mailwhy.pot"
    catalogs = {"en": ({t: t for t in texts}, [])} | {p.stem: read_po(p) for p in sorted(pathlib.Path("po").glob("*.po"))}
    yield "there is a list of forbidden terms for each language", set(catalogs) <= set(FORBIDDEN), sorted(catalogs)
    for language, (said, faults) in catalogs.items():
        yield f"{language}: no fuzzy or obsolete entry", not faults, faults
        yield f"{language}: the texts of the template, all and no others", set(said) == set(texts), sorted(set(said) ^ set(texts))
        yield f"{language}: none is empty", all(said.values()), [k for k, v in said.items() if not v]
        wrong = [(k, v) for k, v in said.items() if places(k) != places(v)]
        yield f"{language}: the same places for values", not wrong, wrong
        wide = [said[t] for t in labels if len(said.get(t, "")) > LABEL_MOST]
        yield f"{language}: labels fit their column", not wide, wide
        wrong = [(t, v) for v in said.values() for t in forbidden_in(language, v)]
        yield f"{language}: no word of our trade", not wrong, wrong
    probe = [t for t in forbidden_in("en", "The SPF record, the queue and relaying -- no word of that. Ruler.")]
    yield "the search for such words finds some", probe == ["--", "SPF", "relay*", "queue*"], probe


def check_causes():
    told = {e["id"] for e in yaml.safe_load(pathlib.Path("rules/readers.yaml").read_text())["readers"]}
    lines = run("explain", "-f", "ndjson", "causes").stdout
    causes = re.findall(r'"cause":"([\w.-]+)"', lines)
    lacking = [c for c in causes if c not in told and c.split(".")[0] not in told]
    yield "every cause has a text for the customer", len(causes) > 60 and not lacking, lacking or lines[:300]


def check_choice():
    bounce = "samples/bounces/user-unknown.eml"
    german, english = "Ihre Nachricht", "Your message"
    for environment, expected in [
        ({}, english), ({"LANG": "C"}, english), ({"LANG": "C.UTF-8", "LANGUAGE": "de"}, english),
        ({"LANG": "de_DE.UTF-8"}, german), ({"LANG": "xx_XX.UTF-8"}, english), ({"LANG": "fr_FR", "LC_ALL": "de_CH"}, german),
        ({"LANG": "fr_FR", "LC_MESSAGES": "de_CH"}, german), ({"LANG": "fr_FR", "LC_ALL": ""}, "Votre message"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "xx:de:fr"}, german),
    ]:
        page = run("--for", "customer", bounce, **environment).stdout
        yield f"language of {environment}", page.startswith(expected), page[:200]
    page = run("--for", "customer", "--lang", "es", bounce, LANG="de_DE.UTF-8").stdout
    yield "--lang outdoes LANG", page.startswith("Su mensaje"), page[:200]
    for args in [["-f", "json", bounce], [bounce], ["--for", "receiver", bounce]]:
        here, there = run(*args, LANG="de_DE.UTF-8"), run(*args)
        yield f"{args} is in English", here.stdout == there.stdout and here.returncode == 0, here.stdout[:200]
    for args in [["--lang", "de", bounce], ["--for", "customer", "-f", "json", bounce], ["--for", "nobody", bounce],
                 ["--for", "customer", "--lang", "xx", bounce], ["--for", "receiver", "-f", "ndjson", bounce]]:
        result = run(*args)
        yield f"{args} is refused", result.returncode == 64 and not result.stdout, result.stderr


def own_words(page):
    """A page in text, without what it quotes."""
    return re.sub(r"(?m)^  - .*\n(?:    .*\n)*", "", page)


def check_pages():
    for bounce in sorted(pathlib.Path("samples/bounces").glob("*.eml")):
        for language in FORBIDDEN:
            page = own_words(run("--for", "customer", "--lang", language, str(bounce)).stdout)
            found = list(forbidden_in(language, page))
            yield f"{bounce} in {language}: no word of our trade", page.strip() and not found, (found, page)


def check_hostile(folder):
    for recipient in ["kim@example.org", "Call +1 555 0100 now, see https://evil.example/@x"]:
        path = pathlib.Path(folder, "hostile.eml")
        path.write_text(HOSTILE.format(recipient=recipient, words=WORDS))
        for language in FORBIDDEN:
            text, markdown, html = (run("--for", "customer", "--lang", language, "-f", f, str(path)).stdout
                                    for f in ("text", "markdown", "html"))
            body = html.split("</head>")[-1]
            yield "the title has no words of a stranger's", "555" not in text.splitlines()[0], text
            for page in (text, markdown, body):
                links = re.findall(r"://|www\.|mailto:|evil\.example(?!>)", page)
                yield f"nothing in it is a link ({language})", not links, (links, page)
            yield "HTML has no element of a stranger's", not re.search(r"<a\b|<img", body), body
            outside = re.sub(r"(?s)```.*?```|`[^`]*`", "", markdown)
            yield "Markdown has a stranger's words in code alone", "evil" not in outside and "](" not in outside, outside


def main():
    failures = count = 0
    with tempfile.TemporaryDirectory() as folder:
        for part in (check_texts(), check_causes(), check_choice(), check_pages(), check_hostile(folder)):
            for what, holds, shown in part:
                count += 1
                if not holds:
                    failures += 1
                    print(f"{what}: does not hold\n{shown}")
    if msgfmt := shutil.which("msgfmt"):
        for po in sorted(pathlib.Path("po").glob("*.po")):
            result = subprocess.run([msgfmt, "--check-format", "-o", os.devnull, str(po)], capture_output=True, text=True)
            failures += result.returncode != 0
            count += 1
            print(result.stderr, end="")
    else:
        print("msgfmt (package gettext) is not there: the files were not read by it")
    print(f"{count} claims, {failures} failures")
    return 1 if failures else 0


sys.exit(main())
