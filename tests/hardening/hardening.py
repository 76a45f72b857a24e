#!/usr/bin/env python3
"""What hardens the program, its modules and the library (cmake/hardening.cmake) is in what was built.

usage: hardening.py MAILWHY BUILD-FOLDER FLAG...    (the flags of the compiler that the build chose)
"""
import json
import pathlib
import platform
import re
import subprocess
import sys

PROGRAM, BUILD, FLAGS = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3:]
X86 = platform.machine() in ("x86_64", "i686")
WANTED = ["-fstack-protector-strong", "-fstack-clash-protection", "-ftrivial-auto-var-init=zero"] + ["-fcf-protection=full"] * X86
COMMANDS = [row["command"].split() for row in json.loads((BUILD / "compile_commands.json").read_text())]
SANITIZED = any(word.startswith("-fsanitize=") for word in COMMANDS[0])
OPTIMISED = "-O2" in COMMANDS[0] or "-O3" in COMMANDS[0]


def readelf(file, *options):
    return subprocess.run(["readelf", "-W", *options, file], capture_output=True, text=True, check=True).stdout


def position_independent(file):
    return "Type:" in (head := readelf(file, "-h")) and re.search(r"Type:\s+DYN", head) and (file != PROGRAM or "PIE" in readelf(file, "-d"))


def full_relro(file):
    return "GNU_RELRO" in readelf(file, "-l") and re.search(r"\(FLAGS_1\).*\bNOW\b|BIND_NOW", readelf(file, "-d"))


def nothing_writable_runs(file):
    segments = [line.split() for line in readelf(file, "-l").splitlines() if re.match(r"\s+(LOAD|GNU_STACK)\s", line)]
    flags = {segment[0]: "".join(segment[6:-1]) for segment in segments if segment[0] == "GNU_STACK"}
    return "GNU_STACK" in flags and not any({"W", "E"} <= set("".join(segment[6:-1])) for segment in segments)


def code_is_not_relocated(file):
    return "TEXTREL" not in readelf(file, "-d")


def no_library_from_anywhere(file):
    """A part of the path that is empty is the folder that the user is in."""
    paths = re.findall(r"\((?:RPATH|RUNPATH)\).*\[(.*)\]", readelf(file, "-d"))
    return all(part.startswith("$ORIGIN") for path in paths for part in path.split(":"))


def control_flow(file):
    """Functions begin with endbr64. (The mark of the whole file needs a C library that is built so, as Debian's is not.)"""
    return not X86 or file.read_bytes().count(b"\xf3\x0f\x1e\xfa") > 1


def symbols(file):
    return readelf(file, "--dyn-syms")


def stack_protector(file):
    return "__stack_chk_fail" in symbols(file)


def checked_calls(file):
    return re.search(r"__\w+_chk\b", symbols(file).replace("__stack_chk_fail", ""))


EACH = [position_independent, full_relro, nothing_writable_runs, code_is_not_relocated, no_library_from_anywhere, control_flow]
WHOLE = [stack_protector] + ([checked_calls] if OPTIMISED and not SANITIZED else [])  # the program and small modules may have nothing to guard


def main():
    modules = sorted(BUILD.glob("mailwhy-*.so"))
    library = BUILD / "libmailwhy.so"
    wrong = [f"{file.name}: {check.__name__.replace('_', ' ')}: no" for file in [PROGRAM, library, *modules] for check in EACH if not check(file)]
    wrong += [f"{library.name}: {check.__name__.replace('_', ' ')}: no" for check in WHOLE if not check(library)]
    wrong += [f"the compiler did not take {flag}" for flag in WANTED if flag not in FLAGS]
    fortify = ["-D_FORTIFY_SOURCE="] if OPTIMISED and not SANITIZED else []
    for words in COMMANDS:
        missing = [flag for flag in [*FLAGS, *fortify] if not any(word.startswith(flag) for word in words)]
        wrong += [f"{words[-1]}: compiled without {' '.join(missing)}"] if missing else []
    print("\n".join(wrong) if wrong else "all is there", f"({len(modules)} modules, {len(COMMANDS)} units)")
    return 1 if wrong or not modules else 0


if __name__ == "__main__":
    sys.exit(main())
