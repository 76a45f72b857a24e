#!/usr/bin/env python3
"""Judge mailwhy on real bounces with expected results (tests/corpus/README.md).

usage: bounces.py MAILWHY CORPUS_DIR [--list]

CORPUS_DIR holds *.eml and expected.tsv (file, mta, n, recipient, status, code, reason, …).
Passes when at least 99 % of the named recipients are found and 97 % of their causes agree with the
reason by reasons.tsv, without the rows that disputed.tsv shows to be wrong in the corpus itself.
--list prints every disagreement.
"""
import collections
import csv
import fnmatch
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def read_reasons():
    rows = (line.rstrip("\n").split("\t") for line in open(HERE / "reasons.tsv") if line[0] != "#")
    return {reason: causes.split() for reason, causes in rows}


def read_disputed():
    rows = (line.rstrip("\n").split("\t") for line in open(HERE / "disputed.tsv") if line[0] != "#")
    return {(row[0], row[1]) for row in rows if row[2].startswith("mailwhy")}


def agrees(causes, allowed):
    return any(c and fnmatch.fnmatch(c, pattern) for c in causes for pattern in allowed)


def main():
    mailwhy, corpus = sys.argv[1], pathlib.Path(sys.argv[2])
    show = "--list" in sys.argv
    if not (corpus / "expected.tsv").exists():
        print(f"skipped: there is no corpus at {corpus}")
        return 77
    reasons = read_reasons()
    expected = collections.defaultdict(list)
    for row in csv.DictReader(open(corpus / "expected.tsv", encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        expected[row["file"]].append(row)
    files = [str(corpus / name) for name in expected]
    out = subprocess.run([mailwhy, "--format", "json", *files], stdout=subprocess.PIPE).stdout
    reports = {pathlib.Path(r["input"]["name"]).name: r for r in json.loads(out)}
    disputed = read_disputed()
    named = found = judged = agreed = wrong_names = wrong_reasons = 0
    for name, rows in expected.items():
        verdicts = reports[name]["verdicts"]
        by_recipient = {v.get("recipient", "").lower(): v for v in verdicts}
        for row in rows:
            want = row["recipient"].lower()
            verdict = by_recipient.get(want)
            invented = want.endswith(".invalid")  # Sisimai's stand-in where the report names nobody
            if want and not invented:
                named += 1
                found += verdict is not None
                wrong_names += verdict is None and (name, "recipient") in disputed
                if verdict is None and show:
                    print(f"not found  {name}: {want}; reported: {list(by_recipient)}")
            if verdict is None and (invented or not want or len(verdicts) == 1):
                verdict = verdicts[0] if verdicts else None
            if verdict is None:
                continue
            judged += 1
            causes = (verdict["cause"], verdict.get("underlying"))
            if agrees(causes, reasons[row["reason"]]):
                agreed += 1
                continue
            wrong_reasons += (name, "reason") in disputed
            if show:
                text = verdict.get("reply", {}).get("text", "")[:150]
                rule = verdict.get("rule", {}).get("id")
                print(f"disagrees  {name}: {row['reason']} / {causes} by {rule} ({verdict['confidence']}): {text}")
    print(f"recipients found: {found} of {named} ({100 * found / named:.1f} %), {wrong_names} more are wrong in the corpus")
    print(f"causes that agree: {agreed} of {judged} ({100 * agreed / judged:.1f} %), {wrong_reasons} more are wrong in the corpus")
    return 0 if found >= 0.99 * (named - wrong_names) and agreed >= 0.97 * judged else 1


if __name__ == "__main__":
    sys.exit(main())
