#!/usr/bin/env python3
"""Which modules an input loads, and with them which libraries (parsers/base/module.h).

usage: modules.py MAILWHY    (run in the repository's root)
"""
import bz2
import gzip
import lzma
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

MAILWHY = sys.argv[1]
LIBRARIES = {  # of each module
    "bzip2": {"bz2"},
    "gzip": {"isal"},
    "xz": {"lzma"},
    "zstd": {"zstd"},
    "yaml": {"yaml-0"},
    "message": {"gmime-3.0", "gio-2.0", "gpgme"},
    "names": {"psl"},
    "verify": {"ldns", "crypto", "spf2"},
}
EXPLAIN = ["samples/bounces/spamhaus.eml"]
LOG = ["log", "samples/logs/postfix.log"]
ROWS = [  # a call → the modules that it needs
    (["--version"], set()),
    (["--help"], set()),
    (["reply", "550 5.1.1 no such user"], set()),
    (["rules", "check"], set()),
    (LOG, set()),
    (EXPLAIN, {"names"}),
    (["-f", "json", *EXPLAIN], {"names"}),
    ([*EXPLAIN, "samples/bounces/exim.eml"], {"message", "names"}),  # a process that reads several
    (["--dns", "samples/dns/two-domains.zone", *EXPLAIN], {"names", "verify"}),
]


def loaded(arguments):
    """The modules and the libraries that a call loads."""
    result = subprocess.run([MAILWHY, *arguments], capture_output=True, text=True, env=os.environ | {"LD_DEBUG": "files"})
    files = re.findall(r"calling init: (\S+)", result.stderr)
    names = {os.path.basename(f).split(".so")[0] for f in files}
    modules = {n.removeprefix("mailwhy-") for n in names if n.startswith("mailwhy-")}
    return modules, {n.removeprefix("lib") for n in names if n.startswith("lib")}, result


def other_logs(folder):
    """A log in each compression: the file and the module that it needs."""
    plain = pathlib.Path(LOG[1]).read_bytes()
    files = {"log.gz": gzip.compress(plain), "log.bz2": bz2.compress(plain), "log.xz": lzma.compress(plain)}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    subprocess.run(["zstd", "-q", LOG[1], "-o", folder / "log.zst"], check=True)
    return {"log.gz": {"gzip"}, "log.bz2": {"bzip2"}, "log.xz": {"xz"}, "log.zst": {"zstd"}}


def tells_what_is_missing(folder):
    """A program without its modules says so, with the exit status of a bug or a bad installation."""
    alone = folder / "mailwhy"
    shutil.copy(MAILWHY, alone)
    shutil.copy(pathlib.Path(MAILWHY).parent / "libmailwhy.so.1", folder)
    result = subprocess.run([alone, *EXPLAIN], capture_output=True, text=True)
    told = result.returncode == 70 and "what reads names of domains cannot be loaded" in result.stderr
    if not told:
        print(f"without modules: exit {result.returncode}, {result.stderr}")
    return told


def main():
    failures = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        own = folder / "own.yaml"
        own.write_text("# no rules\n")
        rows = [*ROWS, (["rules", "check", str(own)], {"yaml"}), (["--rules", str(own), *EXPLAIN], {"yaml", "names"})]
        encoded = folder / "encoded.eml"  # read in the sandbox, where GMime is loaded then
        encoded.write_text("From: a@example.org\nSubject: =?utf-8?Q?=C3=A9?=\nContent-Transfer-Encoding: quoted-printable\n\n=C3=A9\n")
        rows += [([str(encoded)], {"message"})]
        rows += [(["log", str(folder / file)], modules) for file, modules in other_logs(folder).items()]
        for arguments, expected in rows:
            modules, libraries, result = loaded(arguments)
            surplus = {lib for module, libs in LIBRARIES.items() if module not in expected for lib in libs & libraries}
            if modules != expected or surplus or result.returncode:
                failures += 1
                print(f"mailwhy {' '.join(arguments)}: exit {result.returncode}, loads the modules {sorted(modules)}, "
                      f"expected {sorted(expected)}; libraries that are not needed: {sorted(surplus)}\n{result.stderr}")
        failures += not tells_what_is_missing(folder)
    print(f"{len(rows)} calls, {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
