#!/usr/bin/env python3
"""Install into an empty folder, and use what is there as others would.

usage: install.py MAILWHY BUILD_DIR COMPILER [FLAG...]
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, "tests")
import abi  # noqa: E402
import claims  # noqa: E402
import shells  # noqa: E402

MAILWHY, BUILD, *COMPILER = filter(None, sys.argv[1:])
SAMPLE, LOG = "samples/bounces/spamhaus.eml", "samples/logs/postfix.log"

# What is typed, and what must be among the offers.
COMPLETIONS = [
    ("mailwhy --form", "--format"),
    ("mailwhy -f nd", "ndjson"),
    ("mailwhy --format=nd", "ndjson"),
    ("mailwhy exp", "explain"),
    ("mailwhy rules ch", "check"),
    ("mailwhy -f json dns ca", "capture"),
    ("mailwhy dns capture --ser", "--server"),
    ("mailwhy explain identity.ptr-m", "identity.ptr-missing"),
    ("mailwhy log --cause identity.ptr-m", "identity.ptr-missing"),
    ("mailwhy READ", "README.md"),
    ("mailwhy --output READ", "README.md"),
    ("mailwhy rules check READ", "README.md"),
]

def run(*args, **more):
    return subprocess.run([str(a) for a in args], capture_output=True, text=True, **more)


def program(root):
    used = run(root / "bin/mailwhy", "--dns", "samples/dns/two-domains.zone", SAMPLE)
    expected = run(MAILWHY, "--dns", "samples/dns/two-domains.zone", SAMPLE)
    yield "the program finds its modules below another prefix", used.stdout == expected.stdout, used.stdout + used.stderr


def compiler(root, environment):
    """How a program that uses the library is built, by what pkg-config says of it."""
    flags = run("pkg-config", "--cflags", "--libs", "mailwhy", env=environment)
    return lambda source, name, *more: run(*COMPILER, "-Wall", "-Wextra", "-Werror", source, "-o", root / name, *flags.stdout.split(), *more), flags


def library(root):
    lib = next(root.rglob("libmailwhy.so")).parent
    environment = dict(os.environ, PKG_CONFIG_PATH=str(lib / "pkgconfig"), LD_LIBRARY_PATH=str(lib))
    build, flags = compiler(root, environment)
    yield "pkg-config knows it, where it was installed", str(root) in flags.stdout, flags.stdout + flags.stderr
    built = build("docs/library/why.c", "why", "-pthread")
    yield "the example builds against it", built.returncode == 0, built.stderr
    inputs = [SAMPLE, LOG, "550 5.1.1 no such user"]
    used = run(root / "why", *inputs, env=environment)
    judged = [json.loads(line) for line in run(MAILWHY, "-f", "ndjson", SAMPLE).stdout.splitlines()]
    judged += [json.loads(line) for line in run(MAILWHY, "log", "-f", "ndjson", LOG).stdout.splitlines()]
    judged += [json.loads(run(MAILWHY, "reply", "-f", "ndjson", inputs[2]).stdout)]
    shown = [(j.get("recipient", "-"), j.get("cause", "-")) for j in judged]
    yield "and says what mailwhy says", sorted(shown) == sorted(tuple(l.split("\t")[1:3]) for l in used.stdout.splitlines()), used.stdout + used.stderr
    built = build("tests/install/library.c", "promises", "-pthread", "-rdynamic")
    yield "what holds its promises builds", built.returncode == 0, built.stderr
    kept = run(root / "promises", SAMPLE, LOG, "samples/dns/two-domains.zone", env=environment)
    yield "and all are held", kept.returncode == 0, kept.stdout + kept.stderr
    header = run(*COMPILER, "-x", "c++", "-std=c++17", "-fsyntax-only", "-include", "mailwhy.h", f"-I{root}/include", "/dev/null")
    yield "C++ reads the header", header.returncode == 0, header.stderr


def moved(root):
    """All of it in another folder, under another name."""
    with tempfile.TemporaryDirectory() as name:
        other = pathlib.Path(name) / "moved"
        shutil.copytree(root, other, symlinks=True)
        lib = next(other.rglob("libmailwhy.so")).parent
        flags = run("pkg-config", "--cflags", "--libs", "--variable=rulesdir", "mailwhy", env=dict(os.environ, PKG_CONFIG_PATH=str(lib / "pkgconfig")))
        yield "what was moved is found by pkg-config", str(other) in flags.stdout and str(root) not in flags.stdout, flags.stdout + flags.stderr
        used = run("strace", "-f", "-e", "trace=openat", other / "bin/mailwhy", "--dns", "samples/dns/two-domains.zone", SAMPLE)
        modules = re.findall(r'"([^"]*/mailwhy-\w+\.so)', used.stderr) if shutil.which("strace") else [str(other)]
        yield "and finds its own modules", used.returncode == 0 and modules and all(str(other) in os.path.realpath(m) for m in modules), f"{modules}"


def without_a_module(root):
    """The program does without one that it does not need; a library says so before the first input."""
    with tempfile.TemporaryDirectory() as name:
        other = pathlib.Path(name) / "other"
        shutil.copytree(root, other, symlinks=True)
        next(other.rglob("mailwhy-zstd.so")).unlink()
        environment = dict(os.environ, LD_LIBRARY_PATH=str(next(other.rglob("libmailwhy.so")).parent))
        used = run(other / "bin/mailwhy", SAMPLE)
        yield "without a module the program explains what does not need it", used.returncode == 0 and "blocklist.spamhaus" in used.stdout, used.stderr
        used = run(other / "why", SAMPLE, env=environment)
        yield "the library says what is missing", used.returncode == 78 and "what expands zstd cannot be loaded" in used.stderr, used.stdout + used.stderr


def symbols(root):
    """The public names, and no others: those of the version script, and those that the header declares; and under a version of their
    own those that only its modules and the program use."""
    found = run("nm", "-D", "--defined-only", "--with-symbol-versions", next(root.rglob("libmailwhy.so"))).stdout
    exported = set(re.findall(r" T (\w+)@@MAILWHY_1$", found, re.M))
    others = [l for l in found.splitlines() if not re.search(r" (T \w+@@MAILWHY_1|\w mailwhy_private_\w+@@MAILWHY_PRIVATE|A MAILWHY_(1|PRIVATE)|\w __asan\w*|\w __odr_asan\w*)$", l)]
    yield "the library exports only its own names", not others, "\n".join(others)
    declared = abi.public(root / "include/mailwhy.h")
    yield "all that the header declares, and no more", exported == declared, f"{exported ^ declared}"


def manual(root):
    for page in sorted((root / "share/man").rglob("*.[1-7]")):
        shown = run("man", "--warnings", "-E", "UTF-8", "-l", page, env=dict(os.environ, MANWIDTH="80", LC_ALL="C.UTF-8"))
        yield f"{page.name} formats without warnings", shown.returncode == 0 and not shown.stderr, shown.stderr
        yield f"the paths in {page.name} are filled in", not re.search(r"@[A-Z_]+@", page.read_text()), page.read_text()
    page = root / "share/man/man1/mailwhy.1"
    written = page.read_text().replace(r"\-", "-")
    overview = run(MAILWHY, "--help").stdout
    commands = re.findall(r"^  ([a-z]+(?: [a-z]+)?)(?:  |$)", overview, re.M)
    yield "--help lists the commands", {"reply", "log", "rules missing", "dns capture"} <= set(commands), overview
    for command in ["", *commands]:
        text = run(MAILWHY, *command.split(), "--help").stdout
        yield f"mailwhy {command} --help shows how it is called", text.startswith(f"usage: mailwhy {command}".rstrip()), text
        yield f"the manual tells of {command}", not command or f".It Cm {command}" in written, ""
        for option in re.findall(r"^  (?:-\w, |    )(--[a-z-]+)", text, re.M):
            yield f"{option} is in the manual", f"Fl -{option[2:]}" in written, ""


def completions(root):
    share = root / "share"
    environment = dict(os.environ, PATH=f"{root}/bin:{os.environ['PATH']}", HOME=str(root), TERM="dumb")
    scripts = {"bash": share / "bash-completion/completions/mailwhy", "zsh": share / "zsh/site-functions/_mailwhy",
               "fish": share / "fish/vendor_completions.d/mailwhy.fish"}
    for shell, script in scripts.items():
        if not shutil.which(shell):
            print(f"{shell} is not here: its completion is not tested")
            continue
        for typed, offer in COMPLETIONS:
            shown = shells.complete(shell, script, typed, offer, environment)
            yield f"{shell} completes `{typed}`", offer in shown, shown


def main():
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        installed = run("cmake", "--install", BUILD, "--prefix", root)
        if installed.returncode:
            print(installed.stdout + installed.stderr)
            return 1
        return claims.check((program, library, moved, without_a_module, symbols, manual, completions), root, "things about what is installed")


if __name__ == "__main__":
    sys.exit(main())
