#!/usr/bin/env python3
"""Do what the documentation says, as a new user would: its examples are run as they stand there.

usage: docs.py MAILWHY
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, "tests")
import claims  # noqa: E402

MAILWHY = sys.argv[1]


def block(path, language, number=0):
    """The text of a fenced block."""
    found = re.findall(r"^```" + language + r"\n(.*?)^```$", pathlib.Path(path).read_text(), re.M | re.S)
    return found[number]


def run(*args, stdin=""):
    done = subprocess.run([MAILWHY, *map(str, args)], input=stdin, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def rules(folder):
    own = folder / "own.yaml"
    own.write_text(block("docs/rules.md", "yaml"))
    status, out, err = run("rules", "test", own)
    yield "docs/rules.md: rules test", status == 0, out + err
    _, out, _ = run("reply", "--rules", own, "-f", "ndjson", "550 5.0.0 the moon is in the wrong house")
    yield "docs/rules.md: the rule decides", json.loads(out)["rule"]["id"] == "moon", out
    status, out, err = run("rules", "missing", "-", stdin="421 4.0.0 zurgle the frobnitz\n")
    own.write_text(out)
    status, shown, err = run("rules", "test", own)
    yield "docs/rules.md: the skeleton is a rule", status == 0 and "frobnitz" in out, out + shown + err


def formats(folder):
    own, bounce = folder / "own.yaml", folder / "bounce.eml"
    own.write_text(block("docs/formats.md", "yaml"))
    bounce.write_text(block("docs/formats.md", ""))
    status, out, err = run("--rules", own, "-f", "json", bounce)
    report = json.loads(out)
    verdict = report["verdicts"][0]
    yield "docs/formats.md: exit status", status == 0, err
    yield "docs/formats.md: format", report["input"]["format"] == "gatekeeper", out
    yield "docs/formats.md: recipient", verdict["recipient"] == "bob@example.org", out
    yield "docs/formats.md: cause", verdict["cause"] == "recipient.unknown", out
    yield "docs/formats.md: returned message", report["message"]["subject"] == "hello", out


def readme(_):
    text = pathlib.Path("README.md").read_text()
    for sample in re.findall(r"^\$ \./mailwhy (samples/\S+)$", text, re.M):
        _, out, _ = run(sample)
        yield f"README.md: the report on {sample}", out.rstrip() in text, out


def main():
    with tempfile.TemporaryDirectory() as name:
        return claims.check((rules, formats, readme), pathlib.Path(name), "steps of the documentation")


if __name__ == "__main__":
    sys.exit(main())
