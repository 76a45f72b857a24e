#!/usr/bin/env python3
"""What programs that were compiled with mailwhy.h rely on: tests/install/abi.tsv has it, and only grows.

usage: abi.py MAILWHY COMPILER [FLAG...]    (run in the repository's root)
"""
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, "tests")
import claims  # noqa: E402

COMPILER = list(filter(None, sys.argv[2:]))
HEADER, KNOWN = pathlib.Path("analyze/mailwhy.h"), pathlib.Path("tests/install/abi.tsv")


def without_comments(header):
    return re.sub(r"/\*.*?\*/|^#.*?$", "", header, flags=re.S | re.M)


def members(header):
    """(struct, member) of all structs that callers hand over, in their order."""
    for struct, body in re.findall(r"^struct (\w+) \{(.*?)^\};", header, re.S | re.M):
        for declaration in filter(str.strip, body.split(";")):
            for declarator in declaration.split(","):
                yield struct, re.search(r"(\w+)\s*$", declarator).group(1)


def functions(header):
    """Prototypes and types of callbacks, each on one line."""
    for found in re.findall(r"^((?:typedef )?(?:const )?(?:struct )?\w+ \*?\w+\([^;]*\));", header, re.S | re.M):
        yield re.sub(r"\s+", " ", found)


def rows(header_file, compiler):
    header = without_comments(header_file.read_text())
    prints = "\n".join(f'printf("member\\t{s}.{m}\\t%zu\\t%zu\\n", offsetof(struct {s}, {m}), sizeof(((struct {s} *)0)->{m}));'
                       for s, m in members(header))
    with tempfile.TemporaryDirectory() as folder:
        source, program = pathlib.Path(folder, "abi.c"), pathlib.Path(folder, "abi")
        source.write_text(f'#include "{header_file.resolve()}"\n#include <stdio.h>\nint main(void) {{\n{prints}\nreturn 0;\n}}\n')
        subprocess.run([*compiler, source, "-o", program], check=True)
        laid_out = subprocess.run([program], capture_output=True, text=True, check=True).stdout.splitlines()
    values = re.findall(r"(MAILWHY_\w+) = (\d+)", header)
    return [f"function\t{f}" for f in functions(header)] + [f"value\t{n}\t{v}" for n, v in values] + laid_out


def public(header_file):
    """The names that the library exports: those that the header declares."""
    return {re.search(r"(mailwhy_\w+)\(", f).group(1) for f in functions(without_comments(header_file.read_text())) if not f.startswith("typedef")}


def of_layout(_):
    if sys.maxsize < 2**32:
        print("skipped: places of members (they are written down for 64 bits)")
        return
    now, known = rows(HEADER, COMPILER), KNOWN.read_text().splitlines()
    for row in known:
        yield f"the ABI still has: {row}", row in now, "programs that are compiled break: leave it as it was, and append what is new"
    for row in now:
        yield f"{KNOWN} has: {row}", row in known, "it is new: append the row"


def of_names(_):
    """Wherever the names of functions are listed, it is all of them and no more."""
    declared = public(HEADER)
    for file, pattern in (("analyze/mailwhy.map", r"^ +(mailwhy_\w+);"), ("debian/libmailwhy1.symbols", r"^ (mailwhy_\w+)@MAILWHY_1 "),
                          ("docs/libmailwhy.3", r"^\.F[no] (mailwhy_\w+)(?= [\"v]|$)")):
        listed = set(re.findall(pattern, pathlib.Path(file).read_text(), re.M))
        yield f"{file} has the functions of the header", listed >= declared, f"without {sorted(declared - listed)}"
        yield f"{file} has no others", listed <= declared, f"{sorted(listed - declared)}"


if __name__ == "__main__":
    sys.exit(claims.check((of_layout, of_names), None, "things that programs rely on"))
