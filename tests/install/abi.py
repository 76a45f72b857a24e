"""What programs that were compiled with mailwhy.h rely on: tests/install/abi.tsv has it, and only grows."""
import pathlib
import re
import subprocess
import tempfile

KNOWN = pathlib.Path("tests/install/abi.tsv")


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


def claims(header_file, compiler):
    now, known = rows(header_file, compiler), KNOWN.read_text().splitlines()
    for row in known:
        yield f"the ABI still has: {row}", row in now, "it breaks programs that are compiled: a new SOVERSION, or leave it as it was"
    for row in now:
        yield f"{KNOWN} has: {row}", row in known, "it is new: append the row"
