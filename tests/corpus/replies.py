#!/usr/bin/env python3
"""Judge `mailwhy reply` on a list of real replies (replies.tsv: provider, right causes, reply).

usage: replies.py MAILWHY [FILE] [--list]

Passes when at least 95 % get a right cause. --list prints every disagreement.
"""
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def main():
    files = [a for a in sys.argv[2:] if a != "--list"]
    lines = open(files[0] if files else HERE / "replies.tsv", encoding="utf-8").read().splitlines()
    rows = [line.split("\t") for line in lines if line and line[0] != "#"]
    text = "".join(row[2] + "\n" for row in rows)
    out = subprocess.run([sys.argv[1], "reply", "--format", "ndjson"], input=text, text=True, stdout=subprocess.PIPE)
    verdicts = [json.loads(line) for line in out.stdout.splitlines()]
    assert len(verdicts) == len(rows), f"{len(rows)} replies, {len(verdicts)} verdicts"
    right = 0
    for (provider, causes, reply), verdict in zip(rows, verdicts):
        said = {verdict["cause"], verdict.get("underlying")}
        if said & set(causes.split()):
            right += 1
        elif "--list" in sys.argv:
            rule = verdict.get("rule", {}).get("id")
            print(f"{provider}: wanted {causes}, got {verdict['cause']} by {rule} ({verdict['confidence']})\n    {reply}")
    providers = len({row[0] for row in rows})
    print(f"replies with a right cause: {right} of {len(rows)} ({100 * right / len(rows):.1f} %), {providers} providers")
    return 0 if right >= 0.95 * len(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
