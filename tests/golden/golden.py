#!/usr/bin/env python3
"""Compare reports on the samples with those kept in this folder, and docs/causes.md and docs/topics.md with what is explained.

usage: golden.py MAILWHY [--update]

A row of CASES is a file of this folder and the command line that makes it. After a change that is
meant, --update writes them anew: read the difference before you commit it. The lines of the rule files
are left out, so that a new rule changes no report; so is what the second opinion learns anew with each example:
scores, and the cause that it has second.
"""
import difflib
import json
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
os.environ["TZ"] = "UTC"  # of log lines that name no zone
os.environ["SOURCE_DATE_EPOCH"] = "1795600000"  # of reports that say when they were made

BOUNCES = sorted(p.stem for p in pathlib.Path("samples/bounces").glob("*.eml"))
MESSAGES = sorted(p.stem for p in pathlib.Path("samples/messages").glob("*.eml"))

REPORTS = sorted(p.name for p in pathlib.Path("samples/reports").iterdir())
LOGS = sorted(p.name for p in pathlib.Path("samples/logs").iterdir())

CASES = {
    **{f"bounces/{b}.txt": [f"samples/bounces/{b}.eml"] for b in BOUNCES},
    **{f"messages/{m}.txt": [f"samples/messages/{m}.eml"] for m in MESSAGES},
    "spamhaus.json": ["-f", "json", "samples/bounces/spamhaus.eml"],
    "spamhaus.md": ["-f", "markdown", "samples/bounces/spamhaus.eml"],
    "spamhaus.html": ["-f", "html", "samples/bounces/spamhaus.eml"],
    **{f"customer/{b}.txt": ["--for", "customer", f"samples/bounces/{b}.eml"] for b in BOUNCES},
    "customer/spamhaus.md": ["--for", "customer", "-f", "markdown", "samples/bounces/spamhaus.eml"],
    "customer/spamhaus.html": ["--for", "customer", "-f", "html", "samples/bounces/spamhaus.eml"],
    "customer/redacted.txt": ["--for", "customer", "--redact-key", "tests/redact/redact.key", "samples/bounces/user-unknown.eml"],
    **{f"customer/spamhaus.{code}.txt": ["--for", "customer", "--lang", code, "samples/bounces/spamhaus.eml"] for code in ("de", "es", "fr")},
    "customer/smarthost.txt": ["reply", "--for", "customer", "host smtp.sendgrid.net[192.0.2.9] said: 550 5.0.0 Unauthenticated senders not allowed"],
    "customer/closed.txt": ["reply", "--for", "customer", "550 5.2.1 The email account that you tried to reach is disabled. - gsmtp"],
    "customer/reply.txt": ["reply", "--for", "customer", "452 4.2.2 Mailbox full"],
    "customer/log.txt": ["log", "--for", "customer", "--recipient", "kim@example.org", "samples/logs/two-hosts.log"],
    "customer/log-of-none.txt": ["log", "--for", "customer", "--recipient", "nobody@nowhere.example", "samples/logs/postfix.log"],
    "customer/log-of-many.txt": ["log", "--for", "customer", "samples/logs/postfix.log"],
    **{f"customer/{n}.txt": ["--for", "customer", f"samples/messages/{n}.eml"] for n in ("complaint", "out-of-office", "challenge")},
    "customer/pasted-temporary.txt": ["--for", "customer", "tests/inputs/pasted-temporary.txt"],
    "pasted-temporary.txt": ["tests/inputs/pasted-temporary.txt"],
    "customer/log-taken.txt": ["log", "--for", "customer", "--recipient", "d@gmail.com", "samples/logs/postfix.log"],
    "customer/log-local.txt": ["log", "--for", "customer", "--recipient", "root@example.com", "samples/logs/postfix.log"],
    "customer/log-given-up.txt": ["log", "--for", "customer", "--sender", "shop@example.net", "tests/inputs/given-up.log"],
    "logs/given-up.txt": ["log", "--sender", "shop@example.net", "tests/inputs/given-up.log"],
    "logs/inbound.txt": ["log", "tests/inputs/inbound.log"],
    "logs/client-before-filter.txt": ["log", "--client", "example.com", "tests/inputs/filtered.log"],
    "logs/client-before-filter.ndjson": ["log", "-f", "ndjson", "--client", "example.com", "tests/inputs/filtered.log"],
    "logs/inbound-story.txt": ["log", "--recipient", "example.org", "tests/inputs/inbound.log"],
    "customer/log-inbound.txt": ["log", "--for", "customer", "--recipient", "lee@example.org", "tests/inputs/inbound.log"],
    "receiver/log-inbound.txt": ["log", "--for", "receiver", "--recipient", "lee@example.org", "tests/inputs/inbound.log"],
    "logs/answer-lost.txt": ["log", "tests/inputs/answer-lost.log"],
    "customer/log-answer-lost.txt": ["log", "--for", "customer", "--lang", "de", "--recipient", "ann@sun.example", "tests/inputs/answer-lost.log"],
    "logs/none-reached.txt": ["log", "tests/inputs/none-reached.log"],
    "logs/forwarded.txt": ["log", "tests/inputs/forwarded.log"],
    "customer/log-came-back.txt": ["log", "--for", "customer", "--recipient", "kim@example.org", "tests/inputs/came-back.log"],
    "logs/came-back.txt": ["log", "--recipient", "kim@example.org", "tests/inputs/came-back.log"],
    "customer/message.txt": ["--for", "customer", "samples/messages/signed.eml"],
    **{f"receiver/{b}.txt": ["--for", "receiver", f"samples/bounces/{b}.eml"] for b in ("spamhaus", "yahoo-deferred", "qmail-two-recipients", "own-filter", "relayed", "perhaps-none", "held-by-moderator")},
    "customer/perhaps-none.html": ["--for", "customer", "-f", "html", "samples/bounces/perhaps-none.eml"],
    "receiver/spamhaus.md": ["--for", "receiver", "-f", "markdown", "samples/bounces/spamhaus.eml"],
    "receiver/spamhaus.html": ["--for", "receiver", "-f", "html", "samples/bounces/spamhaus.eml"],
    "receiver/redacted.txt": ["--for", "receiver", "--redact-key", "tests/redact/redact.key", "samples/bounces/gmail-spf.eml"],
    "receiver/two-domains.txt": ["--for", "receiver", "--dns", "samples/dns/two-domains.zone", "--log", "samples/logs/postfix.log", "samples/bounces/gmail-two-domains.eml"],
    "receiver/reply.txt": ["reply", "--for", "receiver", "550 5.7.1 blocked, id 4Fq2xR6hLmz9rJ"],
    "receiver/not-reached.txt": ["--for", "receiver", "tests/inputs/not-reached.eml"],
    "receiver/held.txt": ["--for", "receiver", "tests/inputs/held.eml"],
    "customer/not-reached.txt": ["--for", "customer", "tests/inputs/not-reached.eml"],
    "customer/not-reached.de.txt": ["--for", "customer", "--lang", "de", "tests/inputs/not-reached.eml"],
    "held.txt": ["tests/inputs/held.eml"],
    "not-reached.html": ["-f", "html", "tests/inputs/not-reached.eml"],
    "was-fixed-unknown.txt": ["--dns", "samples/dns/two-domains.zone", "--dns-after", "tests/inputs/nothing-known.zone", "samples/bounces/gmail-two-domains.eml"],
    "receiver/reply-listed.txt": ["reply", "--for", "receiver", "554 5.7.1 Service unavailable; Client host [192.0.2.5] blocked using zen.spamhaus.org"],
    "receiver/log.txt": ["log", "--for", "receiver", "--tz", "Europe/Berlin", "--recipient", "kim@example.org", "samples/logs/two-hosts.log"],
    "receiver/log-of-many.txt": ["log", "--for", "receiver", "samples/logs/postfix.log"],
    "spamhaus-color.txt": ["--color", "always", "samples/bounces/spamhaus.eml"],
    "spamhaus-trusted.txt": ["--trust", ".example.com", "samples/bounces/spamhaus.eml"],
    "user-unknown-redacted.json": ["--redact-key", "tests/redact/redact.key", "-f", "json", "samples/bounces/user-unknown.eml"],
    "dmarc-of-another.txt": ["--trust", "mail.own.example", "tests/inputs/dmarc-of-another.eml"],
    "dmarc-of-two-from.txt": ["tests/inputs/dmarc-of-two-from.eml"],
    "log-refused-twice.txt": ["log", "tests/inputs/refused-twice.log"],
    "many.txt": ["--summary", "-v", "samples/bounces", "samples/mailbox.mbox", "samples/logs/exim.log"],
    "many-unnamed.txt": ["--summary", "tests/inputs/pasted-unnamed.txt", "tests/inputs/pasted-temporary.txt"],
    "many-doubtful.txt": ["--summary", "samples/bounces/perhaps-none.eml", "samples/bounces/held-by-moderator.eml", "samples/bounces/expired.eml"],
    "dmarc-verified.txt": ["--dns", "samples/dns/two-domains.zone", "samples/reports/dmarc.xml"],
    "dmarc-verified.json": ["--dns", "samples/dns/two-domains.zone", "-f", "json", "samples/reports/dmarc.xml"],
    "dmarc-reports.txt": ["--summary", "samples/reports", "samples/reports/dmarc.xml"],
    "dmarc-reports-today.txt": ["--summary", "--dns", "samples/dns/two-domains.zone", "samples/reports"],
    "dmarc-reports-today.json": ["--summary", "--dns", "samples/dns/two-domains.zone", "-f", "json", "samples/reports"],
    "tls-reports.txt": ["--summary", "samples/reports/tls.json", "samples/reports/tls.json", "samples/reports/dmarc.xml"],
    "tls-reports.json": ["--summary", "-f", "json", "samples/reports/tls.json", "samples/reports/dmarc.xml"],
    "dmarc-reports.json": ["--summary", "-f", "json", "samples/reports/dmarc.xml"],
    "many.json": ["--summary", "-f", "json", "samples/bounces", "samples/mailbox.mbox", "samples/logs/exim.log"],
    "many.md": ["-f", "markdown", "samples/bounces/spamhaus.eml", "samples/mailbox.mbox"],
    "many.html": ["-f", "html", "samples/bounces/spamhaus.eml", "samples/mailbox.mbox"],
    "many-redacted.txt": ["--redact-key", "tests/redact/redact.key", "samples/bounces/spamhaus.eml", "samples/bounces/user-unknown.eml"],
    "mailbox.txt": ["samples/mailbox.mbox"],
    "mailbox.ndjson": ["-f", "ndjson", "samples/mailbox.mbox"],
    "replies.ndjson": ["reply", "-f", "ndjson", "550 5.1.1 No such user here", "421 try again later"],
    "reply.txt": ["reply", "421 4.7.0 [TSS04] Messages from 192.0.2.5 temporarily deferred"],
    **{f"reports/{name}.txt": [f"samples/reports/{name}"] for name in REPORTS},
    **{f"reports/{name}.json": ["-f", "json", f"samples/reports/{name}"] for name in REPORTS},
    **{f"logs/{name}.ndjson": ["log", "-f", "ndjson", f"samples/logs/{name}"] for name in LOGS},
    "logs/postfix.txt": ["log", "-v", "samples/logs/postfix.log"],
    "logs/postfix.json": ["log", "-f", "json", "samples/logs/postfix.log"],
    "logs/postfix.md": ["log", "-f", "markdown", "samples/logs/postfix.log"],
    "logs/postfix.html": ["log", "-f", "html", "samples/logs/postfix.log"],
    "logs/twice.txt": ["log", "samples/logs/exim.log", "samples/logs/postfix.log", "samples/logs/exim.log"],
    "logs/all.txt": ["-v", "-j", "4", *(f"samples/logs/{name}" for name in LOGS)],
    "logs/filtered.ndjson": ["log", "-f", "ndjson", "--domain", "gmail.com", "--cause", "auth", "samples/logs/postfix.log"],
    "logs/story.txt": ["log", "--tz", "Europe/Berlin", "--lines", "--recipient", "kim@example.org", "samples/logs/two-hosts.log"],
    "logs/cut.txt": ["log", "tests/inputs/courier-cut.log"],
    "logs/nobody-named.txt": ["log", "tests/inputs/refused-unnamed.log"],
    "logs/named.txt": ["log", "--recipient", "example.org", "tests/inputs/exim-named.log"],
    "logs/story.json": ["log", "-f", "json", "--tz", "Europe/Berlin", "--lines", "--sender", "news@example.net", "samples/logs/postfix.log"],
    "logs/story-redacted.txt": ["log", "--redact-key", "tests/redact/redact.key", "--lines", "--sender", "example.net", "samples/logs/postfix.log"],
    "spamhaus-in-log.txt": ["--log", "samples/logs/postfix.log", "samples/bounces/spamhaus.eml"],
    "spamhaus-in-log-redacted.json": ["--redact-key", "tests/redact/redact.key", "-f", "json", "--log", "samples/logs/postfix.log", "samples/bounces/spamhaus.eml"],
    "two-domains.txt": ["-v", "--dns", "samples/dns/two-domains.zone", "--log", "samples/logs/postfix.log", "samples/bounces/gmail-two-domains.eml"],
    "two-domains.json": ["-f", "json", "--dns", "samples/dns/two-domains.zone", "samples/bounces/gmail-two-domains.eml"],
    "two-domains-redacted.json": ["--redact-key", "tests/redact/redact.key", "-f", "json", "--dns", "samples/dns/two-domains.zone", "samples/bounces/gmail-two-domains.eml"],
    "blocklist-verified.txt": ["--dns", "samples/dns/two-domains.zone", "samples/bounces/spamhaus.eml"],
    "message-verified.txt": ["--dns", "samples/dns/two-domains.zone", "samples/messages/signed.eml"],
    "audit.txt": ["audit", "--dns", "samples/dns/two-domains.zone", "--ip", "192.0.2.5", "--helo", "mail.example.com", "--domain", "example.com", "--domain", "example.net"],
    "audit.html": ["audit", "-f", "html", "--dns", "samples/dns/two-domains.zone", "--ip", "192.0.2.5", "--domain", "example.net"],
    "audit.json": ["audit", "-f", "json", "--dns", "samples/dns/two-domains.zone", "--ip", "192.0.2.5", "--helo", "mail.example.com", "--selector", "mail", "--domain", "example.com"],
    "dns-needs.txt": ["dns", "needs", "samples/bounces/gmail-two-domains.eml"],
    "dns-show.txt": ["dns", "show", "samples/dns/two-domains.zone"],
    "explain.txt": ["explain", "identity.ptr-missing"],
    "explain-list.txt": ["explain"],
    "explain-code.txt": ["explain", "S3150"],
    "explain-registered.txt": ["explain", "5.7.19"],
    "explain-zone.txt": ["explain", "zen.spamhaus.org"],
}


def without_opinion(report):
    """The sentence "It could also be: …" of a text, which may be folded; "score" and "second" in JSON."""
    report = re.sub(r"(?m)^ *It could also be:[^.]*\.[^.\n]*\.?\n", "", report)
    return re.sub(r',"score":\d+|,"second":\{[^}]*\}', "", report)


def without_rule_lines(report):
    """rules/replies/x.yaml:33, and "file":"rules/replies/x.yaml","line":33."""
    report = re.sub(r"(?s)<style>.*?</script>|sha256-[^']*", "", without_opinion(report))  # page.css and page.js
    report = re.sub(r"(\brules/[\w/]+\.yaml(?:`|</bdi>)?):\d+", r"\1:N", report)
    return re.sub(r'("file":"rules/[\w/]+\.yaml","line":)\d+', r"\g<1>0", report)


def listed(mailwhy, kind, key):
    """The ids of all causes, or topics."""
    lines = subprocess.run([mailwhy, "explain", "-f", "ndjson", kind], capture_output=True, text=True).stdout
    return [json.loads(line)[key] for line in lines.splitlines()]


def main():
    mailwhy, update = sys.argv[1], "--update" in sys.argv
    failures = 0
    CASES["../../docs/causes.md"] = ["explain", "-f", "markdown", *listed(mailwhy, "causes", "cause")]
    CASES["../../docs/topics.md"] = ["explain", "-f", "markdown", *listed(mailwhy, "topics", "topic")]
    for name, args in CASES.items():
        actual = without_rule_lines(subprocess.run([mailwhy, *args], capture_output=True, text=True).stdout)
        path = HERE / name
        if not actual:
            raise SystemExit(f"{name}: mailwhy {' '.join(args)} writes nothing")
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(actual)
            continue
        kept = path.read_text() if path.exists() else ""
        if actual != kept:
            failures += 1
            print(f"mailwhy {' '.join(args)}")
            sys.stdout.writelines(difflib.unified_diff(kept.splitlines(True), actual.splitlines(True), name, "now"))
    kept = {str(p.relative_to(HERE)) for p in HERE.rglob("*") if p.is_file() and p.suffix != ".py"}
    for name in sorted(kept - set(CASES)):
        failures += 1
        print(f"{name}: no case makes this file")
    print(f"{len(CASES)} cases, {failures} differ")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
