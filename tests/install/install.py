#!/usr/bin/env python3
"""Install into an empty folder, and use what is there as others would.

usage: install.py MAILWHY BUILD_DIR COMPILER [FLAG...]
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, "tests")
import claims  # noqa: E402
import shells  # noqa: E402

MAILWHY, BUILD, *COMPILER = filter(None, sys.argv[1:])
SAMPLE = "samples/bounces/spamhaus.eml"

PROGRAM = r"""
#include <mailwhy.h>

static void print(void *context, const char *bytes, size_t length) {
    fwrite(bytes, 1, length, context);
}

int main(int argc, char **argv) {
    static char bytes[1 << 20];
    FILE *file = fopen(argv[argc - 1], "rb");
    struct mailwhy_input input = {.name = argv[argc - 1], .bytes = bytes};
    input.length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    struct mailwhy *why = mailwhy_new(NULL, stderr);
    struct mailwhy_worker *worker = mailwhy_worker_new(why);
    int status = mailwhy_explain(worker, &input, mailwhy_format_find("ndjson"), print, stdout);
    mailwhy_worker_free(worker);
    mailwhy_free(why);
    return status;
}
"""

# What is typed, and what must be among the offers.
COMPLETIONS = [
    ("mailwhy --fo", "--format"),
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


def library(root):
    (root / "use.c").write_text(PROGRAM)
    lib = next(root.rglob("libmailwhy.so")).parent
    environment = dict(os.environ, PKG_CONFIG_PATH=str(lib / "pkgconfig"), LD_LIBRARY_PATH=str(lib))
    flags = run("pkg-config", f"--define-variable=prefix={root}", "--cflags", "--libs", "mailwhy", env=environment)
    yield "pkg-config knows it", flags.returncode == 0, flags.stderr
    built = run(*COMPILER, root / "use.c", "-o", root / "use", *flags.stdout.split())
    yield "a program builds against it", built.returncode == 0, built.stderr
    if built.returncode:
        return
    used = run(root / "use", SAMPLE, env=environment)
    expected = run(MAILWHY, "-f", "ndjson", SAMPLE)
    yield "and says what mailwhy says", used.stdout == expected.stdout, used.stdout + used.stderr
    symbols = run("nm", "-D", "--defined-only", lib / "libmailwhy.so").stdout.split("\n")
    others = [s for s in symbols if s and not re.search(r" (mailwhy_\w+|__asan\w*|__odr_asan\w*)$", s)]
    yield "the library exports only its own names", not others, "\n".join(others)


def manual(root):
    page = root / "share/man/man1/mailwhy.1"
    shown = run("man", "--warnings", "-E", "UTF-8", "-l", page, env=dict(os.environ, MANWIDTH="80", LC_ALL="C.UTF-8"))
    yield "the manual page formats without warnings", shown.returncode == 0 and not shown.stderr, shown.stderr
    yield "its paths are filled in", not re.search(r"@[A-Z_]+@", page.read_text()), page.read_text()
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
        return claims.check((program, library, manual, completions), root, "things about what is installed")


if __name__ == "__main__":
    sys.exit(main())
