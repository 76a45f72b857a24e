#!/usr/bin/env python3
"""Judge mailwhy on logs: generated ones with the truth about them, and real lines with what they say.

usage: logs.py MAILWHY SHARED_DIR [MB]

SHARED_DIR holds tools/genlog.py and corpora/logs. Outcomes, causes, inbound rejects, senders and domains must
equal the truth exactly, on one thread and on two, and with the file cut into ten gzipped pieces in random order.
Of Postfix's lines the fields of each delivery and reject are compared; of Exim's less than 1 % may be unknown.
"""
import gzip
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

# Options of the generator, beside --mb and --seed.
LOGS = [
    ["--dialect", "postfix"],
    ["--dialect", "postfix", "--long-ids"],
    ["--dialect", "postfix", "--hosts", "3"],
    ["--dialect", "postfix", "--hosts", "3", "--long-ids", "--time", "iso"],
    ["--dialect", "exim"],
    ["--dialect", "sendmail"],
    ["--dialect", "sendmail", "--time", "iso"],
]
DAEMONS = {"SMTP": "smtp", "SMTPD": "smtpd", "PIPE": "pipe", "LOCAL": "local", "ERROR": "error", "POSTSCREEN": "postscreen", "CLEANUP": "cleanup"}


def report(mailwhy, *args):
    done = subprocess.run([mailwhy, "log", *map(str, args)], capture_output=True, text=True)
    assert done.returncode == 0, f"{args}: exit status {done.returncode}: {done.stderr}"
    return done.stdout


def found(mailwhy, *args):
    r = json.loads(report(mailwhy, "-f", "json", *args))
    hit = {}
    for cause in r["causes"]:
        for domain, count in cause["domains"].items():
            hit[domain] = hit.get(domain, 0) + count
    return {
        "outcome": r["outcomes"],
        "cause": {c["cause"]: c["recipients"] for c in r["causes"]},
        "inbound_rejects": {c["cause"]: c["count"] for c in r["inbound_rejects"]},
        "outcome_by_sender_domain": {s["domain"]: {k: s[k] for k in r["outcomes"]} for s in r["senders"]},
        "undelivered_by_domain": hit,
        "unparsed": {"lines": r["input"]["unparsed_lines"]},
    }


# A cause that the truth of the generated logs names otherwise, and why it is ours all the same.
CALLED = {"reputation.ip": "rate.limited"}  # "rate limited due to IP reputation": the rate is what follows from it


def as_called(causes):
    called = {}
    for cause, count in causes.items():
        called[CALLED.get(cause, cause)] = called.get(CALLED.get(cause, cause), 0) + count
    return called


def without_zeros(d):
    return {k: without_zeros(v) if isinstance(v, dict) else v for k, v in d.items() if v}


def differences(truth, ours):
    for key in ("outcome", "cause", "inbound_rejects", "outcome_by_sender_domain"):
        a, b = without_zeros(truth[key]), without_zeros(ours[key])
        if key in ("cause", "inbound_rejects"):
            a, b = as_called(a), as_called(b)
        for name in sorted(set(a) | set(b)):
            if a.get(name) != b.get(name):
                yield f"{key} {name}: {a.get(name)} expected, {b.get(name)} found"
    for domain, count in truth["undelivered_by_domain"].items():
        if ours["undelivered_by_domain"].get(domain) != count:
            yield f"undelivered at {domain}: {count} expected, {ours['undelivered_by_domain'].get(domain)} found"
    if ours["unparsed"]["lines"]:
        yield f"{ours['unparsed']['lines']} lines were not understood"


def cut(log, folder, seed):
    """Ten gzipped pieces, cut between lines, in random order."""
    lines = log.read_bytes().splitlines(True)
    names = []
    for n in range(10):
        path = folder / f"piece{n}.log.gz"
        path.write_bytes(gzip.compress(b"".join(lines[len(lines) * n // 10 : len(lines) * (n + 1) // 10]), 1))
        names.append(path)
    random.Random(seed).shuffle(names)
    return names


def judge_generated(mailwhy, generator, mb):
    failures = 0
    for seed, options in enumerate(LOGS, 1):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            log, truth = folder / "log", folder / "truth"
            subprocess.run([sys.executable, generator, "--mb", str(mb), "--seed", str(seed), "--out", log, "--truth", truth, *options], check=True)
            expected = json.loads(truth.read_text())
            pieces = cut(log, folder, seed)
            lines = {report(mailwhy, "-f", "ndjson", f"-j{n}", log) for n in (1, 2, 3)}
            if len(lines) > 1:
                failures += 1
                print(f"{' '.join(options)} --seed {seed}: the deliveries differ with the number of threads")
            for how in (["-j1", log], ["-j2", log], ["-j2", *pieces]):
                for difference in differences(expected, found(mailwhy, *how)):
                    failures += 1
                    print(f"{' '.join(options)} --seed {seed}, {how[0]} {len(how) - 1} files: {difference}")
    return failures


def value(text, key):
    match = re.search(rf'^\s+{key}: (.*)$', text, re.M)
    return match.group(1).strip().strip('"') if match else None


def judge_postfix_line(mailwhy, path):
    """What is wrong with how one line is read; None: it makes no delivery and no reject."""
    text = path.read_text()
    daemon = DAEMONS.get(re.search(r"POSTFIX_(\w+)", text).group(1))
    if not re.search(r'^data: "', text, re.M):
        return None  # none of the lines that it quotes otherwise is a delivery
    data = json.loads(re.search(r"^data: (\".*\")$", text, re.M).group(1).replace("\\'", "'"))
    is_delivery = daemon and re.search(r": to=<.*status=", data) and not re.search(r"status=(?:un)?deliverable", data)  # probes
    is_reject = daemon and re.search(r"(?:: |^)(?:milter-|proxy-)?reject: ", data)
    if not is_delivery and not is_reject:
        return None
    line = f"Nov 24 09:14:07 mail postfix/{daemon}[1]: {data}\n"
    out = subprocess.run([mailwhy, "log", "-f", "ndjson", "-"], input=line, capture_output=True, text=True).stdout
    if len(out.splitlines()) != 1:
        return f"{len(out.splitlines())} deliveries"
    d = json.loads(out)
    pairs = value(text, "postfix_keyvalue_data") or ""
    said = " ".join(str(v) for v in d.get("reply", {}).values())
    relay = re.search(r"relay=([^,[]*)(?:\[([^]]*)\])?", pairs)
    reply = value(text, "postfix_smtp_response") or value(text, "postfix_status_message") or value(text, "postfix_pipe_response") or ""
    wanted = [
        ("recipient", (re.search(r"\bto=<([^>]*)>", pairs) or [None, None])[1], d.get("recipient")),
        ("sender", (re.search(r"\bfrom=<([^>]*)>", pairs) or [None, None])[1] if is_reject else None, d.get("sender")),
        ("original", (re.search(r"orig_to=<([^>]*)>", pairs) or [None, None])[1], d.get("original_recipient")),
        ("relay", relay and relay[1] if relay and relay[1] != "none" else None, d.get("relay", {}).get("host")),
        ("relay's address", relay and relay[2], d.get("relay", {}).get("ip")),
        ("client's address", value(text, "postfix_client_ip"), d.get("client", {}).get("ip")),
        ("code", value(text, "postfix_status_code"), str(d.get("reply", {}).get("code"))),
        ("enhanced code", value(text, "postfix_status_code_enhanced"), d.get("reply", {}).get("enhanced")),
        ("status", {"sent": "sent", "bounced": "bounced", "deferred": "deferred"}.get(value(text, "postfix_status") or ""), d["outcome"]),
        ("queue id", value(text, "postfix_queueid") if value(text, "postfix_queueid") != "NOQUEUE" else None, d.get("queue_id")),
    ]
    wrong = [f"{name}: {a} expected, {b} found" for name, a, b in wanted if a is not None and a != b]
    words = " ".join(re.sub(r"^(?:host .* said: )?[-\d. ]*", "", reply).split())[:30]
    if words.lower() not in said.lower() and words:
        wrong.append(f"reply: {words!r} not in {said!r}")
    return "; ".join(wrong)


def main():
    mailwhy, shared = sys.argv[1], pathlib.Path(sys.argv[2])
    mb = sys.argv[3] if len(sys.argv) > 3 else "2"
    if not (shared / "tools/genlog.py").exists():
        print(f"skipped: there is no generator of logs at {shared}")
        return 77
    failures = judge_generated(mailwhy, shared / "tools/genlog.py", mb)
    judged = 0
    for path in sorted((shared / "corpora/logs").glob("postfix-grok-*.yaml")):
        wrong = judge_postfix_line(mailwhy, path)
        judged += wrong is not None
        if wrong:
            failures += 1
            print(f"{path.name}: {wrong}")
    exim = sorted((shared / "corpora/logs").glob("exim-test-*.log"))
    lines = unknown = 0
    unread = 0  # of which every line was written by the configuration, in its own words: nothing says that it is Exim's
    for path in exim:
        done = subprocess.run([mailwhy, "log", "-f", "json", str(path)], capture_output=True, text=True)
        if done.returncode == 65:
            unread += 1
            continue
        assert done.returncode == 0, f"{path}: exit status {done.returncode}: {done.stderr}"
        r = json.loads(done.stdout)["input"]
        lines += r["lines"]
        unknown += r["unparsed_lines"]
    print(f"{len(LOGS)} generated logs of {mb} MB, three ways each; {judged} Postfix lines; {unknown} of {lines} Exim lines unknown, {unread} of {len(exim)} files; {failures} failures")
    return 1 if failures or unknown * 80 >= lines or unread * 100 >= len(exim) else 0


if __name__ == "__main__":
    sys.exit(main())
