#!/usr/bin/env python3
"""mailwhy_spark.py says what one machine says, byte by byte, and names what is damaged.

usage: spark.py MAILWHY [--faults] [--stores]

On PySpark from PyPI, in a virtual environment that is made once (build-spark, or MAILWHY_SPARK_VENV), with Java; skipped, saying so,
where they cannot be had. Everything is bound to loopback. --faults: also kills a worker of a standalone cluster in the middle.
--stores: also reads logs and bounces from an object store (moto's, from PyPI).
"""
import gzip
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGES = ("pyspark>=4", "pyarrow", "pandas<3")
VENV = pathlib.Path(os.environ.get("MAILWHY_SPARK_VENV", ROOT / "build-spark"))
INSTALL_SECONDS = 150


def skip(why):
    print(f"skipped: spark: {why}")
    sys.exit(77)


def enter_venv():
    python = VENV / "bin/python"
    if pathlib.Path(sys.prefix).resolve() == VENV.resolve():
        return
    if not shutil.which("java"):
        skip("there is no java")
    if not (VENV / "complete").exists():
        try:
            subprocess.run([sys.executable, "-m", "venv", VENV], check=True, capture_output=True)
            subprocess.run([VENV / "bin/pip", "-q", "install", *PACKAGES], check=True, capture_output=True, timeout=INSTALL_SECONDS)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired, OSError) as trouble:
            skip(f"PySpark cannot be installed: {trouble}")
        (VENV / "complete").touch()
    os.environ.update(PYSPARK_SUBMIT_ARGS="--driver-java-options '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC' pyspark-shell", SPARK_LOCAL_IP="127.0.0.1", PYSPARK_PYTHON=str(python), PYSPARK_DRIVER_PYTHON=str(python))
    os.execv(python, [str(python), *sys.argv])


enter_venv()

import json
import signal
import tempfile
import time
import zipfile

sys.path += [str(ROOT / "spark"), str(ROOT / "tests/stages"), str(ROOT / "tests")]
import mailwhy_bounces_spark
import mailwhy_files
import mailwhy_program
import mailwhy_spark
import pyarrow.fs
import pyspark
import stages
import stores
from pyspark.sql import SparkSession

LEFT = 0


def session(master, **conf):
    builder = SparkSession.builder.appName("test").master(master)
    settings = {"spark.ui.enabled": "false", "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1", "spark.sql.shuffle.partitions": "2",
                "spark.sql.files.maxPartitionBytes": "400000", "spark.sql.files.openCostInBytes": "1024", "spark.log.level": "OFF", "spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN", "spark.ui.showConsoleProgress": "false",
                "spark.executorEnv.PYTHONPATH": str(ROOT / "spark")}
    for key, value in (settings | conf).items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def expect(what, is_so):
    global LEFT
    if not is_so:
        LEFT += 1
        print(f"{what}: not so")


def check(spark, what, logs, out, options=(), formats=("text", "json", "html"), **asked):
    """In each format what one machine says."""
    mailwhy_spark.report(spark.sparkContext, [str(logs)], str(out), formats=formats, options=["--tz", "UTC", *options], mailwhy=stages.MAILWHY, **asked)
    names = sorted(str(path) for path in logs.iterdir())
    for format_ in formats:
        got = stages.without_foot((out / f"report.{mailwhy_spark.EXTENSIONS[format_]}").read_bytes())
        stages.expect(f"{what}, {format_}", got, stages.run("-f", format_, *options, *names))
    return names


def checks(spark, folder):
    logs = folder / "logs"
    logs.mkdir()
    stages.make_logs(logs)
    names = check(spark, "with deliveries", logs, folder / "out", deliveries=True)
    told = spark.read.parquet(str(folder / "out/deliveries"))
    wanted = stages.run("-f", "ndjson", *names).count(b"\n")
    expect(f"{wanted} deliveries", told.count() == wanted)
    (logs / "gw2.copy").write_bytes(gzip.decompress((logs / "gw2.1.gz").read_bytes()))
    (logs / "out1.copy.gz").write_bytes(gzip.compress((logs / "out1").read_bytes()[:50000].rpartition(b"\n")[0] + b"\n"))
    (logs / "out1.few").write_bytes((logs / "out1").read_bytes()[:900].rpartition(b"\n")[0] + b"\n")
    check(spark, "many shares, and copies", logs, folder / "out2", partitions=7)
    whole = (logs / "gw1.1.gz").read_bytes()
    (logs / "gw1.1.gz").write_bytes(whole[:len(whole) // 2])
    try:
        mailwhy_spark.report(spark.sparkContext, [str(logs)], str(folder / "out3"), mailwhy=stages.MAILWHY)
        expect("a log that is cut short is an error", False)
    except Exception as trouble:
        expect("the error names the log", "gw1.1.gz" in str(trouble))
    (logs / "gw1.1.gz").write_bytes(whole)


def awkward(spark, folder):
    """A log that is cut within a line, whose second part begins with no time; names; a copy in an archive; no bytes; and pseudonyms."""
    logs, key = folder / "with blanks", folder / "key"
    logs.mkdir()
    key.write_bytes(bytes(range(32)))
    text = (folder / "logs/gw2").read_bytes()
    at = text.index(b" removed\n", len(text) // 2) - 6
    for name, part in (("gr\u00f6\u00dfe", text[:at]), ("it's; $x.log", text[at:]), ("none", b"")):
        (logs / name).write_bytes(part)
    check(spark, "cut within a line, redacted", logs, folder / "out11", options=["--redact", "--redact-key", key])
    with zipfile.ZipFile(logs / "copy.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mail.log", text[at:])
    mailwhy_spark.report(spark.sparkContext, [str(logs)], str(folder / "out12"), options=["--tz", "UTC"], mailwhy=stages.MAILWHY)
    wanted = stages.run("-f", "json", *sorted(str(path) for path in logs.iterdir()))
    stages.expect("a copy in an archive", (folder / "out12/report.json").read_bytes(), wanted.replace(b"copy.zip/mail.log", b"copy.zip"))
    status = mailwhy_spark.report(spark.sparkContext, [str(logs / "none")], str(folder / "out13"), formats=("text",), mailwhy=stages.MAILWHY)
    expect("no bytes: a report that says so", status == 65 and "the input is empty" in (folder / "out13/report.txt").read_text())
    try:
        mailwhy_spark.report(spark.sparkContext, [str(logs)], str(folder / "out14"), options=["--cause", "none.such"], mailwhy=stages.MAILWHY)
        expect("an option that makes no sense is refused", False)
    except SystemExit as trouble:
        expect("what is wrong with the option is told", "none.such" in str(trouble))


def written_meanwhile(spark, folder):
    """Of a log that grows between the two readings what it had is told; one that became shorter is an error."""
    logs, program, died = folder / "meanwhile", folder / "meanwhile.sh", folder / "was-written"
    logs.mkdir()
    for name in ("gw1", "out1"):
        shutil.copy(folder / "logs" / name, logs)
    wanted = stages.run("-f", "json", *sorted(map(str, logs.iterdir())))
    asked = {"options": ["--tz", "UTC"], "mailwhy": str(program)}
    for change, is_told in ((f"cat {folder}/logs/out2 >>{logs}/out1", True), (f"head -c 9000 {folder}/logs/out1 >{logs}/out1", False)):
        program.write_text(f"#!/bin/sh\ncase $* in *--open*) mkdir {died} 2>/dev/null && {change};; esac\nexec {stages.MAILWHY} \"$@\"\n")
        program.chmod(0o755)
        shutil.rmtree(died, ignore_errors=True)
        try:
            mailwhy_spark.report(spark.sparkContext, [str(logs)], str(folder / f"out18{is_told}"), **asked)
            expect("a log that became shorter is an error", is_told)
            stages.expect("a log that grew", (folder / "out18True/report.json").read_bytes(), wanted)
        except Exception as trouble:
            expect(f"the error says which log became shorter: {str(trouble)[-300:]}", not is_told and "meanwhile/out1 is shorter" in str(trouble))


def bounces(spark, folder):
    """What one process says of each of a folder's bounces, in any order; one that is damaged is named, and stops nothing."""
    mails = folder / "mails"
    shutil.copytree(ROOT / "samples/bounces", mails)
    (mails / "cut.eml.gz").write_bytes(gzip.compress((next(mails.glob("*.eml"))).read_bytes())[:200])
    mailwhy_bounces_spark.report(spark.sparkContext, [str(mails)], str(folder / "out5"), mailwhy=stages.MAILWHY)
    got = sorted(line for part in (folder / "out5/verdicts").glob("part-*") for line in part.read_bytes().splitlines())
    wanted = subprocess.run([stages.MAILWHY, "--no-config", "-f", "ndjson", mails], capture_output=True).stdout.splitlines()
    stages.expect("bounces", b"\n".join(got), b"\n".join(sorted(wanted)))
    expect("a damaged mail is named", any(b"cut.eml.gz" in line and b'"problems"' in line for line in got))
    mailwhy_bounces_spark.report(spark.sparkContext, [str(mails)], str(folder / "out6"), mailwhy=stages.MAILWHY, parquet=True)
    for path in (*pathlib.Path(stages.MAILWHY).parent.glob("mailwhy-*.so"), pathlib.Path(stages.MAILWHY).parent / "libmailwhy.so.1"):
        spark.sparkContext.addFile(str(path))
    spark.sparkContext.addFile(stages.MAILWHY)
    mailwhy_bounces_spark.report(spark.sparkContext, [str(mails / "*.eml")], str(folder / "out10"))
    expect("the program travels with its modules", len(list((folder / "out10/verdicts").glob("part-*"))) > 0 and not (folder / "out10/problems.txt").read_text())
    rows = [row.asDict(recursive=True) for row in spark.read.parquet(str(folder / "out6/verdicts")).collect()]
    stages.expect("bounces as Parquet", in_order(map(present, rows)), in_order(present(json.loads(line)) for line in wanted))


def present(value):
    """Without what is not said: a row has each column of all rows, and none of what is an empty object in all of them."""
    if isinstance(value, dict):
        return {name: of for name, of in ((name, present(of)) for name, of in value.items()) if of not in (None, {})}
    return [present(of) for of in value] if isinstance(value, list) else value


def in_order(rows):
    return "\n".join(sorted(json.dumps(row, sort_keys=True) for row in rows)).encode()


def piped(folder):
    """Pieces of files that only pyarrow reads come through a pipe, and tell the same."""
    def events(pieces):
        return program.pipe_pieces(["--emit", "events"], pieces, str(folder)).read_all().splitlines()[:-1]

    program = mailwhy_program.Program(stages.MAILWHY, ["--tz", "UTC"])
    (folder / "logs/a-none").write_bytes(b"")
    (folder / "logs/one-line").write_bytes(b"x" * 250000)
    files = mailwhy_files.list_files([str(folder / "logs")])
    pieces = mailwhy_files.cut(files, 100000)
    for number, piece in enumerate(pieces):
        piece.place = number
    by_itself = events(pieces)
    is_remote, remote_path = mailwhy_files.is_remote, mailwhy_files.remote_path
    mailwhy_files.is_remote = mailwhy_program.is_remote = lambda path: True
    mailwhy_files.remote_path = lambda path: (pyarrow.fs.LocalFileSystem(), path)
    stages.expect("pieces through a pipe, some without a line", b"\n".join(events(pieces)), b"\n".join(by_itself))
    mailwhy_files.is_remote = mailwhy_program.is_remote = is_remote
    mailwhy_files.remote_path = remote_path
    mailwhy_files.filesystem = lambda root: (pyarrow.fs.LocalFileSystem(), "")
    for below in ("", "/gw1*"):
        wanted = [f"test://{name}" for name, *_ in mailwhy_files.list_files([f"{folder}/logs{below}"])]
        expect("files are listed alike", [name for name, *_ in mailwhy_files.list_files([f"test://{folder}/logs{below}"])] == wanted)


def skewed(spark, folder):
    """A host with nearly all of the lines, and one queue id that is in all pieces of its log."""
    logs = folder / "skewed"
    logs.mkdir()
    for host, count in (("big", 9000), ("small", 1000)):
        with open(logs / host, "w") as file:
            for i in range(count):
                at = f"Nov 20 {1 + i // 3600:02}:{i // 60 % 60:02}:{i % 60:02} {host} postfix/"
                for queue_id, domain in (("AAAAAAAAAA", "list"), (f"B{i:09X}", f"d{i % 30}")):
                    file.write(f"{at}smtp[1]: {queue_id}: to=<r{i}@{domain}.example.org>, relay=none, delay=1, dsn=5.0.0, status=bounced (no)\n")
    check(spark, "one host and one queue id", logs, folder / "out7")


def out_of_memory(folder):
    """A step that has too little memory once is run again; one that always has ends the job, and names its log."""
    logs, limited, died = folder / "skewed", folder / "limited", folder / "died"
    limited.write_text(f"#!/bin/sh\nfor word; do case $word in */pieces) pieces=$word;; --open) open=1;; esac; done\n"
                       f"if [ \"$open\" ] && grep -qa {logs}/big \"$pieces\" && ! test -e {died}; then echo . >>{died}; ulimit -v 16000; fi\n"
                       f"exec {stages.MAILWHY} \"$@\"\n")
    limited.chmod(0o755)
    spark = session("local[2, 4]")
    asked = {"formats": ("json",), "options": ["--tz", "UTC"], "mailwhy": str(limited)}
    mailwhy_spark.report(spark.sparkContext, [str(logs)], str(folder / "out8"), **asked)
    stages.expect("after a step had too little memory", (folder / "out8/report.json").read_bytes(), (folder / "out7/report.json").read_bytes())
    expect("a step had too little memory", died.exists())
    limited.write_text(limited.read_text().replace(f"test -e {died}", "false"))
    try:
        mailwhy_spark.report(spark.sparkContext, [str(logs)], str(folder / "out9"), **asked)
        expect("too little memory is an error", False)
    except Exception as trouble:
        expect(f"the error names the log and says why: {str(trouble)[-300:]}", "skewed/big" in str(trouble) and re.search("memory|allocate|Segmentation fault|Aborted|Killed", str(trouble)))
    expect("there is no report of half the logs", not (folder / "out9/report.json").exists())
    spark.stop()


# --- an object store ---


def stored(folder):
    """Logs and bounces in it tell what those on a disk tell; names have blanks and other letters, an object has no bytes, one is beside what is below its name."""
    logs, mails = folder / "stored", folder / "mails"
    shutil.copytree(folder / "logs", logs)
    (logs / "gr\u00f6\u00dfe 1").write_bytes((logs / "gw2").read_bytes()[:300000])
    with stores.store() as variables:
        stores.put("logs", {f"day 1/{path.name}": path.read_bytes() for path in logs.iterdir()})
        stores.put("mails", {f"in/{path.name}": path.read_bytes() for path in mails.iterdir()} | {"in/relayed.eml/again": (mails / "relayed.eml").read_bytes()})
        spark = session("local[2]", **{f"spark.executorEnv.{name}": value for name, value in variables.items()})
        mailwhy_spark.report(spark.sparkContext, ["s3://logs/day 1"], str(folder / "out15"), options=["--tz", "UTC"], mailwhy=stages.MAILWHY)
        mailwhy_spark.report(spark.sparkContext, ["s3a://logs/day*/gw[12]*"], str(folder / "out16"), options=["--tz", "UTC"], mailwhy=stages.MAILWHY)
        mailwhy_bounces_spark.report(spark.sparkContext, ["s3://mails/in"], str(folder / "out17"), mailwhy=stages.MAILWHY)
        spark.stop()
    for out, scheme, names in (("out15", "s3", logs.iterdir()), ("out16", "s3a", logs.glob("gw[12]*"))):
        wanted = stages.run("-f", "json", *sorted(map(str, names))).replace(f"{logs}/".encode(), f"{scheme}://logs/day 1/".encode())
        stages.expect(f"logs in an object store, {scheme}", (folder / out / "report.json").read_bytes(), wanted)
    got = [json.loads(line) for part in (folder / "out17/verdicts").glob("part-*") for line in part.read_bytes().splitlines()]
    wanted = subprocess.run([stages.MAILWHY, "--no-config", "-f", "ndjson", mails, mails / "relayed.eml"], capture_output=True).stdout.splitlines()
    stages.expect("bounces in an object store", in_order(map(nameless, got)), in_order(nameless(json.loads(line)) for line in wanted))


def nameless(verdict):
    verdict["input"].pop("name", None)
    verdict.pop("problems", None)  # which hold the name
    return verdict


# --- a cluster ---


def start(name, *words):
    spark_class = pathlib.Path(pyspark.__file__).parent / "bin/spark-class"
    return subprocess.Popen([str(spark_class), f"org.apache.spark.deploy.{name}", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def kill_cluster(processes):
    for process in processes:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()


def faults(folder):
    """A worker and what it runs is killed while events are read."""
    logs, out = folder / "logs", folder / "out4"
    master = start("master.Master", "-h", "127.0.0.1", "-p", "17077", "--webui-port", "17078")
    time.sleep(5)
    workers = [start("worker.Worker", "-h", "127.0.0.1", "-c", "1", "-m", "1g", "--webui-port", str(17079 + i), "-d", str(folder / f"work{i}"), "spark://127.0.0.1:17077") for i in range(2)]
    slow = folder / "slow"
    count = folder / "count"
    slow.write_text(f"#!/bin/sh\ncase $* in *--open*) echo . >>{count}; sleep 2;; esac\nexec {stages.MAILWHY} \"$@\"\n")
    slow.chmod(0o755)
    try:
        spark = session("spark://127.0.0.1:17077", **{"spark.executor.memory": "600m"})
        if os.fork() == 0:  # once some pieces are read, and others are being read
            while not count.exists() or count.stat().st_size < 4:
                time.sleep(0.1)
            for line in subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True).stdout.splitlines():
                if f"{folder}/work0" in line:
                    os.kill(int(line.split()[0]), signal.SIGKILL)
            os._exit(0)
        mailwhy_spark.report(spark.sparkContext, [str(logs)], str(out), formats=("json",), options=["--tz", "UTC"], mailwhy=str(slow))
        os.wait()
        stages.expect("after a worker was killed", (out / "report.json").read_bytes(), stages.run("-f", "json", *sorted(str(path) for path in logs.iterdir())))
        expect("a worker was killed", workers[0].poll() is not None)
        spark.stop()
    finally:
        kill_cluster([*workers, master])


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        spark = session("local[2]")
        checks(spark, folder)
        awkward(spark, folder)
        written_meanwhile(spark, folder)
        piped(folder)
        bounces(spark, folder)
        skewed(spark, folder)
        spark.stop()
        out_of_memory(folder)
        if "--stores" in sys.argv and stores.install():
            stored(folder)
        if "--faults" in sys.argv:
            faults(folder)
    left = LEFT + stages.LEFT
    print(f"{left} differ")
    return left > 0


sys.exit(main())
