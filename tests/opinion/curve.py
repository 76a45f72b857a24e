#!/usr/bin/env python3
"""How right the rules, the second opinion and both together are on replies of providers that the opinion never
saw: prints the figures of docs/decisions/0007-second-opinion.md and, by lead, the table of
analyze/classify/doubt.c.

usage: curve.py OPINION_CROSS [--list]
"""
import collections
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
GROUNDS = ["no rule", "code", "words near each other", "open words", "words", "proven", "exact", "long exact", "named"]
BEGINS = [0, 100, 200, 400, 600, 1000]  # those of analyze/classify/doubt.c


def share(right, of):
    return f"{right}/{of}" + (f" ({100 * right / of:.1f} %)" if of else "")


def main():
    files = sorted((ROOT / "rules/examples").glob("*.tsv"))
    out = subprocess.run([sys.argv[1], *files], stdout=subprocess.PIPE, check=True, text=True).stdout
    n = collections.Counter()
    by_confidence, by_score = collections.defaultdict(list), collections.defaultdict(list)
    agree, differ = collections.defaultdict(list), collections.defaultdict(list)
    for line in out.splitlines():
        right, rules, ground, opinion, lead, _, support, both, confidence, score, source, rule, text = line.split("\t", 12)
        right, rules, both = set(right.split("|")), set(rules.split("|")), set(both.split("|"))
        is_right = {"rules": bool(right & rules), "opinion": opinion in right, "both": bool(right & both)}
        n["all"] += 1
        n.update(who for who, ok in is_right.items() if ok)
        n["one of two"] += is_right["rules"] or is_right["opinion"]
        step = max(s for s, begin in enumerate(BEGINS) if max(int(lead), 0) >= begin)
        if opinion in rules:
            n["agree"] += 1
            n["agree, right"] += is_right["rules"]
            agree[int(ground), step].append(is_right["rules"])
        else:
            differ[int(ground), int(support), step].append((is_right["rules"], is_right["opinion"]))
        by_confidence[int(confidence)].append(is_right["both"])
        by_score[int(score) // 10].append(is_right["both"])
        if "--list" in sys.argv and int(confidence) == 3 and not is_right["both"]:
            print(f"certain and wrong: {'|'.join(sorted(both - {''}))} by {rule}, not {'|'.join(sorted(right))} ({source})\n    {text}")
    for who in ("rules", "opinion", "one of two", "both"):
        print(f"{who}: {share(n[who], n['all'])}")
    print(f"the two agree: {share(n['agree'], n['all'])}, and are right: {share(n['agree, right'], n['agree'])}")
    for confidence, name in ((3, "certain"), (2, "likely"), (1, "guess"), (0, "none")):
        rights = by_confidence[confidence]
        print(f"{name}: {share(len(rights), n['all'])}, right: {share(sum(rights), len(rights))}")
    for score in sorted(by_score):
        print(f"score {10 * score} to {10 * score + 9}: right {share(sum(by_score[score]), len(by_score[score]))}")
    for ground, name in enumerate(GROUNDS):
        print(f"{name}, agree by lead:", *(share(sum(agree[ground, s]), len(agree[ground, s])) for s in range(len(BEGINS))), sep=" | ")
        for support in (0, 1):
            rows = [differ[ground, support, s] for s in range(len(BEGINS))]
            print(f"{name}, differ, {'with' if support else 'no'} support, by lead: rule, opinion of",
                  *(f"{sum(a for a, _ in r)}, {sum(b for _, b in r)}/{len(r)}" for r in rows), sep=" | ")


if __name__ == "__main__":
    main()
