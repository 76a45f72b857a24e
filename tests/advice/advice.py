#!/usr/bin/env python3
"""Permanence, fixer, action and steps of a verdict never contradict each other.

usage: advice.py MAILWHY

Every example of the rules and every reply that the second opinion learns from is judged twice: as it stands, and with the
first digits of its codes changed from 4 to 5 or from 5 to 4. So all causes and all their steps are met while the mail is
tried again and once it is not. RULES says what may not stand together; the last check shows that a rule file that breaks
them is found out. steps.tsv beside this file has replies with what their advice must say and must not.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

WAITING = re.compile(
    r"tries again (?:by itself|in a|for days)|\bqueue (?:re)?tries\b|\b(?:mail|message) is tried again|let the queue|leave the mail in the queue|"
    r"keep the mail (?:in the queue|queued)|goes on trying|^Nothing[;:]|^Nothing to do\.?$|^No action|^Do nothing|^Wait\.?$", re.I)
OVER = re.compile(
    r"not (?:try|tried) (?:again|any more)|\bsend (?:it|the mail|the message) once more|\bsend the mail again\b", re.I)
# A sentence; or it ends with a name, an address, a page or a command, which a full stop would become part of.
STOPPED = re.compile(r"[.!?)`]$|\S[@/:.=]\S*$|\b[A-Z]+$")

# What may not be, and whether a verdict is so.
RULES = {
    "permanent, and to be tried again": lambda v: v.get("permanent") and v["action"] == "retry",
    "permanent, and nobody can do anything": lambda v: v.get("permanent") and v["fixer"] == "nobody",
    "permanent, and a step waits": lambda v: v.get("permanent") and any(WAITING.search(s) for s in v["remedy"]),
    "temporary, and a step says that it is over": lambda v: v.get("permanent") is False and any(OVER.search(s) for s in v["remedy"]),
    "temporary, and the address is given up": lambda v: v.get("permanent") is False and v["action"] == "suppress",
    "nobody can do anything, and somebody is to": lambda v: v["fixer"] == "nobody" and v["action"] in ("fix", "contact", "suppress"),
    "no step at all": lambda v: not v.get("remedy"),
    "a step without its full stop": lambda v: any(not STOPPED.search(s) for s in v["remedy"]),
    "a step twice": lambda v: len(set(v["remedy"])) < len(v["remedy"]),
    "two steps to write to the same address": lambda v: sum("which the reply names" in s or "address that the reply names" in s for s in v["remedy"]) > 1,
    "a mark of the rules in a step": lambda v: any(re.search(r"[{}\x02\x03]", s) for s in v["remedy"]),
}


def other_class(reply):
    """The reply with 4 for 5, and 5 for 4, at the beginning of its codes."""
    swap = {"4": "5", "5": "4"}
    reply = re.sub(r"(?<![\d.#:/\[-])([45])(?=\d\d[ -])", lambda m: swap[m[1]], reply)
    return re.sub(r"(?<![\d.])([45])(?=\.\d{1,3}\.\d{1,3}(?![\d.]))", lambda m: swap[m[1]], reply)


def replies():
    texts = []
    for path in sorted(pathlib.Path("rules/replies").glob("*.yaml")):
        for rule in yaml.load(path.read_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))["replies"]:
            texts += rule.get("examples") or []
    for path in sorted(pathlib.Path("rules/examples").glob("*.tsv")):
        texts += [line.split("\t")[0] for line in path.read_text().splitlines() if line and line[0] != "#"]
    return list(dict.fromkeys(" ".join(t.split()) for t in texts))


def judge(mailwhy, texts, *options):
    told = subprocess.run([mailwhy, "reply", "-f", "ndjson", *options], input="\n".join(texts) + "\n", capture_output=True, text=True)
    verdicts = [json.loads(line) for line in told.stdout.splitlines()]
    if len(verdicts) != len(texts):
        sys.exit(f"advice: {len(texts)} replies gave {len(verdicts)} verdicts: {told.stderr}")
    return verdicts


def judge_bounces(mailwhy):
    """The verdicts of whole bounces, which know too whether the mail is still tried; those of the corpus where it is there."""
    folders = [f for f in ("samples/bounces", "../shared/corpora/bounces") if pathlib.Path(f).is_dir()]
    if len(folders) < 2:
        print("advice: ../shared/corpora/bounces is not there; only the samples are judged")
    told = subprocess.run([mailwhy, "--no-config", "-f", "ndjson", *folders], capture_output=True, text=True)
    verdicts = [json.loads(line) for line in told.stdout.splitlines()]
    return [v for v in verdicts if v.get("cause") and not v["cause"].startswith("notice.deliver")]


def contradictions(texts, verdicts):
    found = []
    for text, verdict in zip(texts, verdicts):
        verdict.setdefault("remedy", [])
        found += [(what, verdict["cause"], (verdict.get("rule") or {}).get("id", "-"), text, verdict["remedy"])
                  for what, is_so in RULES.items() if is_so(verdict)]
    return found


def advice_of(verdict):
    return " ".join([verdict["fixer"], *verdict.get("remedy", []), *verdict.get("links", [])])


def wrong_advice(mailwhy):
    rows = [line.split("\t") for line in (pathlib.Path(__file__).parent / "steps.tsv").read_text().splitlines() if line[:1] != "#"]
    for (reply, must, must_not), verdict in zip(rows, judge(mailwhy, [row[0] for row in rows])):
        advice = advice_of(verdict)
        if not re.search(must, advice, re.I) or re.search(must_not, advice, re.I):
            yield f"{reply}\n    must say {must}, and not {must_not}; says ({verdict['cause']}): {advice}"


BAD_RULE = """replies:
- {id: moon-waits, cause: receiver.unavailable, text: the moon waits, permanent: 'yes', remedy: [The queue tries again by itself.], examples: [550 the moon waits]}
- {id: moon-sleeps, cause: receiver.unavailable, text: the moon sleeps, permanent: 'no', remedy: [Send the mail once more., Send the mail once more.], examples: [450 the moon sleeps]}
"""


def can_fail(mailwhy):
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as rules:
        rules.write(BAD_RULE)
        rules.flush()
        texts = ["550 the moon waits", "450 the moon sleeps"]
        return {f[0] for f in contradictions(texts, judge(mailwhy, texts, "--rules", rules.name))}


def main():
    mailwhy = sys.argv[1]
    texts = replies()
    texts += [t for t in map(other_class, texts) if t not in set(texts)]
    verdicts = judge(mailwhy, texts)
    found = contradictions(texts, verdicts)
    bounces = judge_bounces(mailwhy)
    found += contradictions([v.get("input", {}).get("name", "a bounce") for v in bounces], bounces)
    found += [("failed, and to be tried again", v["cause"], "-", v.get("input", {}).get("name", ""), v["remedy"])
              for v in bounces if v.get("outcome") == "failed" and v["action"] == "retry"]
    if not bounces:
        sys.exit("advice: no bounce was judged")
    causes = {(v["cause"], v.get("permanent")) for v in verdicts}
    print(f"{len(texts)} replies and {len(bounces)} verdicts of bounces, {len(causes)} pairs of cause and permanence, {len(found)} contradictions")
    for what, cause, rule, text, steps in found[:60]:
        print(f"  {what}: {cause}, rule {rule}\n    {text[:160]}\n    steps: {' | '.join(steps)[:400]}")
    expected = {"permanent, and a step waits", "temporary, and a step says that it is over", "a step twice"}
    if not expected <= can_fail(mailwhy):
        sys.exit("a rule that contradicts itself was not found out")
    wrong = list(wrong_advice(mailwhy))
    print(*wrong, sep="\n")
    sys.exit(1 if found or wrong else 0)


if __name__ == "__main__":
    main()
