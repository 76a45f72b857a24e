#!/usr/bin/env python3
"""Nothing but `mailwhy dns capture` uses the network: no system call of a run over all inputs there are is one of it.

usage: offline.py MAILWHY FILE-OR-FOLDER...
"""
import os
import pathlib
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

# What opens the network, or the files and sockets by which the C library looks names up.
FORBIDDEN = ("socket(", "connect(", "sendto(", "sendmsg(", "recvfrom(", "bind(", "resolv.conf", "/etc/hosts", "nsswitch.conf", "nscd")


def trace(folder, arguments):
    out = folder / "trace"
    done = subprocess.run(["strace", "-f", "-qq", "-e", "trace=network,openat,open", "-o", out, MAILWHY, *arguments], capture_output=True,
                          env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"})  # the search for leaks traces too
    return done.returncode, out.read_text(errors="replace").splitlines() if out.exists() else []


def main():
    if not shutil.which("strace") or subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True).returncode:
        print("skipped: strace is not here, or may not trace")
        sys.exit(77)
    failures = 0
    with tempfile.TemporaryDirectory() as name:
        for arguments in COMMANDS:
            status, lines = trace(pathlib.Path(name), arguments)
            found = [line for line in lines if any(word in line for word in FORBIDDEN)]
            if found or status not in (0, 65) or not lines:
                failures += 1
                print(f"mailwhy {' '.join(arguments)[:100]}: exit {status}, {len(lines)} calls")
                print("\n".join(found[:5]))
        # The trace would show it: capture asks a server that is not there.
        status, lines = trace(pathlib.Path(name), ["dns", "capture", "--server", "127.0.0.1#9", "-q", "samples/messages/ordinary.eml"])
        if not any("socket(" in line for line in lines):
            failures += 1
            print("dns capture opened no socket: does the trace see anything?")
    print(f"{len(COMMANDS)} commands over {len(INPUTS)} inputs, {failures} failures")
    sys.exit(failures > 0)


main()
