#!/usr/bin/env python3
"""Are the rules that say `proven` right on all replies of rules/examples that they win, and is none left out that is?
With --mark the rules are marked anew.

usage: proven.py OPINION_CROSS [--mark]
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main():
    rows = sorted((ROOT / "rules/examples").glob("*.tsv"))
    out = subprocess.run([sys.argv[1], *rows, "--proven"], stdout=subprocess.PIPE, check=True, text=True).stdout
    proven, marked = set(out.split()), set()
    for path in sorted((ROOT / "rules/replies").glob("*.yaml")):
        rule, lines = None, []
        for line in path.read_text().splitlines(keepends=True):
            begins = re.match(r"- id: (\S+)$", line)
            rule = begins[1] if begins else rule
            if line.startswith("  proven:"):
                marked.add(rule)
                continue
            lines.append(line)
            if rule in proven and line.startswith("  cause:"):
                lines.append("  proven: 'yes'\n")
        if "--mark" in sys.argv:
            path.write_text("".join(lines))
    if "--mark" in sys.argv:
        return
    for rule in sorted(marked - proven):
        print(f"{rule} says that it is proven, and is not right on every row of rules/examples, or wins too few")
    for rule in sorted(proven - marked):
        print(f"{rule} is right on every row, and does not say that it is proven (proven.py --mark)")
    sys.exit(marked != proven)


if __name__ == "__main__":
    main()
