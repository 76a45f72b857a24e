#!/usr/bin/env python3
"""The units' tests and the calls of the golden reports, while a tool watches them: Valgrind's memcheck, or ThreadSanitizer.

usage: watched.py memcheck|races    (run in the repository's root; builds the preset `valgrind` or `tsan`)

Both builds have no sandbox: what the tools do from inside the program is more than it allows. The tests of the sandbox are therefore
left out, and what the reports say is not compared.
"""
import concurrent.futures
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, "tests/golden")
import golden  # noqa: E402

MEMCHECK = ["valgrind", "-q", "--trace-children=yes", "--leak-check=no", "--log-file={}/%p", "--suppressions=tests/watched/valgrind.supp"]
TOOLS = {  # name → preset, what stands before a call, the environment. GLib's own allocator hides from TSan who holds what.
    "memcheck": ("valgrind", MEMCHECK, {}),
    "races": ("tsan", [], {"TSAN_OPTIONS": "log_path={}/report:suppressions=tests/watched/tsan.supp", "G_SLICE": "always-malloc"}),
}
COMPILERS = {"valgrind": ["cc", "-g"], "tsan": ["clang", "-g", "-fsanitize=thread"]}
PATIENCE = 900  # seconds
# The sandbox itself, and a test that loads modules where there is no Landlock, as under Valgrind; and a test that sends signals to
# processes that wait, which ThreadSanitizer holds back.
LEFT_OUT = {"parsers-sandbox-sandbox-test", "analyze-commands-inputs-test", "analyze-auth-opinion_process-test", "analyze-commands-pipe_guard-test"}
LOGS = sorted(map(str, pathlib.Path("samples/logs").iterdir()))
MAILS = sorted(map(str, [*pathlib.Path("samples/bounces").glob("*.eml"), *pathlib.Path("samples/messages").glob("*.eml")]))
ZONE = ["--dns", "samples/dns/two-domains.zone"]
MORE = [  # what the golden reports do not do: several threads and processes
    *(["log", "-j4", "-f", form, *LOGS] for form in ("text", "json", "ndjson", "html")),
    ["log", "-j4", *LOGS * 20],
    ["-j4", "--log", LOGS[0], "--log", LOGS[1], "-f", "json", *MAILS],
    ["-j3", "-f", "html", *ZONE, *MAILS],
    ["-j3", "-f", "ndjson", "--isolate", *MAILS[:5]],
    ["--redact", "-f", "json", *MAILS],
    ["-o", "{}/out.html", "-f", "html", MAILS[0]],
    ["--pipe", "-o", "{}/out.json", "-f", "json", MAILS[0]],
    ["rules", "test", "tests/watched/own.yaml"], ["rules", "check"], ["rules", "missing", *MAILS],
]


def build(preset):
    subprocess.run(["cmake", "--preset", preset, "-DMAILWHY_TESTS=ON"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", f"build-{preset}", "--target", "fast", "libmailwhy"], check=True, stdout=subprocess.DEVNULL)
    return pathlib.Path(f"build-{preset}").resolve()


def promises(folder, preset, program):
    """What holds the promises of the library, its threads among them (tests/install)."""
    subprocess.run([*COMPILERS[preset], "-rdynamic", "-Ianalyze", "tests/install/library.c", "-o", program, f"-L{folder}", f"-Wl,-rpath,{folder}",
                    "-lmailwhy", "-pthread"], check=True)
    return [str(program), "samples/bounces/spamhaus.eml", "samples/logs/postfix.log", ZONE[1]]


def main():
    preset, before, environment = TOOLS[sys.argv[1]]
    folder = build(preset)
    tests = sorted(p for p in (folder / "tests").glob("*-test") if p.name not in LEFT_OUT)
    calls = [[str(t)] for t in tests] + [[str(folder / "mailwhy"), *args] for args in [*golden.CASES.values(), *MORE]]
    with tempfile.TemporaryDirectory() as name, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        calls.append(promises(folder, preset, pathlib.Path(name) / "promises"))
        found = list(pool.map(lambda n: watch(pathlib.Path(name) / str(n), calls[n], before, environment), range(len(calls))))
    for call, reports, status in found:
        if reports or status not in (0, 65):
            print(f"== {' '.join(call)[:200]}: exit {status}\n" + "\n".join(reports))
    with_findings = sum(bool(reports) for _, reports, _ in found)
    failures = sum(status not in (0, 65) for _, _, status in found)
    print(f"{sys.argv[1]}: {len(tests)} tests of units, {len(calls) - len(tests)} calls: {with_findings} with findings, {failures} that failed")
    return 1 if with_findings or failures else 0


def watch(folder, call, before, environment):
    logs, own = folder / "logs", folder / "own"
    logs.mkdir(parents=True)
    own.mkdir()
    before = [word.format(logs) for word in before]
    environment = {name: value.format(logs) for name, value in environment.items()}
    call = [word.replace("{}", str(own)) for word in call]
    process = subprocess.Popen([*before, *call], env=os.environ | environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        status = process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # of the session that was begun above
        process.wait()
        status = "it hangs"
    return call, [text for p in sorted(logs.iterdir()) if (text := findings(p.read_text(errors="replace")))], status


def findings(text):
    """Without what Valgrind says of calls that are newer than it: the system then seems not to have them."""
    unknown = r"--\d+-- (WARNING: unhandled \S+ syscall|You may be able|Read the file README_MISSING|Nevertheless we|it at http).*\n?"
    return re.sub(unknown, "", text).strip()


if __name__ == "__main__":
    sys.exit(main())
