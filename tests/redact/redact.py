#!/usr/bin/env python3
"""Nothing that names a person is left in a redacted report: every sample in every format.

usage: redact.py MAILWHY [--in-turn] [FOLDER...]

What a report without --redact says of addresses, names, subjects and ids must not stand in the one with it;
cause, rule and fixer are the same in both. Folders that are not here are skipped. --in-turn: each thing is
looked for in one format, the next one in the next; for builds that are slow, beside one that looks in all.
"""
import base64
import html
import itertools
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from hiding_places import CHOSEN, KEPT, LOG, MAIL, NEEDS_HEADER, NUMBERS, PHONES, REFUSALS, REPLIES, mails

MAILWHY = sys.argv[1]
IS_IN_TURN = "--in-turn" in sys.argv[2:]
FOLDERS = [word for word in sys.argv[2:] if word != "--in-turn"]
FORMATS = ("text", "markdown", "html", "json", "ndjson")
PAGES = (*(("-f", form) for form in FORMATS), ("--for", "customer"), ("--for", "receiver"))
TURNS = {of: itertools.cycle(of) for of in (FORMATS, PAGES)}
ADDRESS = re.compile(r"[^\s<>\"'(),:;@=\[\]/?&]+@[A-Za-z0-9][\w.-]*")
DNS = ["--dns", "samples/dns/two-domains.zone"]


def some(of):
    """All formats or pages, or the one whose turn it is."""
    return (next(TURNS[of]),) if IS_IN_TURN else of


def run(*args):
    return subprocess.run([MAILWHY, *map(str, args)], capture_output=True, text=True, errors="replace").stdout


def plain(form, out):
    """The report's text without what the format adds."""
    if form == "html":
        return html.unescape(re.sub(r"<[^>]*>", " ", out.split("</script>")[-1]))
    if form == "customer":  # what could be followed
        return re.sub(r"\[([.:])\]", r"\1", out)
    if form == "markdown":
        return re.sub(r"\\([^\w\s])", r"\1", out)
    return out


def hops(report):
    yield from report.get("hops", ())
    yield from report.get("report", {}).get("hops", ())


def secrets(report):
    """(what, text) of all that must not be read."""
    message = report.get("message", {})
    people = [v.get("recipient", "") for v in report["verdicts"]] + [message.get(k, "") for k in ("from", "to", "sender")]
    for text in people + [h.get(k, "") for h in hops(report) for k in ("for", "envelope_from")]:
        for address in ADDRESS.findall(text):
            yield "address", address
        for name in re.findall(r'(?:^|,)\s*"?([^"<>@,]+ [^"<>@,]+?)"?\s*<', text):
            yield "name", name
    if " " in message.get("subject", ""):
        yield "subject", message["subject"]
    ids = [message.get("message_id", ""), report["input"].get("queue_id", "")] + [h.get("id", "") for h in hops(report)]
    for identifier in ids:
        local = re.sub(r"^<(.*)>$", r"\1", identifier).rsplit("@", 1)[0]
        if len(local) >= 5:
            yield "id", local
    for user in [h["from"].get(k, "") for h in hops(report) for k in ("user", "local")]:
        if len(user) >= 5:
            yield "user", user


def is_left(secret, text):
    """Does it stand there, and not only inside the name of a host, whose domain stays?"""
    words = r"\s+".join(map(re.escape, secret.split()))
    return re.search(rf"(?<![\w.-]){words}(?![\w-]|\.\w)", text, re.I) is not None


def judgement(report):
    return [(v["cause"], v["fixer"], v.get("rule", {}).get("id"), v.get("outcome"), v.get("reply", {}).get("code")) for v in report["verdicts"]]


def message(path, options):
    report = json.loads(run("-f", "json", *options, path))
    reports = report if isinstance(report, list) else [report]
    redacted = json.loads(run("-f", "json", "--redact", *options, path))
    redacted = redacted if isinstance(redacted, list) else [redacted]
    if [judgement(r) for r in reports] != [judgement(r) for r in redacted]:
        yield f"{path}: another judgement with --redact"
    hidden = sorted({s for r in reports for s in secrets(r)})
    for page in some(PAGES):
        form = page[1]
        text = plain(form, run("-v", *page, "--redact", *options, path))
        for what, secret in hidden:
            if is_left(secret, text):
                yield f"{path}: {form}: the {what} {secret!r} is left"


def log(path):
    lines = [json.loads(line) for line in run("log", "-f", "ndjson", path).splitlines()]
    hidden = sorted({line[k] for line in lines for k in ("sender", "recipient", "queue_id") if len(line.get(k, "")) > 4})
    for form in some(FORMATS):
        text = plain(form, run("log", "-v", "-f", form, "--redact", path))
        for secret in hidden:
            if "@" in secret and is_left(secret, text):
                yield f"{path}: {form}: {secret!r} is left"
    again = [json.loads(line) for line in run("log", "-f", "ndjson", "--redact", path).splitlines()]
    for line, other in zip(lines, again):
        if line.get("queue_id") and line["queue_id"] == other.get("queue_id"):
            yield f"{path}: the queue id {line['queue_id']} is left"
        if [line.get(k) for k in ("cause", "outcome", "rule")] != [other.get(k) for k in ("cause", "outcome", "rule")]:
            yield f"{path}: another judgement with --redact"


def stories():
    """A bounce with its story in a log: the same pseudonyms, and the story is found as without --redact."""
    args = ["-f", "json", "--log", "samples/logs/postfix.log", "samples/bounces/spamhaus.eml"]
    plain_log = json.loads(run(*args))["verdicts"][0]["log"][0]
    verdict = json.loads(run("--redact", *args))["verdicts"][0]
    if not plain_log["confirmed"] or not verdict["log"][0]["confirmed"]:
        yield "--log: the story is not found"
    if verdict["log"][0]["recipient"] != verdict["recipient"] or verdict["recipient"] == plain_log["recipient"]:
        yield "--log: another pseudonym for the same recipient"


def commands():
    """What other commands print of a reply or sender."""
    reply = "550 5.1.1 <kim.miller@example.org>: user kim.miller is no frobnitz"
    for form in some(FORMATS):
        if "miller" in run("reply", "--redact", "-f", form, reply):
            yield f"reply: {form}: a local part is left"
        out = run("audit", "--redact", "-f", form, *DNS, "--ip", "192.0.2.5", "--domain", "example.com", "--sender", "kim.miller@example.com")
        if "miller" in out or "example.com" not in out:
            yield f"audit: {form}: a local part is left"
    missing = subprocess.run([MAILWHY, "rules", "missing", "--redact", "-"], input=reply + "\n", capture_output=True, text=True).stdout
    if "miller" in missing or "frobnitz" not in missing or "# redacted" not in missing:
        yield "rules missing: a local part is left"


def receivers_page():
    """Who wrote a reply reads its ids there, but no address that is written as one."""
    coded = [base64.b64encode(text).decode() for text in (b"kim.miller@example.org", b"\0kim.miller@example.org\0word", b"k@a.de")]
    with tempfile.TemporaryDirectory() as folder:
        mail = pathlib.Path(folder, "b.eml")
        mail.write_text(MAIL.replace("REPLY", " ".join(coded) + " id 4Fq2xR6hLmz9rJ"))
        out = run("--for", "receiver", "--redact", mail)
        if "4Fq2xR6hLmz9rJ" not in out or any(word in out for word in coded):
            yield f"the receiver's page: {out}"


def redact_sample():
    """The input that was made for this: "secret" stands in all that names a person."""
    path = pathlib.Path("../shared/cases/hostile/redact.eml")
    for form in some(FORMATS) if path.exists() else ():
        for found in re.findall(r"\S*secret\S*", run("-v", "-f", form, "--redact", *DNS, path), re.I):
            yield f"{path}: {form}: {found}"


def in_all_commands(mail, log, place):
    """(command, format, what it prints) of a mail and a log in which a person is named."""
    for form in some(FORMATS):
        yield "explain", form, run("-v", "-f", form, "--redact", *DNS, mail)
        yield "explain --log", form, run("-v", "-f", form, "--redact", "--log", log, mail)
        yield "log", form, run("log", "-v", "-f", form, "--redact", log)
    yield "rules missing", "text", run("rules", "missing", "--redact", mail)
    yield "rules draft", "text", run("rules", "draft", "--cause", "content.policy", mail)


def hiding_places():
    """Our own such input: "zzq" stands in all that names a person, in each place where one can be."""
    with tempfile.TemporaryDirectory() as folder:
        for place, text in mails():
            mail, log = pathlib.Path(folder, "b.eml"), pathlib.Path(folder, "mail.log")
            mail.write_text(text)
            log.write_text(LOG.replace("REPLY", place))
            for command, form, out in in_all_commands(mail, log, place):
                if command == "log" and place in NEEDS_HEADER:
                    continue
                for found in re.findall(r"\S*(?:zzq|471199)\S*", plain(form, out), re.I):
                    yield f"{place}: {command}: {form}: {found}"
                if place == KEPT and command == "explain" and form == "json" and KEPT not in json.loads(out)["verdicts"][0]["reply"]["text"]:
                    yield f"{place}: it did not stay: {out}"
            if not place.isascii() or "&#" in place:
                continue
            for form in some(FORMATS) if "@" in place else ():
                left = re.findall(r"\S*zzq\w*@\S*", plain(form, run("reply", "-f", form, "--redact", "550 5.1.1 " + place)), re.I)
                if left:
                    yield f"{place}: reply: {form}: {left}"


def replies():
    """Names that only the form of a reply tells."""
    for reply in REPLIES:
        for form in some(FORMATS):
            for found in re.findall(r"\S*zzq\S*", plain(form, run("reply", "-f", form, "--redact", reply)), re.I):
                yield f"{reply}: {form}: {found}"


def phones():
    for number in PHONES:
        for form in some(FORMATS):
            out = plain(form, run("reply", "-f", form, "--redact", f"550 5.7.1 write to us, {number}; thanks"))
            if re.search(r"987.?6543", out):
                yield f"{number}: {form}: {out}"
    for number in NUMBERS:
        if number not in run("reply", "-f", "markdown", "--redact", f"550 5.7.1 no, {number}; thanks"):
            yield f"{number}: it did not stay"


def chosen_words():
    """A sender's choice of a subject, name, address or id makes no refusal unreadable."""
    with tempfile.TemporaryDirectory() as folder:
        mail = pathlib.Path(folder, "b.eml")
        for refusal in REFUSALS:
            for word in CHOSEN:
                local = re.sub(r"[^\w.]+", ".", word).strip(".")
                text = MAIL.replace("550 5.1.1 REPLY", refusal).replace("Kim Zzqsender", word).replace("kim.zzqsender", local).replace("zzq-msgid.1", local)
                text = re.sub(r"(?m)^Subject: Re: .*", "Subject: " + word, text)
                text = re.sub(r"=\?utf-8\?b\?S2lt[^?]*\?=", f'"{word}"', text)
                mail.write_text(text)
                left = json.loads(run("-f", "json", "--redact", mail))["verdicts"][0]["reply"]["text"]
                kept = json.loads(run("-f", "json", mail))["verdicts"][0]["reply"]["text"]
                if left != kept:
                    yield f"chosen {word!r}: {left}"


def own_words():
    """Remedies and titles are the same; every report says that it is redacted; names of files are hidden."""
    paths = sorted(pathlib.Path("samples").rglob("*.eml"))
    with tempfile.TemporaryDirectory() as folder:
        anna = pathlib.Path(folder, "anna.zzqmeier-bounce.eml")
        anna.write_bytes(paths[0].read_bytes())
        for form in some(FORMATS):
            for args in ([anna], ["reply", "550 no"], ["log", "samples/logs/postfix.log"], ["audit", *DNS, "--ip", "192.0.2.5", "--domain", "example.com"]):
                command = args[:1] if isinstance(args[0], str) else []
                out = run(*command, "-f", form, "--redact", *args[len(command):])
                if "redacted" not in out.lower() or "zzq" in out:
                    yield f"{args}: {form}: it does not say that it is redacted, or names its file"
        done = subprocess.run([MAILWHY, "--redact", folder + "/none.zzq.eml"], capture_output=True, text=True)
        if "zzq" in done.stdout + done.stderr:
            yield f"the name of a file is left: {done.stderr}"
    for path in paths:
        ours, hidden = (json.loads(run("-f", "json", *o, path)) for o in ([], ["--redact"]))
        for a, b in zip(ours["verdicts"], hidden["verdicts"]) if isinstance(ours, dict) else ():
            if [a.get("title"), a.get("remedy")] != [b.get("title"), b.get("remedy")] and not any("@" in r for r in a["remedy"]):
                yield f"{path}: the remedy is another: {b['remedy']}"


def questions():
    """Names of the DNS can hold local parts (macros of SPF): they are not hidden, and that is said."""
    for command in ("needs", "capture", "show"):
        done = subprocess.run([MAILWHY, "dns", command, "--redact", "samples/bounces/spamhaus.eml"], capture_output=True, text=True)
        if done.returncode != 64 or done.stdout or "--redact" not in done.stderr:
            yield f"dns {command}: {done}"


def agreement():
    """One key: the same pseudonym in every report; no key: another in every run."""
    def recipient(*args):
        return json.loads(run("-f", "json", *args, "samples/bounces/spamhaus.eml"))["verdicts"][0]["recipient"]
    key = ("--redact-key", "tests/redact/redact.key")
    if recipient(*key) != recipient(*key) or recipient("--redact") == recipient("--redact"):
        yield "pseudonyms do not agree by their key"


def main():
    faults = [*stories(), *commands(), *receivers_page(), *redact_sample(), *hiding_places(), *replies(), *phones(), *chosen_words(), *own_words(), *questions(), *agreement()]
    count = 0
    for folder in map(pathlib.Path, ["samples", *FOLDERS]):
        for path in sorted(folder.rglob("*.eml")):
            count += 1
            faults += message(path, DNS if folder.name == "samples" else [])
    for path in sorted(pathlib.Path("samples/logs").iterdir()):
        count += 1
        faults += log(path)
    print("\n".join(faults + [f"{count} inputs, {len(faults)} faults"]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
