#!/usr/bin/env python3
"""mailwhy log on Apache Spark: the report on the logs of many hosts, the same as that of one machine.

usage: spark-submit --files mailwhy mailwhy_spark.py LOGS... -o OUT [-f FORMAT]... [--deliveries] [-- OPTIONS OF MAILWHY]

LOGS are files and folders on whatever Spark reads, plain or compressed (gzip, bzip2, zstd); large plain files are split at lines.
OUT is a folder on the driver's machine: report.FORMAT for each format (text, markdown, html, json; json if none is named).
--deliveries writes a row for each recipient's delivery to OUT/deliveries, as Parquet. What stands behind `--` goes to each step
(--tz, --since, --rules with a file that each executor has …).

Nothing of a log is read here: executors pipe lines through `mailwhy log --emit events`, Spark brings together what hangs together by
the keys that these name, in order, and executors pipe that through `mailwhy log --from events --partial` (docs/scale.md).
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import urllib.parse

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
from pyspark import SparkFiles, StorageLevel
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

EVENTS = "key binary, time bigint, place bigint, links binary, event binary, file int, block bigint"
COLUMNS = ("key", "time", "place", "links", "event")
TYPES = {"key": pa.binary(), "time": pa.int64(), "place": pa.int64(), "links": pa.binary(), "event": pa.binary()}
LONGEST_LINE = 64 << 20  # of events that are taken apart at once
SEPARATOR = b"\x1f"
EXTENSIONS = {"text": "txt", "markdown": "md", "html": "html", "json": "json"}
MERGED_AT_ONCE = 16
FEW_LINKS = 2_000_000  # are put together by the driver
READ_AT_ONCE = 1 << 20


class Program:
    """The program, wherever Spark put it."""

    def __init__(self, path, options):
        self.path, self.options = path, options

    def command(self, *words):
        path = self.path or SparkFiles.get("mailwhy")
        if not os.path.exists(path):
            path = shutil.which("mailwhy") or path
        if not os.access(path, os.X_OK):
            os.chmod(path, 0o755)
        return [path, "log", "--no-config", "-j", "1", *self.options, *words]

    def pipe(self, words, write, what):
        """Run it; `write` is called with its standard input. Gives its standard output, which has to be read to its end."""
        return Pipe(self.command(*words), write, what)


class Pipe:
    def __init__(self, command, write, what):
        self.what, self.command, self.trouble = what, command, None
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors)
        self.thread = threading.Thread(target=self.feed, args=(write,), daemon=True)
        self.thread.start()

    def feed(self, write):
        try:
            with self.process.stdin as stdin:
                write(stdin)
        except BrokenPipeError:
            pass  # it ended early: end() says why
        except BaseException as trouble:  # of Spark's rows: the task fails with it
            self.trouble = trouble
            self.process.kill()

    @property
    def out(self):
        return self.process.stdout

    def end(self):
        status = self.process.wait()
        self.thread.join()
        if self.trouble:
            raise self.trouble
        if status:
            self.errors.seek(0)
            raise RuntimeError(f"{self.what}: mailwhy ended with {status}: {self.errors.read().decode(errors='replace')[-2000:]}")


# --- lines to events ---


class Pieces:
    """Batches of rows, cut where another file or another part of one begins."""

    def __init__(self, batches):
        self.rows, self.batches = None, batches
        self.advance()

    def advance(self):
        while self.rows is None or not self.rows.num_rows:
            self.rows = next(self.batches, None)
            if self.rows is None:
                return

    def take(self):
        """The rows at the beginning that are of one piece, and what names it."""
        path, block = self.rows.column("path"), self.rows.column("block")
        key = (path[0].as_py(), block[0].as_py())
        count = self.rows.num_rows
        if path[count - 1].as_py() != key[0] or block[count - 1].as_py() != key[1]:
            same = pc.and_(pc.equal(path, path[0]), pc.equal(block, block[0]))
            count = pc.index(same, False).as_py()
        taken, self.rows = self.rows.slice(0, count), self.rows.slice(count)
        self.advance()
        return key, taken

    def is_of(self, key):
        return self.rows is not None and (self.rows.column("path")[0].as_py(), self.rows.column("block")[0].as_py()) == key


def write_lines(rows, stdin):
    lines = pc.binary_join_element_wise(rows.column("value").cast(pa.large_binary()), pa.scalar(b"\n", pa.large_binary()), pa.scalar(b"", pa.large_binary()))
    buffers, offset = lines.buffers(), lines.offset
    ends = memoryview(buffers[1]).cast("q")
    stdin.write(memoryview(buffers[2])[ends[offset]:ends[offset + len(lines)]])


def emit(program, files, words):
    def run(batches):
        pieces = Pieces(iter(batches))
        while pieces.rows is not None:
            key, first = pieces.take()
            number, written, name = files[key[0]]

            def write(stdin, key=key, first=first):
                write_lines(first, stdin)
                while pieces.is_of(key):
                    write_lines(pieces.take()[1], stdin)

            pipe = program.pipe(["--emit", "events", "--written", str(written), "--name", name, *words, "-"], write, f"{name}, from byte {key[1]} on")
            yield from read_events(pipe, number, key[1])
            pipe.end()

    return run


def read_events(pipe, file, block):
    reader = pa.csv.open_csv(
        pipe.out,
        read_options=pa.csv.ReadOptions(use_threads=False, block_size=LONGEST_LINE, column_names=COLUMNS),
        parse_options=pa.csv.ParseOptions(delimiter="\t", quote_char=False, double_quote=False, ignore_empty_lines=True),
        convert_options=pa.csv.ConvertOptions(check_utf8=False, column_types=TYPES, strings_can_be_null=False))
    for batch in reader:
        count = batch.num_rows
        yield pa.RecordBatch.from_arrays(
            [*batch.columns, pa.repeat(pa.scalar(file, pa.int32()), count), pa.repeat(pa.scalar(block, pa.int64()), count)],
            names=[*COLUMNS, "file", "block"])


# --- events to what was counted ---


def write_events(batches, stdin):
    tab, end, none = (pa.scalar(byte, pa.large_binary()) for byte in (b"\t0\t0\t\t", b"\n", b""))
    for batch in batches:
        if not batch.num_rows:
            continue
        key, event = (batch.column(name).cast(pa.large_binary()) for name in ("key", "event"))
        lines = pc.binary_join_element_wise(pc.binary_join_element_wise(key, event, tab), end, none)
        buffers, offset = lines.buffers(), lines.offset
        ends = memoryview(buffers[1]).cast("q")
        stdin.write(memoryview(buffers[2])[ends[offset]:ends[offset + len(lines)]])


def one_row(bytes_):
    return pa.RecordBatch.from_arrays([pa.array([bytes_], pa.binary())], names=["counted"])


def count(program):
    def run(batches):
        pipe = program.pipe(["--from", "events", "--partial", "-"], lambda stdin: write_events(batches, stdin), "a share of the events")
        counted = pipe.out.read()
        pipe.end()
        yield one_row(counted)

    return run


def merge(program):
    def run(batches):
        def write(stdin):
            for batch in batches:
                for row in batch.column("counted"):
                    stdin.write(row.as_buffer())

        pipe = program.pipe(["--merge", "--partial", "-"], write, "what was counted")
        counted = pipe.out.read()
        pipe.end()
        yield one_row(counted)

    return run


def tell(program):
    def run(batches):
        pipe = program.pipe(["--from", "events", "--format", "ndjson", "-"], lambda stdin: write_events(batches, stdin), "a share of the events")
        while lines := pipe.out.readlines(READ_AT_ONCE):
            yield pa.RecordBatch.from_arrays([pa.array(lines, pa.string())], names=["value"])
        pipe.end()

    return run


# --- what belongs together ---


def links_of(events):
    """Pairs of keys that an event brings together, where there are events of both."""
    keys = events.select("key").where(F.length("key") > 0).distinct()
    links = events.where(F.length("links") > 0).select(F.col("key").alias("a"), F.explode(F.split(F.hex("links"), "1F")).alias("hex"))
    links = links.where("hex != ''").select("a", F.unhex("hex").alias("b")).where("a != b").distinct()
    return links.join(keys.withColumnRenamed("key", "b"), "b", "left_semi").select("a", "b")


def few_together(spark, links):
    """Of keys that hang together with others: the least of these. In the driver."""
    above = {}

    def top(key):
        while key in above:
            above[key] = above.get(above[key], above[key])
            key = above[key]
        return key

    for row in links.collect():
        a, b = sorted((top(bytes(row.a)), top(bytes(row.b))))
        if a != b:
            above[b] = a
    return spark.createDataFrame([(key, top(key)) for key in list(above)], "key binary, least binary")


def many_together(links):
    """The same on the executors: rounds, until nothing changes."""
    both = links.union(links.select(F.col("b").alias("a"), F.col("a").alias("b"))).distinct().persist(StorageLevel.MEMORY_AND_DISK)
    least = both.groupBy("a").agg(F.min("b").alias("b")).select(F.col("a").alias("key"), F.least("a", "b").alias("least"))
    while True:
        least = least.localCheckpoint()
        near = both.join(least.select(F.col("key").alias("b"), "least"), "b").select(F.col("a").alias("key"), "least")
        then = near.union(least).groupBy("key").agg(F.min("least").alias("least"))
        jump = then.alias("x").join(then.alias("y"), F.col("x.least") == F.col("y.key"), "left")
        then = jump.select(F.col("x.key").alias("key"), F.coalesce("y.least", "x.least").alias("least")).localCheckpoint()
        changed = then.join(least.withColumnRenamed("least", "before"), "key").where("least != before").limit(1).count()
        least = then
        if not changed:
            both.unpersist()
            return least


def hang_together(spark, events, few):
    links = links_of(events).persist(StorageLevel.MEMORY_AND_DISK)
    return few_together(spark, links) if links.count() <= few else many_together(links)


def in_order(spark, events):
    """Where each piece stands: its file's place by its first line, and the time before which none of its lines counts."""
    rows = events.groupBy("file", "block").agg(F.min("time").alias("first"), F.max("time").alias("last")).collect()
    first, base, places = {}, {}, []
    for row in sorted(rows, key=lambda row: (row.file, row.block)):
        first[row.file] = min(first.get(row.file, row.first), row.first)
        places.append((row.file, row.block, base.get(row.file, 0)))
        base[row.file] = max(base.get(row.file, 0), row.last)
    rank = {file: i for i, file in enumerate(sorted(first, key=lambda file: (first[file], file)))}
    schema = "file int, block bigint, base bigint, rank int"
    return F.broadcast(spark.createDataFrame([(file, block, at, rank[file]) for file, block, at in places], schema))


def shares(spark, events, partitions, few):
    together = hang_together(spark, events, few)
    share = F.coalesce("least", "key")
    spread = F.when(F.length("key") == 0, F.concat(F.lit(b"="), F.col("file").cast("string").cast("binary"))).otherwise(share)
    placed = events.join(together, "key", "left").join(in_order(spark, events), ["file", "block"])
    placed = placed.select("key", "event", F.greatest("time", "base").alias("time"), "rank", "block", "place", spread.alias("share"))
    placed = placed.repartition(partitions, "share").sortWithinPartitions("time", "rank", "block", "place")
    return placed.select("key", "event")


# --- the job ---


def is_log(path):
    return not any(part.startswith(("_", ".")) for part in path.rsplit("/", 1)[-1:])


def shown(path):
    return urllib.parse.unquote(path[5:].lstrip("/").join(("/", ""))) if path.startswith("file:") else path


def list_files(spark, paths):
    """path → (number by name, when it was written, the name that the report tells)."""
    listed = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(paths).select("path", F.unix_timestamp("modificationTime").alias("written"))
    rows = sorted((row for row in listed.collect() if is_log(row.path)), key=lambda row: shown(row.path))
    return {row.path: (i, row.written, shown(row.path)) for i, row in enumerate(rows)}


def read_lines(spark, files):
    lines = spark.read.option("lineSep", "\n").text(list(files))
    return lines.select("value", F.col("_metadata.file_path").alias("path"), F.col("_metadata.file_block_start").alias("block"))


def merge_all(counted, program, partitions):
    while partitions > MERGED_AT_ONCE:
        partitions = -(-partitions // MERGED_AT_ONCE)
        counted = counted.coalesce(partitions).mapInArrow(merge(program), "counted binary")
    return [row.counted for row in counted.collect()]


def write_reports(parts, program, formats, out):
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for i, part in enumerate(parts):
            names.append(os.path.join(folder, str(i)))
            with open(names[-1], "wb") as file:
                file.write(part)
        for format_ in formats:
            path = os.path.join(out, f"report.{EXTENSIONS[format_]}")
            subprocess.run(program.command("--merge", "--format", format_, "-o", path, *names), check=True)


def report(spark, paths, out, formats=("json",), options=(), mailwhy=None, partitions=None, deliveries=False, few=FEW_LINKS):
    """Write the reports to the folder `out`."""
    program = Program(mailwhy, list(options))
    files = list_files(spark, paths)
    if not files:
        raise SystemExit(f"no logs in {' '.join(paths)}")
    partitions = partitions or 3 * spark.sparkContext.defaultParallelism
    words = ["--format", "ndjson"] if deliveries else []
    events = read_lines(spark, files).mapInArrow(emit(program, files, words), EVENTS).persist(StorageLevel.MEMORY_AND_DISK)
    share = shares(spark, events, partitions, few)
    os.makedirs(out, exist_ok=True)
    if deliveries:
        told = share.mapInArrow(tell(program), "value string").persist(StorageLevel.MEMORY_AND_DISK)
        spark.read.json(told.rdd.map(lambda row: row.value)).write.mode("overwrite").parquet(os.path.join(os.path.abspath(out), "deliveries"))
        told.unpersist()
    counted = share.mapInArrow(count(program), "counted binary")
    write_reports(merge_all(counted, program, partitions), program, formats, out)
    events.unpersist()


def main():
    words, options = sys.argv[1:], []
    if "--" in words:
        at = words.index("--")
        words, options = words[:at], words[at + 1:]
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("logs", nargs="+")
    parser.add_argument("-o", "--out", required=True)
    parser.add_argument("-f", "--format", action="append", choices=sorted(EXTENSIONS))
    parser.add_argument("--deliveries", action="store_true")
    parser.add_argument("--partitions", type=int, help="shares of the events")
    parser.add_argument("--mailwhy", help="where the program is on each machine, if --files does not bring it and it is not in the PATH")
    asked = parser.parse_args(words)
    spark = SparkSession.builder.appName("mailwhy").getOrCreate()
    report(spark, asked.logs, asked.out, asked.format or ["json"], options, asked.mailwhy, asked.partitions, asked.deliveries)
    spark.stop()


if __name__ == "__main__":
    main()
