#!/usr/bin/env python3
"""What is learned from and what is tested on stand apart: no text of rules/ (examples of rules, rows of
rules/examples) may stand in tests/corpus, addresses and numbers removed. Nor may one that is learned from stand in
the corpora that are no part of the project, where they are there: a rule whose example does says `taught: 'no'`.

usage: apart.py MAILWHY SHARED
"""
import json
import pathlib
import re
import subprocess
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
ADDRESS = re.compile(r"https?://\S+|\S+@\S+|\[[0-9a-f.:]+\]|\b[\w-]+(?:\.[\w-]+)+\b", re.I)
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def bare(text):
    """The words alone, in lower case: what stays of a reply whoever got it."""
    return " ".join(re.findall(r"[^\W\d_]+", ADDRESS.sub(" ", text).lower()))


def rows_of(path):
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]


def taught(with_untaught):
    """What is learned from, and what rules are tested by: bare text → where it stands first."""
    found = {}
    for path in sorted((ROOT / "rules").rglob("*.yaml")):
        for rule in (yaml.load(path.read_text(encoding="utf-8"), LOADER) or {}).get("replies", []):
            if rule.get("taught") == "no" and not with_untaught:
                continue
            examples = rule.get("examples") or []
            for text in [examples] if isinstance(examples, str) else examples:
                found.setdefault(bare(str(text)), f"{path.relative_to(ROOT)}: {rule['id']}: {text}")
    for path in sorted((ROOT / "rules/examples").glob("*.tsv")):
        for number, row in enumerate(rows_of(path), 1):
            found.setdefault(bare(row[0]), f"{path.relative_to(ROOT)}: {row[0]}")
    return found


def replies_of_mails(program, folder):
    for path in sorted(p for p in folder.rglob("*") if p.suffix in (".eml", ".txt", ".json")):
        run = subprocess.run([program, "-f", "ndjson", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        for line in run.stdout.splitlines():
            text = json.loads(line).get("reply", {}).get("text")
            if text:
                yield path.name, text


def tested_outside(program, shared):
    """What is tested on and is no part of the project: place, text."""
    if not shared.is_dir():
        print("skipped: the corpora outside of the project are not here")
        return
    if (shared / "cases/replies.tsv").is_file():
        for row in rows_of(shared / "cases/replies.tsv")[1:]:
            yield "cases/replies.tsv", row[3]
    yield from replies_of_mails(program, shared / "cases/mail")
    yield from replies_of_mails(program, shared / "corpora/bounces")


def find_both(known, tested, found):
    for where, text in tested:
        key = bare(text)
        if key and key in known:
            found.setdefault(key, f"{known[key]}\n    stands in {where}: {text}")


def main():
    here = [("tests/corpus/replies.tsv", row[2]) for row in rows_of(ROOT / "tests/corpus/replies.tsv")]
    everything, learned, found = taught(True), taught(False), {}
    find_both(everything, here, found)
    find_both(learned, tested_outside(sys.argv[1], pathlib.Path(sys.argv[2])), found)
    print(*found.values(), sep="\n")
    print(f"{len(learned)} texts to learn from; {len(found)} of them stand in what is tested on")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
