#!/usr/bin/env python3
"""Messages signed by three other programs, whole and altered in many ways: does mailwhy verify them, and does it say
what was altered? ARC chains sealed by two programs, whole and broken at each place.

usage: signing.py MAILWHY [OPENDKIM-VERDICT [POISONED]]
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


def explain(mailwhy, folder, snapshot, **environment):
    done = subprocess.run([mailwhy, "-j1", "-f", "json", "--dns", snapshot, str(folder)], capture_output=True, text=True,
                          env={**os.environ, **environment})
    if done.returncode not in (0, 65):  # 65: what was cut is damaged
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
    unchecked = {"key-kind", "key-several", "key-second", "expired", "future"}  # k= of the key, its second record; and the time is not fixed here
    return [f"{n}: libopendkim says {theirs}, mailwhy {checks[f'{n}.eml']['dkim'][0]}" for n, theirs in zip(names, out)
            if (theirs == "pass") != ours[n] and n not in unchecked]


# Where libopendkim differs, and what the report says of who is right.
DIFFERS = {
    "key-kind": r"says pass where RFC 6376 section 6.1 asks for permerror .*counts the signature",
    "key-several": r"says permerror where RFC 6376 section 3.6.2.2, which leaves it open, asks for pass .*several key records",
    "key-second": r"says permerror where RFC 6376 section 3.6.2.2, which leaves it open, asks for pass .*several key records",
    "sha1": r"says pass where RFC 8301 section 3.1 asks for policy .*counts the signature",
    "opendkim-whole": r"RFC 8301 section 3.1",
    "opendkim-lf": r"RFC 8301 section 3.1",
    "future": r"says fail where RFC 6376 section 3.5, which lets verifiers choose, asks for pass .*treats the mail as if",
}


def opinions(checks):
    """Each result has libopendkim's beside it, and each difference is told."""
    problems = []
    for name, found in checks.items():
        for d in found.get("dkim", []):
            theirs, differs = d.get("libopendkim"), d.get("libopendkim_differs", "")
            wanted = DIFFERS.get(pathlib.Path(name).stem)
            if (theirs is None) != (d["result"] == "unchecked") or theirs == "crashed":
                problems.append(f"{name}: {d['result']}, and libopendkim says {theirs}")
            elif bool(wanted) != bool(differs) or not re.search(wanted or "", differs):
                problems.append(f"{name}: wanted {wanted}, got {differs}")
    return problems


def poisoned(mailwhy, folder):
    """A message that breaks the library costs what the library would have said of it, and nothing else."""
    messages = folder / "poisoned"
    messages.mkdir()
    whole = (folder / "dkim/dkimpy-whole.eml").read_bytes()
    kinds = {"a": b"", "b": b"X-Poison: crash\r\n", "c": b"", "d": b"X-Poison: hang\r\n", "e": b""}
    for name, poison in kinds.items():
        (messages / f"{name}.eml").write_bytes(poison + whole)
    checks = explain(mailwhy, messages, folder / "dkim.zone", LD_PRELOAD=sys.argv[3])
    problems = []
    for name, poison in kinds.items():
        d = checks[f"{name}.eml"]["dkim"][0]
        if d["result"] != "pass" or d["libopendkim"] != ("crashed" if poison else "pass") or \
                ("did not answer" in d.get("libopendkim_differs", "")) != bool(poison):
            problems.append(f"{poison}: {d}")
    return problems, len(kinds)


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
    problems += opinions(checks)
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
                                        ("messages that break libopendkim", poisoned(mailwhy, folder) if any(sys.argv[3:]) else ([], 0)),
                                        ("ARC chains, whole and broken", chains(mailwhy, folder))):
            print(f"{count} {what}: {len(problems)} failures")
            for problem in problems:
                print("  ", problem)
            failures += len(problems)
    sys.exit(failures > 0)


main()
