#!/usr/bin/env python3
"""mailwhy log on Apache Spark: the report on the logs of many hosts, the same as that of one machine.

usage: spark-submit --files mailwhy mailwhy_spark.py LOGS... -o OUT [-f FORMAT]... [--deliveries] [-- OPTIONS OF MAILWHY]

LOGS are files, folders and patterns on whatever pyarrow reads (paths, s3://, gs://, abfs://, hdfs:// with Hadoop's libhdfs), plain or
compressed; large plain files are split at lines. OUT is a folder on the driver's machine: report.FORMAT for each format (text, markdown,
html, json; json if none is named). --deliveries writes a row for each recipient's delivery to OUT/deliveries, as Parquet. What stands
behind `--` goes to each step (--tz, --since, --rules with a file that each executor has …).

Nothing of a log is read here: executors feed the pieces of logs to `mailwhy log --emit keys`, which says of which mails a piece tells.
A mail of which no other piece tells is whole: `mailwhy log --emit events --open KEYS` counts it where it is read, and only the events of
the others travel, to `mailwhy log --from events --partial` (docs/scale.md).
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile

import numpy as np
import pyarrow as pa
import pyarrow.csv
from pyspark import StorageLevel

import mailwhy_files
import mailwhy_keys
import mailwhy_program
from mailwhy_files import cut, list_files
from mailwhy_keys import find_repeats, gather, open_keys, put_in_order, shares_of
from mailwhy_program import PLACE_HELP, READ_AT_ONCE, Program, begin, split_words

COLUMNS = ("key", "time", "place", "share", "event")
LONGEST_LINE = 64 << 20  # of events that are taken apart at once
EXTENSIONS = {"text": "txt", "markdown": "md", "html": "html", "json": "json"}
MERGED_AT_ONCE = 16
KEPT = StorageLevel.MEMORY_AND_DISK
MODULES = (mailwhy_program, mailwhy_files, mailwhy_keys)


# --- pieces to what was counted, and events that travel ---


def on_pieces(program, pieces, together, partitions, words, read):
    """Run the program on each piece, with the file of its open keys."""
    def run(opened):
        for number, keys in opened:
            piece, share = pieces.value[number], shares_of(keys, together.value) % np.uint64(partitions)
            with tempfile.NamedTemporaryFile() as file:
                np.savetxt(file, np.column_stack((keys, share)), "%d", delimiter="\t")
                file.flush()
                pipe = program.pipe([*words, "--open", file.name, *piece.words()], piece.write, str(piece))
                yield from read(pipe, piece)
                pipe.end()

    return run


def split_events(pipe, piece):
    """(share, (place of the piece, lines)), and (-1, a line of what was counted)."""
    text = pipe.read_all()
    ends = np.flatnonzero(np.frombuffer(text, np.uint8) == ord("\n")) + 1
    offsets = np.concatenate([[0], ends]).astype(np.int64)
    lines = pa.Array.from_buffers(pa.large_binary(), len(ends), [None, pa.py_buffer(offsets), pa.py_buffer(text)])
    share = pa.csv.read_csv(
        pa.BufferReader(text), pa.csv.ReadOptions(use_threads=False, block_size=LONGEST_LINE, column_names=COLUMNS),
        pa.csv.ParseOptions(delimiter="\t", quote_char=False, double_quote=False),
        pa.csv.ConvertOptions(include_columns=["share"], column_types={"share": pa.int64()}))["share"].fill_null(-1).to_numpy()
    order = np.argsort(share, kind="stable")
    for number in np.unique(share):
        of = order[np.searchsorted(share[order], number):np.searchsorted(share[order], number, "right")]
        taken = lines.take(pa.array(of))
        yield int(number), (piece.place, bytes(taken.buffers()[2]))


def read_lines(pipe, _):
    while lines := pipe.out.readlines(READ_AT_ONCE):
        yield from (line.decode() for line in lines)


def write_in_order(blocks, stdin):
    """Lines of several pieces, each in order, by time and place."""
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for place, lines in blocks:
            names.append(os.path.join(folder, str(len(names))))
            with open(names[-1], "wb") as file:
                file.write(lines)
        if not names:
            return
        listed = os.path.join(folder, "names")
        with open(listed, "wb") as file:
            file.write(b"".join(name.encode() + b"\0" for name in names))
        command = ["sort", "-m", "-s", "-t\t", "-k2,3", "-T", folder, f"--files0-from={listed}"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "LC_ALL": "C"}) as sort:
            shutil.copyfileobj(sort.stdout, stdin, READ_AT_ONCE)
        if sort.returncode:
            raise RuntimeError(f"sort ended with {sort.returncode}")


def on_shares(program, words, read):
    def run(rows):
        pipe = program.pipe(["--from", "events", *words, "-"], lambda stdin: write_in_order((block for _, block in rows), stdin), "a share of the events")
        yield from read(pipe, None)
        pipe.end()

    return run


def read_counted(pipe, _):
    yield pipe.read_all()


def merge(program):
    def run(parts):
        def write(stdin):
            for part in parts:
                stdin.write(part)

        pipe = program.pipe(["--merge", "--partial", "-"], write, "what was counted")
        yield from read_counted(pipe, None)
        pipe.end()

    return run


# --- the job ---


def merge_all(counted, program):
    while counted.getNumPartitions() > MERGED_AT_ONCE:
        counted = counted.coalesce(-(-counted.getNumPartitions() // MERGED_AT_ONCE)).mapPartitions(merge(program))
    return counted.collect()


def write_reports(parts, program, formats, out):
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for part in parts:
            names.append(os.path.join(folder, str(len(names))))
            with open(names[-1], "wb") as file:
                file.write(part)
        for format_ in formats:
            path = os.path.join(out, f"report.{EXTENSIONS[format_]}")
            subprocess.run(program.command("--merge", "--format", format_, "-o", path, *names), check=True)


def write_deliveries(context, told, out):
    from pyspark.sql import SparkSession  # which takes seconds to start

    told.persist(KEPT)
    SparkSession(context).read.json(told).write.mode("overwrite").parquet(os.path.join(os.path.abspath(out), "deliveries"))
    told.unpersist()


def report(context, paths, out, formats=("json",), options=(), mailwhy=None, partitions=None, deliveries=False):
    """Write the reports to the folder `out`."""
    program = Program(mailwhy, list(options))
    pieces = cut(list_files(paths), piece_size(context))
    if not pieces:
        raise SystemExit(f"no logs in {' '.join(paths)}")
    partitions = partitions or context.defaultParallelism
    keys = context.parallelize(range(len(pieces)), len(pieces)).map(gather(program, context.broadcast(pieces))).persist(KEPT)
    infos = keys.map(lambda numbered: numbered[1].info()).collect()
    put_in_order(pieces, infos)
    find_repeats(context, pieces, infos)
    opened, together = open_keys(keys, pieces, sum(info.keys for info in infos))
    rich = ["--format", "ndjson"] if deliveries else []

    def read_pieces(words, read):
        return opened.mapPartitions(on_pieces(program, placed, linked, partitions, words, read))

    placed, linked = context.broadcast(pieces), context.broadcast(together)
    parts = read_pieces(["--emit", "events", *rich], split_events).persist(KEPT)
    shares = parts.filter(lambda part: part[0] >= 0).partitionBy(partitions, int)
    os.makedirs(out, exist_ok=True)
    if deliveries:
        write_deliveries(context, read_pieces(rich, read_lines).union(shares.mapPartitions(on_shares(program, rich, read_lines))), out)
    groups = max(-(-len(pieces) // MERGED_AT_ONCE), min(len(pieces), context.defaultParallelism))
    counting = on_shares(program, ["--partial"], read_counted)
    whole = parts.filter(lambda part: part[0] < 0).coalesce(groups).mapPartitions(counting)
    write_reports(merge_all(whole.union(shares.mapPartitions(counting)), program), program, formats, out)
    for kept in (parts, opened, keys):
        kept.unpersist()


def piece_size(context):
    """Bytes, by the option that has the same meaning for Spark's own files."""
    size = context.getConf().get("spark.sql.files.maxPartitionBytes", "128m").lower().rstrip("b")
    units = {"k": 10, "m": 20, "g": 30}
    return int(size.rstrip("kmg")) << units.get(size[-1], 0)


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
    report(context, asked.logs, asked.out, asked.format or ["json"], options, asked.mailwhy, asked.partitions, asked.deliveries)
    context.stop()


if __name__ == "__main__":
    import mailwhy_spark  # what executors unpack has to be of a module, not of the script

    mailwhy_spark.main()
