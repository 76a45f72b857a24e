#!/usr/bin/env python3
"""Adding a case touches the case: a toy of each sort is added to a copy of the sources, built, and shown to work.

usage: adding.py    (run in the repository's root)

Prints how many new files and how many rows in existing files each took. The toys say what a real case needs at
least; documentation, schema and tests are not counted.
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from cases import CASES  # noqa: E402

LEFT_OUT = shutil.ignore_patterns("build-*", ".git", "__pycache__")


def add(case, tree):
    """Writes the files of a case and its rows, each before the text that the case names."""
    for path, text in case.files.items():
        assert not (tree / path).exists(), f"{path} is there already"
        (tree / path).write_text(text)
    for path, before, row in case.rows:
        text = (tree / path).read_text()
        assert text.count(before) == 1, f"{case.name}: {text.count(before)} times in {path}, not once: {before}"
        (tree / path).write_text(text.replace(before, row + before))


def build(tree):
    commands = (["cmake", "-S", tree, "-B", tree / "build", "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_C_FLAGS_DEBUG=-O0"],
                ["cmake", "--build", tree / "build"])
    for command in commands:
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"the toys do not build:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return tree / "build/mailwhy"


def main():
    failures = 0
    with tempfile.TemporaryDirectory() as name:
        tree = pathlib.Path(name) / "tree"
        shutil.copytree(".", tree, ignore=LEFT_OUT)
        for case in CASES:
            add(case, tree)
        program = build(tree)

        def run(*arguments, stdin=""):
            return subprocess.run([program, *map(str, arguments)], input=stdin, capture_output=True, text=True, cwd=tree).stdout

        for case in CASES:
            touched = {path for path, _, _ in case.rows}
            print(f"{case.name}: {len(case.files)} new files, {len(case.rows)} rows in {len(touched)} files")
            for what, holds in case.works(run, tree):
                if not holds:
                    failures += 1
                    print(f"  does not hold: {what}")
            if len(case.files) > 2 or len(case.rows) > case.most_rows:
                failures += 1
                print(f"  more than a file with its header and {case.most_rows} rows: " + ", ".join([*case.files, *sorted(touched)]))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
