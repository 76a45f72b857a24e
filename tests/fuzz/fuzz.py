#!/usr/bin/env python3
"""Runs a fuzz target: fuzz.py [--seed N] [--crashes FOLDER] [--corpus FOLDER] PROGRAM CPU_SECONDS

It begins with what seeds.py makes and what tests/fuzz/corpus keeps. With --seed, two runs try the same as far as both go (where
addresses of code may be fixed). With --corpus, what it finds interesting stays in
FOLDER/TARGET, and the next run goes on from there. Prints a line of figures: target, runs, seconds of processor time,
edges, inputs kept. Status 1: something was found; it lies in the folder of crashes.
"""
import argparse
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile

from seeds import ROOT, write_dictionary, write_seeds

LONGEST = {"crew": 40000, "rules": 20000, "message": 20000, "log": 20000}  # bytes of an input; others: 8192
QUIET = {"options", "rules"}  # what they say to people is not shown


# libFuzzer keeps what it compares by the addresses of the code.
FIXED = ["setarch", "-R"] if subprocess.run(["setarch", "-R", "true"], stderr=subprocess.DEVNULL, check=False).returncode == 0 else []


def used():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def run(program, target, seconds, options, kept, temporary):
    """One process; returns its status, runs, edges, inputs."""
    found = kept or temporary / "found"
    found.mkdir(parents=True, exist_ok=True)
    seeds, dictionary = temporary / "seeds", temporary / "words"
    command = [program, f"-max_total_time={seconds}", f"-max_len={LONGEST.get(target, 8192)}", "-timeout=60", "-rss_limit_mb=4000",
               f"-artifact_prefix={options.crashes}/{target}-", "-print_final_stats=1",
               f"-close_fd_mask={2 if target in QUIET else 0}", found, seeds]
    if options.seed is not None:
        command = [*FIXED, *command, f"-seed={options.seed}"]
    command += [f"-dict={dictionary}"] * (dictionary.stat().st_size > 0)
    corpus = ROOT / "tests/fuzz/corpus" / target
    command += [corpus] * corpus.is_dir()
    done = subprocess.run(list(map(str, command)), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False,
                          text=True, errors="replace", env={"UBSAN_OPTIONS": "print_stacktrace=1", **os.environ})
    number = lambda pattern: int((re.findall(pattern, done.stderr) or [0])[-1])
    if done.returncode:
        print(done.stderr[-6000:], file=sys.stderr)
    return done.returncode, number(r"number_of_executed_units: (\d+)"), number(r"cov: (\d+)"), number(r"corp: (\d+)")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int)
    parser.add_argument("--crashes", default="build-fuzz/crashes", type=pathlib.Path)
    parser.add_argument("--corpus", type=pathlib.Path)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("seconds", type=int)
    options = parser.parse_args()
    options.crashes = options.crashes.resolve()
    options.crashes.mkdir(parents=True, exist_ok=True)
    program, target = options.program.resolve(), options.program.name.removesuffix("_fuzz")
    runs, status = 0, 0
    with tempfile.TemporaryDirectory() as name:
        temporary = pathlib.Path(name)
        (temporary / "seeds").mkdir()
        write_seeds(target, temporary / "seeds")
        write_dictionary(target, temporary / "words")
        kept = options.corpus.resolve() / target if options.corpus else None
        # Where the machine is busy, time passes faster than it is used.
        while status == 0 and (left := round(options.seconds - used())) > 0:
            status, more, edges, inputs = run(program, target, left, options, kept, temporary)
            runs += more
            if options.seed is not None:
                break
    print(f"{target:14} {runs:9} runs {used():7.0f} s {edges:6} edges {inputs:5} inputs{'  FOUND SOMETHING' if status else ''}")
    return 1 if status else 0


if __name__ == "__main__":
    sys.exit(main())
