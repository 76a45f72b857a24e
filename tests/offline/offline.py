#!/usr/bin/env python3
"""Nothing but `mailwhy dns capture` and `verify` uses the network: no system call of a run over all inputs there are is one of it.
Those two do it in a process of its own, which is in its sandbox and has no input open.

usage: offline.py MAILWHY FILE-OR-FOLDER...
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

MAILWHY, INPUTS = sys.argv[1], [p for p in sys.argv[2:] if pathlib.Path(p).exists()]
ZONE = "samples/dns/two-domains.zone"
SERVER = ["--ip", "192.0.2.5", "--helo", "mail.example.com", "--domain", "example.com"]

COMMANDS = [
    ["-f", "ndjson", "--dns", ZONE, "--log", "samples/logs/postfix.log", *INPUTS],
    ["-f", "json", "--dns", "/dev/null", *INPUTS],
    ["audit", "--dns", ZONE, *SERVER],
    ["dns", "needs", *INPUTS],
    ["dns", "needs", *SERVER],
    ["dns", "show", ZONE],
]

# Descriptors are handed to a process over a pair of sockets that has no address; what could have one is opened by socket().
OWN = re.compile(r"sendmsg\(\d+, \{msg_name=NULL,|recvfrom\(.*, NULL, NULL\)")

# What opens the network, or the files and sockets by which the C library looks names up.
FORBIDDEN = ("socket(", "connect(", "sendto(", "sendmsg(", "recvfrom(", "bind(", "resolv.conf", "/etc/hosts", "nsswitch.conf", "nscd")


def whole_calls(lines):
    """Lines of a trace; a call during which another process was seen is two of them, which are joined."""
    begun, whole = {}, []
    for line in lines:
        process, call = line.split(None, 1)
        if call.endswith(" <unfinished ...>"):
            begun[process] = line.removesuffix(" <unfinished ...>")
        elif call.startswith("<... ") and process in begun:
            whole.append(begun.pop(process) + call.split(" resumed>", 1)[-1])
        else:
            whole.append(line)
    return whole + list(begun.values())


def trace(folder, arguments):
    out = folder / "trace"
    done = subprocess.run(["strace", "-f", "-qq", "-e", "trace=network,openat,open", "-o", out, MAILWHY, *arguments], capture_output=True,
                          env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"})  # the search for leaks traces too
    return done.returncode, whole_calls(out.read_text(errors="replace").splitlines()) if out.exists() else []


def late_sandboxes(folder):
    """Processes that read something before their sandbox was whole, other than their own size."""
    out = folder / "trace"
    subprocess.run(["strace", "-f", "-qq", "-e", "trace=read,seccomp,fork,vfork,clone,clone3", "-o", out, MAILWHY, "-f", "ndjson", "--dns", "tests/signing/rfc.zone",
                    "tests/signing/rfc", "samples/messages"], capture_output=True)
    calls, sandboxed = {}, 0
    for line in whole_calls(out.read_text(errors="replace").splitlines()):
        process, call = line.split(None, 1)
        calls.setdefault(process, []).append(call)
    late = []
    for process, of in calls.items():
        entered = next((n for n, call in enumerate(of) if call.startswith("seccomp(SECCOMP_SET_MODE_FILTER")), None)
        if entered is not None:
            sandboxed += 1
            late += [f"{process} {call}" for call in of[:entered] if re.match(r'read\(\d+, "(?![\d ]+\\n"|TZif)', call)]
    return sandboxed, late


SEEN = "trace=network,openat,open,seccomp,close_range,dup2,clone,clone3,fork,vfork,execve,read"


def by_process(lines):
    """The calls of each process, with those of its threads."""
    threads = {m[2]: m[1] for line in lines if (m := re.match(r"(\d+) +clone3?\(.*CLONE_THREAD.* = (\d+)$", line))}
    calls = {}
    for line in lines:
        one, call = line.split(None, 1)
        while one in threads:
            one = threads[one]
        calls.setdefault(one, []).append(call)
    return calls


def wrong_askers(folder):
    """What processes that open a socket do and must not: ask outside of a sandbox, with an input open, or read files."""
    out = folder / "trace"
    with open("samples/messages/ordinary.eml", "rb") as mail:
        subprocess.run(["strace", "-f", "-qq", "-e", SEEN, "-o", out, MAILWHY, "verify", "--server", "127.0.0.1#9", "-q"], stdin=mail,
                       capture_output=True, env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"})
    calls = by_process(whole_calls(out.read_text(errors="replace").splitlines()))
    askers = [of for of in calls.values() if any(call.startswith("socket(AF_INET") for call in of)]
    wrong = [] if askers else ["nobody asked"]
    for of in askers:
        entered = next((n for n, call in enumerate(of) if call.startswith("seccomp(SECCOMP_SET_MODE_FILTER")), 0)
        if any(call.startswith("socket(") for call in of[:entered]) or not entered:
            wrong.append("asks before its sandbox")
        if not any(re.match(r"dup2\(\d+, 0\)", call) for call in of[:entered]) or not any(call.startswith("close_range(3,") for call in of[:entered]):
            wrong.append("leaves inputs open")
        wrong += [call for call in of[entered:] if re.match(r"(open|openat|read|execve|v?fork)\(", call) and "= -1 EACCES" not in call]
    return wrong


def main():
    if not shutil.which("strace") or subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True).returncode:
        print("skipped: strace is not here, or may not trace")
        sys.exit(77)
    failures = 0
    with tempfile.TemporaryDirectory() as name:
        for arguments in COMMANDS:
            status, lines = trace(pathlib.Path(name), arguments)
            # What was refused was not read: the second opinion's libraries ask for the resolver's files as they begin.
            found = [line for line in lines if any(word in line for word in FORBIDDEN) and not OWN.search(line) and not re.search(r" = -1 E(ACCES|MFILE) \(.*\)$", line)]
            if found or status not in (0, 65) or not lines:
                failures += 1
                print(f"mailwhy {' '.join(arguments)[:100]}: exit {status}, {len(lines)} calls")
                print("\n".join(found[:5]))
        sandboxed, late = late_sandboxes(pathlib.Path(name))
        if not sandboxed or late:
            failures += 1
            print(f"{sandboxed} processes in a sandbox; read before it was whole:", *late, sep="\n  ")
        wrong = wrong_askers(pathlib.Path(name))
        if wrong:
            failures += 1
            print("who asks the DNS:", *wrong[:5], sep="\n  ")
        # The trace would show it: capture asks a server that is not there.
        status, lines = trace(pathlib.Path(name), ["dns", "capture", "--server", "127.0.0.1#9", "-q", "samples/messages/ordinary.eml"])
        if not any("socket(" in line for line in lines):
            failures += 1
            print("dns capture opened no socket: does the trace see anything?")
    print(f"{len(COMMANDS)} commands over {len(INPUTS)} inputs, {failures} failures")
    sys.exit(failures > 0)


main()
