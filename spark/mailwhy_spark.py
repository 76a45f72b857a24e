#!/usr/bin/env python3
"""mailwhy log on Apache Spark: the report on the logs of many hosts, the same as that of one machine.

usage: spark-submit --files mailwhy mailwhy_spark.py LOGS... -o OUT [-f FORMAT]... [--deliveries] [-- OPTIONS OF MAILWHY]

LOGS are files, folders and patterns on whatever pyarrow reads (paths, s3://, gs://, abfs://, hdfs:// with Hadoop's libhdfs or hdfs-native), plain or
compressed; large plain files are split at lines. OUT is a folder on the driver's machine: report.FORMAT for each format (text, markdown,
html, json; json if none is named). --deliveries writes a row for each recipient's delivery to OUT/deliveries, as Parquet. What stands
behind `--` goes to each step (--tz, --since, --rules with a file that each executor has …).

Nothing of a log is read here: each executor's program reads its bundle of pieces of logs, for `mailwhy log --emit keys`, which says of
which mails a piece tells. A mail of which no other piece tells is whole: `mailwhy log --emit events --open KEYS` counts it where it is
read, and only the events of the others travel, to `mailwhy log --from events --partial` (docs/scale.md).
"""
import argparse
import itertools
import os
import shutil
import subprocess
import sys
import tempfile

import numpy as np
from pyspark import StorageLevel

import mailwhy_files
import mailwhy_keys
import mailwhy_program
from mailwhy_files import bundle, cut, list_files
from mailwhy_keys import Keys, find_repeats, open_keys, put_in_order, shares_of
from mailwhy_program import PLACE_HELP, READ_AT_ONCE, Program, begin, ending, split_words

EXTENSIONS = {"text": "txt", "markdown": "md", "html": "html", "json": "json"}
BUNDLE_SIZE = "1g"
MERGED_AT_ONCE = 16
REPORTED, USAGE = (0, 65), 64  # exit statuses: there is a report, which may tell of damage; an option makes no sense
MODULES = (mailwhy_program, mailwhy_files, mailwhy_keys)


# --- pieces to what was counted, and events that travel ---


def gather(program, pieces, bundles):
    def run(number):
        of = [pieces.value[i] for i in bundles[number]]
        with tempfile.TemporaryDirectory() as folder:
            return number, Keys(program.pipe_pieces(["--emit", "keys"], of, folder), of)

    return run


def on_bundles(program, pieces, bundles, together, partitions, words, read):
    """Run the program on each bundle, with the file of its open keys."""
    def run(opened):
        for number, keys in opened:
            share = shares_of(keys, together.value) % np.uint64(partitions)
            with tempfile.TemporaryDirectory() as folder:
                listed = os.path.join(folder, "open")
                np.column_stack((keys, share)).tofile(listed)
                pipe = program.pipe_pieces([*words, "--open", listed], [pieces.value[i] for i in bundles[number]], folder)
                yield from read(pipe, number)
                pipe.end()

    return run


def split_shares(partitions):
    """(share, lines), and behind all shares what was counted, of each MERGED_AT_ONCE bundles together."""
    def read(pipe, number):
        while head := pipe.out.readline().split():
            share = int(head[1]) if head[0] == b"share" else partitions + number // MERGED_AT_ONCE
            yield share, pipe.out.read(int(head[-1]))

    return read


def read_lines(pipe, _):
    while lines := pipe.out.readlines(READ_AT_ONCE):
        yield from (line.decode() for line in lines)


def write_in_order(blocks, stdin):
    """Lines of several pieces, each in order, by time and place."""
    with tempfile.TemporaryDirectory() as folder:
        names = write_each(blocks, folder)
        listed = os.path.join(folder, "names")
        with open(listed, "wb") as file:
            file.write(b"".join(name.encode() + b"\0" for name in names))
        command = ["sort", "-m", "-s", "-t\t", "-k2,3", "--batch-size=256", "-T", folder, f"--files0-from={listed}"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "LC_ALL": "C"}) as sort:
            shutil.copyfileobj(sort.stdout, stdin, READ_AT_ONCE)
        if sort.returncode:
            raise RuntimeError(f"sort ended with {sort.returncode}")


def write_each(blocks, folder):
    names = []
    for block in blocks:
        names.append(os.path.join(folder, str(len(names))))
        with open(names[-1], "wb") as file:
            file.write(block)
    return names


def join_share(program, words, read):
    """Deliveries of the events of a share, if there are any."""
    def run(blocks):
        first = next(blocks, None)
        if first is None:
            return
        pipe = program.pipe(["--from", "events", *words, "-"], lambda stdin: write_in_order(itertools.chain([first], blocks), stdin), "a share of the events")
        yield from read(pipe, None)
        pipe.end()

    return run


def read_counted(pipe, _):
    yield pipe.read_all()


def merge(program):
    """What was counted, as one."""
    def run(parts):
        few = list(itertools.islice(parts, 2))
        if len(few) < 2:
            yield from few
            return

        def write(stdin):
            for part in itertools.chain(few, parts):
                stdin.write(part)

        yield from read_counted(program.pipe(["--merge", "--partial", "-"], write, "what was counted"), None)

    return run


def count(program, partitions, bundles):
    """Of each share, and of what was counted already: what was counted."""
    def run(number, rows):
        blocks = (block for _, block in rows)
        if number < partitions:
            yield from join_share(program, ["--partial"], read_counted)(blocks)
        elif bundles > MERGED_AT_ONCE:
            yield from merge(program)(blocks)
        else:
            yield from blocks

    return run


# --- the job ---


def merge_all(counted, program):
    while counted.getNumPartitions() > MERGED_AT_ONCE:
        counted = counted.coalesce(-(-counted.getNumPartitions() // MERGED_AT_ONCE)).mapPartitions(merge(program))
    return counted.collect()


def check_options(program, formats):
    """They are refused before the logs are read, not behind it."""
    for format_ in formats:
        done = subprocess.run(program.report("--merge", "--format", format_, os.devnull), capture_output=True)
        if done.returncode == USAGE:
            raise SystemExit(done.stderr.decode(errors="replace").rstrip())


def write_reports(parts, program, formats, out):
    """Returns the program's exit status: 0, or 65 for a problem that the reports tell."""
    with tempfile.TemporaryDirectory() as folder:
        names = write_each(parts, folder)
        statuses = []
        for format_ in formats:
            path = os.path.join(out, f"report.{EXTENSIONS[format_]}")
            statuses.append(subprocess.run(program.report("--merge", "--format", format_, "-o", path, *names)).returncode)
            if statuses[-1] not in REPORTED:
                raise RuntimeError(f"{path}: mailwhy ended with {ending(statuses[-1])}")
    return max(statuses)


def write_deliveries(context, told, out):
    from pyspark.sql import SparkSession  # which takes seconds to start

    told.persist(StorageLevel.MEMORY_AND_DISK)
    SparkSession(context).read.json(told).write.mode("overwrite").parquet(os.path.join(os.path.abspath(out), "deliveries"))
    told.unpersist()


def report(context, paths, out, formats=("json",), options=(), mailwhy=None, partitions=None, deliveries=False):
    """Write the reports to the folder `out`; returns 0, or 65 where they tell of damage."""
    program = Program(mailwhy, list(options))
    check_options(program, formats)
    files = list_files(paths)
    size = bundle_size(context, sum(length for _, length, _ in files))
    pieces = cut(files, size)
    if not pieces:
        raise SystemExit(f"no logs in {' '.join(paths)}")
    bundles = bundle(pieces, size, context.defaultParallelism)
    partitions = partitions or context.defaultParallelism
    keys = context.parallelize(range(len(bundles)), len(bundles)).map(gather(program, context.broadcast(pieces), bundles)).persist(StorageLevel.MEMORY_AND_DISK)
    keys._jrdd.count()  # by the JVM alone: no second Python process of each task waits for the one that gathers
    infos = [None] * len(pieces)
    for number, of_bundle in keys.map(lambda numbered: (numbered[0], numbered[1].infos)).collect():
        for piece, info in zip(bundles[number], of_bundle):
            infos[piece] = info
    put_in_order(pieces, infos)
    find_repeats(context, pieces, infos)
    opened, together = open_keys(context, keys, pieces, bundles, sum(info.keys for info in infos))
    rich = ["--format", "ndjson"] if deliveries else []
    placed, linked = context.broadcast(pieces), context.broadcast(together)

    def read_bundles(words, read):
        return opened.mapPartitions(on_bundles(program, placed, bundles, linked, partitions, words, read))

    parts = read_bundles(["--emit", "events", *rich], split_shares(partitions)).partitionBy(partitions + -(-len(bundles) // MERGED_AT_ONCE), int)
    os.makedirs(out, exist_ok=True)
    if deliveries:
        told = join_share(program, rich, read_lines)
        shares = parts.mapPartitionsWithIndex(lambda number, rows: told(block for _, block in rows) if number < partitions else ())
        write_deliveries(context, read_bundles(rich, read_lines).union(shares), out)
    status = write_reports(merge_all(parts.mapPartitionsWithIndex(count(program, partitions, len(bundles))), program), program, formats, out)
    keys.unpersist()
    return status


def bundle_size(context, total):
    """Bytes that a process reads, by the option that has the same meaning for Spark's own files: no more than each core's part of all."""
    size = context.getConf().get("spark.sql.files.maxPartitionBytes", BUNDLE_SIZE).lower().rstrip("b")
    units = {"k": 10, "m": 20, "g": 30}
    return min(int(size.rstrip("kmg")) << units.get(size[-1], 0), max(-(-total // context.defaultParallelism), 1 << 20))


def main():
    words, options = split_words(sys.argv[1:])
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("logs", nargs="+")
    parser.add_argument("-o", "--out", required=True)
    parser.add_argument("-f", "--format", action="append", choices=sorted(EXTENSIONS))
    parser.add_argument("--deliveries", action="store_true")
    parser.add_argument("--partitions", type=int, help="shares of the events that travel")
    parser.add_argument("--mailwhy", help=PLACE_HELP)
    asked = parser.parse_args(words)
    context = begin("mailwhy", sys.modules[__name__], *MODULES)
    status = report(context, asked.logs, asked.out, asked.format or ["json"], options, asked.mailwhy, asked.partitions, asked.deliveries)
    context.stop()
    sys.exit(status)


if __name__ == "__main__":
    import mailwhy_spark  # what executors unpack has to be of a module, not of the script

    mailwhy_spark.main()
