#!/usr/bin/env python3
"""The include graph: no arrow runs back. usage: includes.py (run in the repository's root)

Holds the layers of docs/design.md, and that neither the folders of parsers nor the units of a folder (x.c and
x.h are one unit) include each other in a circle, and that every .c has a header of its own.
"""
import collections
import pathlib
import re
import sys

LAYERS = [{"parsers/base", "analyze/version.h"}, {"parsers"}, {"analyze/chain", "analyze/classify", "analyze/auth"}, {"analyze/deliveries"},
          {"analyze/verdict"}, {"analyze/report"}, {"analyze"}, {"analyze/crew"}, {"analyze/commands"}]
NO_HEADER = {  # the file → why it has none of its own
    "parsers/rules/generate.c": "a main program",
    "parsers/rules/concept_table.c": "a main program",
    "parsers/rules/teach.c": "a main program",
    "parsers/sandbox/generate.c": "a main program",
    "analyze/commands/main.c": "a main program",
    "analyze/formats.c": "declared in mailwhy.h",
    "analyze/logs.c": "declared in mailwhy.h",
    "analyze/verdicts.c": "declared in mailwhy.h",
}

# A dialect of logs is declared by its row.
DIALECTS = pathlib.Path("parsers/log/dialects.def").read_text()
NO_HEADER |= {f"parsers/log/{name}.c": "a dialect" for name in re.findall(r"^DIALECT\((\w+)\)", DIALECTS, re.M)}

HEADER_OF = {"analyze/internal": "analyze/mailwhy"}  # a second header of a unit: what only the program may use


def unit_of(file):
    return HEADER_OF.get(file[:-2], file[:-2])


def layer(path):
    """The layer of a file: its own, or that of the nearest folder above it that has one."""
    for place in (path, *map(str, pathlib.PurePath(path).parents)):
        for number, places in enumerate(LAYERS):
            if place in places:
                return number
    sys.exit(f"{path}: its folder is in no layer (tests/lint/includes.py)")


def circles(arrows):
    """Groups of nodes that reach each other, in a graph {node: {node: an example}}."""
    reach = {}
    for start in arrows:
        seen, todo = set(), [start]
        while todo:
            todo.extend(n for n in arrows.get(todo.pop(), ()) if n not in seen and not seen.add(n))
        reach[start] = seen
    return {frozenset(b for b in reach[a] if a in reach.get(b, ())) for a in reach if a in reach[a]}


def main():
    files = sorted(str(p) for top in ("parsers", "analyze") for p in pathlib.Path(top).rglob("*.[ch]"))
    faults, within = [], {"parsers": collections.defaultdict(dict)}
    for file in files:
        folder, unit = file.rsplit("/", 1)[0], unit_of(file)
        if file.endswith(".c") and file[:-2] + ".h" not in files and file not in NO_HEADER:
            faults.append(f"{file}: has no header of its own")
        for included in re.findall(r'^#include "(.*)"', pathlib.Path(file).read_text(), re.M):
            arrow = f"{file} → {included}"
            if layer(included) > layer(file):
                faults.append(f"{arrow}: runs back, from a lower layer to a higher one")
            other = included.rsplit("/", 1)[0]
            if folder == other and unit_of(included) != unit:
                within.setdefault(folder, collections.defaultdict(dict))[unit].setdefault(unit_of(included), arrow)
            if folder != other and folder.startswith("parsers") and included.startswith("parsers"):
                within["parsers"][folder].setdefault(other, arrow)
    for arrows in within.values():
        for circle in circles(arrows):
            parts = sorted(arrow for a in circle for b, arrow in arrows[a].items() if b in circle)
            faults.append(f"circle: {', '.join(parts)}")
    print("\n".join(faults + [f"{len(files)} files, {len(faults)} faults"]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
