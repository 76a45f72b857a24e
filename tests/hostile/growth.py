#!/usr/bin/env python3
"""Doubles each kind of hostile input (growth_kinds.py), and holds time, memory and output to 2.5 times of what they were.

usage: growth.py MAILWHY [--small] [--only WORD]

Time is that of the processor; what is measured begins with enough things of a kind to take a while, found by trying.
Of each size the least of several runs counts. Where a run is over in no time at any size, there is nothing to
hold: the limits of the program cut the input. --small takes the sizes of the table as they are and allows more, as
the suite shares its processors: it finds what is quadratic, not what is slow.
"""
import argparse
import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from growth_kinds import KINDS

MB = 1 << 20
MOST = 2.5          # times of what half of the input cost
ENOUGH = 0.4        # seconds that a first run should take
LARGEST = 8 * MB    # of an input, while a size is looked for
BASE = 0.05         # seconds in which any program may start, end and be disturbed
QUIET_MEMORY = 8 * MB
QUIET_OUTPUT = 64 << 10
TIMEOUT = 120


class Cost:
    def __init__(self, seconds, memory, output, status):
        self.seconds, self.memory, self.output, self.status = seconds, memory, output, status


def write_input(kind, n, folder):
    """In a process of its own: a child's peak memory counts what its parent held when it was made."""
    child = os.fork()
    if child == 0:
        made = kind.make(n)
        for name, content in (made if isinstance(made, dict) else {"in": made}).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0, kind.name


def size_of(folder):
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())


def run(mailwhy, kind, folder):
    words = [str(folder / w[1:-1]) if w.startswith("{") else str(folder) if w == "." else w for w in kind.words]
    with open(folder / "in" if "{in}" not in kind.words and (folder / "in").exists() else os.devnull, "rb") as stdin, \
            tempfile.TemporaryFile() as out:
        form = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": "multipart/form-data; boundary=b", "CONTENT_LENGTH": str(size_of(folder))}
        process = subprocess.Popen([mailwhy, *words], stdin=stdin, stdout=out, stderr=out, env=os.environ | (form if words == ["cgi"] else {}))
        signal.alarm(TIMEOUT)
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except TimeoutError:
            process.kill()
            os.wait4(process.pid, 0)
            return Cost(TIMEOUT, 0, 0, -1)
        finally:
            signal.alarm(0)
        return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, os.fstat(out.fileno()).st_size, os.waitstatus_to_exitcode(status))


def least(mailwhy, kind, folder, times):
    runs = [run(mailwhy, kind, folder) for _ in range(times)]
    return Cost(*(min(getattr(r, key) for r in runs) for key in ("seconds", "memory", "output", "status")))


def measure(mailwhy, kind, n, times):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write_input(kind, n, folder)
        return least(mailwhy, kind, folder, times), size_of(folder)


def find_size(mailwhy, kind):
    """Things of the kind that take long enough to measure."""
    n = kind.n
    for _ in range(3):
        cost, size = measure(mailwhy, kind, n, 1)
        if cost.seconds >= ENOUGH or size * 2 > LARGEST:
            break
        n *= 4 if cost.seconds < ENOUGH / 4 and size * 8 < LARGEST else 2
    return n


def ratio(first, second, quiet):
    return (second + quiet) / (first + quiet) if first or second else 1.0


def compare(first, second, small):
    """The three ratios, and what is wrong with them. What both runs need anyway is added to both."""
    ratios = [second.seconds / max(first.seconds, BASE if small else 0.02),
              ratio(first.memory, second.memory, 0), ratio(first.output, second.output, 0)]
    wrong = []
    if ratios[0] > MOST and second.seconds > 6 * BASE:
        wrong.append(f"time {first.seconds:.2f} s to {second.seconds:.2f} s")
    if ratios[1] > MOST and second.memory - first.memory > QUIET_MEMORY:
        wrong.append(f"memory {first.memory // MB} MB to {second.memory // MB} MB")
    if ratios[2] > MOST and second.output > QUIET_OUTPUT:
        wrong.append(f"output {first.output >> 10} KB to {second.output >> 10} KB")
    for cost in (first, second):
        if cost.status not in (0, 65, 78):
            wrong.append("it did not end" if cost.status == -1 else f"exit status {cost.status}")
    return ratios, wrong


def grows_on(mailwhy, kind, n, second, small, wrong):
    """Twice as much again: where that costs no more than it should, a limit was passed beyond which an input is read in
    another way (by GMime, from a copy), which is a step and no growth."""
    third, _ = measure(mailwhy, kind, n, 3)
    return wrong if compare(second, third, small)[1] else []


def judge(mailwhy, kind, small):
    n = kind.n if small else find_size(mailwhy, kind)
    for times in (1, 3):  # again, where it was disturbed
        first, size = measure(mailwhy, kind, n, times)
        second, double = measure(mailwhy, kind, 2 * n, times)
        ratios, wrong = compare(first, second, small)
        if not wrong:
            break
    else:
        wrong = grows_on(mailwhy, kind, 4 * n, second, small, wrong)
    return n, size, double, first, second, ratios, wrong


def alarm(*_):
    raise TimeoutError


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("mailwhy", type=os.path.abspath)
    arguments.add_argument("--small", action="store_true")
    arguments.add_argument("--only", default="", help="kinds with this word in their name")
    arguments.add_argument("--from", dest="first", type=int, default=0, help="kinds from this number on")
    options = arguments.parse_args()
    signal.signal(signal.SIGALRM, alarm)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    failures = 0
    kinds = [k for k in KINDS[options.first :] if options.only in k.name]
    if not options.small:
        print(f"{'kind':58} {'n':>8} {'input':>9} {'seconds':>8} {'memory':>8} {'output':>10}   time  memory output")
    for kind in kinds:
        n, size, _, first, second, ratios, wrong = judge(options.mailwhy, kind, options.small)
        failures += bool(wrong)
        if wrong or not options.small:
            print(f"{kind.name:58} {n:8} {size >> 10:7} K {second.seconds:8.2f} {second.memory // MB:6} M {second.output >> 10:8} K  "
                  + " ".join(f"{r:6.2f}" for r in ratios) + "".join(f"  ! {w}" for w in wrong), flush=True)
    print(f"{len(kinds)} kinds, {failures} grow faster than their input")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
