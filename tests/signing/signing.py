#!/usr/bin/env python3
"""Messages signed by three other programs, whole and altered in many ways: does mailwhy verify them, and does it say
what was altered? ARC chains sealed by two programs, whole and broken at each place.

usage: signing.py MAILWHY [OPENDKIM-VERDICT]
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

try:
    import alterations
    import signers
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

HERE = pathlib.Path(__file__).resolve().parent


def explain(mailwhy, folder, snapshot):
    done = subprocess.run([mailwhy, "-f", "json", "--dns", snapshot, str(folder)], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"exit {done.returncode}: {done.stderr}{done.stdout[:300]}")
    return {pathlib.Path(r["input"]["name"]).name: r["auth"]["checks"] for r in json.loads(done.stdout)}


def check_dkim(name, want, signatures):
    """`want` is {result: …, says: regex}, of the first signature, or a list of them."""
    problems = []
    wanted = want if isinstance(want, list) else [want]
    if len(signatures) < len(wanted):
        return [f"{name}: {len(signatures)} signatures"]
    for w, got in zip(wanted, signatures):
        words = " ".join(got.get(k, "") for k in ("reason", "likely", "note"))
        if got["result"] != w["result"] or not re.search(w.get("says", ""), words):
            problems.append(f"{name}: wanted {w}, got {got['result']}: {words}")
    return problems


def second_opinion(cases, messages, zone, checks):
    """Where libopendkim takes a signature, so does mailwhy, and the other way round; but for what it does not check."""
    keys = messages.parent / "keys.tsv"
    records = re.findall(r"^(\S+)\. \d+ IN TXT (.*)$", zone, re.M)
    keys.write_text("".join(f"{name}\t{''.join(re.findall(chr(34) + '(.*?)' + chr(34), text))}\n" for name, text in records))
    names = sorted(n for n in cases if not n.startswith("returned-"))
    out = subprocess.run([sys.argv[2], keys, *(messages / f"{n}.eml" for n in names)], capture_output=True, text=True, check=True,
                         env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"}).stdout.split()
    ours = {n: checks[f"{n}.eml"]["dkim"][0]["result"] in ("pass", "policy") for n in names}
    unchecked = {"key-kind", "expired"}  # k= of the key; and the time is not fixed here
    return [f"{n}: libopendkim says {theirs}, mailwhy {checks[f'{n}.eml']['dkim'][0]}" for n, theirs in zip(names, out)
            if (theirs == "pass") != ours[n] and n not in unchecked]


def rfc_examples(mailwhy):
    checks = explain(mailwhy, HERE / "rfc", HERE / "rfc.zone")
    problems = []
    for name, signatures in (("rfc6376.eml", 1), ("rfc8463.eml", 2)):
        found = [d["result"] for d in checks[name]["dkim"]]
        if found != ["pass"] * signatures:
            problems.append(f"{name}: {checks[name]['dkim']}")
    return problems, 2


def whole_and_altered(mailwhy, folder):
    messages = folder / "dkim"
    messages.mkdir()
    cases, zone = alterations.make(folder)
    for name, (message, _) in cases.items():
        (messages / f"{name}.eml").write_bytes(message)
    (folder / "dkim.zone").write_text(zone)
    checks = explain(mailwhy, messages, str(folder / "dkim.zone"))
    problems = []
    for name, (_, want) in cases.items():
        problems += check_dkim(name, want, checks[f"{name}.eml"].get("dkim", []))
    if len(sys.argv) > 2:
        problems += second_opinion(cases, messages, zone, checks)
    return problems, len(cases)


def chains(mailwhy, folder):
    messages = folder / "arc"
    messages.mkdir()
    cases, zone = alterations.make_chains(folder)
    for name, (message, _) in cases.items():
        (messages / f"{name}.eml").write_bytes(message)
    (folder / "arc.zone").write_text(zone)
    checks = explain(mailwhy, messages, str(folder / "arc.zone"))
    problems = []
    for name, (_, want) in cases.items():
        arc = checks[f"{name}.eml"]["arc"]
        words = arc.get("reason", "") + arc.get("likely", "")
        if arc["result"] != want["result"] or not re.search(want.get("says", ""), words):
            problems.append(f"{name}: wanted {want}, got {arc}")
    return problems, len(cases)


def main():
    mailwhy, start, failures = sys.argv[1], time.time(), 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        for what, (problems, count) in (("examples of RFC 6376 and RFC 8463", rfc_examples(mailwhy)),
                                        ("signed messages, whole and altered", whole_and_altered(mailwhy, folder)),
                                        ("ARC chains, whole and broken", chains(mailwhy, folder))):
            print(f"{count} {what}: {len(problems)} failures")
            for problem in problems:
                print("  ", problem)
            failures += len(problems)
    sys.exit(failures > 0)


main()
