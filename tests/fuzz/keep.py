#!/usr/bin/env python3
"""Makes the small corpora of tests/fuzz/corpus: keep.py PROGRAMS CORPORA [TARGET...]

Of what a target found interesting, libFuzzer keeps what adds to what seeds.py makes; of that the smallest files are
taken, up to MOST_BYTES of them.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

from seeds import ROOT, TARGETS, write_seeds

MOST_BYTES = 4096
MOST_FILES = 24


def keep(program, found, target):
    corpus = ROOT / "tests/fuzz/corpus" / target
    shutil.rmtree(corpus, ignore_errors=True)
    corpus.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as name:
        seeds, new = pathlib.Path(name, "seeds"), pathlib.Path(name, "new")
        seeds.mkdir(), new.mkdir()
        write_seeds(target, seeds)
        before = {p.name for p in seeds.iterdir()}
        subprocess.run([program, "-merge=1", "-max_len=2048", seeds, found], cwd=ROOT, check=True, capture_output=True)
        left = MOST_BYTES
        for path in sorted((p for p in seeds.iterdir() if p.name not in before), key=lambda p: (p.stat().st_size, p.name))[:MOST_FILES]:
            left -= path.stat().st_size
            if left >= 0:
                shutil.copy(path, corpus)


def main():
    programs, corpora, *targets = sys.argv[1:]
    for target in targets or TARGETS:
        keep(pathlib.Path(programs, target + "_fuzz").resolve(), pathlib.Path(corpora, target), target)


if __name__ == "__main__":
    main()
