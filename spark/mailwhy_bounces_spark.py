#!/usr/bin/env python3
"""mailwhy on Apache Spark: why each of many mails was refused, for folders and object stores of messages.

usage: spark-submit --files mailwhy mailwhy_bounces_spark.py MAILS... -o OUT [--parquet] [-- OPTIONS OF MAILWHY]

MAILS are files, folders and patterns on whatever pyarrow reads. OUT is where all executors write: OUT/verdicts has a line of JSON for each
recipient, as `mailwhy --format ndjson` has it, or with --parquet a row. A mail that is damaged has a line with `problems`.
OUT/problems.txt, on the driver's machine, holds what the program said beside. Nothing of a mail is read here.
"""
import argparse
import os
import subprocess
import sys
import tempfile

from pyspark import StorageLevel

import mailwhy_files
import mailwhy_program
from mailwhy_files import list_files, local_path, open_bytes, remote_path
from mailwhy_program import PLACE_HELP, Program, begin, ending, is_remote, split_words

FILES_AT_ONCE, BYTES_AT_ONCE = 500, 64 << 20
ANALYSED = (0, 65, 70)  # all of them, or all but those that are named
MISSING = 66  # some have gone, as mails do that somebody reads; where all have, the executors do not see them
LONGEST_NAME = 100  # characters
MODULES = (mailwhy_program, mailwhy_files)


def in_batches(files):
    batches, size = [[]], 0
    for name, length, _ in files:
        if batches[-1] and (len(batches[-1]) == FILES_AT_ONCE or size + length > BYTES_AT_ONCE):
            batches.append([])
            size = 0
        batches[-1].append(name)
        size += length
    return [batch for batch in batches if batch]


def place_in(folder, path, number):
    """A new file there under the same name, or where that is too long, or taken ("a" beside "a/b"), under a number."""
    inside = os.path.normpath("/" + path).lstrip("/")
    try:
        os.makedirs(os.path.join(folder, os.path.dirname(inside)), exist_ok=True)
        return inside, open(os.path.join(folder, inside), "xb")
    except OSError:
        inside = os.path.join(f"{number}.", os.path.basename(inside)[-LONGEST_NAME:])
        os.mkdir(os.path.join(folder, f"{number}."))
        return inside, open(os.path.join(folder, inside), "xb")


def fetch(name, folder, number):
    """Where a file stands that the program can open: its own place, or in the folder."""
    if not is_remote(name):
        return local_path(name)
    inside, file = place_in(folder, remote_path(name)[1], number)
    with file:
        try:
            with open_bytes(name) as stored:
                while block := stored.read(1 << 20):
                    file.write(block)
        except FileNotFoundError:  # it was there when it was listed
            os.unlink(os.path.join(folder, inside))
    return inside


def explain(program):
    """(True, a line of JSON), and (False, what is wrong with which input)."""
    def run(names):
        with tempfile.TemporaryDirectory() as folder:
            command = [program.find(), "--no-config", "-j", "1", "--format", "ndjson", *program.options, "--", *(fetch(name, folder, i) for i, name in enumerate(names))]
            done = subprocess.run(command, cwd=folder, capture_output=True)
        said = done.stderr.decode(errors="replace")
        if done.returncode not in ANALYSED and (done.returncode != MISSING or not done.stdout):
            raise RuntimeError(f"{names[0]} and {len(names) - 1} more: mailwhy ended with {ending(done.returncode)}: {said[-2000:]}")
        yield from ((True, line) for line in done.stdout.decode().splitlines())
        yield from ((False, line) for line in said.splitlines())

    return run


def report(context, paths, out, options=(), mailwhy=None, parquet=False):
    """Returns how many problems there are."""
    batches = in_batches(list_files(paths))
    if not batches:
        raise SystemExit(f"no mails in {' '.join(paths)}")
    told = context.parallelize(batches, len(batches)).flatMap(explain(Program(mailwhy, list(options)))).persist(StorageLevel.MEMORY_AND_DISK)
    lines = told.filter(lambda row: row[0]).map(lambda row: row[1])
    problems = told.filter(lambda row: not row[0]).map(lambda row: row[1]).collect()
    verdicts = os.path.join(os.path.abspath(out), "verdicts") if "://" not in out else f"{out}/verdicts"
    if parquet:
        from pyspark.sql import SparkSession  # which takes seconds to start

        SparkSession(context).read.json(lines).write.parquet(verdicts)
    else:
        lines.saveAsTextFile(verdicts)
    if "://" not in out:
        with open(os.path.join(out, "problems.txt"), "w") as file:
            file.writelines(line + "\n" for line in problems)
    told.unpersist()
    return problems


def main():
    words, options = split_words(sys.argv[1:])
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("mails", nargs="+")
    parser.add_argument("-o", "--out", required=True)
    parser.add_argument("--parquet", action="store_true", help="in place of lines of JSON")
    parser.add_argument("--mailwhy", help=PLACE_HELP)
    asked = parser.parse_args(words)
    context = begin("mailwhy bounces", sys.modules[__name__], *MODULES)
    for problem in report(context, asked.mails, asked.out, options, asked.mailwhy, asked.parquet):
        print(problem, file=sys.stderr)
    context.stop()


if __name__ == "__main__":
    import mailwhy_bounces_spark  # what executors unpack has to be of a module, not of the script

    mailwhy_bounces_spark.main()
